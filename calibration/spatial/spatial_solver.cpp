#include "calibration/spatial/spatial_solver.h"

#include "calibration/interval.h"
#include "calibration/serial_correlation.h"
#include "calibration/spatial/place_covariance.h"
#include "calibration/spatial/spatial_errors.h"
#include "calibration/spatial/variance_components.h"

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

/// How an error of each kind moves a frame's distances: of its dots (1 mm), of the pose's place (1 mm) and of
/// its turn about the dots' middle (1 rad). Dots far off (soft-L1) err more.
std::vector<Eigen::MatrixXd> actionsOf(const FrameCost& cost, const Eigen::Matrix4d& imageToProbe,
                                       const SpatialSolverOptions& options) {
  const auto n = static_cast<Eigen::Index>(cost.rows.size());
  const Eigen::Matrix3d plane = pixelToPhantom(*cost.observation, imageToProbe);
  std::vector<Eigen::Vector3d> at;
  Eigen::Vector3d middle = Eigen::Vector3d::Zero();
  for (const Eigen::Vector2d& px : cost.observation->points) {
    at.push_back(plane * px.homogeneous());
    middle += at.back() / static_cast<double>(n);
  }
  Eigen::MatrixXd dots = Eigen::MatrixXd::Zero(2 * n, 2 * n), place(2 * n, 3), turn(2 * n, 3);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto& rows = cost.rows[static_cast<std::size_t>(i)];
    const Eigen::Vector3d& point = at[static_cast<std::size_t>(i)];
    place.block<2, 3>(2 * i, 0) = rows;
    turn.block<2, 3>(2 * i, 0) = -rows * crossMatrix(point - middle);
    const double off =
        (rows * (point - cost.phantom->wires[static_cast<std::size_t>(i)].front)).norm() / options.dotLossMm;
    dots(2 * i, 2 * i) = dots(2 * i + 1, 2 * i + 1) = std::pow(1 + off * off, 0.25);
  }
  return {dots, place, turn};
}

/// Variances of those kinds of error.
using Noise = Eigen::Vector3d;

/// Inverse square root of the covariance of a frame's distances: each dot's own error, and the pose's, which
/// they share.
Eigen::MatrixXd whiteningOf(const std::vector<Eigen::MatrixXd>& actions, const Noise& noise) {
  const Eigen::Index n = actions[0].rows();
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(n, n);
  for (std::size_t k = 0; k < actions.size(); ++k)
    covariance += noise[static_cast<Eigen::Index>(k)] * actions[k] * actions[k].transpose();
  const Eigen::LLT<Eigen::MatrixXd> factor(covariance);
  return factor.matrixL().solve(Eigen::MatrixXd::Identity(n, n));
}

/// Solves with fixed whitening; gives each frame's residuals and Jacobian at the solution.
class Fit {
 public:
  Fit(const Phantom& phantom, const std::vector<WireObservation>& observations,
      const SpatialSolverOptions& options)
      : phantom_(phantom), observations_(observations), options_(options) {
    for (const Wire& wire : phantom.wires) rows_.push_back(across(wire));
  }

  void solve(Parameters& parameters, const std::vector<bool>& used, const Noise& noise) {
    build(parameters, used, noise);
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_QR;
    options.max_num_iterations = 50;
    options.logging_type = ceres::SILENT;
    ceres::Solver::Summary summary;
    ceres::Solve(options, problem_.get(), &summary);
  }

