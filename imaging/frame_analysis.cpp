#include "imaging/frame_analysis.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::imaging {

std::string_view nameOf(PlaneLabel label) {
  switch (label) {
    case PlaneLabel::Skin:
      return "skin";
    case PlaneLabel::SuperficialAponeurosis:
      return "superficial_aponeurosis";
    case PlaneLabel::DeepAponeurosis:
      return "deep_aponeurosis";
    case PlaneLabel::Fascia:
      return "fascia";
    case PlaneLabel::Bone:
      return "bone";
  }
  return "fascia";
}

double NeedleCandidate::angle() const {
  const Eigen::Vector2d along = tailPx - tipPx;
  double angle = std::atan2(-along.y(), along.x());  // y points down in the picture
  if (angle <= -std::numbers::pi / 2) angle += std::numbers::pi;
  if (angle > std::numbers::pi / 2) angle -= std::numbers::pi;
  return angle;
}

const TissuePlane* FrameAnalysis::plane(PlaneLabel label) const {
  const auto found =
      std::find_if(planes.begin(), planes.end(), [label](const TissuePlane& p) { return p.label == label; });
  return found == planes.end() ? nullptr : &*found;
}

const std::shared_ptr<const FrameAnalysis>& noAnalysis() {
  static const std::shared_ptr<const FrameAnalysis> none = std::make_shared<FrameAnalysis>();
  return none;
}

std::optional<double> ridgeAt(const TissuePlane& plane, double x) {
  constexpr double gapPx = 8.0 + 1e-3;  // vertices farther apart are the ends of a break
  const auto& v = plane.vertices;
  const auto right =
      std::lower_bound(v.begin(), v.end(), x, [](const PlaneVertex& a, double at) { return a.x < at; });
  if (right == v.end()) return std::nullopt;
  if (right->x == x) return right->ridge;
  if (right == v.begin()) return std::nullopt;
  const auto left = right - 1;
  if (right->x - left->x > gapPx) return std::nullopt;
  const double share = (x - left->x) / (right->x - left->x);
  return left->ridge + share * (right->ridge - left->ridge);
}

}  // namespace acuguide::imaging
