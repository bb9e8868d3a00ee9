#include "planning/locus.h"

#include <algorithm>
#include <cmath>

namespace acuguide::planning {
namespace {

using Place = std::optional<Eigen::Vector3d>;

constexpr double kApartMm = 1.0;  // two landmarks nearer than this give no direction

void add(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::optional<Eigen::Vector3d> directionOf(const std::pair<std::string, std::string>& pair,
                                           const PlaceOf& place) {
  const Place a = place(pair.first), b = place(pair.second);
  if (!a || !b || (*b - *a).norm() < kApartMm) return std::nullopt;
  return (*b - *a).normalized();
}

Place along(const AlongSegment& locus, const PlaceOf& place, const CunOf& cun) {
  const Place from = place(locus.from);
  const auto direction = directionOf(locus.direction, place);
  const auto length = cun(locus.segment);
  if (!from || !direction || !length) return std::nullopt;
  return *from + locus.cun * *length * *direction;
}

Place atLevel(const AtLevel& locus, const PlaceOf& place) {
  const Place a = place(locus.line.first), b = place(locus.line.second), level = place(locus.levelOf);
  const auto axis = directionOf(locus.axis, place);
  if (!a || !b || !level || !axis) return std::nullopt;
  const double rise = (*b - *a).dot(*axis);
  if (std::abs(rise) < kApartMm) return std::nullopt;
  return *a + (*level - *a).dot(*axis) / rise * (*b - *a);
}

}  // namespace

std::vector<std::string> namesIn(const Locus& locus) {
  std::vector<std::string> names;
  if (const auto* at = std::get_if<AtLandmark>(&locus)) {
    add(names, at->landmark);
  } else if (const auto* between = std::get_if<BetweenLandmarks>(&locus)) {
    add(names, between->from);
    add(names, between->to);
  } else if (const auto* line = std::get_if<AlongSegment>(&locus)) {
    add(names, line->from);
    add(names, line->direction.first);
    add(names, line->direction.second);
  } else if (const auto* level = std::get_if<AtLevel>(&locus)) {
    for (const std::string& name :
         {level->line.first, level->line.second, level->levelOf, level->axis.first, level->axis.second})
      add(names, name);
  }
  return names;
}

std::optional<Eigen::Vector3d> placeOf(const Locus& locus, const PlaceOf& place, const CunOf& cun) {
  if (const auto* at = std::get_if<AtLandmark>(&locus)) return place(at->landmark);
  if (const auto* between = std::get_if<BetweenLandmarks>(&locus)) {
    const Place a = place(between->from), b = place(between->to);
    if (!a || !b) return std::nullopt;
    return *a + between->share * (*b - *a);
  }
  if (const auto* line = std::get_if<AlongSegment>(&locus)) return along(*line, place, cun);
  return atLevel(std::get<AtLevel>(locus), place);
}

}  // namespace acuguide::planning
