#include "tracking/needle_track.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::tracking {

std::string_view nameOf(NeedleState state) {
  switch (state) {
    case NeedleState::None:
      return "none";
    case NeedleState::Predicted:
      return "predicted";
    case NeedleState::Observed:
      return "observed";
  }
  return "none";
}

Eigen::Vector2d NeedleTrack::shaftDirection() const {
  const double length = lengthPx();
  return length > 0 ? Eigen::Vector2d((tipPx - tailPx) / length) : Eigen::Vector2d::UnitX();
}

double NeedleTrack::angle() const {
  const Eigen::Vector2d along = tailPx - tipPx;
  double angle = std::atan2(-along.y(), along.x());  // y points down in the picture
  if (angle <= -std::numbers::pi / 2) angle += std::numbers::pi;
  if (angle > std::numbers::pi / 2) angle -= std::numbers::pi;
  return angle;
}

double NeedleTrack::tipSigmaPx() const {
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> solver(tipCovariancePx, Eigen::EigenvaluesOnly);
  const double sigma = std::sqrt(std::max(0.0, solver.eigenvalues().maxCoeff()));
  return std::max(sigma, std::max(tipAheadPx, tipBehindPx) / kInterval95);
}

}  // namespace acuguide::tracking
