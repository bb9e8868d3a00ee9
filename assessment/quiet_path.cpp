#include "assessment/quiet_path.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace acuguide::assessment {
namespace {

/// Tip (first three) and a point of the shaft behind it (last three).
using Point = Eigen::Matrix<double, 6, 1>;

struct Curve {
  std::vector<double> times;
  std::vector<Point> points;
};

Curve curveOf(const NeedlePath& path, double shaftMm) {
  Curve curve;
  for (const NeedleSample& sample : path) {
    Point point;
    point << sample.tip, sample.tip - shaftMm * sample.axis();
    curve.times.push_back(sample.time);
    curve.points.push_back(point);
  }
  return curve;
}

/// First and one past the last index whose time is within `reach` of that of index `at`.
std::pair<std::size_t, std::size_t> around(const std::vector<double>& times, std::size_t at, double reach) {
  const auto first = std::lower_bound(times.begin(), times.end(), times[at] - reach);
  const auto last = std::upper_bound(times.begin(), times.end(), times[at] + reach);
  return {static_cast<std::size_t>(first - times.begin()), static_cast<std::size_t>(last - times.begin())};
}

double distance(const Point& a, const Point& b) {
  return std::max((a - b).head<3>().norm(), (a - b).tail<3>().norm());
}

Point medianOf(const std::vector<Point>& points, std::size_t first, std::size_t last) {
  Point median;
  std::vector<double> values(last - first);
  for (int row = 0; row < 6; ++row) {
    for (std::size_t i = first; i < last; ++i) values[i - first] = points[i](row);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    median(row) = *middle;
  }
  return median;
}

void removeSpikes(Curve& curve, const QuietPathOptions& options) {
  const std::vector<Point> given = curve.points;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto [first, last] = around(curve.times, i, options.spikeSeconds);
    const Point median = medianOf(given, first, last);
    if (distance(given[i], median) > options.spikeMm) curve.points[i] = median;
  }
}

/// The value at `time` of the line through the points, weighted by their distance in time.
Point localLine(const Curve& curve, std::size_t first, std::size_t last, double time, double sigma) {
  double weights = 0, moment = 0, second = 0;
  Point sum = Point::Zero(), slanted = Point::Zero();
  for (std::size_t i = first; i < last; ++i) {
    const double offset = curve.times[i] - time;
    const double weight = std::exp(-0.5 * offset * offset / (sigma * sigma));
    weights += weight;
    moment += weight * offset;
    second += weight * offset * offset;
    sum += weight * curve.points[i];
    slanted += weight * offset * curve.points[i];
  }
  const double determinant = weights * second - moment * moment;
  if (determinant < 1e-9 * weights * weights * sigma * sigma) return sum / weights;
  return (second * sum - moment * slanted) / determinant;
}

void smooth(Curve& curve, double sigma) {
  const Curve given = curve;
  for (std::size_t i = 0; i < given.points.size(); ++i) {
    const auto [first, last] = around(given.times, i, 3.0 * sigma);
    curve.points[i] = localLine(given, first, last, given.times[i], sigma);
  }
}

/// Share of the way from a to b at which the point of the segment nearest to p lies.
double shareAlong(const Point& a, const Point& b, const Point& p) {
  const Point way = b - a;
  const double length2 = way.squaredNorm();
  return length2 > 0 ? std::clamp(way.dot(p - a) / length2, 0.0, 1.0) : 0.0;
}

/// Where the part between two vertices must be divided: at the point farthest from the straight line between
/// them, or where the movement turns back along it. `first` where it need not.
std::size_t division(const std::vector<Point>& points, std::size_t first, std::size_t last,
                     double tolerance) {
  const Point way = points[last] - points[first];
  const double length = distance(points[first], points[last]);
  std::size_t at = first, peakAt = first;
  double worst = tolerance, peak = 0.0;
  for (std::size_t i = first + 1; i < last; ++i) {
    const double share = shareAlong(points[first], points[last], points[i]);
    const double aside = distance(points[i], points[first] + share * way);
    if (aside > worst) std::tie(at, worst) = std::pair(i, aside);
    if (share * length > peak) std::tie(peakAt, peak) = std::pair(i, share * length);
    const double back = peak - share * length;
    if (back > worst) std::tie(at, worst) = std::pair(peakAt, back);
  }
  return at;
}

/// The indices to keep, in order.
std::vector<std::size_t> verticesOf(const std::vector<Point>& points, double tolerance) {
  std::vector<std::size_t> kept{0};
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, points.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    const std::size_t at = division(points, first, last, tolerance);
    if (at == first) {
      kept.push_back(last);
    } else {
      open.emplace_back(at, last);
      open.emplace_back(first, at);
    }
  }
  return kept;
}

/// The point at a turn, from lines fitted before and after it: smoothing across the turn would round it off.
Point atTurn(const Curve& measured, std::size_t at, double sigma) {
  const auto [first, last] = around(measured.times, at, 3.0 * sigma);
  const double time = measured.times[at];
  if (at == 0) return localLine(measured, first, last, time, sigma);
  if (at + 1 == measured.times.size()) return localLine(measured, first, last, time, sigma);
  return 0.5 * (localLine(measured, first, at + 1, time, sigma) + localLine(measured, at, last, time, sigma));
}

/// Every point on the simplified curve, going forward only between two vertices. `measured`: before
/// smoothing.
void simplify(Curve& curve, const Curve& measured, const QuietPathOptions& options) {
  if (curve.points.size() < 2) return;
  const std::vector<std::size_t> vertices = verticesOf(curve.points, options.toleranceMm);
  for (const std::size_t at : vertices) curve.points[at] = atTurn(measured, at, options.smoothingSeconds);
  for (std::size_t v = 1; v < vertices.size(); ++v) {
    const Point a = curve.points[vertices[v - 1]], b = curve.points[vertices[v]];
    double reached = 0.0;
    for (std::size_t i = vertices[v - 1] + 1; i < vertices[v]; ++i) {
      reached = std::max(reached, shareAlong(a, b, curve.points[i]));
      curve.points[i] = a + reached * (b - a);
    }
  }
}

}  // namespace

NeedlePath quietPath(const NeedlePath& path, const QuietPathOptions& options) {
  Curve curve = curveOf(path, options.shaftMm);
  removeSpikes(curve, options);
  const Curve measured = curve;
  smooth(curve, options.smoothingSeconds);
  simplify(curve, measured, options);
  NeedlePath quiet = path;
  for (std::size_t i = 0; i < quiet.size(); ++i) {
    quiet[i].tip = curve.points[i].head<3>();
    const Eigen::Vector3d axis = curve.points[i].head<3>() - curve.points[i].tail<3>();
    if (axis.norm() > 1e-9)
      quiet[i].orientation = Eigen::Quaterniond::FromTwoVectors(path[i].axis(), axis) * path[i].orientation;
  }
  return quiet;
}

}  // namespace acuguide::assessment
