#include "calibration/temporal/temporal.h"

#include "calibration/interval.h"
#include "calibration/sentence.h"
#include "calibration/tools/rigid_poses.h"
#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace acuguide::calibration {
namespace {

std::string milliseconds(double seconds) { return fixed(1000.0 * seconds, 1) + " ms"; }

double swing(std::vector<double> values) {
  if (values.empty()) return 0.0;
  const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
  return *highest - *lowest;
}

void requireOverlap(const Signal& video, const std::vector<TimedPose>& poses, const std::string& videoName,
                    const std::string& trackerName, double maximumLag) {
  const double begin = std::max(video.seconds.front(), poses.front().seconds - maximumLag);
  const double end = std::min(video.seconds.back(), poses.back().seconds + maximumLag);
  if (end > begin) return;
  const auto range = [](double first, double last) {
    return fixed(first, 1) + " to " + fixed(last, 1) + " s";
  };
  throw Error(trackerName,
              "covers " + range(poses.front().seconds, poses.back().seconds) + " and " + videoName +
                  " covers " + range(video.seconds.front(), video.seconds.back()) + ", so they share no time",
              "give recordings of the same moment, stamped by the same clock");
}

void judgeInput(TemporalSummary& summary, const VideoMotion& video, const std::vector<TimedPose>& poses,
                const TemporalOptions& options) {
  if (video.isLine && swing(video.middle.values) < options.acceptSwingPx)
    summary.reasons.push_back("the line moved by only " + fixed(swing(video.middle.values), 0) +
                              " px, at least " + fixed(options.acceptSwingPx, 0) +
                              " are needed; move the probe up and down by a few centimetres");
  std::vector<Eigen::Matrix4d> matrices;
  for (const TimedPose& pose : poses) matrices.push_back(pose.pose);
  const double repeated = repeatedShare(matrices);
  if (summary.motion.swingMm < options.acceptSwingMm)
    summary.reasons.push_back(
        "the tracked tool moved by only " + fixed(summary.motion.swingMm, 1) + " mm, at least " +
        fixed(options.acceptSwingMm, 0) + " are needed; " +
        (repeated > 0.5 ? "its pose is static: the tracker did not see it, or another tool was moved"
                        : "move the probe by a few centimetres, and check that the pose is the probe's"));
}

/// A lag outside of the range searched at which the streams do fit.
std::optional<double> lagBeyond(const Signal& video, const Signal& motion, const TemporalOptions& options) {
  constexpr double farther = 4.0;
  TimeLagOptions wide = options.lag;
  wide.maximumSeconds *= farther;
  const TimeLag lag = findTimeLag(video, motion, wide);
  if (lag.samples < 20 || lag.atEndOfRange || std::abs(lag.correlation) < options.acceptCorrelation ||
      std::abs(lag.seconds) <= options.lag.maximumSeconds)
    return std::nullopt;
  return lag.seconds;
}

void judgeLag(TemporalSummary& summary, const Signal& video, const TemporalOptions& options) {
  const TimeLag& lag = summary.lag;
  if (lag.samples < 20) {
    summary.reasons.push_back("only " + std::to_string(lag.samples) +
                              " frames can be compared with the tracker; record 10 s or more of both, the "
                              "tracker a second longer at both ends");
    return;
  }
  const double correlation = std::abs(lag.correlation);
  if (lag.atEndOfRange || correlation < options.acceptCorrelation) {
    if (const auto beyond = lagBeyond(video, summary.motion.positionMm, options)) {
      summary.reasons.push_back("the streams fit with a lag of " + milliseconds(*beyond) + ", beyond the " +
                                milliseconds(options.lag.maximumSeconds) +
                                " that were searched; check the clocks, or search further (--max-lag)");
      return;
    }
  }
  if (lag.atEndOfRange)
    summary.reasons.push_back("the best lag, " + milliseconds(lag.seconds) +
                              ", lies at the end of the range that was searched; search further (--max-lag)");
  else if (correlation < options.acceptCorrelation)
    summary.reasons.push_back(
        "picture and tracker move alike by only " + fixed(correlation, 2) + " (correlation), at least " +
        fixed(options.acceptCorrelation, 2) +
        " is needed; likely the streams are not of the same motion, the pose is another "
        "tool's, or a stream's stamps are uneven");
  else if (std::abs(lag.rivalCorrelation) > 0.99 * correlation)
    summary.reasons.push_back("the motion is so regular that a lag of " + milliseconds(lag.rivalSeconds) +
                              " fits as well as " + milliseconds(lag.seconds) +
                              "; vary the pace, or narrow the search (--max-lag)");
  if (lag.sigmaSeconds > options.acceptSigmaSeconds)
    summary.reasons.push_back("the lag is known to only " + milliseconds(lag.sigmaSeconds) + ", limit " +
                              milliseconds(options.acceptSigmaSeconds) + "; record longer or move faster");
}

/// Lags at the picture's edges, from those at a quarter and three quarters of its width.
void measureSweep(TemporalSummary& summary, const VideoMotion& video, const TimeLagOptions& options) {
  if (!video.isLine || video.left.size() < 20) return;
  const TimeLag left = findTimeLag(video.left, summary.motion.positionMm, options);
  const TimeLag right = findTimeLag(video.right, summary.motion.positionMm, options);
  if (left.samples < 20 || right.samples < 20 || left.atEndOfRange || right.atEndOfRange) return;
  const double perWidth = 2.0 * (right.seconds - left.seconds);
  summary.leftLagSeconds = summary.trackerLagSeconds - 0.5 * perWidth;
  summary.rightLagSeconds = summary.trackerLagSeconds + 0.5 * perWidth;
  if (summary.usable && std::abs(perWidth) > 6.0 * summary.sigmaSeconds)
    summary.reasons.push_back(
        "the scanner draws its columns one after another: the lag is " +
        milliseconds(*summary.leftLagSeconds) + " at the left edge of the picture and " +
        milliseconds(*summary.rightLagSeconds) + " at the right; the one given is that of the middle");
}

}  // namespace

TemporalSummary calibrateTemporal(const VideoMotion& video, const std::vector<TimedPose>& poses,
                                  const std::string& videoName, const std::string& trackerName,
                                  const TemporalOptions& options) {
  if (video.middle.size() < 2)
    throw Error(videoName, "holds " + std::to_string(video.frames) + " frames",
                "record the bottom of a water tank for 10 s while the probe moves up and down");
  if (poses.size() < 2)
    throw Error(trackerName, "holds fewer than two valid poses", "check that the tool was seen");
  requireOverlap(video.middle, poses, videoName, trackerName, options.lag.maximumSeconds);

  TemporalSummary summary;
  summary.motion = principalMotion(poses, video.middle.seconds.front() - options.lag.maximumSeconds,
                                   video.middle.seconds.back() + options.lag.maximumSeconds);
  summary.lag = findTimeLag(video.middle, summary.motion.positionMm, options.lag);
  summary.trackerLagSeconds = summary.lag.seconds;
  summary.sigmaSeconds = summary.lag.sigmaSeconds;
  summary.lag95Seconds = interval95() * summary.sigmaSeconds;
  judgeInput(summary, video, poses, options);
  judgeLag(summary, video.middle, options);
  summary.usable = summary.reasons.empty();
  if (!video.isLine)
    summary.reasons.push_back(
        "only " + std::to_string(video.framesWithLine) + " of " + std::to_string(video.frames) +
        " frames show a bottom line, so the motion of the picture as a whole was taken");
  measureSweep(summary, video, options.lag);
  return summary;
}

}  // namespace acuguide::calibration
