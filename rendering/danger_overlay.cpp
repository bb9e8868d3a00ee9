#include "rendering/danger_overlay.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

namespace acuguide::rendering {
namespace {

using Points = std::vector<Eigen::Vector2d>;

constexpr double kHatchSpacingPx = 8;
constexpr double kHatchBandPx = 11;  // how far the hatching reaches inwards
constexpr double kPossibleDashPx = 8;
constexpr double kPossibleGapPx = 6;

std::string possibleName(imaging::StructureKind kind) {
  return kind == imaging::StructureKind::Nerve
             ? QCoreApplication::translate("DangerOverlay", "nerve?").toStdString()
             : QCoreApplication::translate("DangerOverlay", "vessel?").toStdString();
}

/// Where the line through points with x + y = sum meets the polygon's edges, by rising x.
Points crossings(const Points& polygon, double sum) {
  Points found;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Eigen::Vector2d& a = polygon[i];
    const Eigen::Vector2d& b = polygon[(i + 1) % polygon.size()];
    const double da = a.sum() - sum;
    const double db = b.sum() - sum;
    if ((da < 0) != (db < 0)) found.push_back(a + (b - a) * (da / (da - db)));
  }
  std::sort(found.begin(), found.end(), [](const auto& p, const auto& q) { return p.x() < q.x(); });
  return found;
}

double distanceToOutline(const Eigen::Vector2d& point, const Points& polygon) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Eigen::Vector2d& a = polygon[i];
    const Eigen::Vector2d side = polygon[(i + 1) % polygon.size()] - a;
    const double along = std::clamp((point - a).dot(side) / std::max(1e-9, side.squaredNorm()), 0.0, 1.0);
    least = std::min(least, (a + side * along - point).norm());
  }
  return least;
}

/// Draws the parts of a chord that lie near the outline.
void hatchChord(const Eigen::Vector2d& from, const Eigen::Vector2d& to, const Points& polygon, double band,
                const Stroke& stroke, Ink& ink) {
  const double step = band / 5;
  const int steps = std::max(1, static_cast<int>((to - from).norm() / step));
  const auto at = [&](int i) -> Eigen::Vector2d { return from + (to - from) * i / steps; };
  int start = 0;
  for (int i = 0; i <= steps; ++i) {
    const bool near = distanceToOutline(at(i), polygon) <= band;
    if (near && i < steps) continue;
    if (i > start) ink.line(at(start), at(near ? i : i - 1), stroke);
    start = i + 1;
  }
}

void hatch(const Points& polygon, Canvas& canvas) {
  Stroke stroke = canvas.stroke(palette::kDanger, palette::kHatchLinePx);
  stroke.halo /= 2;
  const double spacing = canvas.units(kHatchSpacingPx) * std::numbers::sqrt2;
  double least = polygon.front().sum();
  double most = least;
  for (const Eigen::Vector2d& point : polygon) {
    least = std::min(least, point.sum());
    most = std::max(most, point.sum());
  }
  // Tied to the picture, not to the zone's own edge: the pattern does not crawl when an outline trembles.
  const double origin = canvas.layout.origin.sum();
  for (double sum = origin + std::ceil((least - origin) / spacing) * spacing; sum < most; sum += spacing) {
    const Points ends = crossings(polygon, sum);
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2)
      hatchChord(ends[i], ends[i + 1], polygon, canvas.units(kHatchBandPx), stroke, canvas.ink);
  }
}

cv::Rect2d boundsOf(const Points& polygon) {
  Eigen::Vector2d least = polygon.front();
  Eigen::Vector2d most = least;
  for (const Eigen::Vector2d& point : polygon) {
    least = least.cwiseMin(point);
    most = most.cwiseMax(point);
  }
  return {least.x(), least.y(), most.x() - least.x(), most.y() - least.y()};
}

