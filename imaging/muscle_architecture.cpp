#include "imaging/muscle_architecture.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr double leastShare = 1.0 / 3;        // of the region's width that both aponeuroses are seen over
constexpr double leastFibreConfidence = 0.5;  // as for the blade's direction
constexpr double leastPennationDeg = 4.0;     // flatter, the fascicle's length is mostly the angle's error

/// y = at + slope * (x - middle)
struct Line {
  double middle = 0, at = 0, slope = 0;
  double operator()(double x) const { return at + slope * (x - middle); }
};

/// The least squares line through one edge of a plane between two columns; none where too little of it is
/// seen there. `edge`: a member of PlaneVertex.
std::optional<Line> lineAlong(const TissuePlane& plane, float PlaneVertex::*edge, double left, double right) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const PlaneVertex& v : plane.vertices) {
    if (v.x < left || v.x > right) continue;
    const double dx = v.x - left;
    n += 1, x += dx, y += v.*edge, xx += dx * dx, xy += dx * v.*edge;
  }
  const double spread = n * xx - x * x;
  if (!(spread > 0)) return std::nullopt;
  return Line{.middle = left + x / n, .at = y / n, .slope = (n * xy - x * y) / spread};
}

/// The edge near column x, where it bends: the line through a tenth of the width; in a gap that through all.
Line lineNear(const TissuePlane& plane, float PlaneVertex::*edge, double x, double width, const Line& all) {
  return lineAlong(plane, edge, x - 0.05 * width, x + 0.05 * width).value_or(all);
}

/// Where the line through `from` along `direction` (px) meets `line`; none where they are parallel.
std::optional<Eigen::Vector2d> meeting(const Eigen::Vector2d& from, const Eigen::Vector2d& direction,
                                       const Line& line) {
  const double approach = direction.y() - line.slope * direction.x();
  if (std::abs(approach) < 1e-9) return std::nullopt;
  return from + direction * ((line(from.x()) - from.y()) / approach);
}

/// Length of the part of a caliper that lies between two columns, as a share of it.
double shareBetween(const Caliper& caliper, double left, double right) {
  const double a = caliper.fromPx.x(), b = caliper.toPx.x();
  if (std::abs(b - a) < 1e-9) return a >= left && a <= right ? 1.0 : 0.0;
  const double inside = std::min(std::max(a, b), right) - std::max(std::min(a, b), left);
  return std::clamp(inside / std::abs(b - a), 0.0, 1.0);
}

ImageLength lengthOf(const Caliper& caliper, const std::optional<Eigen::Vector2d>& spacingMm) {
  const Eigen::Vector2d way = caliper.toPx - caliper.fromPx;
  ImageLength length{way.norm(), std::nullopt};
  if (spacingMm) length.mm = way.cwiseProduct(*spacingMm).norm();
  return length;
}

}  // namespace

std::optional<MuscleArchitecture> muscleArchitecture(const FrameAnalysis& analysis,
                                                     const std::optional<Eigen::Vector2d>& spacingMm) {
  const TissuePlane* superficial = analysis.plane(PlaneLabel::SuperficialAponeurosis);
  const TissuePlane* deep = analysis.plane(PlaneLabel::DeepAponeurosis);
  if (superficial == nullptr || deep == nullptr || superficial->vertices.empty() || deep->vertices.empty())
    return std::nullopt;
  const double left = std::max(superficial->vertices.front().x, deep->vertices.front().x);
  const double right = std::min(superficial->vertices.back().x, deep->vertices.back().x);
  const double width = analysis.region.bounds.width;
  if (!(right - left >= leastShare * width)) return std::nullopt;

  const auto upper = lineAlong(*superficial, &PlaneVertex::lower, left, right);
  const auto lower = lineAlong(*deep, &PlaneVertex::upper, left, right);
  if (!upper || !lower) return std::nullopt;
  const Eigen::Vector2d scale = spacingMm.value_or(Eigen::Vector2d::Ones());
  const auto fromTissue = [&scale](double x, double y) {
    return Eigen::Vector2d(x / scale.x(), y / scale.y());
  };
  const auto angleOf = [&scale](double slope) { return std::atan(-slope * scale.y() / scale.x()); };

  MuscleArchitecture muscle;
  const double middle = (left + right) / 2;
  const double tilt = angleOf(upper->slope);
  const Eigen::Vector2d down =
      fromTissue(std::sin(tilt), std::cos(tilt));  // across the superficial aponeurosis
  muscle.thicknessAt.fromPx = {middle,
                               lineNear(*superficial, &PlaneVertex::lower, middle, width, *upper)(middle)};
  // The deep aponeurosis bends: where it is near the foot counts, not the line through all of it.
  Eigen::Vector2d foot = muscle.thicknessAt.fromPx;
  for (int i = 0; i < 4; ++i) {
    const Line local = lineNear(*deep, &PlaneVertex::upper, foot.x(), width, *lower);
    const auto at = meeting(muscle.thicknessAt.fromPx, down, local);
    if (!at || at->x() < left || at->x() > right) break;
    foot = *at;
  }
  muscle.thicknessAt.toPx = foot;
  if (!(foot.y() > muscle.thicknessAt.fromPx.y())) return std::nullopt;
  muscle.thickness = lengthOf(muscle.thicknessAt, spacingMm);

  if (!analysis.fibres || analysis.fibres->confidence < leastFibreConfidence) return muscle;
  const double slope = -std::tan(analysis.fibres->angle);
  muscle.pennation = std::abs(angleOf(slope) - angleOf(lower->slope));
  const Eigen::Vector2d centre = (muscle.thicknessAt.fromPx + muscle.thicknessAt.toPx) / 2;
  const auto above = meeting(centre, {1, slope}, *upper);
  const auto below = meeting(centre, {1, slope}, *lower);
  if (*muscle.pennation < radians(leastPennationDeg) || !above || !below || !(above->y() < below->y()))
    return muscle;
  muscle.fascicleAt = {*above, *below};
  muscle.fascicle = lengthOf(muscle.fascicleAt, spacingMm);
  const cv::Rect& region = analysis.region.bounds;
  muscle.fascicleSeen = shareBetween(muscle.fascicleAt, region.x, region.x + region.width - 1);
  return muscle;
}

}  // namespace acuguide::imaging
