#include "planning/landmark_sighting.h"

#include "core/error.h"
#include "core/units.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <string>

namespace acuguide::planning {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

[[noreturn]] void refuse(const std::string& why, const std::string& remedy) {
  throw Error("landmark", why, remedy);
}

/// Across a ray.
Matrix3d across(const LandmarkSighting& ray) {
  return Matrix3d::Identity() - ray.direction * ray.direction.transpose();
}

double widestAngle(const std::vector<LandmarkSighting>& rays) {
  double widest = 0;
  for (std::size_t i = 0; i < rays.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      widest = std::max(widest, std::acos(std::clamp(rays[i].direction.dot(rays[k].direction), -1.0, 1.0)));
  return widest;
}

/// What a ray may pass a place by, mm.
double sdAt(const LandmarkSighting& ray, const Vector3d& place, const LandmarkSightingOptions& options) {
  return std::hypot(options.clickSd * (place - ray.eye).norm(), options.boardSd * place.norm(),
                    options.eyeSdMm);
}

}  // namespace

LandmarkReading meetingPlace(const std::vector<LandmarkSighting>& sightings,
                             const LandmarkSightingOptions& options) {
  if (sightings.size() < 2) refuse("seen once only", "turn the camera or the limb and click it again");
  const double angle = widestAngle(sightings);
  if (angle < options.leastAngle)
    refuse(
        "seen from about the same side (" + std::to_string(std::lround(degrees(angle))) + " degrees apart)",
        "turn the camera or the limb by " + std::to_string(std::lround(degrees(options.leastAngle))) +
            " degrees or more and click it again");
  LandmarkReading reading;
  Matrix3d information;
  for (int round = 0; round < 4; ++round) {
    information.setZero();
    Vector3d pull = Vector3d::Zero();
    for (const LandmarkSighting& ray : sightings) {
      // At first all alike: how far the place is from each is not known yet.
      const double sd = round == 0 ? 1.0 : sdAt(ray, reading.mm, options);
      information += across(ray) / (sd * sd);
      pull += across(ray) * ray.eye / (sd * sd);
    }
    reading.mm = information.ldlt().solve(pull);
  }
  for (const LandmarkSighting& ray : sightings) {
    if (ray.direction.dot(reading.mm - ray.eye) <= 0)
      refuse("the clicks meet behind the camera", "click the same place in both pictures");
    const double by = (across(ray) * (reading.mm - ray.eye)).norm();
    if (by > options.mostStandardDeviations * sdAt(ray, reading.mm, options))
      refuse("the clicks pass one another by " + std::to_string(std::lround(2 * by)) + " mm",
             "click the same place of the skin in both pictures");
  }
  const double variance =
      Eigen::SelfAdjointEigenSolver<Matrix3d>(information.inverse(), Eigen::EigenvaluesOnly).eigenvalues()(2);
  reading.sdMm = std::hypot(options.palpationSdMm, std::sqrt(variance));
  return reading;
}

}  // namespace acuguide::planning
