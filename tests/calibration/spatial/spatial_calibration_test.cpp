#include "calibration/spatial/spatial_calibration.h"

#include "calibration/wire_scene.h"
#include "core/error.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::calibration {
namespace {

using test::WireScene;
using testing::AnyOf;
using testing::HasSubstr;

WireScene validationOf(WireScene scene) {
  scene.seed = 2;
  scene.frames = 40;
  return scene;
}

SpatialOutcome calibrate(const WireScene& calibration, const WireScene& validation) {
  return calibrateSpatial(calibration.phantom, calibration.sweep("calibration.mha"),
                          validation.sweep("validation.mha"));
}

/// How far two calibrations put the picture's corners apart, the worst of them, mm.
double farthestCornerMm(const Eigen::Matrix4d& a, const Eigen::Matrix4d& b, const cv::Size& size) {
  double most = 0;
  for (const double x : {0.0, static_cast<double>(size.width)}) {
    for (const double y : {0.0, static_cast<double>(size.height)})
      most = std::max(most, ((a - b) * Eigen::Vector4d(x, y, 0, 1)).norm());
  }
  return most;
}

/// Refused as not usable, for a reason that says so.
void expectCause(const SpatialOutcome& outcome, const std::string& words) {
  EXPECT_FALSE(outcome.usable);
  EXPECT_THAT(outcome.verdict, HasSubstr(words));
  ASSERT_FALSE(outcome.reasons.empty());
  EXPECT_EQ(outcome.verdict, "Not usable: " + outcome.reasons.front() + ".");
}

std::string errorOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(SpatialCalibration, FindsAKnownPose) {
  const WireScene scene;
  const SpatialOutcome outcome = calibrate(scene, validationOf(scene));
  EXPECT_TRUE(outcome.usable) << outcome.verdict;
  EXPECT_EQ(outcome.calibration.observations.seen.size(), 60u);
  // The points are echoes' middles, the truth their middles too: half a pixel of difference is 0.05 mm.
  EXPECT_LT(farthestCornerMm(outcome.solution.imageToProbe, scene.imageToProbe(), scene.size), 0.15);
  EXPECT_NEAR(outcome.solution.spacingMm.x(), 0.11, 0.0003);
  EXPECT_NEAR(outcome.solution.spacingMm.y(), 0.10, 0.0003);
  EXPECT_LT(outcome.validation.errors.pointToWireMm.mean, 0.06);
}

TEST(SpatialCalibration, ItsUncertaintyIsThatOfRepeatedCalibrations) {
  std::vector<Eigen::Vector3d> corners;
  double stated = 0;
  constexpr int repeats = 6;
  for (unsigned i = 0; i < repeats; ++i) {
    WireScene scene;
    scene.dotNoisePx = 1.5;
    scene.seed = 10 + i;
    scene.frames = 40;
    const SpatialOutcome outcome = calibrate(scene, validationOf(scene));
    const Eigen::Vector2d corner(scene.size.width, scene.size.height);
    corners.push_back(
        (outcome.solution.imageToProbe * Eigen::Vector4d(corner.x(), corner.y(), 0, 1)).head<3>());
    stated += outcome.solution.sigmaMm(corner) / repeats;
  }
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const auto& corner : corners) mean += corner / repeats;
  double variance = 0;
  for (const auto& corner : corners) variance += (corner - mean).squaredNorm() / (repeats - 1);
  EXPECT_GT(stated, 0.4 * std::sqrt(variance));
  EXPECT_LT(stated, 2.5 * std::sqrt(variance));
}

TEST(SpatialCalibration, MirroredPicturesAreNoObstacle) {
  WireScene scene;
  scene.mirrored = true;
  EXPECT_TRUE(calibrate(scene, validationOf(scene)).usable);
}

