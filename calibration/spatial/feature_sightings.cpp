#include "calibration/spatial/feature_sightings.h"

#include "calibration/spatial/dot_finder.h"
#include "calibration/spatial/wire_crossing.h"
#include "calibration/temporal/bottom_line.h"

#include <array>
#include <optional>

namespace acuguide::calibration {
namespace {

using Pictures = std::vector<TrackedPicture>;

constexpr double leastContrast = 8.0;  ///< grey levels of a point; speckle stays below
constexpr double searchMm = 4.0;       ///< how near to its expected place the point is looked for
constexpr std::array<double, 3> wallPlaces{0.15, 0.5, 0.85};  ///< across the area that moves

void tell(const Watch& watch, const TrackedPicture& picture, const std::vector<Eigen::Vector2d>& expected,
          const std::vector<Eigen::Vector2d>& dots, const std::string& left) {
  if (watch.seen) watch.seen({picture.frame, picture.grey, expected, dots, left});
}

void add(FeatureSightings& seen, const Watch& watch, const TrackedPicture& picture,
         const std::vector<Eigen::Vector2d>& expected, const std::vector<Eigen::Vector2d>& px,
         const std::string& left) {
  if (left.empty())
    seen.sightings.push_back({picture.frame, picture.time, picture.probeToPhantom, px});
  else
    seen.left[picture.frame] = left;
  tell(watch, picture, expected, px, left);
}

/// Of a frame's crossings the one nearest to where it is expected.
std::optional<Eigen::Vector2d> crossingNear(const TrackedPicture& picture, const Eigen::Vector2d& at,
                                            double radiusPx) {
  std::optional<Eigen::Vector2d> best;
  for (const WireCrossing& crossing : findCrossings(picture.contrast))
    if ((crossing.px - at).norm() < (best ? (*best - at).norm() : radiusPx)) best = crossing.px;
  return best;
}

}  // namespace

FeatureSightings strongestPoints(PointLook look, const Pictures& pictures, const Watch& watch) {
  FeatureSightings seen;
  for (const TrackedPicture& picture : pictures) {
    watch.checkpoint();
    std::vector<Eigen::Vector2d> px;
    std::string left = picture.unusable;
    if (left.empty() && look == PointLook::Spot) {
      const auto dots = strongestDots(picture.contrast, 1);
      if (dots.empty() || dots[0].contrast < leastContrast)
        left = "no bright spot";
      else
        px = {dots[0].px};
    } else if (left.empty()) {
      const auto crossings = findCrossings(picture.contrast, 1);
      if (crossings.empty())
        left = "no two lines that cross";
      else
        px = {crossings[0].px};
    }
    add(seen, watch, picture, {}, px, left);
  }
  return seen;
}

FeatureSightings pointsNear(PointLook look, const Pictures& pictures, const FixedFeatureSolution& solution,
                            const Watch& watch) {
  FeatureSightings seen;
  for (const TrackedPicture& picture : pictures) {
    watch.checkpoint();
    const FeatureSighting looked{
        picture.frame, picture.time, picture.probeToPhantom, {Eigen::Vector2d::Zero()}};
    const auto expected =
        featureErrors(FixedFeature::Point, looked, solution.imageToProbe, solution.pointMm, {}).expectedPx;
    const double radiusPx = searchMm / solution.spacingMm.mean();
    std::vector<Eigen::Vector2d> px;
    std::string left = picture.unusable;
    if (left.empty() && look == PointLook::Spot) {
      if (const auto dot = dotNear(picture.contrast, expected[0], radiusPx, leastContrast))
        px = {measureDot(picture.grey, dot->px, solution.spacingMm).centre};
      else
        left = "no spot where the point should be";
    } else if (left.empty()) {
      if (const auto crossing = crossingNear(picture, expected[0], radiusPx))
        px = {*crossing};
      else
        left = "no two lines that cross where the point should be";
    }
    add(seen, watch, picture, expected, px, left);
  }
  return seen;
}

FeatureSightings wallLines(const Pictures& pictures, const Watch& watch) {
  MovingPart part;
  for (const TrackedPicture& picture : pictures) part.add(picture.grey);
  const cv::Rect area = part.area();
  FeatureSightings seen;
  for (const TrackedPicture& picture : pictures) {
    watch.checkpoint();
    std::vector<Eigen::Vector2d> px;
    std::string left = picture.unusable;
    if (left.empty()) {
      const auto line = findBottomLine(part.moving(picture.grey), area);
      if (!line) left = "no line across the picture";
      for (const double share : wallPlaces) {
        const double x = area.x + share * (area.width - 1);
        if (line) px.emplace_back(x, line->yAt(x));
      }
    }
    add(seen, watch, picture, {}, px, left);
  }
  return seen;
}

}  // namespace acuguide::calibration
