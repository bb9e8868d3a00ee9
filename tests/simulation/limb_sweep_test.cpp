#include "simulation/limb_sweep.h"

#include "core/error.h"
#include "core/pose_chain.h"
#include "simulation/sweep_truth.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

namespace acuguide::simulation {
namespace {

SweepOptions shortSweep() {
  SweepOptions options;
  options.frames = 40;
  return options;
}

double correlation(const cv::Mat& a, const cv::Mat& b) {
  const cv::Rect tissue(LimbSweep::kRegion.x + 20, LimbSweep::kRegion.y + 20, 440, 120);
  cv::Mat one, other;
  a(tissue).convertTo(one, CV_64F);
  b(tissue).convertTo(other, CV_64F);
  one -= cv::mean(one);
  other -= cv::mean(other);
  return one.dot(other) / std::sqrt(one.dot(one) * other.dot(other));
}

Eigen::Matrix4d composed(const Frame& frame) {
  const ComposedPose pose = composePose(frame.poses, "Image", "Reference");
  EXPECT_EQ(pose.state, PoseState::Valid);
  return pose.matrix;
}

TEST(LimbSweep, PosesWithoutNoiseLeadToTheTruth) {
  SweepOptions options = shortSweep();
  options.movedDeg = 12;
  options.movedMm = 15;
  LimbSweep sweep(options);
  for (const int i : {0, 17, 39}) {
    const SweptFrame swept = sweep.render(i);
    EXPECT_LT((composed(swept.frame) - swept.imageToReference.matrix()).cwiseAbs().maxCoeff(), 1e-9);
  }
}

TEST(LimbSweep, SameOptionsGiveTheSameBytes) {
  LimbSweep one(shortSweep()), other(shortSweep());
  EXPECT_EQ(cv::norm(one.render(7).frame.pixels, other.render(7).frame.pixels, cv::NORM_INF), 0);
}

TEST(LimbSweep, PosesAreLateByTheLag) {
  SweepOptions options = shortSweep();
  LimbSweep inTime(options);
  options.trackerLagSeconds = 3 / options.framesPerSecond;
  LimbSweep late(options);
  EXPECT_LT((composed(late.render(10).frame) - composed(inTime.render(7).frame)).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_EQ(cv::norm(late.render(10).frame.pixels, inTime.render(10).frame.pixels, cv::NORM_INF), 0);
}

TEST(LimbSweep, NoiseAndDropOutsAreAsAskedFor) {
  SweepOptions options;
  options.frames = 200;
  options.poseNoiseMm = 0.2;
  options.dropOuts = 0.25;
  LimbSweep sweep(options);
  int invalid = 0, valid = 0;
  double sum = 0;
  const Eigen::Vector4d face(0.5 * (LimbSweep::kWidthPx - 1), LimbSweep::kRegion.y, 0, 1);
  for (int i = 0; i < 200; i += 4) {  // every fourth is enough to see it
    const SweptFrame swept = sweep.render(i);
    const ComposedPose pose = composePose(swept.frame.poses, "Image", "Reference");
    invalid += pose.state == PoseState::Invalid ? 1 : 0;
    if (pose.state != PoseState::Valid) continue;
    ++valid;
    sum += ((pose.matrix - swept.imageToReference.matrix()) * face).head<3>().squaredNorm() / 3;
  }
  EXPECT_NEAR(invalid, 12, 6);
  EXPECT_NEAR(std::sqrt(sum / valid), 0.2, 0.05);
}

// The scatterers live in the tissue: neighbours look alike, frames far apart do not.
TEST(LimbSweep, SpeckleIsFixedInSpace) {
  SweepOptions options;
  options.frames = 900;  // 0.1 mm from frame to frame
  LimbSweep sweep(options);
  const cv::Mat here = sweep.render(450).frame.pixels, next = sweep.render(451).frame.pixels,
                far = sweep.render(600).frame.pixels;
  EXPECT_GT(correlation(here, next), 0.8);
  EXPECT_LT(correlation(here, far), 0.75 * correlation(here, next));
}

TEST(LimbSweep, BoneEchoesWhereItsSurfaceIs) {
  LimbSweep sweep(shortSweep());
  const auto surfaces = sweep.surfaces();
  ASSERT_EQ(surfaces.front().first, "bone");
  for (const int i : {3, 20, 36}) {
    const SweptFrame swept = sweep.render(i);
    // Of the columns about the crest, the brightest pixel below the fascia.
    double worst = 0;
    for (int column = 280; column <= 320; column += 10) {
      int brightest = LimbSweep::kRegion.y + 110;
      for (int row = brightest; row < LimbSweep::kRegion.br().y; ++row)
        if (swept.frame.pixels.at<std::uint8_t>(row, column) >
            swept.frame.pixels.at<std::uint8_t>(brightest, column))
          brightest = row;
      const Eigen::Vector3d seen = swept.imageToReference * Eigen::Vector3d(column, brightest, 0);
      double nearest = std::numeric_limits<double>::max();
      for (const auto& vertex : surfaces.front().second.vertices)
        nearest = std::min(
            nearest,
            (seen - Eigen::Vector3d(double(vertex[0]), double(vertex[1]), double(vertex[2]))).norm());
      worst = std::max(worst, nearest);
    }
    EXPECT_LT(worst, 0.8) << "frame " << i;  // vertices are up to 0.6 mm away along the limb
  }
}

TEST(LimbSweep, PressedTissueIsThinnerAndBoneStays) {
  const Limb atRest(1, 0.0), pressed(1, 0.08);
  const auto rest = atRest.targets(), now = pressed.targets();
  for (std::size_t i = 0; i < rest.size(); ++i) {
    EXPECT_EQ(rest[i].first, now[i].first);
    EXPECT_GE(now[i].second.y(), rest[i].second.y());
    EXPECT_LT((pressed.restOf(now[i].second) - rest[i].second).norm(), 1e-9);
  }
  EXPECT_NEAR(pressed.skin(), 0.08 * 17.0, 1e-9);
}

TEST(LimbSweep, RefusesWhatCannotBe) {
  SweepOptions options = shortSweep();
  options.dropOuts = 1.5;
  EXPECT_THROW(LimbSweep{options}, Error);
}

TEST(SweepTruth, IsWrittenWhole) {
  const auto folder = std::filesystem::temp_directory_path() / "acuguide_sweep_truth";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  SweepOptions options = shortSweep();
  options.frames = 2;
  LimbSweep sweep(options);
  {
    SweepTruthWriter truth(folder / "t.csv");
    for (int i = 0; i < 2; ++i) truth.write(sweep.render(i));
    truth.finish(sweep);
  }
  for (const char* name : {"t.csv", "t.targets.csv", "t.fascia.stl", "t.vessel.stl", "t.nerve.stl"})
    EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
  const auto& bone = sweep.surfaces().front().second;
  EXPECT_EQ(std::filesystem::file_size(folder / "t.bone.stl"), 84 + 50 * bone.triangles.size());
  std::ifstream rows(folder / "t.csv");
  const std::string text{std::istreambuf_iterator<char>(rows), {}};
  EXPECT_TRUE(text.starts_with("frame,time_s,valid,m00,m01,m02,m03,m10")) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  SweepTruthWriter again(folder / "t.csv");  // an earlier truth may be replaced
  again.finish(sweep);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace acuguide::simulation
