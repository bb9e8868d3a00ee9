#include "tracking/needle_filter.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::tracking {
namespace {

double wrapped(double angle) { return std::remainder(angle, 2 * std::numbers::pi); }

Eigen::Vector2d unit(double angle) { return {std::cos(angle), std::sin(angle)}; }

/// How much of u*u' to add to a covariance so that an innovation of squared Mahalanobis distance `distance`
/// comes down to `allowed` (Sherman-Morrison), when u measures the innovation itself.
double widening(double distance, double allowed) {
  return distance > allowed ? 1.0 / allowed - 1.0 / distance : 0.0;
}

}  // namespace

struct NeedleFilter::Measurement {
  Eigen::Vector2d tip;
  Eigen::Matrix2d tipCovariance;
  double angle = 0, angleVariance = 0;
  double length = 0, lengthVariance = 0;
};

NeedleFilter::Measurement NeedleFilter::measure(const imaging::NeedleCandidate& seen) const {
  const Eigen::Vector2d shaft = seen.tipPx - seen.tailPx;
  const double length = std::max(shaft.norm(), 1.0);
  const double along = std::max(seen.tipSigmaPx, motion_.leastTipSigmaPx);
  const double across = std::max(seen.lateralSigmaPx, motion_.leastLateralSigmaPx);
  const double direction = std::atan2(shaft.y(), shaft.x());
  const Eigen::Vector2d d = unit(direction), n(-d.y(), d.x());
  Measurement m;
  m.tip = seen.tipPx;
  m.tipCovariance = along * along * d * d.transpose() + across * across * n * n.transpose();
  m.angle = direction;
  // Both ends of the line are uncertain across it.
  m.angleVariance = std::pow(std::max(motion_.leastAngleSigma, std::numbers::sqrt2 * across / length), 2);
  m.length = length;
  m.lengthVariance = std::pow(std::max(2 * along, 0.05 * length), 2);
  return m;
}

NeedleFilter::NeedleFilter(const imaging::NeedleCandidate& first, const NeedleMotion& motion)
    : motion_(motion) {
  const Measurement m = measure(first);
  tip_.head<2>() = m.tip;
  tipCovariance_.topLeftCorner<2, 2>() = m.tipCovariance;
  tipCovariance_.bottomRightCorner<2, 2>() =
      motion_.speedPx * motion_.speedPx / 4 * Eigen::Matrix2d::Identity();
  angle_[0] = m.angle;
  angleCovariance_(0, 0) = m.angleVariance;
  angleCovariance_(1, 1) = motion_.angularSpeed * motion_.angularSpeed / 4;
  length_ = m.length;
  lengthVariance_ = m.lengthVariance;
}

NeedleFilter::NeedleFilter(const imaging::NeedleCandidate& earlier, const imaging::NeedleCandidate& later,
                           double seconds, const NeedleMotion& motion)
    : NeedleFilter(earlier, motion) {
  predict(seconds, true);
  update(later);
}

Eigen::Vector2d NeedleFilter::tailPx() const { return tipPx() - length_ * unit(angle_[0]); }

void NeedleFilter::predict(double seconds, bool observedBefore) {
  const double t = std::max(seconds, motion_.leastFrameSeconds);
  const double fade = observedBefore ? 1.0 : std::exp(-t / motion_.velocityFadeSeconds);
  Eigen::Matrix4d step = Eigen::Matrix4d::Identity();
  step.topRightCorner<2, 2>() = t * Eigen::Matrix2d::Identity();
  step.bottomRightCorner<2, 2>() = fade * Eigen::Matrix2d::Identity();
  tip_ = step * tip_;
  Eigen::Matrix<double, 4, 2> push;
  push << t * t / 2 * Eigen::Matrix2d::Identity(), t * Eigen::Matrix2d::Identity();
  const Eigen::Vector2d d = unit(angle_[0]), n(-d.y(), d.x());
  const Eigen::Matrix2d pushed = std::pow(motion_.accelerationPx, 2) * d * d.transpose() +
                                 std::pow(motion_.acrossPx, 2) * n * n.transpose();
  tipCovariance_ = step * tipCovariance_ * step.transpose() + push * pushed * push.transpose();

  Eigen::Matrix2d turn;
  turn << 1, t, 0, fade;
  angle_ = turn * angle_;
  const Eigen::Vector2d twist(t * t / 2, t);
  angleCovariance_ = turn * angleCovariance_ * turn.transpose() +
                     motion_.angularAcceleration * motion_.angularAcceleration * twist * twist.transpose();
  lengthVariance_ += std::pow(motion_.lengthDrift * t, 2);
}

