#include "tracking/tracked_needle.h"

#include <Eigen/Geometry>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace acuguide::tracking {
namespace {

constexpr double kMmPerPx = 0.08;

Eigen::Matrix4d rigid(const Eigen::Vector3d& turn, const Eigen::Vector3d& place) {
  Eigen::Affine3d pose = Eigen::Affine3d::Identity();
  if (turn.norm() > 0) pose.rotate(Eigen::AngleAxisd(turn.norm(), turn.normalized()));
  pose.pretranslate(place);
  return pose.matrix();
}

/// A tracked probe and a needle whose tip lies at a pixel and so many mm through the picture; its shaft comes
/// from the upper left at 30 degrees, in the picture's plane.
class Scene {
 public:
  Scene() {
    imageToProbe_ = rigid({0.3, -0.2, 0.9}, {-20, 4, 7}) *
                    Eigen::Vector4d(kMmPerPx, kMmPerPx, kMmPerPx, 1).asDiagonal().toDenseMatrix();
    probeToTracker_ = rigid({-0.7, 0.4, 0.2}, {120, -60, 900});
    tipToNeedle_ = rigid({0.1, 0.5, 0}, {3, -2, 95});
  }

  std::vector<NamedPose> poses(const Eigen::Vector2d& tipPx, double throughMm,
                               const std::string& tip = "NeedleTip") const {
    const double angle = 30 * std::numbers::pi / 180;
    const Eigen::Vector4d place =
        imageToProbe_ * Eigen::Vector4d(tipPx.x(), tipPx.y(), throughMm / kMmPerPx, 1);
    const Eigen::Vector3d along =
        (imageToProbe_.topLeftCorner<3, 3>() * Eigen::Vector3d(std::cos(angle), std::sin(angle), 0))
            .normalized();
    Eigen::Matrix4d tipToProbe = Eigen::Matrix4d::Identity();
    tipToProbe.topLeftCorner<3, 3>() =
        Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitZ(), along).toRotationMatrix();
    tipToProbe.col(3) = place;
    return {{"Image", "Probe", imageToProbe_, true},
            {"Probe", "Tracker", probeToTracker_, true},
            {"Needle", "Tracker", probeToTracker_ * tipToProbe * tipToNeedle_.inverse(), true},
            {tip, "Needle", tipToNeedle_, true}};
  }

 private:
  Eigen::Matrix4d imageToProbe_, probeToTracker_, tipToNeedle_;
};

TEST(TrackedNeedle, LiesInThePictureWhereItsPosesPutIt) {
  const auto needle = trackedNeedle(Scene().poses({310, 220}, 0.6));
  ASSERT_TRUE(needle);
  EXPECT_NEAR(needle->tipPx.x(), 310, 1e-6);
  EXPECT_NEAR(needle->tipPx.y(), 220, 1e-6);
  EXPECT_NEAR(needle->tipThroughMm, 0.6, 1e-9);
  EXPECT_TRUE(needle->tipInPlane);
  EXPECT_NEAR(needle->shaftPx.x(), 310 - 40 / kMmPerPx * std::cos(std::numbers::pi / 6), 1e-6);
  EXPECT_NEAR(needle->shaftPx.y(), 220 - 40 / kMmPerPx * 0.5, 1e-6);
  EXPECT_NEAR(needle->shaftThroughMm, 0.6, 1e-9);
  EXPECT_FALSE(trackedNeedle(Scene().poses({310, 220}, 1.5))->tipInPlane);
}

TEST(TrackedNeedle, AShaftIsEnough) {
  EXPECT_TRUE(trackedNeedle(Scene().poses({310, 220}, 0, "NeedleShaft")));
}

TEST(TrackedNeedle, IsNoneWhereAPoseIsMissingOrInvalid) {
  const auto whole = Scene().poses({310, 220}, 0);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto hidden = whole, absent = whole;
    hidden[i].valid = false;
    absent.erase(absent.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(trackedNeedle(hidden)) << whole[i].name();
    EXPECT_FALSE(trackedNeedle(absent)) << whole[i].name();
  }
}

TEST(TrackedNeedle, DisagreementCountsTheWayThroughThePictureToo) {
  const auto tracked = trackedNeedle(Scene().poses({310, 220}, 3));
  NeedleTrack seen;
  seen.state = NeedleState::Observed;
  seen.tipPx = {310 + 50, 220};  // 4 mm
  EXPECT_NEAR(*disagreementMm(seen, *tracked, Eigen::Vector2d(kMmPerPx, kMmPerPx)), 5, 1e-6);
  EXPECT_FALSE(disagreementMm(seen, *tracked, std::nullopt));
  seen.state = NeedleState::Predicted;
  EXPECT_FALSE(disagreementMm(seen, *tracked, Eigen::Vector2d(kMmPerPx, kMmPerPx)));
}

}  // namespace
}  // namespace acuguide::tracking
