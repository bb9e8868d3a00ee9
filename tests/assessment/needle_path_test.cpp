#include "assessment/needle_path.h"

#include "assessment/quiet_path.h"
#include "core/units.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace acuguide::assessment {
namespace {

constexpr double rate = 30.0;
const TissueSide below{Eigen::Vector3d::Zero(), Eigen::Vector3d::UnitY()};  // the skin is y = 0

NeedleSample at(double time, const Eigen::Vector3d& tip, double degreesDown) {
  NeedleSample sample;
  sample.frame = std::llround(time * rate);
  sample.time = time;
  sample.tip = tip;
  sample.orientation = Eigen::AngleAxisd(radians(degreesDown), Eigen::Vector3d::UnitZ());
  sample.tissue = below;
  return sample;
}

/// From 10 mm above the skin along the shaft, 30 degrees down, at 5 mm/s: 2 s outside, then inside.
NeedlePath straightIn(double seconds) {
  NeedlePath path;
  for (int i = 0; i <= std::lround(seconds * rate); ++i) {
    const double along = 5.0 * i / rate - 10.0;
    path.push_back(
        at(i / rate, along * Eigen::Vector3d(std::cos(radians(30)), std::sin(radians(30)), 0), 30));
  }
  return path;
}

TEST(NeedlePath, AStraightInsertionIsWhatGeometrySays) {
  const NeedlePath path = straightIn(6.0);
  EXPECT_NEAR(*elapsedSeconds(path), 6.0, 1e-9);
  EXPECT_NEAR(*pathLength(path), 30.0, 1e-9);
  EXPECT_NEAR(*inefficiency(path), 0.0, 1e-9);
  EXPECT_NEAR(*secondsInside(path), 4.0, 0.04);
  EXPECT_NEAR(*lengthInside(path), 20.0, 0.2);
  EXPECT_NEAR(*sweptArea(path), 0.0, 1e-6) << "along its own axis a needle sweeps nothing";
  EXPECT_EQ(*punctures(path), 1);
  EXPECT_EQ(*translationalMotions(path), 0);
  EXPECT_EQ(*rotationalMotions(path), 0);
}

TEST(NeedlePath, ADetourIsInefficient) {
  NeedlePath path;
  for (int i = 0; i <= 300; ++i) {  // a right angle: 30 mm across, 40 mm down; the chord is 50 mm
    const double way = 70.0 * i / 300;
    path.push_back(at(i / rate, {std::min(way, 30.0), std::max(way - 30.0, 0.0), 0}, 90));
  }
  EXPECT_NEAR(*pathLength(path), 70.0, 0.2);  // the corner is cut by a sample
  EXPECT_NEAR(*inefficiency(path), 40.0, 0.4);
}

TEST(NeedlePath, BackWhereItBeganThereIsNoInefficiency) {
  NeedlePath path = straightIn(6.0);
  NeedlePath back(path.rbegin(), path.rend());
  for (NeedleSample& sample : back) sample.time = 12.0 - sample.time;
  path.insert(path.end(), back.begin() + 1, back.end());
  EXPECT_NEAR(*pathLength(path), 60.0, 1e-9);
  EXPECT_FALSE(inefficiency(path));
}

/// A needle 20 mm deep that turns about its skin point by 30 degrees sweeps a sector: r² angle / 2.
TEST(NeedlePath, ATurnAboutTheSkinSweepsASector) {
  NeedlePath path;
  for (int i = 0; i <= 90; ++i) {
    const double angle = 60.0 + 30.0 * i / 90;
    path.push_back(
        at(i / rate, 20.0 * Eigen::Vector3d(std::cos(radians(angle)), std::sin(radians(angle)), 0), angle));
  }
  EXPECT_NEAR(*sweptArea(path), 0.5 * 20 * 20 * radians(30.0), 1.0);  // 1 % of 104.7 mm²
}

TEST(NeedlePath, EachPunctureCountsOnceAndShallowOnesDoNot) {
  NeedlePath path;
  const auto go = [&](double from, double to) {
    for (int i = 1; i <= 30; ++i)
      path.push_back(at(static_cast<double>(path.size()) / rate, {0, from + (to - from) * i / 30, 0}, 90));
  };
  go(-20, 12);
  go(12, -2);  // the point ahead is still inside: not out
  go(-2, 12);
  go(12, -20);
  go(-20, 4);  // the point 5 mm behind stays outside: no puncture
  go(4, -20);
  go(-20, 12);
  EXPECT_EQ(*punctures(path), 2);
}

/// `seconds` of moving at `speed` (mm/s) between still parts of a second.
int motionsOf(double speed, double seconds) {
  NeedlePath path;
  double x = 0;
  for (int i = 0; i < 90; ++i) {
    const double t = i / rate;
    if (t > 1.0 && t <= 1.0 + seconds) x += speed / rate;
    path.push_back(at(t, {x, 10, 0}, 90));
  }
  return *translationalMotions(path);
}

TEST(NeedlePath, MotionsNeedSpeedAndDuration) {
  EXPECT_EQ(motionsOf(60, 0.5), 1);
  EXPECT_EQ(motionsOf(40, 0.5), 0) << "too slow";
  EXPECT_EQ(motionsOf(60, 0.15), 0) << "filtered: shorter than 0.2 s";
}

TEST(NeedlePath, RotationsCountBesideTranslations) {
  NeedlePath path;
  double angle = 0;
  for (int i = 0; i < 150; ++i) {
    const double t = i / rate;
    if ((t > 1.0 && t <= 1.5) || (t > 3.0 && t <= 3.5)) angle += 70 / rate;
    path.push_back(at(t, {0, 10, 0}, angle));
  }
  EXPECT_EQ(*rotationalMotions(path), 2);
  EXPECT_EQ(*translationalMotions(path), 0);
}

TEST(NeedlePath, WithoutTissueOnlyWhatNeedsNoneIsKnown) {
  NeedlePath path = straightIn(2.0);
  path[3].tissue.reset();
  EXPECT_TRUE(pathLength(path));
  EXPECT_FALSE(secondsInside(path));
  EXPECT_FALSE(lengthInside(path));
  EXPECT_FALSE(sweptArea(path));
  EXPECT_FALSE(punctures(path));
  EXPECT_FALSE(pathLength(PathPart(path).first(1)));
}

/// In at 6 mm/s for 4 s, still for 4 s, three strokes of 4 mm, out again; measured with 0.3 mm of noise.
struct Noisy {
  NeedlePath path;
  double length = 0;
};

Noisy noisyInsertion(std::uint64_t seed, double sigmaMm) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise(0.0, sigmaMm);
  Noisy made;
  const Eigen::Vector3d axis(std::cos(radians(35)), std::sin(radians(35)), 0);
  double along = 2.0;
  const auto go = [&](double to, double seconds) {
    const int steps = static_cast<int>(seconds * rate);
    const double from = along;
    made.length += std::abs(to - from);
    for (int i = 1; i <= steps; ++i) {
      along = from + (to - from) * i / steps;
      const double time = static_cast<double>(made.path.size()) / rate;
      made.path.push_back(
          at(time, along * axis + Eigen::Vector3d(noise(random), noise(random), 0), 35 + noise(random)));
    }
  };
  go(26, 4);
  go(26, 4);
  for (int stroke = 0; stroke < 3; ++stroke) {
    go(22, 1);
    go(26, 1);
  }
  go(4, 3);
  return made;
}

