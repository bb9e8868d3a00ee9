#pragma once

#include "planning/locate.h"

#include <Eigen/Core>

#include <vector>

namespace acuguide::planning {

/// A landmark clicked in a camera's picture: it lies on this ray, in the frame that the landmarks are kept in
/// (a marker board on the limb: "Reference"). mm.
struct LandmarkSighting {
  Eigen::Vector3d eye = Eigen::Vector3d::Zero();         ///< the camera's centre
  Eigen::Vector3d direction = Eigen::Vector3d::UnitZ();  ///< unit
};

struct LandmarkSightingOptions {
  double clickSd = 0.003;  ///< radians: of the click, some two pixels of a webcam
  double boardSd =
      0.0035;  ///< radians: of the board's pose; turns the ray about the board (docs/calibration.md)
  double eyeSdMm = 0.5;                 ///< of the board's pose, across the ray
  double palpationSdMm = 2.0;           ///< of the finger that found the landmark, in each direction
  double leastAngle = 0.26;             ///< radians (15 degrees): two of the rays must differ by so much
  double mostStandardDeviations = 4.0;  ///< a ray that passes farther by is another place's
};

/// Where the rays meet: the place with the least sum of squared distances to them, each weighed by what it
/// may be off there (iterated; the linear least squares of Hartley and Sturm, CVIU 1997, "mid-point", in
/// space). The error is the largest of the place's covariance, with the palpation's own. Throws Error, with
/// what to do: fewer than two rays, all seen from about the same side, rays that pass one another or meet
/// behind the camera.
LandmarkReading meetingPlace(const std::vector<LandmarkSighting>& sightings,
                             const LandmarkSightingOptions& options = {});

}  // namespace acuguide::planning
