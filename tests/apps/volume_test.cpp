#include "apps/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

namespace acuguide::test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class VolumeCommand : public ::testing::Test {
 protected:
  /// A short simulated sweep with the truth beside it.
  fs::path sweep(const std::string& frames, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"simulate",
                                       "limb",
                                       "--sweep",
                                       "--frames",
                                       frames,
                                       "--out",
                                       (folder_ / "sweep.igs.mha").string(),
                                       "--truth",
                                       (folder_ / "truth.csv").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = acuguide(arguments);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    return folder_ / "sweep.igs.mha";
  }
  /// Bad input: exit code 2, one sentence that names what is meant, no file.
  void expectRefused(const Outcome& outcome, const std::string& named) {
    EXPECT_EQ(outcome.exitCode, 2) << outcome.err;
    EXPECT_EQ(outcome.err.rfind("acuguide: ", 0), 0U) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr(named));
    EXPECT_FALSE(fs::exists(folder_ / "v.nrrd"));
  }
  std::vector<std::string> making(const fs::path& source, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"volume", source.string(), "--out", (folder_ / "v.nrrd").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  Folder folder_;
};

TEST_F(VolumeCommand, MakesAVolumeAndKeepsHowItWasMade) {
  const auto source = sweep("12", {"--drop-outs", "0.2"});
  const Outcome outcome = acuguide(making(source, {"--spacing-mm", "1", "--tracker-lag", "0.02"}));
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("frames have a valid pose"));
  EXPECT_THAT(outcome.out, HasSubstr("are left out without one"));
  EXPECT_THAT(outcome.out, HasSubstr("voxels of 1 mm in Reference"));
  const std::string text = textOf(folder_ / "v.nrrd");
  EXPECT_THAT(text, HasSubstr("acuguide_poses_of_each_frame:=ProbeToTracker ReferenceToTracker"));
  EXPECT_THAT(text, HasSubstr("ImageToProbeTransform:="));
  EXPECT_THAT(text, HasSubstr("acuguide_tracker_lag_s:=0.02"));
  EXPECT_THAT(text, HasSubstr("acuguide_compounding:=mean"));
  EXPECT_EQ(acuguide(making(source, {"--spacing-mm", "2"})).exitCode, 0);  // ours: may be replaced
}

TEST_F(VolumeCommand, SaysWhatDoesNotFit) {
  const auto source = sweep("6");
  const Outcome outcome = acuguide(making(source, {"--spacing-mm", "0.1", "--memory-mb", "20"}));
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_THAT(outcome.err, HasSubstr("where 20 MB may be used; give --spacing-mm "));
  EXPECT_FALSE(fs::exists(folder_ / "v.nrrd"));
}

TEST_F(VolumeCommand, RefusesInOneSentence) {
  expectRefused(acuguide(making(folder_ / "nothing.mha")), "nothing.mha");
  const auto one = sweep("1");
  expectRefused(acuguide(making(one)), "only one of its 1 frames has a valid pose");
  expectRefused(acuguide(making(one, {"--spacing-mm", "0"})), "is no spacing of voxels");
  expectRefused(acuguide(making(one, {"--clip", "1,2,3"})), "is no rectangle");
  expectRefused(acuguide({"volume", one.string(), "--out", (folder_ / "v.stl").string()}),
                "is no name of a volume");
  expectRefused(acuguide(making("sim:st36_in_plane?frames=3")), "its frames bear no poses");
  const auto lost = sweep("5", {"--drop-outs", "1"});
  expectRefused(acuguide(making(lost)), "none of its 5 frames has a valid pose (ProbeToTracker is invalid)");
}

TEST_F(VolumeCommand, ViewTakesAPictureOfTheWindow) {
  const auto source = sweep("12");
  ASSERT_EQ(acuguide(making(source, {"--spacing-mm", "1"})).exitCode, 0);
  const std::string picture = (folder_ / "view.png").string();
  const Outcome outcome =
      acuguide({"volume", "view", (folder_ / "v.nrrd").string(), "--offscreen", "--screenshot", picture});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_GT(fs::file_size(picture), 20000U);
}

TEST_F(VolumeCommand, ViewRefusesWhatIsNoVolume) {
  const auto view = [](const fs::path& file) {
    return acuguide({"volume", "view", file.string(), "--offscreen"});
  };
  expectRefused(view(folder_ / "nothing.nrrd"), "nothing.nrrd");
  std::ofstream(folder_ / "letter.nrrd") << "Dear colleague";
  expectRefused(view(folder_ / "letter.nrrd"), "letter.nrrd: cannot be read as a volume");
  std::ofstream(folder_ / "letter.txt") << "Dear colleague";
  expectRefused(view(folder_ / "letter.txt"), "letter.txt: is no name of a volume");
  expectRefused(view(folder_.path()), folder_.path().filename().string());
}

TEST_F(VolumeCommand, LeavesNoHalfFileWhenItIsEnded) {
  const auto source = sweep("40");
  Running running(ACUGUIDE_BINARY_DIR "/acuguide",
                  making(source, {"--spacing-mm", "0.2", "--interpolation", "linear"}), folder_ / "said");
  for (int i = 0; i < 3000 && running.output().find("Volume:") == std::string::npos; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  running.signal(SIGINT);
  EXPECT_EQ(running.wait(120), 130);
  for (const auto& entry : fs::directory_iterator(folder_.path()))
    EXPECT_THAT(entry.path().filename().string(), ::testing::Not(HasSubstr("part")));
  EXPECT_FALSE(fs::exists(folder_ / "v.nrrd"));
}

}  // namespace
}  // namespace acuguide::test
