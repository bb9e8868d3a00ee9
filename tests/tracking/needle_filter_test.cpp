#include "tracking/needle_filter.h"

#include "tracking/needle_scene.h"

#include <Eigen/Eigenvalues>
#include <gtest/gtest.h>

#include <random>

namespace acuguide::tracking {
namespace {

constexpr double frameSeconds = 1.0 / 30;

imaging::NeedleCandidate noisy(imaging::NeedleCandidate c, std::mt19937& random) {
  std::normal_distribution<double> normal;
  const Eigen::Vector2d d = (c.tipPx - c.tailPx).normalized(), n(-d.y(), d.x());
  c.tipPx += c.tipSigmaPx * normal(random) * d + c.lateralSigmaPx * normal(random) * n;
  c.tailPx += c.lateralSigmaPx * normal(random) * n;
  return c;
}

/// Root mean square error of the tip: of the filter, and of its measurements.
struct Errors {
  double filtered = 0, measured = 0;
};

template <class Motion>
Errors follow(Motion tipAt, int frames, unsigned seed) {
  std::mt19937 random(seed);
  NeedleFilter filter(noisy(tipAt(0.0), random), NeedleMotion());
  Errors sum;
  int counted = 0;
  for (int i = 1; i < frames; ++i) {
    const imaging::NeedleCandidate truth = tipAt(i * frameSeconds), seen = noisy(truth, random);
    filter.predict(frameSeconds, true);
    filter.update(seen);
    if (i < 10) continue;
    sum.filtered += (filter.tipPx() - truth.tipPx).squaredNorm();
    sum.measured += (seen.tipPx - truth.tipPx).squaredNorm();
    ++counted;
  }
  return {std::sqrt(sum.filtered / counted), std::sqrt(sum.measured / counted)};
}

TEST(NeedleFilter, SmoothsAStillNeedle) {
  const Errors e = follow([](double) { return candidateAt(300, 200); }, 300, 1);
  EXPECT_LT(e.filtered, 0.8 * e.measured);
}

TEST(NeedleFilter, SmoothsASteadilyAdvancingNeedle) {
  const auto advancing = [](double t) { return candidateAt(100 + 120 * t, 100 + 69 * t); };
  const Errors e = follow(advancing, 120, 2);
  EXPECT_LT(e.filtered, 0.85 * e.measured);
}

// As in the recorded in-vitro sequence: 9 frames a period, up to 21 px between neighbours.
TEST(NeedleFilter, FollowsAFastOscillationNoWorseThanItsMeasurements) {
  const auto swinging = [](double t) {
    return candidateAt(300 + 30 * std::sin(2 * std::numbers::pi * t / (9 * frameSeconds)), 200);
  };
  double largest = 0;
  for (int i = 1; i < 9; ++i)
    largest = std::max(
        largest, std::abs(swinging(i * frameSeconds).tipPx.x() - swinging((i - 1) * frameSeconds).tipPx.x()));
  ASSERT_GT(largest, 19.0);
  const Errors e = follow(swinging, 300, 3);
  EXPECT_LT(e.filtered, 1.1 * e.measured);
}

TEST(NeedleFilter, TurnsWithTheLine) {
  std::mt19937 random(4);
  const auto turning = [](double t) { return candidateAt(300, 200, 0.9, 20 + 30 * t); };
  NeedleFilter filter(turning(0), NeedleMotion());
  for (int i = 1; i <= 30; ++i) {
    filter.predict(frameSeconds, true);
    filter.update(noisy(turning(i * frameSeconds), random));
  }
  const Eigen::Vector2d shaft = filter.tipPx() - filter.tailPx();
  EXPECT_NEAR(degrees(std::atan2(shaft.y(), shaft.x())), 50, 0.8);
  EXPECT_NEAR(shaft.norm(), 120, 6);
}

TEST(NeedleFilter, AngleGoesRoundTheWrapOfTheCircle) {
  // A needle pointing left: its direction is near 180 degrees, where atan2 jumps.
  const auto at = [](double angleDeg) { return candidateAt(300, 200, 0.9, angleDeg); };
  NeedleFilter filter(at(179), NeedleMotion());
  for (int i = 0; i < 20; ++i) {
    filter.predict(frameSeconds, true);
    filter.update(at(i % 2 ? 179.5 : -179.5));
  }
  EXPECT_NEAR((filter.tipPx() - filter.tailPx()).normalized().x(), -1, 1e-3);
}

TEST(NeedleFilter, UncertaintyGrowsWhilePredictingAndVelocityFades) {
  NeedleFilter filter(candidateAt(0, 0), candidateAt(10, 0), frameSeconds, NeedleMotion());
  ASSERT_GT(filter.velocityPx().x(), 100);
  double sigma = filter.tipCovariancePx().trace();
  double speed = filter.velocityPx().norm();
  for (int i = 0; i < 10; ++i) {
    filter.predict(frameSeconds, false);
    EXPECT_GT(filter.tipCovariancePx().trace(), sigma);
    EXPECT_LT(filter.velocityPx().norm(), speed);
    sigma = filter.tipCovariancePx().trace();
    speed = filter.velocityPx().norm();
  }
  EXPECT_LT(speed, 40);
}

TEST(NeedleFilter, CovarianceStaysPositiveUnderJumpsAndTinySteps) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> uniform(0, 1);
  NeedleFilter filter(candidateAt(300, 200), NeedleMotion());
  for (int i = 0; i < 2000; ++i) {
    filter.predict(uniform(random) < 0.1 ? 1e-6 : 0.2 * uniform(random), uniform(random) < 0.7);
    if (uniform(random) < 0.6) filter.update(candidateAt(600 * uniform(random), 400 * uniform(random)));
    const Eigen::Matrix2d p = filter.tipCovariancePx();
    ASSERT_TRUE(p.allFinite());
    ASSERT_GT(Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d>(p).eigenvalues().minCoeff(), 0);
  }
}

TEST(NeedleFilter, DistanceIsMahalanobis) {
  NeedleMotion motion;
  const NeedleFilter filter(candidateAt(300, 200, 0.9, 0), motion);
  // Twice the variance (its own and the candidate's): 8 px along is sqrt(2) sigma, 2 px across too.
  EXPECT_NEAR(filter.distance(candidateAt(308, 200, 0.9, 0)), 64.0 / 32, 1e-9);
  EXPECT_NEAR(filter.distance(candidateAt(300, 202, 0.9, 0)), 4.0 / 2, 1e-9);
  EXPECT_LT(filter.distanceAfterJump(candidateAt(320, 210, 0.9, 0), frameSeconds),
            filter.distance(candidateAt(320, 210, 0.9, 0)));
}

TEST(NeedleFilter, ReversedTimeRetracesTheWay) {
  NeedleFilter filter(candidateAt(0, 0), candidateAt(10, 0), frameSeconds, NeedleMotion());
  const double x = filter.tipPx().x(), v = filter.velocityPx().x();
  filter.reverse();
  filter.predict(frameSeconds, true);
  EXPECT_NEAR(filter.tipPx().x(), x - v * frameSeconds, 1e-9);
}

}  // namespace
}  // namespace acuguide::tracking
