#include "volume/height_surface.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

namespace acuguide::volume {
namespace {

struct Sample {
  double u, v, height, confidence;  ///< mm
  std::int32_t frame;
};

struct Node {
  double height = 0.0, confidence = 0.0;
};

/// Samples by the cells of a grid, so that those near a vertex are found at once.
class Cells {
 public:
  Cells(std::vector<Sample> samples, double edge) : samples_(std::move(samples)), edge_(edge) {
    for (const Sample& sample : samples_) {
      low_ = low_.cwiseMin(Eigen::Vector2d(sample.u, sample.v));
      high_ = high_.cwiseMax(Eigen::Vector2d(sample.u, sample.v));
    }
    columns_ = static_cast<int>((high_.x() - low_.x()) / edge_) + 1;
    rows_ = static_cast<int>((high_.y() - low_.y()) / edge_) + 1;
    cells_.resize(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
    for (std::size_t i = 0; i < samples_.size(); ++i)
      cells_[at(column(samples_[i].u), row(samples_[i].v))].push_back(i);
  }
  const Eigen::Vector2d& low() const { return low_; }
  const Eigen::Vector2d& high() const { return high_; }

  void near(double u, double v, double radius, std::vector<const Sample*>& found) const {
    found.clear();
    for (int r = std::max(row(v - radius), 0); r <= std::min(row(v + radius), rows_ - 1); ++r)
      for (int c = std::max(column(u - radius), 0); c <= std::min(column(u + radius), columns_ - 1); ++c)
        for (const std::size_t i : cells_[at(c, r)])
          if (std::hypot(samples_[i].u - u, samples_[i].v - v) <= radius) found.push_back(&samples_[i]);
  }

 private:
  int column(double u) const { return static_cast<int>(std::floor((u - low_.x()) / edge_)); }
  int row(double v) const { return static_cast<int>(std::floor((v - low_.y()) / edge_)); }
  std::size_t at(int c, int r) const {
    return static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(c);
  }

  std::vector<Sample> samples_;
  double edge_;
  Eigen::Vector2d low_ = Eigen::Vector2d::Constant(1e300), high_ = Eigen::Vector2d::Constant(-1e300);
  int columns_ = 0, rows_ = 0;
  std::vector<std::vector<std::size_t>> cells_;
};

double weightedMedian(std::vector<std::pair<double, double>>& values) {
  std::sort(values.begin(), values.end());
  double all = 0;
  for (const auto& [value, weight] : values) all += weight;
  double sum = 0;
  for (const auto& [value, weight] : values)
    if ((sum += weight) >= 0.5 * all) return value;
  return values.back().first;
}

std::optional<Node> fit(double u, double v, const std::vector<const Sample*>& near,
                        const HeightSurfaceOptions& options) {
  if (static_cast<int>(near.size()) < options.leastPoints) return std::nullopt;
  std::set<std::int32_t> frames;
  std::vector<double> base;
  std::vector<std::pair<double, double>> heights;
  Eigen::Vector2d middle = Eigen::Vector2d::Zero();
  double all = 0, sure = 0;
  for (const Sample* sample : near) {
    frames.insert(sample->frame);
    const double du = sample->u - u, dv = sample->v - v;
    const double weight =
        sample->confidence * std::exp(-0.5 * (du * du + dv * dv) / (options.sigmaMm * options.sigmaMm));
    base.push_back(weight);
    heights.emplace_back(sample->height, weight);
    middle += weight * Eigen::Vector2d(du, dv);
    all += weight;
    sure += weight * sample->confidence;
  }
  if (static_cast<int>(frames.size()) < options.leastFrames || all <= 0 ||
      middle.norm() / all > options.mostGapMm / 2)
    return std::nullopt;
  // Residuals to a level surface at first: a slope of 45 degrees spreads heights by the radius.
  const double median = weightedMedian(heights);
  double scale = 1.2;
  Eigen::Matrix<double, 6, 1> shape = Eigen::Matrix<double, 6, 1>::Zero();
  shape[0] = median;
  double spread = 0;
  for (int pass = 0; pass < 4; ++pass) {
    Eigen::Matrix<double, 6, 6> normal = 1e-6 * all * Eigen::Matrix<double, 6, 6>::Identity();
    Eigen::Matrix<double, 6, 1> right = normal * shape;
    double kept = 0;
    std::vector<std::pair<double, double>> off;
    for (std::size_t i = 0; i < near.size(); ++i) {
      const double du = near[i]->u - u, dv = near[i]->v - v;
      Eigen::Matrix<double, 6, 1> terms;
      terms << 1, du, dv, du * du, du * dv, dv * dv;
      const double residual = near[i]->height - terms.dot(shape);
      const double share = residual / (4.685 * scale);
      off.emplace_back(std::abs(residual), base[i]);
      if (std::abs(share) >= 1) continue;
      const double weight = base[i] * (1 - share * share) * (1 - share * share);
      kept += weight;
      normal += weight * terms * terms.transpose();
      right += weight * near[i]->height * terms;
    }
    if (kept < 0.3 * all) return std::nullopt;
    shape = normal.ldlt().solve(right);
    spread = 1.4826 * weightedMedian(off);
    if (pass > 0) scale = std::clamp(spread, 0.1, 1.2);
  }
  if (!std::isfinite(shape[0]) || std::abs(shape[0] - median) > 3.0 * options.sigmaMm) return std::nullopt;
  const double agreed = 1.0 / (1.0 + std::pow(spread / 0.8, 2));
  const double often = std::min(1.0, static_cast<double>(frames.size()) / 6.0);
  return Node{shape[0], std::clamp(sure / all * agreed * often, 0.0, 1.0)};
}

/// Leaves out pieces of too small an area.
void dropSmallPieces(TriangleMesh& mesh, double leastAreaMm2) {
  std::vector<std::uint32_t> piece(mesh.vertices.size());
  std::iota(piece.begin(), piece.end(), 0U);
  const auto root = [&](std::uint32_t i) {
    while (piece[i] != i) i = piece[i] = piece[piece[i]];
    return i;
  };
  for (const auto& [a, b, c] : mesh.triangles) {
    piece[root(a)] = root(b);
    piece[root(b)] = root(c);
  }
  const auto at = [&](std::uint32_t i) {
    return Eigen::Vector3f(mesh.vertices[i][0], mesh.vertices[i][1], mesh.vertices[i][2]);
  };
  std::vector<double> area(mesh.vertices.size(), 0.0);
  for (const auto& [a, b, c] : mesh.triangles)
    area[root(a)] += 0.5 * static_cast<double>((at(b) - at(a)).cross(at(c) - at(a)).norm());
  TriangleMesh kept;
  std::vector<std::int64_t> renamed(mesh.vertices.size(), -1);
  for (const auto& triangle : mesh.triangles) {
    if (area[root(triangle[0])] < leastAreaMm2) continue;
    std::array<std::uint32_t, 3> corners{};
    for (std::size_t i = 0; i < 3; ++i) {
      std::int64_t& name = renamed[triangle[i]];
      if (name < 0) {
        name = static_cast<std::int64_t>(kept.vertices.size());
        kept.vertices.push_back(mesh.vertices[triangle[i]]);
        kept.confidence.push_back(mesh.confidence[triangle[i]]);
      }
      corners[i] = static_cast<std::uint32_t>(name);
    }
    kept.triangles.push_back(corners);
  }
  mesh = std::move(kept);
}

}  // namespace

SweepDirections SweepDirections::of(const std::vector<Eigen::Matrix4d>& poses,
                                    const Eigen::Vector2d& middlePx) {
  SweepDirections directions;
  if (poses.empty()) return directions;
  Eigen::Vector3d depth = Eigen::Vector3d::Zero(), mean = Eigen::Vector3d::Zero();
  std::vector<Eigen::Vector3d> middles;
  for (const Eigen::Matrix4d& pose : poses) {
    depth += pose.block<3, 1>(0, 1).normalized();
    middles.emplace_back((pose * Eigen::Vector4d(middlePx.x(), middlePx.y(), 0, 1)).head<3>());
    mean += middles.back() / static_cast<double>(poses.size());
  }
  directions.depth = depth.normalized();
  Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
  const Eigen::Matrix3d across =
      Eigen::Matrix3d::Identity() - directions.depth * directions.depth.transpose();
  for (const Eigen::Vector3d& middle : middles) {
    const Eigen::Vector3d off = across * (middle - mean);
    spread += off * off.transpose();
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(spread);
  Eigen::Vector3d along = across * solver.eigenvectors().col(2);
  // A probe that only turned about: across the image then.
  if (along.norm() < 0.1) along = across * poses.front().block<3, 1>(0, 2).normalized();
  if (along.norm() < 0.1) along = directions.depth.unitOrthogonal();
  directions.along = along.normalized();
  if (directions.along.dot(middles.back() - middles.front()) < 0) directions.along *= -1;
  return directions;
}

TriangleMesh heightSurface(const std::vector<SurfacePoint>& points, const SweepDirections& directions,
                           const HeightSurfaceOptions& options) {
  TriangleMesh mesh;
  if (static_cast<int>(points.size()) < options.leastPoints) return mesh;
  const Eigen::Vector3d across = directions.along.cross(directions.depth);
  std::vector<Sample> samples;
  samples.reserve(points.size());
  for (const SurfacePoint& point : points)
    samples.push_back({point.place.dot(across), point.place.dot(directions.along),
                       point.place.dot(directions.depth), point.confidence, point.frame});
  const double radius = 2.0 * options.sigmaMm;
  const Cells cells(std::move(samples), radius);
  const Eigen::Vector2d low = cells.low();
  const int columns = static_cast<int>((cells.high().x() - low.x()) / options.stepMm) + 1;
  const int rows = static_cast<int>((cells.high().y() - low.y()) / options.stepMm) + 1;
  if (static_cast<double>(columns) * rows > 5e6) return mesh;  // no sweep is that large
  std::vector<std::int64_t> vertexOf(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), -1);
  std::vector<double> heights;
  std::vector<const Sample*> near;
  const auto place = [&](int column, int row) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
  };
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const double u = low.x() + column * options.stepMm, v = low.y() + row * options.stepMm;
      cells.near(u, v, radius, near);
      const auto node = fit(u, v, near, options);
      if (!node) continue;
      vertexOf[place(column, row)] = static_cast<std::int64_t>(mesh.vertices.size());
      const Eigen::Vector3d point = u * across + v * directions.along + node->height * directions.depth;
      mesh.vertices.push_back(
          {static_cast<float>(point.x()), static_cast<float>(point.y()), static_cast<float>(point.z())});
      mesh.confidence.push_back(static_cast<float>(node->confidence));
      heights.push_back(node->height);
    }
  }
  const double mostStep = 3.0 * options.stepMm;  // steeper is a jump from one surface to another
  const auto add = [&](std::int64_t a, std::int64_t b, std::int64_t c) {
    if (a < 0 || b < 0 || c < 0) return;
    const auto [least, most] =
        std::minmax({heights[static_cast<std::size_t>(a)], heights[static_cast<std::size_t>(b)],
                     heights[static_cast<std::size_t>(c)]});
    if (most - least > mostStep) return;
    mesh.triangles.push_back(
        {static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(c)});
  };
  for (int row = 0; row + 1 < rows; ++row) {
    for (int column = 0; column + 1 < columns; ++column) {
      const auto a = vertexOf[place(column, row)], b = vertexOf[place(column + 1, row)],
                 c = vertexOf[place(column, row + 1)], d = vertexOf[place(column + 1, row + 1)];
      // across x along is the depth: this way round they face the probe.
      add(a, c, b);
      add(b, c, d);
    }
  }
  dropSmallPieces(mesh, options.leastAreaMm2);
  return mesh;
}

}  // namespace acuguide::volume
