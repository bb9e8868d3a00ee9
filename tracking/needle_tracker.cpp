#include "tracking/needle_tracker.h"

#include "tracking/needle_filter.h"
#include "tracking/tip_belief.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

namespace acuguide::tracking {
namespace {

using imaging::NeedleCandidate;

/// 3 degrees of freedom: 0.05 % of true measurements lie farther out.
constexpr double gate = 17.7;

/// Beyond the rounding of added time stamps.
bool longerThan(double seconds, double limit) { return seconds > limit + 1e-6; }

/// A needle that is known.
struct Known {
  NeedleFilter filter;
  TipBelief tip;
  double confidence = 0;
  double unobserved = 0;  ///< seconds
};

/// Something that may become one: the last sighting and how often it was seen again.
struct Prospect {
  NeedleCandidate last;
  std::optional<NeedleCandidate> before;
  int seenAgain = 0;
  int better = 0;  ///< frames in a row in which it was far better than the known needle
};

/// All that the tracker remembers.
struct Memory {
  std::optional<Known> known;
  std::vector<Prospect> prospects;
  std::optional<double> time;
  bool forward = true;  ///< false while a replay steps backwards
};

bool usable(const NeedleCandidate& c) {
  return c.tipPx.allFinite() && c.tailPx.allFinite() && std::isfinite(c.confidence) &&
         std::isfinite(c.tipSigmaPx) && std::isfinite(c.lateralSigmaPx) && c.lengthPx() > 0;
}

/// The candidate with its tip at a place of its line.
NeedleCandidate withTip(const NeedleCandidate& c, const Eigen::Vector2d& tipPx) {
  NeedleCandidate placed = c;
  const Eigen::Vector2d shaft = c.tipPx - c.tailPx, axis = shaft.normalized();
  const double along = (tipPx - c.tailPx).dot(axis);
  constexpr double kLeastPx = 1.0;
  placed.tipPx = c.tailPx + std::max(along, kLeastPx) * axis;
  return placed;
}

/// The candidate as it counts against the known needle. A line that covers part of the same shaft is judged
/// across it and in direction; how far along it the tip has got is the tip's own question (TipBelief).
NeedleCandidate asLine(const NeedleCandidate& c, const NeedleFilter& known) {
  const Eigen::Vector2d axis = (c.tipPx - c.tailPx).normalized();
  const double tip = (known.tipPx() - c.tailPx).dot(axis), tail = (known.tailPx() - c.tailPx).dot(axis);
  const double shared = std::min(tip, c.lengthPx()) - std::max(tail, 0.0);
  constexpr double kLeastShared = 0.3;  // of the shorter of the two
  if (shared < kLeastShared * std::min(tip - tail, c.lengthPx())) return c;
  return withTip(c, known.tipPx());
}

/// Writes the interval of the tip into the track, and keeps its tip within it. `unseenPx`: how far the tip
/// may have gone since it was last seen.
void boundTip(const TipBelief& tip, double unseenPx, NeedleTrack& track) {
  const Eigen::Vector2d axis = track.shaftDirection();
  double near = (tip.nearPx() - track.tipPx).dot(axis), far = (tip.farPx() - track.tipPx).dot(axis);
  const double length = track.lengthPx();
  const double moved =
      unseenPx > 0 ? 0.0 : std::max(std::clamp(0.0, near, std::max(near, far)), 1.0 - length);
  track.tipPx += moved * axis;
  track.tipAheadPx = std::max(0.0, far - moved) + unseenPx;
  track.tipBehindPx = std::max(0.0, moved - near) + unseenPx;
}

double oddsOf(double confidence) {
  const double c = std::clamp(confidence, 0.01, 0.99);
  return c / (1 - c);
}

/// How little a candidate is the needle: minus twice the logarithm of its likelihood, heavy-tailed in its
/// distance (a jump must not forbid itself), less the logarithm of its odds. The odds count half of what
/// independent evidence would: the two lines of a double echo are both bright in frame after frame, and
/// nearness must decide between them.
double improbability(double distance, double confidence) {
  constexpr double freedom = 4.0;
  return (freedom + 2) * std::log1p(distance / freedom) - std::log(oddsOf(confidence));
}

}  // namespace

struct NeedleTracker::Filter {
  explicit Filter(NeedleTrackerOptions given) : options(given) {}

