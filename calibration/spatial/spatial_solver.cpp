#include "calibration/spatial/spatial_solver.h"

#include "calibration/spatial/spatial_errors.h"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <ceres/ceres.h>
#include <ceres/rotation.h>
#include <cmath>

namespace acuguide::calibration {
namespace {

constexpr int parameterCount = 8;
using Parameters =
    std::array<double, parameterCount>;  ///< rotation vector, translation (mm), log spacing x, y
using Vector8 = Eigen::Matrix<double, parameterCount, 1>;

/// Two directions across a wire.
Eigen::Matrix<double, 2, 3> across(const Wire& wire) {
  const Eigen::Vector3d direction = wire.direction();
  const Eigen::Vector3d first = direction.unitOrthogonal();
  Eigen::Matrix<double, 2, 3> rows;
  rows << first.transpose(), direction.cross(first).transpose();
  return rows;
}

/// Distances of a frame's dots from their wires (two numbers each), whitened.
struct FrameCost {
  const Phantom* phantom;
  const WireObservation* observation;
  std::vector<Eigen::Matrix<double, 2, 3>> rows;
  Eigen::MatrixXd whitening;

  template <class T>
  bool operator()(const T* parameters, T* residuals) const {
    const T scaleX = ceres::exp(parameters[6]), scaleY = ceres::exp(parameters[7]);
    Eigen::Matrix<T, Eigen::Dynamic, 1> off(2 * static_cast<Eigen::Index>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::array<T, 3> scaled{scaleX * observation->points[i].x(), scaleY * observation->points[i].y(),
                                    T(0)};
      std::array<T, 3> turned;
      ceres::AngleAxisRotatePoint(parameters, scaled.data(), turned.data());
      Eigen::Matrix<T, 3, 1> probe(turned[0] + parameters[3], turned[1] + parameters[4],
                                   turned[2] + parameters[5]);
      const Eigen::Matrix<T, 3, 1> at = observation->probeToPhantom.topLeftCorner<3, 3>().cast<T>() * probe +
                                        observation->probeToPhantom.topRightCorner<3, 1>().cast<T>() -
                                        phantom->wires[i].front.cast<T>();
      off.template segment<2>(2 * static_cast<Eigen::Index>(i)) = rows[i].cast<T>() * at;
    }
    Eigen::Map<Eigen::Matrix<T, Eigen::Dynamic, 1>>(residuals, off.size()) = whitening.cast<T>() * off;
    return true;
  }
};

Eigen::Matrix4d matrixOf(const Parameters& parameters) {
  Eigen::Matrix3d rotation;
  ceres::AngleAxisToRotationMatrix(parameters.data(), rotation.data());
  const double x = std::exp(parameters[6]), y = std::exp(parameters[7]);
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
  matrix.block<3, 1>(0, 0) = rotation.col(0) * x;
  matrix.block<3, 1>(0, 1) = rotation.col(1) * y;
  matrix.block<3, 1>(0, 2) = rotation.col(2) * (x + y) / 2;
  matrix.block<3, 1>(0, 3) = Eigen::Vector3d(parameters[3], parameters[4], parameters[5]);
  return matrix;
}

/// The nearest rigid pose and scales to an affine matrix.
Parameters parametersOf(const Eigen::Matrix4d& matrix) {
  const Eigen::Vector3d x = matrix.block<3, 1>(0, 0), y = matrix.block<3, 1>(0, 1);
  Eigen::Matrix3d axes;
  axes << x.normalized(), y.normalized(), x.cross(y).normalized();
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(axes, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix3d rotation = svd.matrixU() * svd.matrixV().transpose();
  Parameters parameters{};
  ceres::RotationMatrixToAngleAxis(rotation.data(), parameters.data());
  for (std::size_t i = 0; i < 3; ++i) parameters[3 + i] = matrix(static_cast<Eigen::Index>(i), 3);
  parameters[6] = std::log(x.norm());
  parameters[7] = std::log(y.norm());
  return parameters;
}

Eigen::Matrix3d crossMatrix(const Eigen::Vector3d& v) {
  Eigen::Matrix3d matrix;
  matrix << 0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0;
  return matrix;
}

/// The small turn (after the rotation) that a change of the rotation vector makes, per change: SO(3)'s left
/// Jacobian.
Eigen::Matrix3d turnOf(const Eigen::Vector3d& rotation) {
  const double angle = rotation.norm();
  if (angle < 1e-9) return Eigen::Matrix3d::Identity();
  const Eigen::Vector3d axis = rotation / angle;
  const double s = std::sin(angle) / angle;
  return s * Eigen::Matrix3d::Identity() + (1 - s) * axis * axis.transpose() +
         (1 - std::cos(angle)) / angle * crossMatrix(axis);
}

/// Inverse square root of the covariance of a frame's distances: each dot's own error, larger for dots far
/// off (soft-L1), and the pose's, which they share.
Eigen::MatrixXd whiteningOf(const FrameCost& cost, const Eigen::Matrix4d& imageToProbe,
                            const SpatialSolverOptions& options) {
  const auto n = static_cast<Eigen::Index>(cost.rows.size());
  const Eigen::Matrix3d plane = pixelToPhantom(*cost.observation, imageToProbe);
  std::vector<Eigen::Vector3d> at;
  Eigen::Vector3d middle = Eigen::Vector3d::Zero();
  for (const Eigen::Vector2d& px : cost.observation->points) {
    at.push_back(plane * px.homogeneous());
    middle += at.back() / static_cast<double>(n);
  }
  Eigen::MatrixXd pose(2 * n, 6);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(2 * n, 2 * n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto& rows = cost.rows[static_cast<std::size_t>(i)];
    const Eigen::Vector3d& point = at[static_cast<std::size_t>(i)];
    pose.block<2, 3>(2 * i, 0) = rows * options.poseSigmaMm;
    pose.block<2, 3>(2 * i, 3) = -rows * crossMatrix(point - middle) * options.poseSigmaRad;
    const double off =
        (rows * (point - cost.phantom->wires[static_cast<std::size_t>(i)].front)).norm() / options.dotLossMm;
    const double variance = options.dotSigmaMm * options.dotSigmaMm * std::sqrt(1 + off * off);
    covariance(2 * i, 2 * i) = covariance(2 * i + 1, 2 * i + 1) = variance;
  }
  covariance += pose * pose.transpose();
  const Eigen::LLT<Eigen::MatrixXd> factor(covariance);
  return factor.matrixL().solve(Eigen::MatrixXd::Identity(2 * n, 2 * n));
}

/// Solves with fixed whitening; gives each frame's residuals and Jacobian at the solution.
class Fit {
 public:
  Fit(const Phantom& phantom, const std::vector<WireObservation>& observations,
      const SpatialSolverOptions& options)
      : phantom_(phantom), observations_(observations), options_(options) {
    for (const Wire& wire : phantom.wires) rows_.push_back(across(wire));
  }

  void solve(Parameters& parameters, const std::vector<bool>& used) {
    build(parameters, used);
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_QR;
    options.max_num_iterations = 50;
    options.logging_type = ceres::SILENT;
    ceres::Solver::Summary summary;
    ceres::Solve(options, problem_.get(), &summary);
  }

  /// Cluster-robust ("sandwich") covariance, clusters of ten frames in order.
  Eigen::Matrix<double, 8, 8> covariance(Parameters& parameters, const std::vector<bool>& used) {
    constexpr std::size_t clusterSize = 10;
    build(parameters, used);
    Eigen::Matrix<double, 8, 8> information = Eigen::Matrix<double, 8, 8>::Zero(), scatter = information;
    Vector8 cluster = Vector8::Zero();
    std::size_t inCluster = 0;
    for (const ceres::ResidualBlockId block : blocks_) {
      const auto size = 2 * static_cast<Eigen::Index>(rows_.size());
      Eigen::VectorXd residuals(size);
      Eigen::Matrix<double, Eigen::Dynamic, 8, Eigen::RowMajor> jacobian(size, 8);
      double cost = 0;
      double* jacobians[] = {jacobian.data()};
      problem_->EvaluateResidualBlock(block, true, &cost, residuals.data(), jacobians);
      information += jacobian.transpose() * jacobian;
      cluster += jacobian.transpose() * residuals;
      if (++inCluster == clusterSize) {
        scatter += cluster * cluster.transpose();
        cluster.setZero();
        inCluster = 0;
      }
    }
    scatter += cluster * cluster.transpose();
    const Eigen::Matrix<double, 8, 8> inverse =
        information.ldlt().solve(Eigen::Matrix<double, 8, 8>::Identity());
    return inverse * scatter * inverse;
  }

 private:
  void build(Parameters& parameters, const std::vector<bool>& used) {
    const Eigen::Matrix4d matrix = matrixOf(parameters);
    problem_ = std::make_unique<ceres::Problem>();
    blocks_.clear();
    const double size = 2.0 * static_cast<double>(rows_.size());
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      if (!used[i]) continue;
      auto cost = std::make_unique<FrameCost>(FrameCost{&phantom_, &observations_[i], rows_, {}});
      cost->whitening = whiteningOf(*cost, matrix, options_);
      auto* function = new ceres::AutoDiffCostFunction<FrameCost, ceres::DYNAMIC, parameterCount>(
          cost.release(), static_cast<int>(size));
      blocks_.push_back(problem_->AddResidualBlock(
          function, new ceres::SoftLOneLoss(options_.frameLossSigmas * std::sqrt(size)), parameters.data()));
    }
  }

  const Phantom& phantom_;
  const std::vector<WireObservation>& observations_;
  const SpatialSolverOptions& options_;
  std::vector<Eigen::Matrix<double, 2, 3>> rows_;
  std::unique_ptr<ceres::Problem> problem_;
  std::vector<ceres::ResidualBlockId> blocks_;
};

/// Frames whose mean distance stands out from the others'.
std::vector<bool> withoutOutliers(const Phantom& phantom, const std::vector<WireObservation>& observations,
                                  const Eigen::Matrix4d& matrix, double robustSds) {
  std::vector<double> errors;
  for (const WireObservation& one : observations) errors.push_back(meanPointToWireMm(phantom, one, matrix));
  const auto median = [](std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                     values.end());
    return values[values.size() / 2];
  };
  const double middle = median(errors);
  std::vector<double> off;
  for (const double error : errors) off.push_back(std::abs(error - middle));
  const double limit = middle + robustSds * std::max(1.4826 * median(off), 0.02);
  std::vector<bool> used;
  for (const double error : errors) used.push_back(error <= limit);
  return used;
}

}  // namespace

