#include "calibration/tools/pivot.h"

#include "calibration/simulated_poses.h"
#include "core/error.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>

namespace acuguide::calibration {
namespace {

using test::PivotRecording;
using test::simulate;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// Tip errors over several recordings, the worst last.
std::vector<double> tipErrors(PivotRecording recording) {
  std::vector<double> errors;
  for (recording.seed = 1; recording.seed <= 20; ++recording.seed) {
    const PivotSummary summary = calibratePivot(simulate(recording), "poses");
    EXPECT_TRUE(summary.usable) << testing::PrintToString(summary.reasons);
    errors.push_back((summary.tipMm - recording.tipMm).norm());
  }
  std::sort(errors.begin(), errors.end());
  return errors;
}

TEST(Pivot, ExactPosesGiveTheExactTip) {
  PivotRecording recording;
  recording.positionNoiseMm = recording.angleNoiseDeg = 0.0;
  const PivotSummary summary = calibratePivot(simulate(recording), "poses");
  EXPECT_LT((summary.tipMm - recording.tipMm).norm(), 1e-6);
  EXPECT_LT((summary.pivotMm - recording.pivotMm).norm(), 1e-6);
  EXPECT_EQ(summary.inliers, summary.total);
  EXPECT_TRUE(summary.usable);
}

double rms(const std::vector<double>& errors) {
  double sum = 0.0;
  for (const double error : errors) sum += error * error;
  return std::sqrt(sum / double(errors.size()));
}

/// For scripts/calibration_figures.
void tell(const std::string& what, const std::vector<double>& errors) {
  std::cout << "figure: pivot, " << what << ": tip error rms " << rms(errors) << " mm, median " << errors[10]
            << " mm, worst of 20 " << errors.back() << " mm\n";
}

// 200 poses, 0.25 mm and 0.1 degree of noise on each axis, a tip 180 mm from its marker.
TEST(Pivot, WithNoiseTheTipStaysWithinATenth) {
  const auto errors = tipErrors({});
  tell("none wild", errors);
  EXPECT_LT(rms(errors), 0.1);
  EXPECT_LT(errors.back(), 0.25);
}

TEST(Pivot, FivePercentWildPosesChangeNothing) {
  PivotRecording recording;
  recording.wildShare = 0.05;
  const auto errors = tipErrors(recording);
  tell("5 % wild", errors);
  EXPECT_LT(rms(errors), 0.1);
}

TEST(Pivot, ThirtyPercentWildPosesChangeLittle) {
  PivotRecording recording;
  recording.wildShare = 0.30;
  const auto errors = tipErrors(recording);
  tell("30 % wild", errors);
  EXPECT_LT(rms(errors), 0.12);
  EXPECT_LT(errors.back(), 0.3);
}

TEST(Pivot, TheStatedDeviationIsTheRealOne) {
  PivotRecording recording;
  double squares = 0.0, stated = 0.0;
  for (recording.seed = 1; recording.seed <= 40; ++recording.seed) {
    const PivotSummary summary = calibratePivot(simulate(recording), "poses");
    squares += (summary.tipMm - recording.tipMm).squaredNorm();
    stated += summary.tipSigmaMm.squaredNorm();
  }
  EXPECT_NEAR(std::sqrt(squares / stated), 1.0, 0.35);
}

/// A pointer of 39 cm whose marker is seen to a tenth of a millimetre, but turns by half a degree.
PivotRecording longPointer() {
  PivotRecording recording;
  recording.poses = 57;
  recording.tipMm = {10.0, -5.0, 383.0};
  recording.positionNoiseMm = 0.1;
  recording.angleNoiseDeg = 0.5;
  return recording;
}

TEST(Pivot, NoisyOrientationsLeaveALongTipOnItsSphere) {
  PivotRecording recording = longPointer();
  int within = 0;
  for (recording.seed = 1; recording.seed <= 40; ++recording.seed) {
    const PivotSummary summary = calibratePivot(simulate(recording), "poses");
    const double error = summary.tipMm.norm() - recording.tipMm.norm();
    EXPECT_LT(std::abs(error), 2.0) << recording.seed;
    within += (summary.tipMm - recording.tipMm).norm() < 2.5 * summary.tipSigmaMm.norm();
  }
  EXPECT_GE(within, 36) << "the stated deviations are too small";
}

TEST(Pivot, NoisyOrientationsAreNamedAsTheCause) {
  const PivotSummary summary = calibratePivot(simulate(longPointer()), "poses");
  EXPECT_NEAR(summary.directionNoiseDeg, 0.5, 0.15);
  EXPECT_NEAR(summary.distanceNoiseMm, 0.1, 0.05);
  ASSERT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("orientations vary by 0.")));
  EXPECT_THAT(summary.reasons, Not(Contains(HasSubstr("loose marker"))));
}