TEST(SpatialCalibration, ASymmetricPhantomIsReadTheRightWayRoundByTheTracker) {
  WireScene scene;
  scene.phantom.wires = knownPhantoms()[2].wires;  // fCal 1.0: the same when turned by 180 degrees
  for (Wire& wire : scene.phantom.wires) {
    wire.front.x() += 10;
    wire.back.x() += 10;
  }
  const SpatialOutcome outcome = calibrate(scene, validationOf(scene));
  EXPECT_TRUE(outcome.usable) << outcome.verdict;
  EXPECT_LT(farthestCornerMm(outcome.solution.imageToProbe, scene.imageToProbe(), scene.size), 0.4);
}

TEST(SpatialCalibration, FramesThatMissWiresAreLeftOutWithTheReason) {
  WireScene scene;
  scene.spoil = [](int i, Frame& frame) {
    if (i % 4 == 0) frame.pixels.colRange(0, frame.pixels.cols / 3).setTo(6);
  };
  const SpatialOutcome outcome = calibrate(scene, validationOf(WireScene()));
  EXPECT_TRUE(outcome.usable) << outcome.verdict;
  EXPECT_EQ(outcome.calibration.observations.seen.size(), 45u);
  ASSERT_EQ(outcome.calibration.observations.left.size(), 15u);
  EXPECT_THAT(outcome.calibration.observations.left[0].second, HasSubstr("of 9 dots, not seen: "));
}

TEST(SpatialCalibration, InvalidPosesAreLeftOut) {
  WireScene scene;
  scene.spoil = [](int i, Frame& frame) {
    if (i < 20) frame.poses[0].valid = false;
  };
  const SpatialOutcome outcome = calibrate(scene, validationOf(WireScene()));
  EXPECT_TRUE(outcome.usable) << outcome.verdict;
  EXPECT_EQ(outcome.calibration.observations.left.size(), 20u);
  EXPECT_EQ(outcome.calibration.observations.left[0].second, "ProbeToTracker is INVALID");
}

TEST(SpatialCalibration, WildPosesAreLeftOutAsOutliers) {
  WireScene scene;
  scene.spoil = [](int i, Frame& frame) {
    if (i % 10 == 5) frame.poses[0].matrix(0, 3) += 2.5;
  };
  const SpatialOutcome outcome = calibrate(scene, validationOf(WireScene()));
  EXPECT_TRUE(outcome.usable) << outcome.verdict;
  EXPECT_LT(farthestCornerMm(outcome.solution.imageToProbe, scene.imageToProbe(), scene.size), 0.2);
  for (std::size_t i = 0; i < outcome.solution.used.size(); ++i) {
    if (outcome.calibration.observations.seen[i].frame % 10 == 5) {
      EXPECT_FALSE(outcome.solution.used[i]) << i;
    }
  }
}

TEST(SpatialCalibration, AClipThatCutsWiresOffIsNamedAndDoneWithout) {
  WireScene scene;
  scene.phantom.clip = cv::Rect(0, 130, 480, 230);
  const SpatialOutcome outcome = calibrate(scene, validationOf(scene));
  EXPECT_TRUE(outcome.usable) << outcome.verdict;
  ASSERT_FALSE(outcome.reasons.empty());
  EXPECT_THAT(outcome.reasons.front(), HasSubstr("clip rectangle cuts wires off"));
  EXPECT_THAT(outcome.reasons.front(), HasSubstr("its top edge lies"));
}

TEST(SpatialCalibration, TooFewFramesAreRefused) {
  WireScene scene;
  scene.frames = 8;
  expectCause(calibrate(scene, validationOf(WireScene())), "only 8 calibration frames");
}

TEST(SpatialCalibration, ASingleOrientationIsRefused) {
  WireScene scene;
  scene.turning = 0;
  expectCause(calibrate(scene, validationOf(WireScene())), "single orientation");
}

TEST(SpatialCalibration, WrongPhantomVersionIsNamed) {
  WireScene scene;
  const Sweep sweep = scene.sweep("sweep.mha");
  scene.phantom.wires = knownPhantoms()[1].wires;
  scene.phantom.version = "1.2";
  EXPECT_THAT(errorOf([&] { calibrateSpatial(scene.phantom, sweep, sweep); }),
              HasSubstr("show the wires of phantom fCAL 2.0, not of fCAL 1.2"));
}