double SpatialSolution::sigmaMm(const Eigen::Vector2d& px) const {
  const Eigen::Vector3d x = imageToProbe.block<3, 1>(0, 0) * px.x(),
                        y = imageToProbe.block<3, 1>(0, 1) * px.y();
  Eigen::Matrix<double, 3, 8> jacobian;
  jacobian << -crossMatrix(x + y), Eigen::Matrix3d::Identity(), x, y;
  return std::sqrt((jacobian * covariance * jacobian.transpose()).trace());
}

SpatialSolution solveSpatial(const Phantom& phantom, const std::vector<WireObservation>& observations,
                             const Eigen::Matrix4d& start, const SpatialSolverOptions& options) {
  Parameters parameters = parametersOf(start);
  Fit fit(phantom, observations, options);
  SpatialSolution solution;
  solution.used.assign(observations.size(), true);
  // Each round knows better which dots and frames to doubt.
  constexpr int rounds = 3;
  for (int round = 0; round < rounds; ++round) {
    fit.solve(parameters, solution.used);
    if (round + 1 < rounds)
      solution.used = withoutOutliers(phantom, observations, matrixOf(parameters), options.outlierFrame);
  }
  solution.imageToProbe = matrixOf(parameters);
  solution.spacingMm = {std::exp(parameters[6]), std::exp(parameters[7])};
  Eigen::Matrix<double, 8, 8> toTurn = Eigen::Matrix<double, 8, 8>::Identity();
  toTurn.topLeftCorner<3, 3>() = turnOf(Eigen::Map<const Eigen::Vector3d>(parameters.data()));
  solution.covariance = toTurn * fit.covariance(parameters, solution.used) * toTurn.transpose();
  return solution;
}

}  // namespace acuguide::calibration