Label nameLabel(const std::string& name, const Points& polygon, const Canvas& canvas) {
  const cv::Rect2d bounds = boundsOf(polygon);
  const Eigen::Vector2d least(bounds.x, bounds.y);
  const Eigen::Vector2d most(bounds.x + bounds.width, bounds.y + bounds.height);
  const Eigen::Vector2d centre = (least + most) / 2;
  const double gap = canvas.units(6);
  const double line = canvas.units(1.5 * palette::kPictureLabelPx);
  return {.text = name,
          .colour = palette::kDangerName,
          .sizePx = canvas.units(palette::kPictureLabelPx),
          .bold = true,
          .anchors = {{{centre.x(), most.y() + gap}, {0.5, 0}},
                      {{centre.x(), least.y() - gap}, {0.5, 1}},
                      {{most.x() + gap, centre.y()}, {0, 0.5}},
                      {{least.x() - gap, centre.y()}, {1, 0.5}},
                      {{most.x(), most.y() + gap}, {0, 0}},
                      {{least.x(), most.y() + gap}, {1, 0}},
                      {{most.x(), least.y() - gap}, {0, 1}},
                      {{least.x(), least.y() - gap}, {1, 1}},
                      {{centre.x(), most.y() + gap + line}, {0.5, 0}},
                      {{centre.x(), least.y() - gap - line}, {0.5, 1}},
                      {{most.x(), most.y() + gap + line}, {0, 0}},
                      {{least.x(), least.y() - gap - line}, {1, 1}}},
          .pointsAt = centre,
          .pointsAtReach = (most - least).minCoeff() / 2};
}

/// A zone that lies beside what is shown of the picture has no name in it either.
bool isSeen(const Points& polygon, const Canvas& canvas) {
  return !(boundsOf(polygon) & canvas.layout.pictureRectangle()).empty();
}

/// The outline of the nearest zone grows as the needle comes within twice its margin, and within it.
double thickening(const guidance::Guidance& guidance, std::size_t zone, double marginMm) {
  const auto& nearest = guidance.nearestDanger;
  if (!nearest || nearest->zone != zone) return 1;
  if (nearest->insideMargin) return 2;
  return nearest->distance.mm && *nearest->distance.mm < 2 * marginMm ? 1.5 : 1;
}

}  // namespace

void drawDangers(const planning::Plan& plan, const guidance::Guidance& guidance, Canvas& canvas) {
  const std::size_t zones = std::min(plan.dangers.size(), guidance.dangerOutlinesPx.size());
  for (std::size_t i = 0; i < zones; ++i) {
    if (guidance.dangerOutlinesPx[i].size() < 3) continue;
    Points polygon;
    for (const Eigen::Vector2d& px : guidance.dangerOutlinesPx[i])
      polygon.push_back(canvas.layout.toView(px));
    if (!isSeen(polygon, canvas)) continue;
    const planning::DangerZone& zone = plan.dangers[i];
    hatch(polygon, canvas);
    canvas.ink.outline(polygon, canvas.stroke(palette::kDanger, palette::kDangerLinePx *
                                                                    thickening(guidance, i, zone.marginMm)));
    canvas.keepClear.push_back(boundsOf(polygon));  // a name on another zone would name that one
    canvas.labels.push_back(nameLabel(zone.automatic ? zone.name + "?" : zone.name, polygon, canvas));
  }
}

void drawPossible(const std::vector<tracking::PossibleZone>& zones, const guidance::Guidance* guidance,
                  Canvas& canvas) {
  for (const tracking::PossibleZone& zone : zones) {
    if (zone.outlinePx.size() < 3) continue;
    Points polygon;
    for (const Eigen::Vector2d& px : zone.outlinePx) polygon.push_back(canvas.layout.toView(px));
    if (!isSeen(polygon, canvas)) continue;
    const auto* nearest =
        guidance != nullptr && guidance->nearestPossible ? &*guidance->nearestPossible : nullptr;
    const bool close = nearest != nullptr && nearest->id == zone.id && nearest->insideMargin;
    Stroke stroke = canvas.stroke(palette::kDanger, palette::kDangerLinePx * (close ? 2 : 1));
    stroke.dash = canvas.units(kPossibleDashPx);
    stroke.gap = canvas.units(kPossibleGapPx);
    canvas.ink.outline(polygon, stroke);
    canvas.keepClear.push_back(boundsOf(polygon));
    Label label = nameLabel(possibleName(zone.kind), polygon, canvas);
    label.bold = close;
    canvas.labels.push_back(std::move(label));
  }
}

}  // namespace acuguide::rendering
