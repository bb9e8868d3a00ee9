#include "calibration/spatial/fixed_feature.h"

#include "calibration/interval.h"
#include "calibration/report/report.h"
#include "calibration/serial_correlation.h"
#include "calibration/spatial/place_covariance.h"
#include "core/error.h"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <ceres/ceres.h>
#include <ceres/rotation.h>
#include <cmath>
#include <numbers>
#include <optional>
#include <random>

namespace acuguide::calibration {
namespace {

constexpr std::size_t leastSightings = 8;
constexpr double smallestSpacing = 0.02, largestSpacing = 1.5;  ///< mm per px that a picture can have

using Sightings = std::vector<FeatureSighting>;

/// All unknowns. The rotation is `turn` after `rotation`; the wall's normal leans by `feature[0..1]` from
/// `normal`, and lies feature[2] from the origin; a point is `feature` itself.
struct Unknowns {
  Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
  std::array<double, 8> picture{};  ///< turn (rad), translation (mm), log spacing
  std::array<double, 3> feature{};
  Eigen::Vector3d normal = Eigen::Vector3d::UnitZ();

  /// Puts the turn into the rotation, and the lean of a wall into its normal.
  void settle(FixedFeature kind) {
    Eigen::Matrix3d turn;
    ceres::AngleAxisToRotationMatrix(picture.data(), turn.data());
    rotation = turn * rotation;
    picture[0] = picture[1] = picture[2] = 0;
    if (kind == FixedFeature::Point) return;
    normal = leaned();
    feature[0] = feature[1] = 0;
  }
  Eigen::Vector3d leaned() const {
    const Eigen::Vector3d first = normal.unitOrthogonal();
    return (normal + feature[0] * first + feature[1] * normal.cross(first)).normalized();
  }
  Eigen::Matrix4d imageToProbe() const {
    const double x = std::exp(picture[6]), y = std::exp(picture[7]);
    Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
    matrix.block<3, 1>(0, 0) = rotation.col(0) * x;
    matrix.block<3, 1>(0, 1) = rotation.col(1) * y;
    matrix.block<3, 1>(0, 2) = rotation.col(2) * (x + y) / 2;
    matrix.block<3, 1>(0, 3) = Eigen::Vector3d(picture[3], picture[4], picture[5]);
    return matrix;
  }
};

/// A pixel, taken to the reference.
template <class T>
Eigen::Matrix<T, 3, 1> inReference(const FeatureSighting& sighting, const Eigen::Vector2d& px,
                                   const Eigen::Matrix3d& rotation, const T* picture) {
  const T x = ceres::exp(picture[6]) * px.x(), y = ceres::exp(picture[7]) * px.y();
  const Eigen::Matrix<T, 3, 1> flat = rotation.col(0).cast<T>() * x + rotation.col(1).cast<T>() * y;
  Eigen::Matrix<T, 3, 1> probe;
  ceres::AngleAxisRotatePoint(picture, flat.data(), probe.data());
  for (int i = 0; i < 3; ++i) probe[i] += picture[3 + i];
  return sighting.probeToReference.topLeftCorner<3, 3>().cast<T>() * probe +
         sighting.probeToReference.topRightCorner<3, 1>().cast<T>();
}

struct PointCost {
  const FeatureSighting* sighting;
  Eigen::Matrix3d rotation;

  template <class T>
  bool operator()(const T* picture, const T* point, T* residuals) const {
    const auto at = inReference(*sighting, sighting->pointsPx[0], rotation, picture);
    for (int i = 0; i < 3; ++i) residuals[i] = at[i] - point[i];
    return true;
  }
};

struct WallCost {
  const FeatureSighting* sighting;
  Eigen::Vector2d px;
  Eigen::Matrix3d rotation;
  Eigen::Vector3d normal;