TEST(SpatialCalibration, APhantomInCentimetresIsNamed) {
  WireScene scene;
  const Sweep sweep = scene.sweep("sweep.mha");
  for (Wire& wire : scene.phantom.wires) {
    wire.front *= 0.1;
    wire.back *= 0.1;
  }
  scene.phantom.name = "our own";
  expectCause(calibrateSpatial(scene.phantom, sweep, sweep), "file is in centimetres, not millimetres");
}

TEST(SpatialCalibration, NoWiresAtAllIsSaid) {
  WireScene scene;
  scene.spoil = [](int, Frame& frame) { frame.pixels.setTo(6); };
  EXPECT_THAT(errorOf([&] { calibrate(scene, scene); }), HasSubstr("were not found in the pictures"));
  scene.spoil = [](int, Frame& frame) {
    cv::randn(frame.pixels, 60, 25);
  };  // specks that may look like wires
  EXPECT_THAT(errorOf([&] { calibrate(scene, scene); }), HasSubstr("were not found in the pictures"));
}

TEST(SpatialCalibration, AMirroredValidationIsNamed) {
  WireScene mirrored;
  mirrored.mirrored = true;
  expectCause(calibrate(WireScene(), validationOf(mirrored)), "mirrored left to right");
}

TEST(SpatialCalibration, AnotherProbeInTheValidationIsNamed) {
  WireScene other;
  other.pictureToProbe.translation() += Eigen::Vector3d(12, -5, 4);
  expectCause(calibrate(WireScene(), validationOf(other)), "another probe, depth or mounting");
}

TEST(SpatialCalibration, AWrongTransformNameIsNamed) {
  WireScene scene;
  scene.spoil = [](int, Frame& frame) { std::swap(frame.poses[0].from, frame.poses[2].from); };
  expectCause(calibrate(scene, validationOf(scene)), "recorded under the name Stylus, not Probe");
}

TEST(SpatialCalibration, APoseStoredBackwardsIsNamed) {
  WireScene scene;
  scene.spoil = [](int, Frame& frame) { frame.poses[0].matrix = frame.poses[0].matrix.inverse().eval(); };
  expectCause(calibrate(scene, validationOf(scene)), "ProbeToTracker holds the inverse");
}

TEST(SpatialCalibration, PosesInMetresAreNamed) {
  WireScene scene;
  scene.spoil = [](int, Frame& frame) {
    for (NamedPose& pose : frame.poses) pose.matrix.topRightCorner<3, 1>() *= 0.001;
  };
  expectCause(calibrate(scene, validationOf(scene)), "in metres, not millimetres");
}

TEST(SpatialCalibration, LatePosesAreNamed) {
  WireScene scene;
  std::vector<std::vector<NamedPose>> recorded;
  for (const Frame& frame : scene.sweep("s").frames) recorded.push_back(frame.poses);
  scene.spoil = [recorded](int i, Frame& frame) {
    frame.poses = recorded[static_cast<std::size_t>(std::max(0, i - 4))];
  };
  const SpatialOutcome outcome = calibrate(scene, validationOf(WireScene()));
  expectCause(outcome, "not in step: the poses are about 0.32 s late");
}

TEST(SpatialCalibration, ALateValidationIsNotAnotherProbe) {
  WireScene late;
  std::vector<std::vector<NamedPose>> recorded;
  for (const Frame& frame : validationOf(late).sweep("s").frames) recorded.push_back(frame.poses);
  WireScene second = validationOf(late);
  second.spoil = [recorded](int i, Frame& frame) {
    frame.poses = recorded[static_cast<std::size_t>(std::max(0, i - 5))];
  };
  const SpatialOutcome outcome = calibrate(WireScene(), second);
  expectCause(outcome, "not in step: the poses are about 0.40 s late");
  EXPECT_EQ(outcome.reasons.size(), 1u);
}

