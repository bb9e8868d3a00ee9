#include "calibration/spatial/wire_labels.h"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::calibration {
namespace {

constexpr std::size_t mostRows = 300;
constexpr double leastRowPx = 30.0;
constexpr double collinearPx = 3.0, collinearShare = 0.025;
constexpr double parallelRows = 0.06;  ///< sine of the angle between two rows' lines
constexpr double lengthTolerance = 0.1;
constexpr double twoRowsRmsMm = 0.6, allRowsRmsMm = 0.6;
constexpr double outerSearchMm = 2.0, middleSearchMm = 6.0;  ///< a tilt along the wires moves the middle dots

/// Three dots on a line: outer, middle, outer.
struct Row {
  std::array<std::size_t, 3> dots;
  Eigen::Vector2d along;  ///< from the first to the last
  double contrast;        ///< of the weakest dot
};

std::vector<Row> findRows(const std::vector<Dot>& dots) {
  std::vector<Row> rows;
  for (std::size_t a = 0; a < dots.size(); ++a) {
    for (std::size_t b = 0; b < dots.size(); ++b) {
      const Eigen::Vector2d along = dots[b].px - dots[a].px;
      const double length = along.norm();
      if (along.x() <= 0 || length < leastRowPx) continue;
      for (std::size_t c = 0; c < dots.size(); ++c) {
        if (c == a || c == b) continue;
        const Eigen::Vector2d to = dots[c].px - dots[a].px;
        const double share = to.dot(along) / (length * length);
        const double off = std::abs(to.x() * along.y() - to.y() * along.x()) / length;
        if (share < 0.03 || share > 0.97 || off > std::max(collinearPx, collinearShare * length)) continue;
        rows.push_back({{a, c, b}, along, std::min({dots[a].contrast, dots[b].contrast, dots[c].contrast})});
      }
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.contrast > b.contrast; });
  if (rows.size() > mostRows) rows.resize(mostRows);
  return rows;
}

bool shareADot(const Row& a, const Row& b) {
  for (const std::size_t i : a.dots) {
    if (std::find(b.dots.begin(), b.dots.end(), i) != b.dots.end()) return true;
  }
  return false;
}

/// Distance between the outer wires of a pattern across their direction.
double outerDistance(const Phantom& phantom, std::size_t pattern) {
  const Wire& first = phantom.wires[3 * pattern];
  const Wire& last = phantom.wires[3 * pattern + 2];
  return first.direction().cross(last.front - first.front).norm();
}

/// Least squares on the equations of the wires whose points are given.
std::optional<ImagePlane> fitPlane(const Phantom& phantom, const std::vector<std::size_t>& wires,
                                   const WirePoints& points) {
  Eigen::Matrix<double, 9, 9> normal = Eigen::Matrix<double, 9, 9>::Zero();
  Eigen::Matrix<double, 9, 1> right = Eigen::Matrix<double, 9, 1>::Zero();
  Eigen::Vector2d middle = Eigen::Vector2d::Zero();
  for (const Eigen::Vector2d& point : points) middle += point / static_cast<double>(points.size());
  // Pixels are counted from the middle in hundreds: a well conditioned system.
  constexpr double unit = 100.0;
  for (std::size_t i = 0; i < wires.size(); ++i) {
    const Wire& wire = phantom.wires[wires[i]];
    const Eigen::Vector3d direction = wire.direction();
    const Eigen::Matrix3d across = Eigen::Matrix3d::Identity() - direction * direction.transpose();
    const Eigen::Vector2d p = (points[i] - middle) / unit;
    const Eigen::Vector3d weights(p.x(), p.y(), 1.0);
    const Eigen::Vector3d target = across * wire.front;
    for (int a = 0; a < 3; ++a) {
      for (int b = 0; b < 3; ++b) normal.block<3, 3>(3 * a, 3 * b) += weights[a] * weights[b] * across;
      right.segment<3>(3 * a) += weights[a] * target;
    }
  }
  // Two middle wires leave one tilt along the wires open: the smallest is taken, with a weight that three
  // outweigh.
  const Eigen::Vector3d along = phantom.wires[wires[0]].direction();
  for (int a = 0; a < 2; ++a) normal.block<3, 3>(3 * a, 3 * a) += 1e-3 * along * along.transpose();
  const Eigen::LDLT<Eigen::Matrix<double, 9, 9>> solver(normal);
  if (solver.info() != Eigen::Success || solver.vectorD().minCoeff() < 1e-9 * solver.vectorD().maxCoeff())
    return std::nullopt;
  const Eigen::Matrix<double, 9, 1> solution = solver.solve(right);
  ImagePlane plane;
  plane.pixelToPhantom.col(0) = solution.segment<3>(0) / unit;
  plane.pixelToPhantom.col(1) = solution.segment<3>(3) / unit;
  plane.pixelToPhantom.col(2) = solution.segment<3>(6) - plane.pixelToPhantom.leftCols<2>() * middle;
  double sum = 0;
  for (std::size_t i = 0; i < wires.size(); ++i) {
    const Wire& wire = phantom.wires[wires[i]];
    const Eigen::Vector3d at = plane.pixelToPhantom * points[i].homogeneous();
    sum += wire.direction().cross(at - wire.front).squaredNorm();
  }
  plane.rmsMm = std::sqrt(sum / static_cast<double>(wires.size()));
  return plane;
}

/// The dots of every wire where `plane` expects them; nothing when one is missing or two wires share one.
std::optional<WirePoints> pickDots(const Phantom& phantom, const ImagePlane& plane,
                                   const std::vector<Dot>& dots) {
  WirePoints points;
  std::vector<std::size_t> used;
  for (std::size_t w = 0; w < phantom.wires.size(); ++w) {
    const double radius = (w % 3 == 1 ? middleSearchMm : outerSearchMm) / plane.spacingMm().mean();
    const auto expected = cutPx(plane.pixelToPhantom, phantom.wires[w]);
    if (!expected) return std::nullopt;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < dots.size(); ++i) {
      const double distance = (dots[i].px - *expected).norm();
      if (distance < radius && (!best || distance < (dots[*best].px - *expected).norm())) best = i;
    }
    if (!best || std::find(used.begin(), used.end(), *best) != used.end()) return std::nullopt;
    used.push_back(*best);
    points.push_back(dots[*best].px);
  }
  return points;
}

