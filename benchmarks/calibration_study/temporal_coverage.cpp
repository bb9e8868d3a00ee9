#include "benchmarks/calibration_study/coverage.h"
#include "calibration/temporal/temporal.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

namespace acuguide::benchmarks {
namespace {

using calibration::Signal;

/// How a probe is moved up and down, mm over seconds; `phase` differs from run to run.
using Motion = std::function<double(double seconds, double phase)>;

double twoRhythms(double t, double phase) {
  return 20 * std::sin(4.7 * t + phase) + 7 * std::sin(2.9 * t + 1.7 * phase);
}
/// Constant speed, turned round at uneven moments.
double upAndDown(double t, double phase) {
  const double warped = t + 0.25 * std::sin(0.8 * t + phase) + 0.15 * std::sin(1.9 * t + 2 * phase);
  return 15 * std::asin(std::sin(3.5 * warped)) * 2 / M_PI;
}
/// One lift and no more.
double singleStep(double t, double phase) {
  return 12 * std::tanh((t - 13.5 - 0.3 * std::sin(phase)) / 0.15);
}
/// Rests, and moves in between.
double stopAndGo(double t, double phase) {
  const double wave = std::sin(2.1 * t + phase);
  return 14 * std::tanh(4 * wave) + 3 * std::sin(0.7 * t + phase);
}

struct Condition {
  const char* name;
  Motion motion;
  double noisePx, jitterSeconds = 0.0, memory = 0.0, wildShare = 0.0;
};

double interpolated(const Signal& signal, double time) {
  const auto next = std::upper_bound(signal.seconds.begin(), signal.seconds.end(), time);
  if (next == signal.seconds.begin()) return signal.values.front();
  if (next == signal.seconds.end()) return signal.values.back();
  const auto i = std::size_t(next - signal.seconds.begin());
  const double share = (time - signal.seconds[i - 1]) / (signal.seconds[i] - signal.seconds[i - 1]);
  return signal.values[i - 1] + share * (signal.values[i] - signal.values[i - 1]);
}

/// As PLUS's temporal calibration: both signals at every 5 ms, mean taken off and divided by their standard
/// deviation, the lag with the least sum of squares, of either sign of the line.
double plusLag(const Signal& video, const Signal& tracker) {
  constexpr double range = 0.5, step = 0.005;
  double best = std::numeric_limits<double>::infinity(), lag = 0;
  const auto normalised = [](Eigen::VectorXd values) {
    values.array() -= values.mean();
    return Eigen::VectorXd(values / std::sqrt(values.squaredNorm() / double(values.size())));
  };
  const auto sampled = [&](const Signal& signal, double shift) {
    const double from = video.seconds.front() + range, to = video.seconds.back() - range;
    Eigen::VectorXd values(Eigen::Index((to - from) / step));
    for (Eigen::Index i = 0; i < values.size(); ++i)
      values[i] = interpolated(signal, from + double(i) * step + shift);
    return normalised(values);
  };
  const Eigen::VectorXd fixed = sampled(video, 0);
  for (double shift = -range; shift <= range; shift += step) {
    const Eigen::VectorXd moved = sampled(tracker, shift);
    const double squares = std::min((fixed - moved).squaredNorm(), (fixed + moved).squaredNorm());
    if (squares < best) best = squares, lag = shift;
  }
  return lag;
}

}  // namespace

std::vector<Coverage> temporalCoverage(int runs) {
  const std::vector<Condition> conditions{
      {"two rhythms, 1 px", twoRhythms, 1},
      {"two rhythms, 6 px", twoRhythms, 6},
      {"two rhythms, 15 px", twoRhythms, 15},
      {"two rhythms, 6 px that last (0.8 from frame to frame)", twoRhythms, 6, 0, 0.8},
      {"two rhythms, stamps uneven by 10 ms", twoRhythms, 1, 0.010},
      {"two rhythms, 5 % of the lines wrong by 100 px", twoRhythms, 2, 0, 0, 0.05},
      {"up and down at constant speed, 6 px", upAndDown, 6},
      {"rests in between, 6 px", stopAndGo, 6},
      {"a single step, 6 px", singleStep, 6}};
  std::vector<Coverage> rows;
  for (const Condition& condition : conditions) {
    Coverage& row = rows.emplace_back("temporal", condition.name, "ms");
    for (int run = 0; run < runs; ++run) {
      std::mt19937 random(static_cast<std::uint32_t>(run + 1));
      std::normal_distribution<double> normal;
      std::uniform_real_distribution<double> uniform(0.0, 1.0);
      const double phase = 6.28 * uniform(random), lag = 0.2 * (uniform(random) - 0.5);
      std::vector<calibration::TimedPose> poses;
      for (double time = 0; time < 30; time += 0.0217) {
        calibration::TimedPose pose{time, Eigen::Matrix4d::Identity()};
        pose.pose(2, 3) = condition.motion(time - lag, phase) + 0.1 * normal(random);
        poses.push_back(pose);
      }
      calibration::VideoMotion video;
      double kept = 0;
      for (double time = 5; time < 22; time += 0.085) {
        ++video.frames, ++video.framesWithLine;
        kept = condition.memory * kept + std::sqrt(1 - condition.memory * condition.memory) * normal(random);
        const double wild = uniform(random) < condition.wildShare ? 200 * (uniform(random) - 0.5) : 0.0;
        const double moment = time + condition.jitterSeconds * normal(random);
        video.middle.add(time, 300 - 6 * condition.motion(moment, phase) + condition.noisePx * kept + wild);
      }
      const auto found = calibration::calibrateTemporal(video, poses, "video", "tracker");
      if (found.usable)
        row.usable(Eigen::VectorXd::Constant(1, 1000 * (found.trackerLagSeconds - lag)),
                   Eigen::VectorXd::Constant(1, 1000 * found.lag95Seconds));
      else
        row.refused();
      row.peer("PLUS", 1000 * (plusLag(video.middle, found.motion.positionMm) - lag));
    }
  }
  return rows;
}

}  // namespace acuguide::benchmarks
