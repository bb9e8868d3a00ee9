#include "imaging/needle/needle_ends.h"

#include <algorithm>
#include <cmath>
#include <optional>

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

// Where nothing hides it, a shaft that is not seen for a while has to show itself as what it was before.
constexpr int kMostDark = 22;           // cuts not seen, and
constexpr double kMostDarkShare = 0.6;  // no more than this share of those seen;
constexpr int kDarkAgain = 7;           // then so many in a row
constexpr float kDarkShows = 0.4F;      // with this share of its contrast,
constexpr double kDarkOnLine = 1.2;     // px from where it was heading
constexpr int kHeading = 24;            // cuts that tell where

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
      if (inside(behind) && showsAgain(behind)) {
        end = goOn(behind);
        continue;
      }
      const int beyond = behindDark(end);
      if (!inside(beyond)) return end;
      end = beyond;
    }
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

  /// Where the shaft heads, as offset = at + slope * cut; none when too little of it is seen there.
  struct Heading {
    double at = 0, slope = 0;
  };
  std::optional<Heading> headingAt(int end) const {
    double n = 0, i1 = 0, i2 = 0, o1 = 0, io = 0;
    for (int k = 0, i = end; k < kHeading && i >= shaft_.first && i < shaft_.last; ++k, i -= step_) {
      if (at(i).contrast < kDarkShows * level_) continue;
      const double offset = at(i).offset;
      n += 1;
      i1 += i;
      i2 += static_cast<double>(i) * i;
      o1 += offset;
      io += i * offset;
    }
    const double det = n * i2 - i1 * i1;
    if (n < kDarkAgain || det <= 0) return std::nullopt;
    const double slope = (n * io - i1 * o1) / det;
    return Heading{(o1 - slope * i1) / n, slope};
  }

  /// The last cut of the stretch in which the shaft shows itself again behind dark tissue; outside the cuts
  /// when it does not.
  int behindDark(int end) const {
    const auto heading = headingAt(end);
    if (!heading) return -1;
    const auto same = [&](int i) {
      return inside(i) && at(i).contrast >= kDarkShows * level_ && at(i).peak >= kAsPeaked * peak_ &&
             std::abs(static_cast<double>(at(i).offset) - heading->at - heading->slope * i) <= kDarkOnLine;
    };
    const int most = std::min(kMostDark, static_cast<int>(kMostDarkShare * (shaft_.last - shaft_.first)));
    for (int k = 1, run = 0, i = end + step_; k <= most + kDarkAgain && inside(i); ++k, i += step_) {
      run = same(i) ? run + 1 : 0;
      if (run < kDarkAgain) continue;
      int last = i;
      for (int j = i; inside(j) && std::abs(j - last) <= kGap; j += step_)
        if (same(j)) last = j;
      return last;
    }
    return -1;
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
  if (shaft.cuts.empty() || shaft.last <= shaft.first) return {shaft.begin, shaft.end};
  const auto along = [&](int i) {
    return static_cast<double>(shaft.cuts[static_cast<std::size_t>(i)].along);
  };
  const Follower backwards(shaft, -1), forwards(shaft, 1);
  const int first = backwards.follow(shaft.first);
  const int last = forwards.follow(shaft.last - 1);
  return {std::min(shaft.begin, along(first)), std::max(shaft.end, along(last))};
}

}  // namespace acuguide::imaging
