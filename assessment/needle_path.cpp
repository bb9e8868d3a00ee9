#include "assessment/needle_path.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace acuguide::assessment {
namespace {

constexpr double shortestChordMm = 1.0;
constexpr double punctureMm = 5.0;
constexpr double motionMmPerSecond = 50.0;
constexpr double motionDegreesPerSecond = 50.0;
constexpr double motionSeconds = 0.2;
constexpr double alongSkin = 1e-3;  ///< sine of the angle below which a shaft is parallel to the skin

bool knowsTissue(PathPart path) {
  return path.size() >= 2 && std::all_of(path.begin(), path.end(), [](const NeedleSample& sample) {
           return sample.tissue.has_value();
         });
}

bool inside(const NeedleSample& sample) { return sample.tissue->holds(sample.tip); }

double triangleArea(const Eigen::Vector3d& a, const Eigen::Vector3d& b, const Eigen::Vector3d& c) {
  return 0.5 * (b - a).cross(c - a).norm();
}

/// How often `rate` (of the step that ends at sample i) rises above `limit`, as Perk Tutor's "actions" count:
/// what lasts no longer than 0.2 s is no change.
template <class Rate>
std::optional<int> countMotions(PathPart path, double limit, const Rate& rate) {
  if (path.size() < 2) return std::nullopt;
  int motions = 0;
  bool moving = false;
  double settled = path.front().time;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const double seconds = path[i].time - path[i - 1].time;
    if (seconds <= 0) continue;
    const bool fast = rate(path[i - 1], path[i]) / seconds > limit;
    if (fast == moving) {
      settled = path[i].time;
    } else if (path[i].time - settled > motionSeconds) {
      moving = fast;
      settled = path[i].time;
      motions += moving ? 1 : 0;
    }
  }
  return motions;
}

}  // namespace

std::optional<double> elapsedSeconds(PathPart path) {
  if (path.size() < 2) return std::nullopt;
  return path.back().time - path.front().time;
}

std::optional<double> pathLength(PathPart path) {
  if (path.size() < 2) return std::nullopt;
  double length = 0.0;
  for (std::size_t i = 1; i < path.size(); ++i) length += (path[i].tip - path[i - 1].tip).norm();
  return length;
}

std::optional<double> inefficiency(PathPart path) {
  const std::optional<double> length = pathLength(path);
  if (!length) return std::nullopt;
  const double chord = (path.back().tip - path.front().tip).norm();
  if (chord < shortestChordMm) return std::nullopt;
  return 100.0 * (*length / chord - 1.0);
}

std::optional<double> secondsInside(PathPart path) {
  if (!knowsTissue(path)) return std::nullopt;
  double seconds = 0.0;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (inside(path[i])) seconds += path[i].time - path[i - 1].time;
  return seconds;
}

std::optional<double> lengthInside(PathPart path) {
  if (!knowsTissue(path)) return std::nullopt;
  double length = 0.0;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (inside(path[i])) length += (path[i].tip - path[i - 1].tip).norm();
  return length;
}

std::optional<double> sweptArea(PathPart path) {
  if (!knowsTissue(path)) return std::nullopt;
  double area = 0.0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (!inside(path[i - 1]) || !inside(path[i])) continue;
    const Eigen::Vector3d before = skinPoint(path[i - 1]), now = skinPoint(path[i]);
    area += triangleArea(path[i].tip, path[i - 1].tip, now) + triangleArea(now, before, path[i - 1].tip);
  }
  return area;
}

std::optional<int> punctures(PathPart path) {
  if (!knowsTissue(path)) return std::nullopt;
  int count = 0;
  bool punctured = false;
  for (const NeedleSample& sample : path) {
    const Eigen::Vector3d ahead = punctureMm * sample.axis();
    int held = 0;
    for (const Eigen::Vector3d& point :
         {sample.tip, Eigen::Vector3d(sample.tip + ahead), Eigen::Vector3d(sample.tip - ahead)})
      held += sample.tissue->holds(point) ? 1 : 0;
    if (!punctured && held == 3) ++count;
    punctured = punctured ? held != 0 : held == 3;
  }
  return count;
}

std::optional<int> translationalMotions(PathPart path) {
  return countMotions(path, motionMmPerSecond, [](const NeedleSample& before, const NeedleSample& now) {
    return (now.tip - before.tip).norm();
  });
}

std::optional<int> rotationalMotions(PathPart path) {
  return countMotions(path, motionDegreesPerSecond, [](const NeedleSample& before, const NeedleSample& now) {
    return degrees(now.orientation.angularDistance(before.orientation));
  });
}

Eigen::Vector3d skinPoint(const NeedleSample& sample) {
  if (!sample.tissue) return sample.tip;
  const double steepness = sample.tissue->inward.dot(sample.axis());
  if (std::abs(steepness) < alongSkin) return sample.tip;
  return sample.tip - sample.axis() * (sample.tissue->depth(sample.tip) / steepness);
}

}  // namespace acuguide::assessment
