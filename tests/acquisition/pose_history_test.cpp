#include "acquisition/pose_history.h"

#include <Eigen/Geometry>
#include <gtest/gtest.h>

namespace acuguide::acquisition {
namespace {

NamedPose turned(double angle, double x, bool valid = true) {
  NamedPose pose{"Probe", "Tracker", Eigen::Matrix4d::Identity(), valid};
  pose.matrix.topLeftCorner<3, 3>() = Eigen::AngleAxisd(angle, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  pose.matrix(0, 3) = x;
  return pose;
}

TEST(PoseHistory, InterpolatesBetweenNeighbours) {
  PoseHistory history;
  history.add(turned(0.0, 0.0), 1.00);
  history.add(turned(0.4, 8.0), 1.08);
  const auto poses = history.at(1.02);
  ASSERT_EQ(poses.size(), 1u);
  EXPECT_TRUE(poses[0].valid);
  EXPECT_TRUE(poses[0].matrix.isApprox(turned(0.1, 2.0).matrix, 1e-9));
}

TEST(PoseHistory, TakesTheNearestWhereThereIsOnlyOne) {
  PoseHistory history;
  history.add(turned(0.3, 5.0), 1.00);
  EXPECT_TRUE(history.at(1.05)[0].valid);
  EXPECT_TRUE(history.at(0.95)[0].valid);
  EXPECT_FALSE(history.at(1.11)[0].valid);
  EXPECT_FALSE(history.at(0.89)[0].valid);
}

TEST(PoseHistory, NeverBridgesAnInvalidPose) {
  PoseHistory history;
  history.add(turned(0.0, 0.0), 1.00);
  history.add(turned(0.0, 0.0, false), 1.03);
  history.add(turned(0.0, 0.0), 1.06);
  EXPECT_FALSE(history.at(1.02)[0].valid);
  EXPECT_FALSE(history.at(1.03)[0].valid);
  EXPECT_TRUE(history.at(1.06)[0].valid);
}

TEST(PoseHistory, KnowsWhetherPosesAreStillToCome) {
  PoseHistory history;
  EXPECT_TRUE(history.completeAt(1.0));
  history.add(turned(0, 0), 1.00);
  EXPECT_TRUE(history.completeAt(1.00));
  EXPECT_FALSE(history.completeAt(1.03));
  EXPECT_TRUE(history.completeAt(1.20));  // silent for too long to be waited for
}

TEST(PoseHistory, AClockSetBackStartsAgain) {
  PoseHistory history;
  history.add(turned(0, 0), 100.0);
  history.add(turned(0, 7.0), 50.0);
  EXPECT_DOUBLE_EQ(history.at(50.0)[0].matrix(0, 3), 7.0);
}

TEST(PoseHistory, APoseThatWasSentOnlyOnceSaysSo) {
  PoseHistory history;
  history.add({"Probe", "Tracker", Eigen::Matrix4d::Identity(), true}, 5.0);
  EXPECT_TRUE(history.at(5.05).at(0).valid);
  const NamedPose late = history.at(6.0).at(0);
  EXPECT_FALSE(late.valid);
  EXPECT_NE(late.fault.find("not sent again"), std::string::npos) << late.fault;
}

}  // namespace
}  // namespace acuguide::acquisition