  template <class T>
  bool operator()(const T* picture, const T* wall, T* residual) const {
    const Eigen::Vector3d first = normal.unitOrthogonal(), second = normal.cross(first);
    Eigen::Matrix<T, 3, 1> lean = normal.cast<T>() + first.cast<T>() * wall[0] + second.cast<T>() * wall[1];
    lean.normalize();
    residual[0] = lean.dot(inReference(*sighting, px, rotation, picture)) - wall[2];
    return true;
  }
};

/// The problem at these unknowns, with those sightings that are used.
void build(ceres::Problem& problem, FixedFeature kind, const Sightings& sightings,
           const std::vector<bool>& used, const FixedFeatureOptions& options, Unknowns& unknowns) {
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    if (!used[i]) continue;
    if (kind == FixedFeature::Point) {
      problem.AddResidualBlock(new ceres::AutoDiffCostFunction<PointCost, 3, 8, 3>(
                                   new PointCost{&sightings[i], unknowns.rotation}),
                               new ceres::SoftLOneLoss(options.lossMm), unknowns.picture.data(),
                               unknowns.feature.data());
      continue;
    }
    for (const Eigen::Vector2d& px : sightings[i].pointsPx)
      problem.AddResidualBlock(new ceres::AutoDiffCostFunction<WallCost, 1, 8, 3>(
                                   new WallCost{&sightings[i], px, unknowns.rotation, unknowns.normal}),
                               new ceres::SoftLOneLoss(options.lossMm), unknowns.picture.data(),
                               unknowns.feature.data());
  }
}

/// Robust least squares from here; the cost at its end.
double refine(FixedFeature kind, const Sightings& sightings, const std::vector<bool>& used,
              const FixedFeatureOptions& options, Unknowns& unknowns) {
  ceres::Problem problem;
  build(problem, kind, sightings, used, options, unknowns);
  for (const int scale : {6, 7}) {  // what the data leave open must not run away
    problem.SetParameterLowerBound(unknowns.picture.data(), scale, std::log(smallestSpacing / 4));
    problem.SetParameterUpperBound(unknowns.picture.data(), scale, std::log(largestSpacing * 4));
  }
  ceres::Solver::Options solving;
  solving.linear_solver_type = ceres::DENSE_QR;
  solving.max_num_iterations = 100;
  solving.logging_type = ceres::SILENT;
  ceres::Solver::Summary summary;
  ceres::Solve(solving, &problem, &summary);
  unknowns.settle(kind);
  return summary.final_cost;
}

/// The nearest picture (right angles) to an affine one; nothing when no picture is like it.
std::optional<Unknowns> unknownsOf(const Eigen::Vector3d& x, const Eigen::Vector3d& y,
                                   const Eigen::Vector3d& origin) {
  constexpr double farthestMm = 1e5;  ///< a probe in a room
  if (!x.allFinite() || !y.allFinite() || !(origin.norm() < farthestMm) || x.norm() < smallestSpacing ||
      y.norm() < smallestSpacing || x.norm() > largestSpacing || y.norm() > largestSpacing ||
      x.cross(y).norm() < 0.2 * x.norm() * y.norm())
    return std::nullopt;
  Eigen::Matrix3d axes;
  axes << x.normalized(), y.normalized(), x.cross(y).normalized();
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(axes, Eigen::ComputeFullU | Eigen::ComputeFullV);
  Unknowns unknowns;
  unknowns.rotation = svd.matrixU() * svd.matrixV().transpose();
  for (std::size_t i = 0; i < 3; ++i) unknowns.picture[3 + i] = origin[static_cast<Eigen::Index>(i)];
  unknowns.picture[6] = std::log(x.norm());
  unknowns.picture[7] = std::log(y.norm());
  return unknowns;
}

/// x, y and origin of an affine picture, and the point, from these sightings: linear least squares. Pixels
/// are in units of the picture's size, which makes the columns alike.
std::optional<Unknowns> pointFrom(const Sightings& sightings, const std::vector<std::size_t>& chosen,
                                  const Eigen::Vector2d& size) {
  Eigen::MatrixXd rows(3 * chosen.size(), 12);
  Eigen::VectorXd right(3 * chosen.size());
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const FeatureSighting& one = sightings[chosen[k]];
    const Eigen::Matrix3d turn = one.probeToReference.topLeftCorner<3, 3>();
    const Eigen::Vector2d at = one.pointsPx[0].cwiseQuotient(size);
    const auto row = static_cast<Eigen::Index>(3 * k);
    rows.block<3, 3>(row, 0) = at.x() * turn;
    rows.block<3, 3>(row, 3) = at.y() * turn;
    rows.block<3, 3>(row, 6) = turn;
    rows.block<3, 3>(row, 9) = -Eigen::Matrix3d::Identity();
    right.segment<3>(row) = -one.probeToReference.topRightCorner<3, 1>();
  }
  const Eigen::VectorXd solved = rows.completeOrthogonalDecomposition().solve(right);
  auto unknowns =
      unknownsOf(solved.segment<3>(0) / size.x(), solved.segment<3>(3) / size.y(), solved.segment<3>(6));
  if (!unknowns) return std::nullopt;
  for (std::size_t i = 0; i < 3; ++i) unknowns->feature[i] = solved[static_cast<Eigen::Index>(9 + i)];
  return unknowns;
}

