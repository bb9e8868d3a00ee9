#include "calibration/spatial/n_wire.h"

#include "calibration/spatial/spatial_errors.h"
#include "core/error.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace acuguide::calibration {
namespace {

/// The point of wire `a` that is nearest to wire `b`: where they would cross.
Eigen::Vector3d crossing(const Wire& a, const Wire& b) {
  const Eigen::Vector3d u = a.direction(), v = b.direction(), between = b.front - a.front;
  const double cosine = u.dot(v);
  const double along = (u.dot(between) - cosine * v.dot(between)) / (1 - cosine * cosine);
  return a.front + along * u;
}

/// One row of the matrix: weights of x, y and 1.
Eigen::Vector3d solveRow(Eigen::MatrixX3d pixels, Eigen::VectorXd targets) {
  while (true) {
    if (pixels.rows() < 4)
      throw Error("spatial calibration", "fewer than four middle wire points are left", "record more frames");
    const Eigen::ColPivHouseholderQR<Eigen::MatrixX3d> solver(pixels);
    if (solver.rank() < 3)
      throw Error("spatial calibration", "the wire points lie on one line of the picture",
                  "record frames that show the wires in different places");
    const Eigen::Vector3d row = solver.solve(targets);
    const Eigen::VectorXd off = pixels * row - targets;
    const double mean = off.mean();
    const double sd = std::sqrt((off.array() - mean).square().mean());
    std::vector<Eigen::Index> kept;
    for (Eigen::Index i = 0; i < off.size(); ++i) {
      if (std::abs(off[i] - mean) < 3 * sd || sd < 1e-9) kept.push_back(i);
    }
    if (static_cast<Eigen::Index>(kept.size()) == off.size() || kept.size() < 4) return row;
    pixels = Eigen::MatrixX3d(pixels(kept, Eigen::all));
    targets = Eigen::VectorXd(targets(kept));
  }
}

}  // namespace

Eigen::Vector3d middleWirePoint(const Phantom& phantom, std::size_t pattern, const WirePoints& points) {
  const std::size_t i = 3 * pattern;
  const double share = (points[i + 1] - points[i]).norm() / (points[i + 2] - points[i]).norm();
  const Eigen::Vector3d first = crossing(phantom.wires[i], phantom.wires[i + 1]);
  const Eigen::Vector3d last = crossing(phantom.wires[i + 2], phantom.wires[i + 1]);
  return first + share * (last - first);
}

Eigen::Matrix4d closedFormImageToProbe(const Phantom& phantom,
                                       const std::vector<WireObservation>& observations) {
  const auto patterns = phantom.patternCount();
  const auto count = static_cast<Eigen::Index>(observations.size() * patterns);
  Eigen::MatrixX3d pixels(count, 3), targets(count, 3);
  Eigen::Index row = 0;
  for (const WireObservation& observation : observations) {
    const Eigen::Matrix4d phantomToProbe = observation.probeToPhantom.inverse();
    for (std::size_t i = 0; i < patterns; ++i, ++row) {
      pixels.row(row) = observation.points[3 * i + 1].homogeneous();
      const Eigen::Vector3d at = middleWirePoint(phantom, i, observation.points);
      targets.row(row) = (phantomToProbe * at.homogeneous()).head<3>();
    }
  }
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
  for (int r = 0; r < 3; ++r) {
    const Eigen::Vector3d solved = solveRow(pixels, targets.col(r));
    matrix(r, 0) = solved[0];
    matrix(r, 1) = solved[1];
    matrix(r, 3) = solved[2];
  }
  const Eigen::Vector3d x = matrix.block<3, 1>(0, 0), y = matrix.block<3, 1>(0, 1);
  matrix.block<3, 1>(0, 2) = x.cross(y).normalized() * (x.norm() + y.norm()) / 2;
  return matrix;
}

Eigen::Matrix4d trimmedImageToProbe(const Phantom& phantom,
                                    const std::vector<WireObservation>& observations) {
  constexpr double share = 0.6;
  constexpr int rounds = 12;
  Eigen::Matrix4d matrix = closedFormImageToProbe(phantom, observations);
  const auto keep =
      std::max<std::size_t>(4, static_cast<std::size_t>(share * static_cast<double>(observations.size())));
  if (observations.size() <= keep) return matrix;
  std::vector<std::size_t> before;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::size_t> order(observations.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> errors;
    for (const WireObservation& one : observations) errors.push_back(meanPointToWireMm(phantom, one, matrix));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return errors[a] < errors[b]; });
    order.resize(keep);
    std::sort(order.begin(), order.end());
    if (order == before) break;
    before = order;
    std::vector<WireObservation> better;
    for (const std::size_t i : order) better.push_back(observations[i]);
    matrix = closedFormImageToProbe(phantom, better);
  }
  return matrix;
}

}  // namespace acuguide::calibration
