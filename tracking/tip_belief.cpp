#include "tracking/tip_belief.h"

#include "imaging/needle/needle_end_evidence.h"

#include <algorithm>
#include <cmath>

namespace acuguide::tracking {
namespace {

using imaging::NeedleEndEvidence;

constexpr double kTail = 0.025;  // of the likelihood lies beyond either end of the interval
// The edge of an echo is blurred, and a bevel dims towards its end: places by which the ends of the interval
// lie farther out than the likelihood says.
constexpr double kBlurAhead = 1.5, kBlurBehind = 1;

/// The evidence of a candidate; of one that brings none, a normal distribution about its tip.
NeedleEndEvidence evidenceOf(const imaging::NeedleCandidate& seen) {
  if (seen.ends.count > 1) return seen.ends;
  constexpr int kPlaces = 65;
  constexpr double kReach = 4;  // standard deviations to each side
  NeedleEndEvidence ends;
  const double sigma = std::max(seen.tipSigmaPx, 0.25);
  ends.step = (2 * kReach * sigma / (kPlaces - 1)) * (seen.tipPx - seen.tailPx).normalized();
  ends.from = seen.tipPx - 0.5 * (kPlaces - 1) * ends.step;
  ends.count = kPlaces;
  for (int i = 0; i < kPlaces; ++i) {
    const double off = 2 * kReach * i / (kPlaces - 1) - kReach;
    ends.logLikelihood[static_cast<std::size_t>(i)] = static_cast<float>(-0.5 * off * off);
  }
  return ends;
}

/// The likelihood of places spread by a motion: at most `perPlace` less likely with every place.
void spread(NeedleEndEvidence& ends, float perPlace) {
  auto& value = ends.logLikelihood;
  for (std::size_t i = 1; i < static_cast<std::size_t>(ends.count); ++i)
    value[i] = std::max(value[i], value[i - 1] - perPlace);
  for (std::size_t i = static_cast<std::size_t>(ends.count) - 1; i > 0; --i)
    value[i - 1] = std::max(value[i - 1], value[i] - perPlace);
}

}  // namespace

TipBelief::TipBelief(const imaging::NeedleCandidate& first)
    : ends_(evidenceOf(first)), blurred_(first.ends.count > 1) {
  weigh();
  reachedPx_ = likeliestPx();
}

void TipBelief::update(const imaging::NeedleCandidate& seen, double seconds, const TipMotion& motion) {
  NeedleEndEvidence before = ends_;
  const double place = before.step.norm();
  spread(before, static_cast<float>(place / std::max(motion.speedPx * std::abs(seconds), 0.5)));
  const auto begin = before.logLikelihood.begin();
  const float most = *std::max_element(begin, begin + before.count);
  const auto least = static_cast<float>(-motion.mostPrior);

  ends_ = evidenceOf(seen);
  blurred_ = seen.ends.count > 1;
  const double spacing = ends_.step.norm();
  for (int i = 0; i < ends_.count; ++i) {
    const double old = (ends_.at(i) - before.from).dot(before.step) / (place * place);
    const int at = static_cast<int>(std::lround(old));
    const bool known = at >= 0 && at < before.count;
    const float prior = known ? before.logLikelihood[static_cast<std::size_t>(at)] - most : least;
    ends_.logLikelihood[static_cast<std::size_t>(i)] += std::max(prior, least);
  }
  weigh();
  const Eigen::Vector2d along = ends_.step / spacing;
  const double reached = (reachedPx_ - ends_.from).dot(along) - motion.retreatPx * std::abs(seconds);
  const double keeps = std::max(reached / spacing, middle_);
  reachedPx_ = ends_.at(keeps);
  far_ = std::max(far_, keeps);
}

void TipBelief::weigh() {
  const double last = ends_.count - 1;
  middle_ = imaging::quantileOf(ends_, 0.5);
  near_ = std::max(0.0, imaging::quantileOf(ends_, kTail) - (blurred_ ? kBlurBehind : 0));
  far_ = std::min(last, imaging::quantileOf(ends_, 1 - kTail)) + (blurred_ ? kBlurAhead : 0);
}

}  // namespace acuguide::tracking
