#include "imaging/needle/needle_memory.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr double kForget = 0.5;       // s after which a needle not seen supports nothing
constexpr double kFade = 6;           // s in which an old certainty falls to a third
constexpr double kMostSupport = 2.0;  // log odds that the past can add
constexpr double kShare = 0.6;        // of what the past was sure of
constexpr double kNoted = 0.5;        // confidence a line must have to be remembered
constexpr double kAcross = 9;         // units the line may have moved sideways
constexpr double kSine = 0.12;        // and turned
constexpr double kOverlap = 0.3;      // share of the shorter shaft that both must cover

double logOdds(double p) {
  const double q = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(q / (1 - q));
}

}  // namespace

void NeedleMemory::reset() {
  seen_.clear();
  now_.clear();
}

void NeedleMemory::begin(double time, double unit) {
  unit_ = unit;
  // What this picture's predecessor showed replaces what it was seen as before; the rest ages.
  std::swap(seen_, now_);
  for (const Seen& old : now_)
    if (match(old.tip, old.tail, unit_) == nullptr) seen_.push_back(old);
  now_.clear();
  std::erase_if(seen_, [&](const Seen& s) { return time - s.time > kForget; });
  time_ = time;
}

void NeedleMemory::note(double confidence, const Eigen::Vector2d& tip, const Eigen::Vector2d& tail) {
  if (confidence < kNoted) return;
  double support = logOdds(confidence);
  // How sure it once was fades slowly: a needle that lies still shows no less of itself than before.
  if (const Seen* known = match(tip, tail, unit_))
    support = std::max(support, known->support * std::exp((known->time - time_) / kFade));
  now_.push_back({tip, tail, support, time_});
}

const NeedleMemory::Seen* NeedleMemory::match(const Eigen::Vector2d& tip, const Eigen::Vector2d& tail,
                                              double unit) const {
  const double length = (tip - tail).norm();
  for (const Seen& s : seen_) {
    const Eigen::Vector2d axis = (s.tip - s.tail).normalized();
    const double known = (s.tip - s.tail).norm();
    const double a = (tip - s.tail).dot(axis), b = (tail - s.tail).dot(axis);
    const Eigen::Vector2d normal(-axis.y(), axis.x());
    const double across = std::abs((0.5 * (tip + tail) - s.tail).dot(normal));
    const double sine = std::abs((tip - tail).dot(normal)) / std::max(length, 1e-9);
    const double shared = std::min(std::max(a, b), known) - std::max(std::min(a, b), 0.0);
    if (sine < kSine && across < kAcross * unit && shared > kOverlap * std::min(length, known)) return &s;
  }
  return nullptr;
}

double NeedleMemory::confidence(double alone, const Eigen::Vector2d& tip, const Eigen::Vector2d& tail) const {
  const Seen* known = match(tip, tail, unit_);
  if (known == nullptr || alone <= 0) return alone;
  const double fresh = 1 - std::clamp((time_ - known->time) / kForget, 0.0, 1.0);
  const double support = std::min(kMostSupport, kShare * std::max(0.0, known->support)) * fresh;
  return 1 / (1 + std::exp(-(logOdds(alone) + support)));
}

}  // namespace acuguide::imaging
