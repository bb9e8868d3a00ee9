#include "apps/program.h"
#include "recording/small_disk.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

#include <chrono>
#include <csignal>
#include <fstream>
#include <regex>
#include <thread>

namespace acuguide::test {
namespace {

const std::string sampleData = ACUGUIDE_SOURCE_DIR "/sample_data";

TEST(Guide, OffscreenShowsFramesSaysTheirAgeAndLeavesAPicture) {
  Folder folder;
  const std::string picture = folder / "guide.png";
  const Outcome outcome =
      acuguide({"guide", "gst:videotestsrc is-live=true ! video/x-raw,width=640,height=480,framerate=30/1",
                "--offscreen", "--frames", "40", "--screenshot", picture});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_TRUE(std::regex_search(outcome.out, std::regex("frames shown: +[0-9]+"))) << outcome.out;
  EXPECT_TRUE(std::regex_search(outcome.out, std::regex("frame to screen: +median [0-9.]+ ms")))
      << outcome.out;
  const cv::Mat image = cv::imread(picture);
  ASSERT_FALSE(image.empty());
  EXPECT_GE(image.cols, 1280);
}

TEST(Guide, SaysWhetherNervesAndVesselsAreLookedFor) {
  const std::vector<std::string> run = {
      "guide", "sim:pc6_median_nerve?seed=7", "--offscreen", "--frames", "120", "--log-states"};
  const Outcome with = acuguide(run);
  ASSERT_EQ(with.exitCode, 0) << with.err;
  EXPECT_NE(with.out.find("structures=not_sure"), std::string::npos)
      << "before the first answer: " << with.out;
  std::vector<std::string> off = run;
  off.push_back("--no-structures");
  const Outcome without = acuguide(off);
  ASSERT_EQ(without.exitCode, 0) << without.err;
  EXPECT_EQ(without.out.find("structures=not_sure"), std::string::npos) << without.out;
  EXPECT_NE(without.out.find("structures=off"), std::string::npos) << without.out;
}

TEST(Guide, ASourceThatEndsEndsTheRun) {
  const Outcome outcome =
      acuguide({"guide", "sim:no_needle?seed=1&frames=20", "--offscreen", "--frames", "500"});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
}

TEST(Guide, ASourceThatCannotBeOpenedIsBadInput) {
  const Outcome outcome = acuguide({"guide", "/no/such/file.mkv", "--offscreen", "--frames", "5"});
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_NE(outcome.err.find("/no/such/file.mkv"), std::string::npos) << outcome.err;
}

/// The disk fills while guidance runs: guidance shows every frame all the same, and what was recorded opens.
TEST(Guide, AFullDiskEndsTheRecordingAndNotTheGuidance) {
  Folder folder;
  const SmallDisk disk(folder / "disk", 20);  // 16 MiB are kept free
  if (!disk.mounted()) GTEST_SKIP() << "this user may not mount a tmpfs";
  const std::string session = disk.path() / "session";
  const Outcome outcome =
      acuguide({"guide", "sim:st36_in_plane?seed=7", "--plan", sampleData + "/plans/st36_in_plane.plan.json",
                "--record", session, "--offscreen", "--frames", "60"});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_TRUE(std::regex_search(outcome.out, std::regex("frames shown: +60"))) << outcome.out;
  EXPECT_NE(outcome.err.find("the recording ended early"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("the disk is full"), std::string::npos) << outcome.err;
  const Outcome check = acuguide({"session", "check", session});
  EXPECT_EQ(check.exitCode, 0) << check.out << check.err;
  const Outcome info = acuguide({"session", "info", session});
  EXPECT_EQ(info.exitCode, 0) << info.err;
}

/// A sender that is killed and started again: the picture goes STALE, guidance is gone, and it comes back by
/// itself.
TEST(Guide, KilledGstreamerSourceGoesStaleAndComesBack) {
  Folder folder;
  const std::string port = std::to_string(20000 + getpid() % 20000);
  const std::vector<std::string> send = {"-q",
                                         "videotestsrc",
                                         "is-live=true",
                                         "!",
                                         "video/x-raw,width=320,height=240,framerate=30/1",
                                         "!",
                                         "jpegenc",
                                         "!",
                                         "multipartmux",
                                         "!",
                                         "tcpserversink",
                                         "host=127.0.0.1",
                                         "port=" + port};
  auto sender = std::make_unique<Running>("gst-launch-1.0", send, folder / "sender1");
  const Running guide(
      ACUGUIDE_BINARY_DIR "/acuguide",
      {"guide", "gst:tcpclientsrc host=127.0.0.1 port=" + port + " ! multipartdemux ! jpegdec", "--offscreen",
       "--seconds", "30", "--log-states"},
      folder / "guide");
  const auto said = [&](const std::string& text, std::size_t from) {
    for (int i = 0; i < 1500; ++i) {
      const auto at = guide.output().find(text, from);
      if (at != std::string::npos) return at;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return std::string::npos;
  };
  const auto live = said("picture=live", 0);
  ASSERT_NE(live, std::string::npos) << guide.output();
  sender.reset();
  const auto stale = said("picture=stale", live);
  ASSERT_NE(stale, std::string::npos) << guide.output();
  EXPECT_NE(guide.output().find("needle=none guidance=-", stale), std::string::npos);
  sender = std::make_unique<Running>("gst-launch-1.0", send, folder / "sender2");
  EXPECT_NE(said("picture=live", stale), std::string::npos) << guide.output();
}

TEST(Replay, OffscreenPlaysASampleSequence) {
  Folder folder;
  const std::string picture = folder / "replay.png";
  const Outcome outcome = acuguide({"replay", sampleData + "/st36_in_plane.igs.mha", "--plan",
                                    sampleData + "/plans/st36_in_plane.plan.json", "--offscreen", "--frames",
                                    "20", "--screenshot", picture});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_FALSE(cv::imread(picture).empty());
}

TEST(Record, ASessionReplaysWithTheSameFrames) {
  Folder folder;
  const std::string session = folder / "session";
  Outcome outcome = acuguide({"record", "sim:st36_in_plane?seed=4&frames=30", "--out", session});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_TRUE(std::filesystem::exists(session + "/session.sqlite"));
  EXPECT_TRUE(std::filesystem::exists(session + "/video.mkv"));
  outcome = acuguide({"process", session, "--out", (folder / "again").string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_EQ(tableOf(folder / "again" / "frames.csv").size(), 31u) << "every frame, and the header";
}

/// The scanner's image grows while a recording runs.
TEST(Guide, AnotherImageSizeBeginsANewPartOfTheRecording) {
  Folder folder;
  const std::string session = folder / "session";
  const std::string part =
      "videotestsrc num-buffers=45 pattern=snow ! video/x-raw,format=GRAY8,framerate=15/1,";
  const Outcome outcome = acuguide(
      {"guide",
       "gst:concat name=c " + part + "width=320,height=240 ! c. " + part + "width=640,height=480 ! c. c.",
       "--spacing-mm", "0.1", "--record", session, "--offscreen", "--seconds", "12"});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("is for images of 320x240, not 640x480"), std::string::npos) << outcome.err;
  EXPECT_EQ(acuguide({"session", "check", session}).exitCode, 0);
  EXPECT_EQ(acuguide({"session", "check", session + "_2"}).exitCode, 0);
  EXPECT_NE(acuguide({"session", "info", session}).out.find("320x240"), std::string::npos);
  EXPECT_NE(acuguide({"session", "info", session + "_2"}).out.find("640x480"), std::string::npos);
}

TEST(Guide, AFrozenScannerIsSaidAndClaimsNoCourse) {
  Folder folder;
  cv::Mat image(480, 640, CV_8UC1);
  cv::randu(image, 0, 255);
  cv::imwrite(folder / "image.png", image);
  const Outcome outcome =
      acuguide({"guide",
                "gst:filesrc location=" + (folder / "image.png").string() +
                    " ! pngdec ! videoconvert ! video/x-raw,format=GRAY8 ! imagefreeze is-live=true ! "
                    "video/x-raw,framerate=30/1",
                "--spacing-mm", "0.08", "--plan", sampleData + "/plans/st36_in_plane.plan.json",
                "--offscreen", "--seconds", "6", "--log-states"});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("guidance=no_needle"), std::string::npos)
      << "while it may be live: " << outcome.out;
  EXPECT_NE(outcome.out.rfind("guidance=- "), std::string::npos) << outcome.out;
  EXPECT_GT(outcome.out.rfind("guidance=- "), outcome.out.rfind("guidance=no_needle")) << outcome.out;
}

}  // namespace
}  // namespace acuguide::test
