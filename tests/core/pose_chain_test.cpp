#include "core/pose_chain.h"

#include <Eigen/Geometry>
#include <gtest/gtest.h>

namespace acuguide {
namespace {

Eigen::Matrix4d pose(double angle, double x) {
  Eigen::Affine3d matrix = Eigen::Affine3d::Identity();
  matrix.rotate(Eigen::AngleAxisd(angle, Eigen::Vector3d(1, 2, 3).normalized()));
  matrix.pretranslate(Eigen::Vector3d(x, 2 * x, -x));
  return matrix.matrix();
}

const std::vector<NamedPose> tracked = {{"Probe", "Tracker", pose(0.3, 5), true},
                                        {"Reference", "Tracker", pose(-0.7, 40), true},
                                        {"StylusTip", "Stylus", pose(0.0, 200), true},
                                        {"Stylus", "Tracker", pose(1.1, 9), false}};

TEST(PoseChain, GoesOverTheTracker) {
  const ComposedPose probe = composePose(tracked, "Probe", "Reference");
  ASSERT_EQ(probe.state, PoseState::Valid);
  EXPECT_LT((probe.matrix - pose(-0.7, 40).inverse() * pose(0.3, 5)).norm(), 1e-9);
  EXPECT_LT(
      (composePose(tracked, "Reference", "Probe").matrix * probe.matrix - Eigen::Matrix4d::Identity()).norm(),
      1e-9);
}

TEST(PoseChain, TellsInvalidFromUnknown) {
  EXPECT_EQ(composePose(tracked, "StylusTip", "Reference").state, PoseState::Invalid);
  EXPECT_EQ(composePose(tracked, "StylusTip", "Reference").invalid, "StylusToTracker");
  EXPECT_EQ(composePose(tracked, "Needle", "Reference").state, PoseState::Unknown);
  EXPECT_EQ(composePose({}, "Probe", "Tracker").state, PoseState::Unknown);
}

TEST(PoseChain, SplitsNamesAtTheRightTo) {
  const std::vector<NamedPose> odd = {{"ToolTo", "Tracker", pose(0, 0), true}};
  EXPECT_EQ(splitPoseName("ToolToToTracker", frameNames(odd)),
            (std::pair<std::string, std::string>{"ToolTo", "Tracker"}));
  EXPECT_EQ(splitPoseName("StylusTipToReference", frameNames(tracked)),
            (std::pair<std::string, std::string>{"StylusTip", "Reference"}));
  EXPECT_FALSE(splitPoseName("NeedleToReference", frameNames(tracked)));
  EXPECT_FALSE(splitPoseName("", frameNames(tracked)));
}

}  // namespace
}  // namespace acuguide