void NeedleFilter::reverse() {
  tip_.tail<2>() *= -1;
  angle_[1] *= -1;
  // Covariances of positions with velocities change sign, those of velocities with each other do not.
  tipCovariance_.topRightCorner<2, 2>() *= -1;
  tipCovariance_.bottomLeftCorner<2, 2>() *= -1;
  angleCovariance_(0, 1) *= -1;
  angleCovariance_(1, 0) *= -1;
}

void NeedleFilter::update(const imaging::NeedleCandidate& seen) {
  const Measurement m = measure(seen);
  updateTip(m);
  updateAngle(m);
  const double gain = lengthVariance_ / (lengthVariance_ + m.lengthVariance);
  length_ += gain * (m.length - length_);
  lengthVariance_ *= 1 - gain;
}

void NeedleFilter::updateTip(const Measurement& seen) {
  const Eigen::Vector2d innovation = seen.tip - tipPx();
  const Eigen::Matrix2d expected = tipCovariancePx() + seen.tipCovariance;
  const double surprise = innovation.dot(expected.inverse() * innovation);
  tipCovariance_.topLeftCorner<2, 2>() +=
      widening(surprise, motion_.surprise) * innovation * innovation.transpose();

  const Eigen::Matrix<double, 4, 2> cross = tipCovariance_.leftCols<2>();
  const Eigen::Matrix2d spread = tipCovariancePx() + seen.tipCovariance;
  const Eigen::Matrix<double, 4, 2> gain = cross * spread.inverse();
  tip_ += gain * innovation;
  // Joseph's form: stays symmetric and positive.
  Eigen::Matrix4d keep = Eigen::Matrix4d::Identity();
  keep.leftCols<2>() -= gain;
  tipCovariance_ = keep * tipCovariance_ * keep.transpose() + gain * seen.tipCovariance * gain.transpose();
}

void NeedleFilter::updateAngle(const Measurement& seen) {
  const double innovation = wrapped(seen.angle - angle_[0]);
  const double expected = angleCovariance_(0, 0) + seen.angleVariance;
  const double surprise = innovation * innovation / expected;
  angleCovariance_(0, 0) += widening(surprise, motion_.surprise) * innovation * innovation;

  const Eigen::Vector2d gain = angleCovariance_.col(0) / (angleCovariance_(0, 0) + seen.angleVariance);
  angle_ += gain * innovation;
  angle_[0] = wrapped(angle_[0]);
  Eigen::Matrix2d keep = Eigen::Matrix2d::Identity();
  keep.col(0) -= gain;
  angleCovariance_ =
      keep * angleCovariance_ * keep.transpose() + seen.angleVariance * gain * gain.transpose();
}

double NeedleFilter::distance(const imaging::NeedleCandidate& seen) const { return distance(seen, 0, 0); }

double NeedleFilter::distanceAfterJump(const imaging::NeedleCandidate& seen, double seconds) const {
  return distance(seen, std::pow(motion_.speedPx * seconds, 2), std::pow(motion_.angularSpeed * seconds, 2));
}

double NeedleFilter::distance(const imaging::NeedleCandidate& seen, double positionVariance,
                              double angleVariance) const {
  const Measurement m = measure(seen);
  const Eigen::Vector2d apart = m.tip - tipPx();
  const Eigen::Matrix2d spread =
      tipCovariancePx() + m.tipCovariance + positionVariance * Eigen::Matrix2d::Identity();
  const double turned = wrapped(m.angle - angle_[0]);
  return apart.dot(spread.inverse() * apart) +
         turned * turned / (angleCovariance_(0, 0) + m.angleVariance + angleVariance);
}

}  // namespace acuguide::tracking
