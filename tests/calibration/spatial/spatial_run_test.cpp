#include "calibration/spatial/spatial_run.h"

#include "calibration/report/result_list.h"
#include "calibration/spatial/live_look.h"
#include "calibration/wire_scene.h"
#include "core/error.h"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace acuguide::calibration {
namespace {

namespace fs = std::filesystem;
using test::WireScene;
using testing::HasSubstr;

/// The sweeps of a scene under names of files that are there, so that they have digests.
class SpatialRuns : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("spatial_run_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    for (const char* name : {"calibration", "validation"}) write(name, name);
    write("phantom.json", phantomText());
    scene_.frames = 40;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  /// The scene's phantom as a file of ours.
  std::string phantomText() const {
    nlohmann::json json{{"format", "acuguide.phantom/1"}, {"name", "fCAL"}, {"version", "2.0"}};
    const auto point = [](const Eigen::Vector3d& p) { return nlohmann::json{p.x(), p.y(), p.z()}; };
    for (std::size_t i = 0; i < scene_.phantom.wires.size(); ++i) {
      const Wire& wire = scene_.phantom.wires[i];
      json["nWires"][i / 3].push_back(
          {{"name", wire.name}, {"frontMm", point(wire.front)}, {"backMm", point(wire.back)}});
    }
    const NamedPose& pose = scene_.phantom.fixedPoses[0];
    nlohmann::json matrix;
    for (int r = 0; r < 4; ++r)
      matrix.push_back({pose.matrix(r, 0), pose.matrix(r, 1), pose.matrix(r, 2), pose.matrix(r, 3)});
    json["poses"] = {{{"from", pose.from}, {"to", pose.to}, {"matrix", matrix}}};
    return json.dump();
  }

  SpatialRequest request() const {
    return {
        folder_ / "phantom.json", (folder_ / "calibration").string(), (folder_ / "validation").string(), {}};
  }
  SweepReader reader() const {
    return [this](const std::string& file, const Watch&) {
      WireScene scene = scene_;
      scene.seed = file.ends_with("validation") ? 2 : 1;
      return scene.sweep(fs::path(file).filename().string());
    };
  }

  WireScene scene_;
  fs::path folder_;
};

TEST_F(SpatialRuns, TellsHowFarItIsAndEveryFrameItLookedAt) {
  Watch watch;
  double last = 0;
  std::multiset<std::int64_t> frames;
  std::size_t dots = 0;
  watch.progress = [&](double share, const std::string& doing) {
    EXPECT_GE(share, last);
    EXPECT_FALSE(doing.empty());
    last = share;
  };
  watch.seen = [&](const SeenFrame& seen) {
    frames.insert(seen.frame);
    dots += seen.dotsPx.size();
    EXPECT_EQ(seen.expectedPx.size(), 9u);
  };
  const SpatialRun run = runSpatial(request(), reader(), watch);
  EXPECT_TRUE(run.findings.usable) << run.findings.verdict;
  EXPECT_DOUBLE_EQ(last, 1.0);
  EXPECT_EQ(frames.size(), 80u) << "40 frames of each sweep";
  EXPECT_EQ(dots, 720u);
  EXPECT_EQ(run.result.inputs.size(), 3u);
  EXPECT_THAT(run.report.html(), HasSubstr("the worst one"));
  EXPECT_EQ(run.findings.frames.size(), 80u);
}

TEST_F(SpatialRuns, EndsWhenAsked) {
  std::stop_source end;
  Watch watch;
  watch.stop = end.get_token();
  watch.seen = [&](const SeenFrame&) { end.request_stop(); };
  EXPECT_THROW(runSpatial(request(), reader(), watch), Cancelled);
}

TEST_F(SpatialRuns, FindingsAreTheFramesWithTheirErrors) {
  scene_.spoil = [](int i, Frame& frame) {
    if (i == 7) frame.pixels.setTo(6);  // shows no wire
    if (i == 20) frame.poses[0].matrix(0, 3) += 2.5;
  };
  const Findings findings = runSpatial(request(), reader()).findings;
  ASSERT_EQ(findings.frames.size(), 80u);
  EXPECT_FALSE(findings.frames[7].left.empty());
  EXPECT_TRUE(findings.frames[7].wires.empty());
  EXPECT_TRUE(findings.frames[5].left.empty());
  ASSERT_EQ(findings.frames[5].wires.size(), 9u);
  double sum = 0;
  for (const Finding& wire : findings.frames[5].wires) {
    EXPECT_LT((wire.expectedPx - wire.seenPx).norm(), 8.0);
    sum += wire.errorMm / 9.0;
  }
  EXPECT_NEAR(sum, findings.frames[5].errorMm, 1e-9);
  const auto first = framesToLookAt(findings, 3);
  ASSERT_EQ(first.size(), 3u);
  const FrameFindings& worst = findings.frames[first[0]];
  EXPECT_EQ(worst.frame, 20);
  EXPECT_TRUE(worst.outlier);
  EXPECT_GT(wireError(findings, 1, 4).first, 0.0);
  EXPECT_LT(wireError(findings, 1, 4).second, 0.3) << "95 % lie below, whatever one wild pose does";
  EXPECT_TRUE(std::isnan(wireError(findings, 1, 9).first)) << "there is no tenth wire";
  EXPECT_EQ(overlay(findings, findings.frames[5]).type(), CV_8UC3);
}

TEST_F(SpatialRuns, ALivePictureSaysWhatItLacks) {
  Frame frame = scene_.sweep("s").frames[3];
  LiveLook look = lookAt(scene_.phantom, frame);
  EXPECT_TRUE(look.read && look.tracked) << look.sentence;
  EXPECT_EQ(look.dotsPx.size(), 9u);
  frame.poses[0].valid = false;
  look = lookAt(scene_.phantom, frame);
  EXPECT_TRUE(look.read);
  EXPECT_FALSE(look.tracked);
  EXPECT_THAT(look.sentence, HasSubstr("ProbeToTracker is INVALID"));
  frame.pixels.setTo(6);
  look = lookAt(scene_.phantom, frame);
  EXPECT_FALSE(look.read);
  EXPECT_THAT(look.sentence, HasSubstr("0 bright spots"));
}

TEST_F(SpatialRuns, PuttingInForceKeepsWhatWasThere) {
  const SpatialRun run = runSpatial(request(), reader());
  const fs::path place = folder_ / "in force" / "probe.json";
  Result first = run.result;
  first.created = "2026-01-02T03:04:05Z";
  putInForce(first, run.report, place);
  Result second = run.result;
  second.created = "2026-06-02T03:04:05Z";
  putInForce(second, run.report, place);
  EXPECT_EQ(readResult(place).created, second.created);
  EXPECT_EQ(readResult(place.parent_path() / "probe.2026-01-02.json").created, first.created);
  EXPECT_TRUE(fs::exists(place.parent_path() / "probe.2026-01-02.html"));

  Result bad = run.result;
  bad.usable = false;
  EXPECT_THROW(putInForce(bad, run.report, place), Error);
  EXPECT_EQ(readResult(place).created, second.created);
  write("other.json", "{\"a\": 1}");
  EXPECT_THROW(putInForce(first, run.report, folder_ / "other.json"), Error) << "no calibration";
}

TEST_F(SpatialRuns, AFolderListsItsCalibrations) {
  const SpatialRun run = runSpatial(request(), reader());
  Result result = run.result;
  result.created = "2026-01-02T03:04:05Z";
  publish(result, run.report, folder_ / "old.json");
  result.created = "2026-06-02T03:04:05Z";
  publish(result, run.report, folder_ / "new.json");
  write("broken.json", "{\"format\": \"acuguide.calibration/1\", \"kind\"");
  std::tm july{};
  july.tm_year = 126;
  july.tm_mon = 6;
  july.tm_mday = 20;
  const auto entries = resultsIn(folder_, timegm(&july));
  ASSERT_EQ(entries.size(), 3u) << "the phantom's JSON is none";
  EXPECT_EQ(entries[0].path.filename(), "new.json");
  EXPECT_EQ(entries[0].verdict, ResultEntry::Verdict::Usable);
  EXPECT_EQ(entries[0].probe, "Probe");
  EXPECT_NEAR(entries[0].errorMm.value(), 0.05, 0.05);
  EXPECT_EQ(entries[1].verdict, ResultEntry::Verdict::Expired) << "older than 180 days";
  EXPECT_EQ(entries[2].verdict, ResultEntry::Verdict::Damaged);
  EXPECT_THROW(resultsIn(folder_ / "nowhere"), Error);
}

}  // namespace
}  // namespace acuguide::calibration
