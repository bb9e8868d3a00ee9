#include "core/pose.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace acuguide {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Eigen::Matrix4d turned() {
  Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
  pose.topLeftCorner<3, 3>() =
      Eigen::AngleAxisd(0.7, Eigen::Vector3d(1, 2, 3).normalized()).toRotationMatrix();
  pose.topRightCorner<3, 1>() = Eigen::Vector3d(10, -20, 300);
  return pose;
}

TEST(PoseGate, TakesRigidPoses) {
  EXPECT_THAT(poseFault("Probe", "Tracker", turned()), IsEmpty());
  Eigen::Matrix4d nearly = turned();
  nearly.topLeftCorner<3, 3>() *= 1.009;
  EXPECT_THAT(poseFault("Probe", "Tracker", nearly), IsEmpty()) << "a scale within 1 %";
}

TEST(PoseGate, RefusesScaleMirrorShearTransposeAndNonsense) {
  const auto fault = [](const Eigen::Matrix4d& pose) { return poseFault("Probe", "Tracker", pose); };
  Eigen::Matrix4d pose = turned();
  pose.topLeftCorner<3, 3>() *= 1.02;
  EXPECT_THAT(fault(pose), HasSubstr("scale"));
  pose = turned();
  pose.col(0) *= -1;
  EXPECT_THAT(fault(pose), HasSubstr("mirrored"));
  pose = turned();
  pose(0, 1) += 0.1;
  EXPECT_THAT(fault(pose), HasSubstr("right angles"));
  EXPECT_THAT(fault(turned().transpose()), HasSubstr("transposed"));
  pose = turned();
  pose(1, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(fault(pose), HasSubstr("not finite"));
  EXPECT_FALSE(fault(Eigen::Matrix4d::Zero()).empty());
  pose = turned();
  pose(0, 3) = 1e7;
  EXPECT_THAT(fault(pose), HasSubstr("farther"));
}

TEST(PoseGate, PixelCoordinatesCarryTheirSpacing) {
  Eigen::Matrix4d pose = turned();
  pose.topLeftCorner<3, 3>() *= 0.08;
  EXPECT_THAT(poseFault("Image", "Probe", pose), IsEmpty());
  EXPECT_FALSE(poseFault("Stylus", "Probe", pose).empty());
  EXPECT_FALSE(poseFault("Image", "Probe", Eigen::Matrix4d::Zero()).empty());
}

TEST(PoseGate, AFaultMakesAPoseInvalidAndSaysWhy) {
  NamedPose pose{"Probe", "Tracker", turned(), true};
  admitPose(pose);
  EXPECT_TRUE(pose.valid);
  pose.matrix.col(2) *= -1;
  admitPose(pose);
  EXPECT_FALSE(pose.valid);
  EXPECT_THAT(pose.fault, HasSubstr("mirrored"));
}

}  // namespace
}  // namespace acuguide