  NeedleTrack still(const std::vector<NeedleCandidate>& candidates, double time) const;
  NeedleTrack moving(const std::vector<NeedleCandidate>& candidates, double time);

  double advance(double time);
  bool belongs(const NeedleCandidate& c, double seconds) const;
  const NeedleCandidate* follow(const std::vector<NeedleCandidate>& candidates, double seconds);
  void loseSight(double seconds);
  void lookElsewhere(const std::vector<NeedleCandidate>& candidates, const NeedleCandidate* taken,
                     double seconds);
  const Prospect* successor(bool observed) const;
  NeedleTrack report(const std::vector<NeedleCandidate>& candidates, double time) const;

  NeedleTrackerOptions options;
  NeedleMotion motion;
  TipMotion tipMotion;
  Memory now;
  Memory before;                       ///< as it was before the last frame, for a frame that takes its place
  std::vector<NeedleCandidate> sound;  ///< the usable ones of this frame, by falling confidence
  std::vector<Prospect> found;         ///< memory of the prospects before
};

NeedleTracker::NeedleTracker(NeedleTrackerOptions options) : filter_(std::make_unique<Filter>(options)) {}
NeedleTracker::~NeedleTracker() = default;

void NeedleTracker::reset() {
  filter_->now = {};
  filter_->before = {};
}

NeedleTrack NeedleTracker::process(const std::vector<NeedleCandidate>& candidates, double time) {
  std::vector<NeedleCandidate>& sound = filter_->sound;
  sound.clear();
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(sound), usable);
  const auto surer = [](const NeedleCandidate& a, const NeedleCandidate& b) {
    return a.confidence > b.confidence;
  };
  if (!std::is_sorted(sound.begin(), sound.end(), surer)) std::stable_sort(sound.begin(), sound.end(), surer);
  return filter_->options.still ? filter_->still(sound, time) : filter_->moving(sound, time);
}

NeedleTrack NeedleTracker::Filter::still(const std::vector<NeedleCandidate>& candidates, double time) const {
  NeedleTrack track;
  track.time = time;
  if (candidates.empty()) return track;
  const NeedleCandidate& best = candidates.front();
  track.confidence = best.confidence;
  if (best.confidence < options.bornConfidence) return track;
  const NeedleFilter filter(best, motion);
  track.state = NeedleState::Observed;
  track.tipPx = best.tipPx;
  track.tailPx = best.tailPx;
  track.tipCovariancePx = filter.tipCovariancePx();
  boundTip(TipBelief(best), 0.0, track);
  return track;
}

NeedleTrack NeedleTracker::Filter::moving(const std::vector<NeedleCandidate>& candidates, double time) {
  const double seconds = advance(time);
  const NeedleCandidate* seen = follow(candidates, seconds);
  if (seen == nullptr) loseSight(seconds);
  lookElsewhere(candidates, seen, seconds);
  if (const Prospect* next = successor(seen != nullptr)) {
    NeedleFilter filter = next->before ? NeedleFilter(*next->before, next->last, seconds, motion)
                                       : NeedleFilter(next->last, motion);
    now.known = Known{std::move(filter), TipBelief(next->last), next->last.confidence, 0.0};
    now.prospects.clear();
  }
  return report(candidates, time);
}

/// Steps the memory to `time`; the seconds since the frame before, more than 0 but for the first frame.
double NeedleTracker::Filter::advance(double time) {
  if (!std::isfinite(time)) time = now.time.value_or(0.0);
  if (now.time && time == *now.time) {
    now = before;
  } else {
    before = now;
  }
  if (!now.time) {
    now.time = time;
    return 0.0;
  }
  const double seconds = std::abs(time - *now.time);
  const bool forward = time > *now.time;
  if (now.known) {
    if (forward != now.forward) now.known->filter.reverse();
    now.known->filter.predict(seconds, now.known->unobserved == 0);
  }
  now.forward = forward;
  now.time = time;
  return seconds;
}

/// Whether a candidate may be the needle that is known. A faint one must lie where the needle is expected;
/// only a likely one may be a jump.
bool NeedleTracker::Filter::belongs(const NeedleCandidate& c, double seconds) const {
  constexpr double longestJumpSeconds = 0.1;
  if (c.confidence < options.keepConfidence) return false;
  const NeedleCandidate line = asLine(c, now.known->filter);
  if (c.confidence < options.confirmConfidence) return now.known->filter.distance(line) <= gate;
  const double jump = std::min(seconds + now.known->unobserved, longestJumpSeconds);
  return now.known->filter.distanceAfterJump(line, jump) <= gate;
}