TEST(QuietPath, TremblingDoesNotAddUp) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Noisy made = noisyInsertion(seed, 0.15);
    EXPECT_GT(*pathLength(made.path), 1.5 * made.length) << "raw, the noise travels";
    const NeedlePath quiet = quietPath(made.path);
    EXPECT_NEAR(*pathLength(quiet), made.length, 0.03 * made.length) << "seed " << seed;
    EXPECT_LT(*sweptArea(quiet), 40.0) << "seed " << seed;
    EXPECT_EQ(*rotationalMotions(quiet), 0) << "seed " << seed;
    for (std::size_t i = 0; i < quiet.size(); ++i) EXPECT_EQ(quiet[i].frame, made.path[i].frame);
  }
}

TEST(QuietPath, AnExactPathKeepsItsLength) {
  const Noisy made = noisyInsertion(1, 0.0);
  EXPECT_NEAR(*pathLength(quietPath(made.path)), made.length, 0.01 * made.length);
}

TEST(QuietPath, ASpikeIsNoMotion) {
  NeedlePath path = straightIn(4.0);
  path[60].tip += Eigen::Vector3d(15, -8, 0);
  path[61].tip += Eigen::Vector3d(15, -8, 0);
  EXPECT_NEAR(*pathLength(quietPath(path)), 20.0, 0.2);
}

TEST(QuietPath, EmptyAndSingleStayAsTheyAre) {
  EXPECT_TRUE(quietPath({}).empty());
  EXPECT_EQ(quietPath({at(1, {1, 2, 0}, 10)}).front().tip, Eigen::Vector3d(1, 2, 0));
}

}  // namespace
}  // namespace acuguide::assessment
