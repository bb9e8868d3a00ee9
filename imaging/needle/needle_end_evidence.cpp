#include "imaging/needle/needle_end_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace acuguide::imaging {

namespace {

// Grey levels, of 255.
constexpr double kShaftSpread = 12;   // of a shaft's cuts about its level, standard deviation
constexpr double kTissueSpread = 22;  // of tissue on a line about the tissue beside it,
constexpr double kUneven = 0.3;       // more by this share of what both sides differ by
constexpr double kDimmed = 0.15;      // share of a shaft's cuts that something dims,
constexpr double kSpeck = 0.03;       // and of bare cuts that hold a bright speck
constexpr double kTissueLift = 8;     // the brightest point of a cut lies above the mean beside it
constexpr double kLevelSpread = 5;    // of the shaft's level, where the walk begins,
constexpr double kLevelDrift = 2;     // its drift from cut to cut while nothing tells,
constexpr double kMostDrift = 24;     // and the most of it
constexpr double kLevelNoise = 30;    // of one cut as a measurement of the level
constexpr double kSoft = 18;          // levels of shaft and tissue add like echoes, softly
constexpr double kClear = 25;         // a shaft this much above the tissue shows its place too,
constexpr double kClearSoft = 10;
constexpr double kBlack = 14;  // tissue darker than this is shadow or fluid: it does not show what is there
constexpr double kBlackSoft = 5;

constexpr double kOnLine = 0.53;     // units: scatter of a shaft's brightest point about its line
constexpr double kPlaceGain = 0.8;   // log odds for a cut whose brightest point lies on the line,
constexpr double kPlaceLoss = 2.0;   // and most against one that does not
constexpr double kMostOfACut = 3.0;  // log odds that one cut can give
constexpr double kShare = 0.4;       // of them that is new: neighbouring cuts share their speckle

// The bevel is dimmer than the shaft and may lie a little beside its line.
constexpr std::size_t kBevel = 6;    // cuts, at most
constexpr double kBevelShows = 0.3;  // of the shaft's contrast
constexpr float kBevelOdds = 1.0F;

// Fading: cuts before the likeliest end, and grey levels.
constexpr int kFadeNear = 8, kFadeLength = 10, kFadeApart = 14;
constexpr double kLeastFade = 14;    // less than this tissue alone does,
constexpr double kFullFade = 25;     // this much more is a shaft that leaves the plane,
constexpr double kFadedSays = 0.12;  // and then a cut without it says only so much

constexpr int kCrossing = 10;  // cuts within which a crossing band passes from one side to the other

double rising(double value, double at, double soft) { return 1 / (1 + std::exp(-(value - at) / soft)); }

/// log(exp(a) + exp(b)) at a scale.
double softMaximum(double a, double b) {
  return std::max(a, b) + kSoft * std::log1p(std::exp(-std::abs(a - b) / kSoft));
}

double normal(double off, double spread) {
  constexpr double kRootOfTwoPi = 2.5066;
  return std::exp(-0.5 * (off / spread) * (off / spread)) / (kRootOfTwoPi * spread);
}

/// The cuts of a shaft, counted from its tail.
class Cuts {
 public:
  Cuts(const Shaft& shaft, bool tipAtEnd)
      : shaft_(shaft), count_(static_cast<int>(shaft.cuts.size())), forward_(tipAtEnd) {}

  int count() const { return count_; }
  const ShaftCut& operator[](int i) const {
    return shaft_.cuts[static_cast<std::size_t>(forward_ ? i : count_ - 1 - i)];
  }
  int first() const { return forward_ ? shaft_.first : count_ - shaft_.last; }
  int last() const { return forward_ ? shaft_.last : count_ - shaft_.first; }
  /// px along the line, away from the tail.
  double along(int i) const { return (forward_ ? 1.0 : -1.0) * static_cast<double>((*this)[i].along); }
  Eigen::Vector2d at(double along) const { return shaft_.at(forward_ ? along : -along); }

