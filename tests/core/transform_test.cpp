#include "core/transform.h"

#include "core/units.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace acuguide {
namespace {

using Eigen::Vector3d;
using ImageToProbe = Transform<frames::Image, frames::Probe>;
using ProbeToTracker = Transform<frames::Probe, frames::Tracker>;

ImageToProbe imageToProbe() {
  ImageToProbe t;
  t.matrix = Eigen::Translation3d(5, 6, 7) * Eigen::AngleAxisd(radians(90), Vector3d::UnitZ()) *
             Eigen::Scaling(0.1, 0.2, 1.0);
  return t;
}

ProbeToTracker probeToTracker() {
  ProbeToTracker t;
  t.matrix = Eigen::Translation3d(0, 0, 100) * Eigen::AngleAxisd(radians(180), Vector3d::UnitX());
  return t;
}

TEST(Transform, MapsAPointByHand) {
  // (10, 20, 0) px -> (1, 4, 0) mm -> turned a quarter: (-4, 1, 0) -> moved: (1, 7, 7).
  EXPECT_TRUE((imageToProbe() * Vector3d(10, 20, 0)).isApprox(Vector3d(1, 7, 7), 1e-12));
}

TEST(Transform, ComposesAsItsNamesRead) {
  const auto imageToTracker = probeToTracker() * imageToProbe();
  static_assert(std::is_same_v<decltype(imageToTracker), const Transform<frames::Image, frames::Tracker>>);
  // (1, 7, 7) turned half about x: (1, -7, -7), then moved up: (1, -7, 93).
  EXPECT_TRUE((imageToTracker * Vector3d(10, 20, 0)).isApprox(Vector3d(1, -7, 93), 1e-12));
}

TEST(Transform, InverseUndoesAndTurnsTheNameRound) {
  const auto probeToImage = imageToProbe().inverse();
  static_assert(std::is_same_v<decltype(probeToImage), const Transform<frames::Probe, frames::Image>>);
  EXPECT_TRUE((probeToImage * Vector3d(1, 7, 7)).isApprox(Vector3d(10, 20, 0), 1e-12));
}

TEST(FindPose, FindsByFullNameAndOnlyWhatIsValid) {
  std::vector<NamedPose> poses(3);
  poses[0] = {"Probe", "Tracker", Eigen::Matrix4d::Identity() * 2, false};
  poses[1] = {"Probe", "Tracker", Eigen::Matrix4d::Identity() * 3, true};
  poses[2] = {"Needle", "Tracker", Eigen::Matrix4d::Identity() * 4, false};
  const auto probe = findPose(poses, "ProbeToTracker");
  ASSERT_TRUE(probe);
  EXPECT_EQ((*probe)(0, 0), 3.0) << "the invalid pose of the same name must be passed over";
  EXPECT_FALSE(findPose(poses, "NeedleToTracker")) << "an INVALID pose must not be used";
  EXPECT_FALSE(findPose(poses, "Probe"));
  EXPECT_FALSE(findPose({}, "ProbeToTracker"));
}

TEST(Units, DegreesAndRadians) {
  EXPECT_DOUBLE_EQ(radians(180), 3.14159265358979323846);
  EXPECT_DOUBLE_EQ(degrees(radians(35)), 35);
}

}  // namespace
}  // namespace acuguide
