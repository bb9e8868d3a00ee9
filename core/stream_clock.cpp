#include "core/stream_clock.h"

#include "core/limits.h"

#include <algorithm>
#include <cmath>

namespace acuguide {
namespace {

constexpr double kOutOfOrder = 0.1;       // s that a stamp may lie before the one before without a set clock
constexpr double kLeastStep = 1e-3;       // s between two frames at least
constexpr double kJudged = 1.0;           // s over which the pace of stamps is judged
constexpr double kSlowest = 0.5;          // of true time
constexpr double kFastest = 5.0;          // a backlog that is handed over at once goes fast, and ends
constexpr double kRemembered = 10.0;      // s
constexpr std::size_t kMostSetBacks = 5;  // within that time

}  // namespace

bool continues(const FrameMoment& before, const FrameMoment& now) {
  if (now.epoch != before.epoch || now.size != before.size) return false;
  if (now.index == before.index && now.time == before.time) return true;
  return now.index > before.index && now.time > before.time &&
         now.time - before.time <= limits::kLongestGapSeconds;
}

/// Whether the stamps go at the pace of time. A stall and the burst after it do not count against them: the
/// longest wait is left out.
void StreamClock::judge(double stamp, double arrival) {
  samples_.push_back({stamp, arrival});
  while (samples_.size() > 2 && samples_[1].arrival <= arrival - kJudged) samples_.pop_front();
  double longest = 0.0;
  for (std::size_t i = 1; i < samples_.size(); ++i)
    longest = std::max(longest, samples_[i].arrival - samples_[i - 1].arrival);
  const double whole = arrival - samples_.front().arrival, passed = whole - longest;
  if (whole < kJudged || passed < 0.5 * kJudged || samples_.size() < 5) return;
  const double pace = (stamp - samples_.front().stamp) / passed;
  if (pace < kSlowest || pace > kFastest) usable_ = false;
}

StreamClock::Moment StreamClock::place(double stamp, double arrival) {
  const double waited = started_ ? std::max(arrival - lastArrival_, kLeastStep) : 0.0;
  if (!started_) {
    lastTime_ = std::isfinite(stamp) ? stamp : arrival;
    if (std::isfinite(stamp)) judge(stamp, arrival);
    started_ = true;
  } else if (!usable_ || !std::isfinite(stamp) || stamp == lastStamp_) {
    if (waited > limits::kLongestGapSeconds) ++epoch_;
    lastTime_ += waited;
    if (usable_ && std::isfinite(stamp)) judge(stamp, arrival);
    if (!usable_) shift_ = 0.0;
  } else {
    const double step = stamp + shift_ - lastTime_;
    if (step > 0.0) {
      if (step > limits::kLongestGapSeconds) {
        ++epoch_;
        samples_.clear();
      }
      lastTime_ += step;
    } else {
      if (-step > kOutOfOrder) ++epoch_;
      lastTime_ += waited;
      shift_ = lastTime_ - stamp;
      samples_.clear();
      setBacks_.push_back(arrival);
      std::erase_if(setBacks_, [&](double at) { return at < arrival - kRemembered; });
      if (setBacks_.size() > kMostSetBacks) usable_ = false;
    }
    judge(stamp, arrival);
  }
  if (std::isfinite(stamp)) lastStamp_ = stamp;
  lastArrival_ = arrival;
  return {lastTime_, epoch_};
}

}  // namespace acuguide