  /// Brightness of the tissue at a cut: of both sides, and of a band that crosses the line here and so lies
  /// on one side before it and on the other behind it.
  double tissueAt(int i) const {
    const double below = (*this)[i].below, above = (*this)[i].above;
    double belowBefore = 0, aboveBefore = 0, belowBehind = 0, aboveBehind = 0;
    for (int k = std::max(0, i - kCrossing); k <= i; ++k) {
      belowBefore = std::max(belowBefore, static_cast<double>((*this)[k].below));
      aboveBefore = std::max(aboveBefore, static_cast<double>((*this)[k].above));
    }
    for (int k = i; k <= std::min(count_ - 1, i + kCrossing); ++k) {
      belowBehind = std::max(belowBehind, static_cast<double>((*this)[k].below));
      aboveBehind = std::max(aboveBehind, static_cast<double>((*this)[k].above));
    }
    const double crossing = std::max(std::min(belowBefore, aboveBehind), std::min(aboveBefore, belowBehind));
    return std::max(0.5 * (below + above) + 0.25 * std::abs(below - above), crossing);
  }

 private:
  const Shaft& shaft_;
  int count_;
  bool forward_;
};

/// The shaft's own grey level where the tissue beside it is dark.
double levelOf(const Cuts& cuts, double contrast) {
  double sum = 0, all = 0;
  int shown = 0;
  for (int i = cuts.first(); i < cuts.last(); ++i) {
    all += static_cast<double>(cuts[i].peak);
    if (static_cast<double>(cuts[i].contrast) < 0.5 * contrast) continue;
    sum += static_cast<double>(cuts[i].peak);
    ++shown;
  }
  return shown > 0 ? sum / shown : all / std::max(1, cuts.last() - cuts.first());
}

/// Mean grey level of the line's brightest points from `first` to before `last`.
double brightness(const Cuts& cuts, int first, int last) {
  double sum = 0;
  for (int i = first; i < last; ++i) sum += static_cast<double>(cuts[i].peak);
  return sum / std::max(1, last - first);
}

/// How far the shaft has faded towards the cut at which it likeliest ends, grey levels; 0 where it is too
/// short to tell. The last of it, which the bevel dims, does not count.
double fadingTowards(const Cuts& cuts, int end) {
  const int near = end - kFadeNear, middle = near - kFadeLength, far = middle - kFadeApart;
  if (far - kFadeLength < cuts.first()) return 0;
  return brightness(cuts, far - kFadeLength, far) - brightness(cuts, middle, near);
}

/// Asks cut after cut whether the shaft is in it, and follows the shaft's level while it is.
class Walk {
 public:
  Walk(double level, double unit) : level_(level), unit_(unit) {}

  /// Whether the shaft would stand out of such tissue.
  bool above(double tissue) const { return level_ - tissue > kClear; }

  double logOdds(const ShaftCut& cut, double tissue) {
    const double peak = cut.peak, off = static_cast<double>(cut.offset) / (kOnLine * unit_);
    const double uneven = std::abs(static_cast<double>(cut.below - cut.above));
    variance_ = std::min(variance_ + kLevelDrift * kLevelDrift, kMostDrift * kMostDrift);
    const double share = rising(level_ - tissue, 0, kSoft);  // of the shaft in what would be seen
    const double with = std::sqrt(kShaftSpread * kShaftSpread + variance_ * share * share);
    const double expected = softMaximum(level_, tissue);
    // A stretch of shaft may be dimmed to any level above the tissue; tissue has its bright specks.
    const bool between = peak > tissue && peak < level_;
    const double dimmed = between ? 1 / std::max(level_ - tissue, 20.0) : 0.0;
    const double shown =
        std::log((1 - kDimmed) * normal(peak - expected, peak < expected ? with : 1.5 * with) +
                 kDimmed * dimmed + 1e-9);
    const double bare = std::log(
        (1 - kSpeck) * normal(peak - tissue - kTissueLift, kTissueSpread + kUneven * uneven) + kSpeck / 255);
    const double clear = rising(level_ - tissue, kClear, kClearSoft);
    const double place = kPlaceGain + std::max(-kPlaceLoss, -0.5 * off * off);
    double odds = std::clamp(shown - bare, -kMostOfACut, kMostOfACut) + clear * place;
    odds = std::clamp(odds, -kMostOfACut, kMostOfACut);
    const bool seen = odds > 0.1 * kMostOfACut && clear > 0.3 && std::abs(off) < 1.2 / kOnLine;
    if (seen) {
      const double gain = variance_ / (variance_ + kLevelNoise * kLevelNoise);
      level_ += gain * (peak - level_);
      variance_ *= 1 - gain;
    }
    if (odds < 0) odds *= rising(std::max(tissue, peak), kBlack, kBlackSoft);
    return kShare * odds;
  }

