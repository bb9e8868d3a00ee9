#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// One thing that stays where it is while the probe moves about it.
enum class FixedFeature {
  Point,  ///< a small ball, or where two wires cross
  Wall,   ///< a flat wall: the bottom of a water tank, a membrane
};

/// The feature in one frame. `pointsPx`: the point; or, of a wall, places on the line it draws.
struct FeatureSighting {
  std::int64_t frame = 0;
  double time = 0.0;
  Eigen::Matrix4d probeToReference = Eigen::Matrix4d::Identity();
  std::vector<Eigen::Vector2d> pointsPx;
};

struct FixedFeatureOptions {
  double lossMm = 0.8;          ///< where soft-L1 turns from square to straight
  double outlierFrame = 4.0;    ///< frames so many robust sd above the median are left out
  double leastTurn = 0.09;      ///< rad, rms of the probe's turns about the least turned axis that is needed
  double leastSpread = 0.06;    ///< of the picture's size, sd of where the feature is seen
  double largestSigmaMm = 1.0;  ///< of the picture's centre at the probe
};

/// A calibration from one fixed feature.
struct FixedFeatureSolution {
  Eigen::Matrix4d imageToProbe = Eigen::Matrix4d::Identity();  ///< mm per px; z normal, as long as the mean
  Eigen::Vector2d spacingMm = Eigen::Vector2d::Ones();
  Eigen::Vector3d pointMm = Eigen::Vector3d::Zero();  ///< in the reference: the point, or the wall's nearest
  Eigen::Vector3d normal = Eigen::Vector3d::Zero();   ///< of the wall, in the reference
  std::vector<bool> used;                             ///< per sighting; false for outliers
  /// Of (turn at the probe, rad; translation, mm; relative spacing x, y), frames erring by themselves.
  Eigen::Matrix<double, 8, 8> covariance = Eigen::Matrix<double, 8, 8>::Zero();
  double freedom = 0.0;  ///< degrees of freedom behind the covariance
  double rmsMm = 0.0;    ///< of the distances in use
  bool turned = false;   ///< the probe was turned enough, about more than one axis
  /// Why the motion leaves the answer open, in sentences; empty when it does not.
  std::vector<std::string> degenerate;

  /// Standard deviation (mm, all three directions) of where this pixel lies at the probe.
  double sigmaMm(const Eigen::Vector2d& px) const;
  /// Half the intervals, along the probe's axes, that hold this pixel's place with 95 %.
  Eigen::Vector3d half95Mm(const Eigen::Vector2d& px) const;
};

/// Finds the picture's rigid pose at the probe and its two pixel scales together with the place of the
/// feature, which nobody has to measure: every sighting, taken to the reference, must come to lie on it.
///
/// Point: with an affine picture the equations are linear in all twelve unknowns; random samples of six
/// frames, the best refined (cross-wire calibration: Detmer et al., Ultrasound Med Biol 20 (1994) 923; Prager
/// et al., 24 (1998) 855). Wall: for a given normal they are linear; every direction of the half sphere is
/// tried, the best refined (single-wall calibration: Prager et al. 1998). Then robust least squares of all
/// (Ceres, soft-L1), outlier frames left out, and covariance from the curvature.
///
/// `pictureSize` in px. Throws Error with fewer than eight sightings. What cannot be determined is told in
/// `degenerate`: a probe hardly turned or turned about one axis, a feature always at the same place.
FixedFeatureSolution solveFixedFeature(FixedFeature kind, const std::vector<FeatureSighting>& sightings,
                                       const Eigen::Vector2d& pictureSize,
                                       const FixedFeatureOptions& options = {});

/// The linear solution alone (all twelve unknowns free, every frame alike), as a start and for comparison;
/// nothing when it is like no image's. Point only.
std::optional<Eigen::Matrix4d> linearFromPoint(const std::vector<FeatureSighting>& sightings,
                                               const Eigen::Vector2d& pictureSize);

/// The feature alone under a calibration that is known: its place for other sightings (a validation), robust.
void placeFeature(FixedFeature kind, const std::vector<FeatureSighting>& sightings,
                  const Eigen::Matrix4d& imageToProbe, Eigen::Vector3d& pointMm, Eigen::Vector3d& normal);

/// The distances (mm) of a sighting's points from the feature, and where in the picture it should be seen.
struct FeatureErrors {
  std::vector<double> distanceMm;
  std::vector<Eigen::Vector2d> expectedPx;
};
FeatureErrors featureErrors(FixedFeature kind, const FeatureSighting& sighting,
                            const Eigen::Matrix4d& imageToProbe, const Eigen::Vector3d& pointMm,
                            const Eigen::Vector3d& normal);

}  // namespace acuguide::calibration