double median(std::vector<double> values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

Eigen::Vector3d pointOf(const Unknowns& unknowns) {
  return {unknowns.feature[0], unknowns.feature[1], unknowns.feature[2]};
}

/// Mean distance of each sighting from the feature.
std::vector<double> distances(FixedFeature kind, const Sightings& sightings, const Unknowns& unknowns) {
  const Eigen::Vector3d point = kind == FixedFeature::Point
                                    ? pointOf(unknowns)
                                    : Eigen::Vector3d(unknowns.normal * unknowns.feature[2]);
  std::vector<double> means;
  for (const FeatureSighting& one : sightings) {
    const FeatureErrors errors = featureErrors(kind, one, unknowns.imageToProbe(), point, unknowns.normal);
    double sum = 0;
    for (const double mm : errors.distanceMm) sum += mm;
    means.push_back(sum / static_cast<double>(errors.distanceMm.size()));
  }
  return means;
}

/// Random samples of six; the one with the least median distance, then all by themselves.
std::optional<Unknowns> startFromPoint(const Sightings& sightings, const Eigen::Vector2d& size) {
  constexpr int samples = 300;
  constexpr std::size_t inSample = 6;
  std::mt19937 random(1);
  std::optional<Unknowns> best;
  double least = std::numeric_limits<double>::infinity();
  std::vector<std::size_t> all(sightings.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  for (int sample = 0; sample <= samples; ++sample) {
    std::vector<std::size_t> chosen;
    if (sample == samples)
      chosen = all;  // exact data needs no luck
    else
      std::sample(all.begin(), all.end(), std::back_inserter(chosen), inSample, random);
    const auto unknowns = pointFrom(sightings, chosen, size);
    if (!unknowns) continue;
    const double middle = median(distances(FixedFeature::Point, sightings, *unknowns));
    if (middle >= least) continue;
    least = middle;
    best = unknowns;
  }
  return best;
}

/// An affine picture and the wall's distance for a given normal, and what is left.
std::optional<std::pair<double, Unknowns>> wallFrom(const Sightings& sightings, const Eigen::Vector3d& normal,
                                                    const Eigen::Vector2d& size) {
  Eigen::Matrix<double, 10, 10> sum = Eigen::Matrix<double, 10, 10>::Zero();
  Eigen::Matrix<double, 10, 1> right = Eigen::Matrix<double, 10, 1>::Zero();
  double squares = 0, count = 0;
  for (const FeatureSighting& one : sightings) {
    const Eigen::Vector3d along = one.probeToReference.topLeftCorner<3, 3>().transpose() * normal;
    const double target = -normal.dot(one.probeToReference.topRightCorner<3, 1>());
    for (const Eigen::Vector2d& px : one.pointsPx) {
      Eigen::Matrix<double, 10, 1> row;
      row << along * (px.x() / size.x()), along * (px.y() / size.y()), along, -1.0;
      sum += row * row.transpose();
      right += row * target;
      squares += target * target;
      count += 1;
    }
  }
  const Eigen::Matrix<double, 10, 1> solved = sum.ldlt().solve(right);
  auto unknowns =
      unknownsOf(solved.segment<3>(0) / size.x(), solved.segment<3>(3) / size.y(), solved.segment<3>(6));
  if (!unknowns || !std::isfinite(solved[9])) return std::nullopt;
  unknowns->normal = normal;
  unknowns->feature = {0, 0, solved[9]};
  return std::pair(std::max(0.0, squares - solved.dot(right)) / count, *unknowns);
}

/// Every direction of the half sphere, some 5 degrees apart; the best few refined.
std::optional<Unknowns> startFromWall(const Sightings& sightings, const Eigen::Vector2d& size,
                                      const FixedFeatureOptions& options) {
  constexpr int directions = 400;
  constexpr std::size_t refined = 24;
  std::vector<std::pair<double, Unknowns>> starts;
  const double golden = std::numbers::pi * (3.0 - std::sqrt(5.0));
  for (int i = 0; i < directions; ++i) {
    const double z = (i + 0.5) / directions, radius = std::sqrt(1 - z * z);
    if (auto start =
            wallFrom(sightings, {radius * std::cos(golden * i), radius * std::sin(golden * i), z}, size))
      starts.push_back(*start);
  }
  std::stable_sort(starts.begin(), starts.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  if (starts.size() > refined) starts.resize(refined);
  std::optional<Unknowns> best;
  double least = std::numeric_limits<double>::infinity();
  const std::vector<bool> all(sightings.size(), true);
  for (auto& [left, unknowns] : starts) {
    const double cost = refine(FixedFeature::Wall, sightings, all, options, unknowns);
    const double x = std::exp(unknowns.picture[6]), y = std::exp(unknowns.picture[7]);
    if (cost >= least || std::min(x, y) < smallestSpacing || std::max(x, y) > largestSpacing) continue;
    least = cost;
    best = unknowns;
  }
  return best;
}

std::vector<bool> withoutOutliers(const std::vector<double>& errors, double robustSds) {
  const double middle = median(errors);
  std::vector<double> off;
  for (const double error : errors) off.push_back(std::abs(error - middle));
  const double limit = middle + robustSds * std::max(1.4826 * median(off), 0.03);
  std::vector<bool> used;
  for (const double error : errors) used.push_back(error <= limit);
  return used;
}

/// Covariance of the solution, the feature's place eliminated. A frame's distances share the errors of its
/// pose, and not all directions at the probe err alike: one covariance of a frame's errors, at the probe, is
/// taken from all frames and carried to the answer; errors that last from frame to frame make it larger.
Eigen::Matrix<double, 8, 8> covarianceOf(FixedFeature kind, const Sightings& sightings,
                                         const std::vector<bool>& used, const FixedFeatureOptions& options,
                                         Unknowns unknowns) {
  ceres::Problem problem;
  build(problem, kind, sightings, used, options, unknowns);
  std::vector<double> residuals;
  ceres::CRSMatrix sparse;
  ceres::Problem::EvaluateOptions evaluating;
  evaluating.parameter_blocks = {unknowns.picture.data(), unknowns.feature.data()};
  evaluating.apply_loss_function = true;
  problem.Evaluate(evaluating, nullptr, &residuals, nullptr, &sparse);
  Eigen::MatrixXd jacobian = Eigen::MatrixXd::Zero(sparse.num_rows, sparse.num_cols);
  for (int row = 0; row < sparse.num_rows; ++row) {
    for (int k = sparse.rows[static_cast<std::size_t>(row)];
         k < sparse.rows[static_cast<std::size_t>(row) + 1]; ++k)
      jacobian(row, sparse.cols[static_cast<std::size_t>(k)]) = sparse.values[static_cast<std::size_t>(k)];
  }
  Eigen::VectorXd left = Eigen::Map<const Eigen::VectorXd>(residuals.data(), jacobian.rows());
  const auto frames = std::count(used.begin(), used.end(), true);
  const Eigen::Index size = jacobian.rows() / std::max<Eigen::Index>(1, frames);  // rows a frame
  if (kind == FixedFeature::Point) {
    Eigen::Index row = 0;
    for (std::size_t i = 0; i < sightings.size(); ++i) {
      if (!used[i]) continue;
      const Eigen::Matrix3d toProbe = sightings[i].probeToReference.topLeftCorner<3, 3>().transpose();
      left.segment<3>(row) = (toProbe * left.segment<3>(row)).eval();
      jacobian.middleRows<3>(row) = (toProbe * jacobian.middleRows<3>(row)).eval();
      row += 3;
    }
  }
  const Eigen::Index parameters = jacobian.cols();
  const double freedom = std::max(1.0, double(frames) - double(parameters) / double(size));
  Eigen::MatrixXd spread = Eigen::MatrixXd::Zero(size, size), scores(parameters, frames);
  for (Eigen::Index i = 0; i < frames; ++i) {
    const Eigen::VectorXd own = left.segment(i * size, size);
    spread += own * own.transpose() / freedom;
    scores.col(i) = jacobian.middleRows(i * size, size).transpose() * own;
  }
  Eigen::MatrixXd middle = Eigen::MatrixXd::Zero(parameters, parameters);
  for (Eigen::Index i = 0; i < frames; ++i) {
    const auto rows = jacobian.middleRows(i * size, size);
    middle += rows.transpose() * spread * rows;
  }
  // What the data leave open gets a large variance rather than none.
  const Eigen::MatrixXd inverse =
      (jacobian.transpose() * jacobian + 1e-9 * Eigen::MatrixXd::Identity(parameters, parameters)).inverse();
  const Eigen::MatrixXd covariance = inverse * middle * inverse;
  return covariance.topLeftCorner<8, 8>() * serialInflation(scores, inverse);
}

/// Rms turn about the least turned axis, and about the most, rad.
std::pair<double, double> turns(const Sightings& sightings, const std::vector<bool>& used) {
  Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
  for (std::size_t i = 0; i < sightings.size(); ++i)
    if (used[i]) sum += sightings[i].probeToReference.topLeftCorner<3, 3>();
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(sum, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix3d middle = svd.matrixU() * svd.matrixV().transpose();
  Eigen::Matrix3d scatter = Eigen::Matrix3d::Zero();
  double count = 0;
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    if (!used[i]) continue;
    const Eigen::AngleAxisd turn(
        Eigen::Matrix3d(middle.transpose() * sightings[i].probeToReference.topLeftCorner<3, 3>()));
    const Eigen::Vector3d vector = turn.angle() * turn.axis();
    scatter += vector * vector.transpose();
    count += 1;
  }
  const Eigen::Vector3d squares =
      Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(scatter / std::max(count, 1.0)).eigenvalues();
  // A point needs two axes; so the least of three may be small, the middle one may not.
  return {std::sqrt(std::max(0.0, squares[1])), std::sqrt(std::max(0.0, squares[2]))};
}

Eigen::Vector2d spreadPx(const Sightings& sightings, const std::vector<bool>& used) {
  Eigen::Vector2d sum = Eigen::Vector2d::Zero(), squares = Eigen::Vector2d::Zero();
  double count = 0;
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    for (const Eigen::Vector2d& px : sightings[i].pointsPx) {
      if (!used[i]) continue;
      sum += px;
      squares += px.cwiseAbs2();
      count += 1;
    }
  }
  return (squares / count - (sum / count).cwiseAbs2()).cwiseMax(0.0).cwiseSqrt();
}

std::string degrees(double radians) { return fixed(radians * 180 / std::numbers::pi, 1) + " degrees"; }

std::vector<std::string> whyOpen(FixedFeature kind, const Sightings& sightings,
                                 const FixedFeatureSolution& solution, const Eigen::Vector2d& size,
                                 const FixedFeatureOptions& options) {
  const std::string feature = kind == FixedFeature::Point ? "the point" : "the wall";
  std::vector<std::string> reasons;
  const auto [second, most] = turns(sightings, solution.used);
  if (most < options.leastTurn)
    reasons.push_back("the probe was held in a single orientation (its poses differ by " + degrees(most) +
                      "); tilt, rock and turn it by 30 degrees and more while it looks at " + feature);
  else if (second < options.leastTurn)
    reasons.push_back("the probe was turned about one axis only (" + degrees(most) + ", across it " +
                      degrees(second) + "); tilt, rock and turn it in all directions");
  const Eigen::Vector2d spread = spreadPx(sightings, solution.used).cwiseQuotient(size);
  if (kind == FixedFeature::Point && spread.x() < options.leastSpread)
    reasons.push_back(
        "the point was always seen at the same place across the picture; show it at the left "
        "and at the right as well");
  if (spread.y() < options.leastSpread)
    reasons.push_back(feature + " was always seen at the same depth; change the distance of the probe");
  const double sigma = solution.sigmaMm(size / 2);
  if (reasons.empty() && !(sigma <= options.largestSigmaMm))
    reasons.push_back("the sweep tells where the picture lies to " + fixed(sigma, 1) + " mm only (limit " +
                      fixed(options.largestSigmaMm, 1) + " mm); record more, with larger turns");
  return reasons;
}

}  // namespace

double FixedFeatureSolution::sigmaMm(const Eigen::Vector2d& px) const {
  return std::sqrt(placeCovariance(imageToProbe, covariance, px).trace());
}

Eigen::Vector3d FixedFeatureSolution::half95Mm(const Eigen::Vector2d& px) const {
  return interval95(freedom) * placeCovariance(imageToProbe, covariance, px).diagonal().cwiseSqrt();
}

std::optional<Eigen::Matrix4d> linearFromPoint(const Sightings& sightings,
                                               const Eigen::Vector2d& pictureSize) {
  std::vector<std::size_t> all(sightings.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto unknowns = pointFrom(sightings, all, pictureSize);
  if (!unknowns) return std::nullopt;
  return unknowns->imageToProbe();
}

FixedFeatureSolution solveFixedFeature(FixedFeature kind, const Sightings& sightings,
                                       const Eigen::Vector2d& pictureSize,
                                       const FixedFeatureOptions& options) {
  if (sightings.size() < leastSightings)
    throw Error("calibration", "only " + std::to_string(sightings.size()) + " frames show the feature",
                "record at least " + std::to_string(leastSightings) + ", better a hundred");
  FixedFeatureSolution solution;
  solution.used.assign(sightings.size(), true);
  auto start = kind == FixedFeature::Point ? startFromPoint(sightings, pictureSize)
                                           : startFromWall(sightings, pictureSize, options);
  Unknowns unknowns = start.value_or(Unknowns());
  if (start) {
    constexpr int rounds = 3;
    for (int round = 0; round < rounds; ++round) {
      solution.used = withoutOutliers(distances(kind, sightings, unknowns), options.outlierFrame);
      refine(kind, sightings, solution.used, options, unknowns);
    }
    solution.covariance = covarianceOf(kind, sightings, solution.used, options, unknowns);
  } else {
    solution.covariance.setIdentity();  // nothing is known
  }
  solution.imageToProbe = unknowns.imageToProbe();
  solution.spacingMm = {std::exp(unknowns.picture[6]), std::exp(unknowns.picture[7])};
  if (kind == FixedFeature::Wall) solution.normal = unknowns.normal;
  solution.pointMm = kind == FixedFeature::Point ? pointOf(unknowns)
                                                 : Eigen::Vector3d(unknowns.normal * unknowns.feature[2]);
  const auto errors = distances(kind, sightings, unknowns);
  double squares = 0, count = 0;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (!solution.used[i]) continue;
    squares += errors[i] * errors[i];
    count += 1;
  }
  solution.rmsMm = std::sqrt(squares / std::max(count, 1.0));
  solution.freedom = std::max(1.0, count - 4.0);
  solution.turned = turns(sightings, solution.used).first >= options.leastTurn;
  solution.degenerate = whyOpen(kind, sightings, solution, pictureSize, options);
  if (!start && solution.degenerate.empty())
    solution.degenerate.emplace_back("poses and pictures do not fit together as one fixed feature");
  return solution;
}

FeatureErrors featureErrors(FixedFeature kind, const FeatureSighting& sighting,
                            const Eigen::Matrix4d& imageToProbe, const Eigen::Vector3d& pointMm,
                            const Eigen::Vector3d& normal) {
  const Eigen::Matrix4d toReference = sighting.probeToReference * imageToProbe;
  FeatureErrors errors;
  for (const Eigen::Vector2d& px : sighting.pointsPx) {
    const Eigen::Vector3d at = (toReference * Eigen::Vector4d(px.x(), px.y(), 0, 1)).head<3>();
    if (kind == FixedFeature::Point) {
      errors.distanceMm.push_back((at - pointMm).norm());
      errors.expectedPx.push_back((toReference.inverse() * pointMm.homogeneous()).head<2>());
      continue;
    }
    // Down the same column to the wall.
    const double off = normal.dot(at - pointMm), perPx = normal.dot(toReference.block<3, 1>(0, 1));
    errors.distanceMm.push_back(std::abs(off));
    errors.expectedPx.emplace_back(px.x(), px.y() - off / perPx);
  }
  return errors;
}

void placeFeature(FixedFeature kind, const Sightings& sightings, const Eigen::Matrix4d& imageToProbe,
                  Eigen::Vector3d& pointMm, Eigen::Vector3d& normal) {
  std::vector<Eigen::Vector3d> points;
  for (const FeatureSighting& one : sightings) {
    for (const Eigen::Vector2d& px : one.pointsPx)
      points.push_back(
          (one.probeToReference * imageToProbe * Eigen::Vector4d(px.x(), px.y(), 0, 1)).head<3>());
  }
  std::vector<double> weights(points.size(), 1.0);
  constexpr int rounds = 15;
  for (int round = 0; round < rounds; ++round) {  // the middle of most, not the mean of all
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    double weight = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      sum += weights[i] * points[i];
      weight += weights[i];
    }
    pointMm = sum / weight;
    Eigen::Matrix3d scatter = Eigen::Matrix3d::Zero();
    for (std::size_t i = 0; i < points.size(); ++i)
      scatter += weights[i] * (points[i] - pointMm) * (points[i] - pointMm).transpose();
    normal = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(scatter).eigenvectors().col(0);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Eigen::Vector3d off = points[i] - pointMm;
      const double mm = kind == FixedFeature::Point ? off.norm() : std::abs(normal.dot(off));
      weights[i] = 1.0 / std::max(mm, 0.05);
    }
  }
}

}  // namespace acuguide::calibration