 private:
  double level_, unit_;
  double variance_ = kLevelSpread * kLevelSpread;
};

}  // namespace

void measureEnds(const Shaft& shaft, bool tipAtEnd, double unit, NeedleEndEvidence& ends) {
  ends.count = 0;
  const Cuts cuts(shaft, tipAtEnd);
  const int first = std::max(0, cuts.first() + (cuts.last() - cuts.first()) / 3);
  const int count = std::min(cuts.count() - first, NeedleEndEvidence::kMost);
  if (count < 2 || cuts.last() <= cuts.first()) return;
  // Cuts lie evenly on the line; the brightest points by which each is measured do not quite.
  double middle = 0;
  for (int i = 0; i < cuts.count(); ++i) middle += cuts.along(i);
  middle /= cuts.count();
  double slope = 0, square = 0;
  for (int i = 0; i < cuts.count(); ++i) {
    const double at = i - 0.5 * (cuts.count() - 1);
    slope += at * (cuts.along(i) - middle);
    square += at * at;
  }
  const double spacing = slope / square;
  const double start = middle + (first - 0.5 * (cuts.count() - 1)) * spacing;
  ends.from = cuts.at(start);
  ends.step = cuts.at(start + spacing) - ends.from;
  ends.count = count;
  Walk walk(levelOf(cuts, shaft.level), unit);
  std::array<float, NeedleEndEvidence::kMost> odds{};
  std::array<bool, NeedleEndEvidence::kMost> bevel{};  // shows as a bevel would
  double sum = 0, most = 0;
  std::size_t likeliest = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const int at = first + static_cast<int>(i);
    const double tissue = cuts.tissueAt(at);
    odds[i] = static_cast<float>(walk.logOdds(cuts[at], tissue));
    bevel[i] = static_cast<double>(cuts[at].contrast) >= kBevelShows * shaft.level && walk.above(tissue);
    sum += static_cast<double>(odds[i]);
    if (i == 0 || sum > most) most = sum, likeliest = i;
  }
  for (std::size_t i = likeliest + 1;
       i < static_cast<std::size_t>(count) && bevel[i] && i <= likeliest + kBevel; ++i)
    odds[i] = std::max(odds[i], kBevelOdds);
  // A shaft that has faded (its tip leaves the plane) may go on fading: that it is not seen says less.
  const double faded = fadingTowards(cuts, first + static_cast<int>(likeliest));
  const auto says = static_cast<float>(std::clamp(1 - (faded - kLeastFade) / kFullFade, kFadedSays, 1.0));
  for (std::size_t i = likeliest + 1; i < static_cast<std::size_t>(count); ++i)
    if (odds[i] < 0) odds[i] *= says;
  sum = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    ends.logLikelihood[i] = static_cast<float>(sum += static_cast<double>(odds[i]));
}

double quantileOf(const NeedleEndEvidence& ends, double share) {
  const auto begin = ends.logLikelihood.begin(), end = begin + ends.count;
  const double most = *std::max_element(begin, end);
  double all = 0;
  for (auto it = begin; it != end; ++it) all += std::exp(static_cast<double>(*it) - most);
  double sum = 0;
  for (int i = 0; i < ends.count; ++i) {
    const double here = std::exp(static_cast<double>(ends.logLikelihood[static_cast<std::size_t>(i)]) - most);
    if (sum + here >= share * all)
      return std::clamp(i - 0.5 + (share * all - sum) / here, 0.0, static_cast<double>(ends.count - 1));
    sum += here;
  }
  return ends.count - 1;
}

}  // namespace acuguide::imaging