TEST(SpatialCalibration, TheNoiseIsThatOfTheData) {
  WireScene scene;
  scene.frames = 120;
  scene.dotNoisePx = 1.0;
  scene.poseNoiseMm = 0.5;
  scene.poseNoiseDeg = 0.3;
  const auto seen = scene.observations();
  const SpatialSolution solution =
      solveSpatial(scene.phantom, seen, closedFormImageToProbe(scene.phantom, seen));
  EXPECT_NEAR(solution.noise.dotMm, 0.09, 0.03);
  EXPECT_NEAR(solution.noise.poseRad, 0.3 * M_PI / 180, 0.0015);
  EXPECT_GT(solution.noise.poseMm, 0.3);
  EXPECT_LT(solution.noise.poseMm, 0.7);
}

TEST(SpatialCalibration, PosesALittleLateAreNamedThoughTheyFit) {
  WireScene scene;
  std::vector<std::vector<NamedPose>> recorded;
  for (const Frame& frame : scene.sweep("s").frames) recorded.push_back(frame.poses);
  scene.spoil = [recorded](int i, Frame& frame) {
    frame.poses = recorded[static_cast<std::size_t>(std::max(0, i - 1))];
  };
  expectCause(calibrate(scene, validationOf(scene)), "not in step: the poses are about 0.08 s late");
}

TEST(SpatialCalibration, ALooseMarkerIsNamed) {
  WireScene scene;
  scene.spoil = [](int i, Frame& frame) {
    if (i < 30) return;
    Eigen::Isometry3d slip = Eigen::Isometry3d::Identity();
    slip.linear() = Eigen::AngleAxisd(0.2, Eigen::Vector3d(1, 2, 0).normalized()).toRotationMatrix();
    slip.translation() = Eigen::Vector3d(6, -4, 3);
    frame.poses[0].matrix = frame.poses[0].matrix * slip.matrix();
  };
  expectCause(calibrate(scene, validationOf(WireScene())), "a marker moved at about frame 30");
}

TEST(SpatialCalibration, AMovedPhantomIsNamed) {
  WireScene scene;
  const Sweep calibration = scene.sweep("calibration.mha"),
              validation = validationOf(scene).sweep("validation.mha");
  Eigen::Isometry3d moved = Eigen::Isometry3d::Identity();
  moved.linear() = Eigen::AngleAxisd(0.35, Eigen::Vector3d(0.3, 1, 0.5).normalized()).toRotationMatrix();
  moved.translation() = Eigen::Vector3d(8, -6, 5);
  scene.phantom.fixedPoses[0].matrix = scene.phantom.fixedPoses[0].matrix * moved.matrix();
  expectCause(calibrateSpatial(scene.phantom, calibration, validation), "phantom is not where its file says");
}

TEST(SpatialCalibration, WhatCannotBeWorkedOnIsAnError) {
  WireScene scene;
  const Sweep good = scene.sweep("good.mha");
  const auto refusal = [&](const std::function<void(int, Frame&)>& spoil) {
    WireScene spoilt;
    spoilt.spoil = spoil;
    return errorOf([&] { calibrateSpatial(spoilt.phantom, spoilt.sweep("bad.mha"), good); });
  };
  EXPECT_THAT(refusal([](int, Frame& f) { f.poses.clear(); }), HasSubstr("bad.mha: has no poses"));
  EXPECT_THAT(refusal([](int, Frame& f) {
                for (auto& p : f.poses) p.valid = false;
              }),
              HasSubstr("INVALID in every frame"));
  EXPECT_THAT(refusal([](int, Frame& f) { f.poses.erase(f.poses.begin()); }),
              HasSubstr("no pose leads from Probe to Phantom"));
  EXPECT_THAT(refusal([](int, Frame& f) {
                cv::resize(f.pixels, f.pixels, {320, 240});
              }),
              HasSubstr("another size"));
}

}  // namespace
}  // namespace acuguide::calibration