/// Gives the known needle its candidate, if there is one.
const NeedleCandidate* NeedleTracker::Filter::follow(const std::vector<NeedleCandidate>& candidates,
                                                     double seconds) {
  if (!now.known) return nullptr;
  const NeedleCandidate* likeliest = nullptr;
  double least = 0;
  for (const NeedleCandidate& c : candidates) {
    if (!belongs(c, seconds)) continue;
    const NeedleFilter& known = now.known->filter;
    const double cost = improbability(known.distance(asLine(c, known)), c.confidence);
    if (likeliest == nullptr || cost < least) {
      likeliest = &c;
      least = cost;
    }
  }
  if (likeliest == nullptr) return nullptr;
  now.known->tip.update(*likeliest, seconds + now.known->unobserved, tipMotion);
  now.known->filter.update(*likeliest);
  now.known->confidence += 0.4 * (likeliest->confidence - now.known->confidence);
  now.known->unobserved = 0;
  if (now.known->confidence < options.dropConfidence) now.known.reset();
  return likeliest;
}

void NeedleTracker::Filter::loseSight(double seconds) {
  if (!now.known) return;
  now.known->unobserved += seconds;
  if (longerThan(now.known->unobserved, options.lostAfterSeconds)) now.known.reset();
}

/// Keeps count of what else was seen in frame after frame.
void NeedleTracker::Filter::lookElsewhere(const std::vector<NeedleCandidate>& candidates,
                                          const NeedleCandidate* taken, double seconds) {
  // "Far better": sure, and at odds at least four times those of the needle that is followed.
  const auto farBetter = [this](const NeedleCandidate& c) {
    return now.known && c.confidence >= options.bornConfidence &&
           oddsOf(c.confidence) > 4 * oddsOf(now.known->confidence);
  };
  found.clear();
  for (const NeedleCandidate& c : candidates) {
    if (&c == taken || c.confidence < options.confirmConfidence) continue;
    Prospect prospect{c, std::nullopt, 0, farBetter(c) ? 1 : 0};
    double nearest = gate;
    for (const Prospect& old : now.prospects) {
      const double distance = NeedleFilter(old.last, motion).distanceAfterJump(c, seconds);
      if (distance > nearest) continue;
      nearest = distance;
      prospect.before = old.last;
      prospect.seenAgain = old.seenAgain + 1;
      prospect.better = farBetter(c) ? old.better + 1 : 0;
    }
    found.push_back(prospect);
  }
  now.prospects.swap(found);
}

/// The prospect that takes over now, if any.
const Prospect* NeedleTracker::Filter::successor(bool observed) const {
  const Prospect* best = nullptr;
  for (const Prospect& p : now.prospects) {
    const bool sure = p.last.confidence >= options.bornConfidence;
    bool ready = p.seenAgain >= options.confirmFrames;
    if (!now.known) {
      ready = ready || sure;
    } else if (observed) {
      ready = p.better > options.confirmFrames;
    } else {
      ready = ready || (sure && p.seenAgain >= 1);
    }
    if (ready && (best == nullptr || p.last.confidence > best->last.confidence)) best = &p;
  }
  return best;
}

NeedleTrack NeedleTracker::Filter::report(const std::vector<NeedleCandidate>& candidates, double time) const {
  NeedleTrack track;
  track.time = time;
  if (!now.known) {
    track.confidence = candidates.empty() ? 0.0 : candidates.front().confidence;
    return track;
  }
  const Known& known = *now.known;
  track.state = known.unobserved > ages::kNeedleDashed ? NeedleState::Predicted : NeedleState::Observed;
  track.confidence = known.confidence * std::exp(-known.unobserved / options.lostAfterSeconds);
  track.tipPx = known.filter.tipPx();
  track.tailPx = known.filter.tailPx();
  track.tipCovariancePx = known.filter.tipCovariancePx();
  track.tipVelocityPx = known.filter.velocityPx() * (now.forward ? 1.0 : -1.0);
  track.unobservedSeconds = known.unobserved;
  boundTip(known.tip, tipMotion.speedPx / 4 * known.unobserved, track);
  return track;
}

}  // namespace acuguide::tracking