TEST(Pivot, SaysWhichPosesWereWild) {
  PivotRecording recording;
  auto poses = simulate(recording);
  poses[17](0, 3) += 40.0;
  const PivotSummary summary = calibratePivot(poses, "poses");
  EXPECT_FALSE(summary.inlier[17]);
  EXPECT_GE(summary.inliers, 195);
  EXPECT_GT(summary.rmsMm, 2.0);
  EXPECT_LT(summary.inlierRmsMm, 1.0);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("left out")));
}

TEST(Pivot, TooLittleMotionIsNotUsable) {
  PivotRecording recording;
  recording.tiltDeg = recording.secondTiltDeg = 4.0;
  const PivotSummary summary = calibratePivot(simulate(recording), "poses");
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("motion was too small")));
}

TEST(Pivot, TiltInOnePlaneIsNotUsable) {
  PivotRecording recording;
  recording.secondTiltDeg = 0.0;
  recording.spinDeg = 0.0;
  const PivotSummary summary = calibratePivot(simulate(recording), "poses");
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("in one plane only")));
}

TEST(Pivot, IdentityPosesAreNotATip) {
  const std::vector<Eigen::Matrix4d> poses(50, Eigen::Matrix4d::Identity());
  const PivotSummary summary = calibratePivot(poses, "poses");
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("static")));
}

TEST(Pivot, ASlipIsNamed) {
  PivotRecording recording;
  auto poses = simulate(recording);
  for (std::size_t i = poses.size() / 2; i < poses.size(); ++i) poses[i](1, 3) += 4.0;
  const PivotSummary summary = calibratePivot(poses, "poses");
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("slipped")));
}

TEST(Pivot, MetresAreNamed) {
  PivotRecording recording;
  auto poses = simulate(recording);
  for (auto& pose : poses) pose.topRightCorner<3, 1>() /= 1000.0;
  const PivotSummary summary = calibratePivot(poses, "poses");
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("metres")));
}

std::string refusal(const std::vector<Eigen::Matrix4d>& poses) {
  try {
    calibratePivot(poses, "poses.csv");
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Pivot, MatricesThatAreNoPosesAreRefusedWithTheirFault) {
  auto poses = simulate({});
  for (auto& pose : poses) pose.transposeInPlace();
  EXPECT_THAT(refusal(poses), HasSubstr("transposed"));
  poses = simulate({});
  for (auto& pose : poses) pose.col(0) *= -1.0;
  EXPECT_THAT(refusal(poses), HasSubstr("mirrored"));
  poses = simulate({});
  for (auto& pose : poses) pose.topLeftCorner<3, 3>() *= 0.08;
  EXPECT_THAT(refusal(poses), HasSubstr("scale"));
  EXPECT_THAT(refusal({}), HasSubstr("0 usable poses"));
}

TEST(Spin, FindsTheShaft) {
  PivotRecording recording;
  std::vector<Eigen::Matrix4d> poses;
  const Eigen::Vector3d shaft = Eigen::Vector3d(0.1, 0.05, 1.0).normalized();
  const Eigen::Matrix3d rest = test::turn(30.0, Eigen::Vector3d(1, 2, 3).normalized());
  for (int i = 0; i < 120; ++i) {
    Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
    pose.topLeftCorner<3, 3>() = rest * test::turn(3.0 * i, shaft);
    pose.topRightCorner<3, 1>() = recording.pivotMm - pose.topLeftCorner<3, 3>() * recording.tipMm;
    poses.push_back(pose);
  }
  const SpinSummary summary = calibrateSpin(poses, "poses");
  EXPECT_TRUE(summary.usable) << testing::PrintToString(summary.reasons);
  EXPECT_LT(summary.direction.cross(shaft).norm(), 1e-6);
  EXPECT_NEAR(summary.turnDeg, 357.0, 0.5);
  EXPECT_LT((recording.tipMm - summary.pointMm).cross(shaft).norm(), 1e-5)
      << "the tip lies on the shaft's axis";
  poses.resize(10);
  EXPECT_FALSE(calibrateSpin(poses, "poses").usable);
}

}  // namespace
}  // namespace acuguide::calibration