  /// What the frames in use show of each kind of error, at these parameters.
  Noise noiseOf(const Parameters& parameters, const std::vector<bool>& used, const Noise& start) const {
    const Eigen::Matrix4d matrix = matrixOf(parameters);
    std::vector<FrameResiduals> frames;
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      if (!used[i]) continue;
      FrameCost cost{&phantom_, &observations_[i], rows_, {}};
      const auto n = 2 * static_cast<Eigen::Index>(rows_.size());
      cost.whitening = Eigen::MatrixXd::Identity(n, n);
      FrameResiduals& frame = frames.emplace_back(FrameResiduals{Eigen::VectorXd(n), {}});
      cost(parameters.data(), frame.residuals.data());
      frame.actions = actionsOf(cost, matrix, options_);
    }
    return varianceComponents(frames, start);
  }

  /// Covariance from the curvature, for distances whitened by `noise`; larger as errors last from frame to
  /// frame.
  Eigen::Matrix<double, 8, 8> covariance(Parameters& parameters, const std::vector<bool>& used,
                                         const Noise& noise) {
    build(parameters, used, noise);
    Eigen::Matrix<double, 8, 8> information = Eigen::Matrix<double, 8, 8>::Zero();
    Eigen::MatrixXd scores(8, static_cast<Eigen::Index>(blocks_.size()));
    const auto size = 2 * static_cast<Eigen::Index>(rows_.size());
    double squares = 0, count = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Eigen::VectorXd residuals(size);
      Eigen::Matrix<double, Eigen::Dynamic, 8, Eigen::RowMajor> jacobian(size, 8);
      double cost = 0;
      double* jacobians[] = {jacobian.data()};
      problem_->EvaluateResidualBlock(blocks_[i], true, &cost, residuals.data(), jacobians);
      information += jacobian.transpose() * jacobian;
      scores.col(static_cast<Eigen::Index>(i)) = jacobian.transpose() * residuals;
      squares += residuals.squaredNorm();
      count += static_cast<double>(size);
    }
    const Eigen::Matrix<double, 8, 8> inverse =
        information.ldlt().solve(Eigen::Matrix<double, 8, 8>::Identity());
    const double unit = squares / std::max(1.0, count - parameterCount);  // 1 where the noise is what it is
    return inverse * std::max(1.0, unit) * serialInflation(scores, inverse);
  }

 private:
  void build(Parameters& parameters, const std::vector<bool>& used, const Noise& noise) {
    const Eigen::Matrix4d matrix = matrixOf(parameters);
    problem_ = std::make_unique<ceres::Problem>();
    blocks_.clear();
    const double size = 2.0 * static_cast<double>(rows_.size());
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      if (!used[i]) continue;
      auto cost = std::make_unique<FrameCost>(FrameCost{&phantom_, &observations_[i], rows_, {}});
      cost->whitening = whiteningOf(actionsOf(*cost, matrix, options_), noise);
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
  return std::sqrt(placeCovariance(imageToProbe, covariance, px).trace());
}

Eigen::Vector3d SpatialSolution::half95Mm(const Eigen::Vector2d& px) const {
  return interval95(freedom) * placeCovariance(imageToProbe, covariance, px).diagonal().cwiseSqrt();
}

SpatialSolution solveSpatial(const Phantom& phantom, const std::vector<WireObservation>& observations,
                             const Eigen::Matrix4d& start, const SpatialSolverOptions& options) {
  Parameters parameters = parametersOf(start);
  Fit fit(phantom, observations, options);
  SpatialSolution solution;
  solution.used.assign(observations.size(), true);
  // Each round knows better which dots and frames to doubt.
  constexpr int rounds = 3;
  const Noise given(std::pow(options.dotSigmaMm, 2), std::pow(options.poseSigmaMm, 2),
                    std::pow(options.poseSigmaRad, 2));
  Noise noise = given;
  for (int round = 0; round < rounds; ++round) {
    fit.solve(parameters, solution.used, noise);
    if (round + 1 == rounds) break;
    solution.used = withoutOutliers(phantom, observations, matrixOf(parameters), options.outlierFrame);
    if (options.estimateNoise) noise = fit.noiseOf(parameters, solution.used, given);
  }
  const Noise shown = fit.noiseOf(parameters, solution.used, given);
  solution.noise = {std::sqrt(shown[0]), std::sqrt(shown[1]), std::sqrt(shown[2])};
  solution.imageToProbe = matrixOf(parameters);
  solution.spacingMm = {std::exp(parameters[6]), std::exp(parameters[7])};
  Eigen::Matrix<double, 8, 8> toTurn = Eigen::Matrix<double, 8, 8>::Identity();
  toTurn.topLeftCorner<3, 3>() = turnOf(Eigen::Map<const Eigen::Vector3d>(parameters.data()));
  solution.covariance = toTurn * fit.covariance(parameters, solution.used, shown) * toTurn.transpose();
  solution.freedom = double(std::count(solution.used.begin(), solution.used.end(), true)) - 2;
  return solution;
}

}  // namespace acuguide::calibration