/// Two rows as the first and the last N; `flipped`: their wires run from right to left.
std::optional<Labelling> tryRows(const Phantom& phantom, const std::vector<Dot>& dots, const Row& first,
                                 const Row& last, bool flipped) {
  const std::size_t end = phantom.wires.size();
  const std::vector<std::size_t> wires{0, 1, 2, end - 3, end - 2, end - 1};
  WirePoints points;
  for (const Row* row : {&first, &last}) {
    for (std::size_t i = 0; i < 3; ++i) points.push_back(dots[row->dots[flipped ? 2 - i : i]].px);
  }
  auto plane = fitPlane(phantom, wires, points);
  if (!plane || plane->rmsMm > twoRowsRmsMm || !plane->plausible()) return std::nullopt;
  auto all = pickDots(phantom, *plane, dots);
  if (!all) return std::nullopt;
  plane = fitImagePlane(phantom, *all);
  if (!plane || plane->rmsMm > allRowsRmsMm || !plane->plausible()) return std::nullopt;
  Labelling labelling{*all, *plane, false, false};
  labelling.mirroredX = (*all)[0].x() > (*all)[2].x();
  labelling.mirroredY = (*all)[1].y() > (*all)[end - 2].y();
  return labelling;
}

}  // namespace

bool ImagePlane::plausible() const {
  const Eigen::Vector2d spacing = spacingMm();
  if (!pixelToPhantom.allFinite() || spacing.minCoeff() < 0.005 || spacing.maxCoeff() > 2.0) return false;
  const double cosine = pixelToPhantom.col(0).dot(pixelToPhantom.col(1)) / spacing.prod();
  return std::abs(cosine) < 0.35 && spacing.maxCoeff() < 2.0 * spacing.minCoeff();
}

std::optional<Eigen::Vector2d> cutPx(const Eigen::Matrix3d& pixelToPhantom, const Wire& wire) {
  Eigen::Matrix3d system;
  system << pixelToPhantom.leftCols<2>(), -wire.direction();
  const Eigen::FullPivLU<Eigen::Matrix3d> solver(system);
  if (solver.rcond() < 1e-6) return std::nullopt;
  return Eigen::Vector3d(solver.solve(wire.front - pixelToPhantom.col(2))).head<2>();
}

std::optional<ImagePlane> fitImagePlane(const Phantom& phantom, const WirePoints& points) {
  std::vector<std::size_t> wires(phantom.wires.size());
  for (std::size_t i = 0; i < wires.size(); ++i) wires[i] = i;
  return fitPlane(phantom, wires, points);
}

std::vector<Labelling> labelDots(const Phantom& phantom, const std::vector<Dot>& dots) {
  const std::vector<Row> rows = findRows(dots);
  const double ratio = outerDistance(phantom, 0) / outerDistance(phantom, phantom.patternCount() - 1);
  std::array<std::optional<Labelling>, 4> best;
  for (const Row& first : rows) {
    for (const Row& last : rows) {
      const double a = first.along.norm(), b = last.along.norm();
      if (std::abs(a / (b * ratio) - 1) > lengthTolerance) continue;
      const double sine = (first.along.x() * last.along.y() - first.along.y() * last.along.x()) / (a * b);
      if (std::abs(sine) > parallelRows || shareADot(first, last)) continue;
      for (const bool flipped : {false, true}) {
        auto found = tryRows(phantom, dots, first, last, flipped);
        if (!found) continue;
        auto& kept = best[static_cast<std::size_t>(found->key())];
        if (!kept || found->plane.rmsMm < kept->plane.rmsMm) kept = std::move(found);
      }
    }
  }
  std::vector<Labelling> readings;
  for (auto& one : best) {
    if (one) readings.push_back(std::move(*one));
  }
  return readings;
}

}  // namespace acuguide::calibration
