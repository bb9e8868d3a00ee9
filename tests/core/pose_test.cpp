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

TEST(PoseBetween, TurnsAndMovesInProportion) {
  const Eigen::Matrix4d a = Eigen::Matrix4d::Identity(), b = turned();
  const Eigen::Matrix4d third = poseBetween(a, b, 1.0 / 3);
  EXPECT_TRUE(isRigid(third, 1e-9));
  EXPECT_NEAR(Eigen::AngleAxisd(Eigen::Matrix3d(third.topLeftCorner<3, 3>())).angle(), 0.7 / 3, 1e-9);
  EXPECT_NEAR(third(2, 3), 100, 1e-9);
  EXPECT_TRUE(poseBetween(a, b, 0).isApprox(a));
  EXPECT_TRUE(poseBetween(a, b, 1).isApprox(b));
}

TEST(PoseBetween, KeepsPixelSpacingsAndMirroredAxes) {
  Eigen::Matrix4d image = turned();
  image.col(0) *= 0.08;
  image.col(1) *= -0.085;  // y runs down
  image.col(2) *= 12.0;
  EXPECT_EQ(poseBetween(image, image, 0.37), image) << "what does not change stays what it is";
  Eigen::Matrix4d moved = image;
  moved.topLeftCorner<3, 3>() =
      (Eigen::AngleAxisd(0.2, Eigen::Vector3d::UnitX()).toRotationMatrix() * image.topLeftCorner<3, 3>())
          .eval();
  moved(0, 3) += 4;
  const Eigen::Matrix4d half = poseBetween(image, moved, 0.5);
  EXPECT_NEAR(half.col(0).norm(), 0.08, 1e-9);
  EXPECT_NEAR(half.col(1).norm(), 0.085, 1e-9);
  EXPECT_NEAR(half.col(2).norm(), 12.0, 1e-9);
  EXPECT_LT(
      (half.topLeftCorner<3, 3>() -
       Eigen::AngleAxisd(0.1, Eigen::Vector3d::UnitX()).toRotationMatrix() * image.topLeftCorner<3, 3>())
          .norm(),
      1e-9);
}

TEST(PoseBetween, OfWhatHasNothingBetweenTakesTheNearer) {
  Eigen::Matrix4d mirrored = turned(), flat = turned();
  mirrored.col(0) *= -1;
  flat.col(0).setZero();
  EXPECT_EQ(poseBetween(turned(), mirrored, 0.4), turned());
  EXPECT_EQ(poseBetween(turned(), flat, 0.6), flat);
}

}  // namespace
}  // namespace acuguide
