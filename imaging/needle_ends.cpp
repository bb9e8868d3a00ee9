#include "imaging/needle_ends.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr float kAsBright = 0.7F;  // of the shaft's own peak: sides this bright hide it
constexpr int kBandStarts = 4;     // cuts behind the visible end within which the band must begin
constexpr int kLeastBand = 3;      // cuts of a band
constexpr int kMostBand = 40;
constexpr int kWindow = 14;          // cuts behind the band in which the shaft has to show again,
constexpr int kAgain = 11;           // so many of them,
constexpr float kShowsAgain = 0.5F;  // with this share of its contrast
constexpr float kAsPeaked = 0.6F;    // and of its peak,
constexpr double kOnLine = 1.5;      // px from the line
constexpr float kShows = 0.3F;       // share of its contrast with which it then goes on
constexpr int kGap = 5;              // cuts it may be missing

/// Walks outwards over the cuts of one shaft.
class Follower {
 public:
  Follower(const Shaft& shaft, int step) : shaft_(shaft), step_(step) {
    double sum = 0;
    for (int i = shaft.first; i < shaft.last; ++i) sum += static_cast<double>(at(i).peak);
    peak_ = static_cast<float>(sum / (shaft.last - shaft.first));
    level_ = std::max(static_cast<float>(shaft.level), 8.0F);
  }

  /// The farthest cut that still shows the shaft.
  int follow(int end) const {
    for (;;) {
      const int behind = behindBand(end);
      if (!inside(behind) || !showsAgain(behind)) return end;
      end = goOn(behind);
    }
  }

  /// px of a band that lies at cut `end` and hides what is in it.
  double hiddenBeyond(int end) const {
    const int behind = behindBand(end);
    return inside(behind) ? std::abs(static_cast<double>(at(behind).along - at(end).along)) : 0.0;
  }

 private:
  const ShaftCut& at(int i) const { return shaft_.cuts[static_cast<std::size_t>(i)]; }
  bool inside(int i) const { return i >= 0 && i < static_cast<int>(shaft_.cuts.size()); }
  bool hidden(int i) const { return std::max(at(i).below, at(i).above) >= kAsBright * peak_; }
  bool shows(int i, float share) const {
    return at(i).contrast >= share * level_ && std::abs(static_cast<double>(at(i).offset)) <= kOnLine;
  }

  /// The first cut behind the band that begins at `end`; outside the cuts when there is no band or it has no
  /// end.
  int behindBand(int end) const {
    int i = end + step_;
    for (int n = 0; n < kBandStarts && inside(i) && !hidden(i); ++n) i += step_;
    int length = 0;
    for (int clear = 0; inside(i) && clear < 2; i += step_) {
      clear = hidden(i) ? 0 : clear + 1;
      if (++length > kMostBand) return -1;
    }
    return length >= kLeastBand + 2 ? i - 2 * step_ : -1;
  }

  bool showsAgain(int from) const {
    int shown = 0;
    for (int n = 0, i = from; n < kWindow && inside(i); ++n, i += step_)
      shown += shows(i, kShowsAgain) && at(i).peak >= kAsPeaked * peak_ ? 1 : 0;
    return shown >= kAgain;
  }

  int goOn(int from) const {
    int last = from;
    for (int i = from; inside(i) && std::abs(i - last) <= kGap; i += step_)
      if (shows(i, kShows)) last = i;
    return last;
  }

  const Shaft& shaft_;
  int step_;
  float peak_ = 0, level_ = 0;
};

}  // namespace

NeedleEnds endsAcrossBands(const Shaft& shaft) {
  if (shaft.cuts.empty() || shaft.last <= shaft.first) return {shaft.begin, shaft.end, 0, 0};
  const auto along = [&](int i) {
    return static_cast<double>(shaft.cuts[static_cast<std::size_t>(i)].along);
  };
  const Follower backwards(shaft, -1), forwards(shaft, 1);
  const int first = backwards.follow(shaft.first);
  const int last = forwards.follow(shaft.last - 1);
  return {std::min(shaft.begin, along(first)), std::max(shaft.end, along(last)),
          backwards.hiddenBeyond(first), forwards.hiddenBeyond(last)};
}

}  // namespace acuguide::imaging
