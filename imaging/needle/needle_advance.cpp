#include "imaging/needle/needle_advance.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr double kForget = 0.3;        // s after which a line not seen is forgotten
constexpr double kWindow = 1.3;        // s over which a way is looked at
constexpr double kLeastTime = 0.35;    // s it must have lasted,
constexpr std::size_t kLeastSeen = 7;  // in so many pictures
constexpr double kLeastWay = 7;        // units
constexpr double kFullWay = 22;        // units that give all there is to give
constexpr double kScatter = 0.16;  // of the way: how far its end may lie off a steady one, standard deviation
constexpr double kTailShare = 0.35;  // of the way: how far the shallow end may go meanwhile
constexpr double kMostOdds = 1.5;    // log odds
constexpr double kFade = 6;          // s in which what was earned falls to a third
constexpr double kAcross = 3.5;      // units a line may lie beside what it was in the picture before
constexpr double kSine = 0.05;       // and be turned

}  // namespace

void NeedleAdvance::reset() { lines_.clear(); }

void NeedleAdvance::begin(double time, double unit) {
  unit_ = unit;
  std::erase_if(lines_, [&](const Line& line) { return time - line.time > kForget; });
  time_ = time;
}

NeedleAdvance::Line* NeedleAdvance::match(const Eigen::Vector2d& tip, const Eigen::Vector2d& tail) {
  const Eigen::Vector2d axis = (tip - tail).normalized();
  const Eigen::Vector2d normal(-axis.y(), axis.x());
  Line* nearest = nullptr;
  double least = kAcross * unit_;
  for (Line& line : lines_) {
    if (line.time == time_) continue;
    const Eigen::Vector2d before = (line.tip - line.tail).normalized();
    if (before.dot(axis) < 0 || std::abs(before.dot(normal)) > kSine) continue;
    const double across = std::abs((0.5 * (line.tip + line.tail) - tail).dot(normal));
    const double low = std::max(0.0, (line.tail - tail).dot(axis));
    const double high = std::min((tip - tail).norm(), (line.tip - tail).dot(axis));
    if (across < least && high - low > 0.5 * std::min((tip - tail).norm(), (line.tip - line.tail).norm()))
      nearest = &line, least = across;
  }
  return nearest;
}

double NeedleAdvance::note(const Eigen::Vector2d& tip, const Eigen::Vector2d& tail) {
  if ((tip - tail).norm() < 1e-6) return 0;
  Line* line = match(tip, tail);
  if (line == nullptr) {
    lines_.emplace_back();
    line = &lines_.back();
    line->anchor = tail;
    line->axis = (tip - tail).normalized();
    line->earnedAt = time_;
  }
  line->tip = tip;
  line->tail = tail;
  line->time = time_;
  line->seen[line->count++ % kMost] = {time_, (tip - line->anchor).dot(line->axis),
                                       (tail - line->anchor).dot(line->axis)};
  const double kept = line->earned * std::exp((line->earnedAt - time_) / kFade);
  line->earned = std::max(kept, evidence(*line));
  line->earnedAt = time_;
  return line->earned;
}

double NeedleAdvance::evidence(const Line& line) const {
  double n = 0, t = 0, tt = 0, s = 0, st = 0, ss = 0, first = time_;
  double tailLow = 1e9, tailHigh = -1e9;
  for (std::size_t i = 0; i < std::min(line.count, kMost); ++i) {
    const Sighting& seen = line.seen[i];
    const double ago = seen.time - time_;
    if (ago < -kWindow) continue;
    first = std::min(first, seen.time);
    n += 1;
    t += ago;
    tt += ago * ago;
    s += seen.tip;
    st += seen.tip * ago;
    ss += seen.tip * seen.tip;
    tailLow = std::min(tailLow, seen.tail);
    tailHigh = std::max(tailHigh, seen.tail);
  }
  const double lasted = time_ - first;
  if (n < static_cast<double>(kLeastSeen) || lasted < kLeastTime) return 0;
  const double varT = tt / n - t * t / (n * n);
  const double slope = (st / n - s * t / (n * n)) / std::max(varT, 1e-9);
  const double scatter = std::sqrt(std::max(0.0, ss / n - s * s / (n * n) - slope * slope * varT));
  const double way = std::abs(slope) * lasted;
  if (way < kLeastWay * unit_ || scatter > kScatter * way || tailHigh - tailLow > kTailShare * way) return 0;
  return kMostOdds * std::min(1.0, way / (kFullWay * unit_));
}

}  // namespace acuguide::imaging
