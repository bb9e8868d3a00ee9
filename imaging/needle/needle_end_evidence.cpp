#include "imaging/needle/needle_end_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace acuguide::imaging {

namespace {

// Grey levels, of 255.
constexpr double kShaftSpread = 12;  // of a shaft's cuts about its level, standard deviation
constexpr double kTissueSpread =
    22;  // and of an echo no brighter than the tissue, and of tissue on a line about the tissue beside it,
constexpr double kUneven = 0.3;     // more by this share of what both sides differ by
constexpr double kDimmed = 0.15;    // share of a shaft's cuts that something dims,
constexpr double kSpeck = 0.03;     // and of bare cuts that hold a bright speck
constexpr double kTissueLift = 8;   // the brightest point of a cut lies above the mean beside it
constexpr double kLevelSpread = 5;  // of the shaft's level, where the walk begins,
constexpr double kLevelDrift = 2;   // its drift from cut to cut while nothing tells,
constexpr double kMostDrift = 24;   // and the most of it
constexpr double kLevelNoise = 30;  // of one cut as a measurement of the level
constexpr double kSoft = 18;        // levels of shaft and tissue add like echoes, softly
constexpr double kStands = 45;      // a shaft this much above the tissue is as even as a bright one,
constexpr double kStandsSoft = 12;
constexpr double kClear = 25;  // a shaft this much above the tissue shows its place too,
constexpr double kClearSoft = 10;
constexpr double kBlack = 14;  // tissue darker than this is shadow or fluid: it does not show what is there
constexpr double kBlackSoft = 5;

constexpr double kOnLine = 0.53;     // units: scatter of a shaft's brightest point about its line
constexpr double kPlaceGain = 0.8;   // log odds for a cut whose brightest point lies on the line,
constexpr double kPlaceLoss = 2.0;   // and most against one that does not
constexpr double kMostOfACut = 3.0;  // log odds that one cut can give
constexpr double kShare = 0.35;      // of them that is new: neighbouring cuts share their speckle

// The bevel is dimmer than the shaft and may lie a little beside its line.
constexpr int kBevel = 6;            // cuts, at most
constexpr double kBevelShows = 0.3;  // of the shaft's contrast
constexpr double kBevelOdds = 0.2;

// Fading: a shaft that leaves the plane loses level as the square of the way beyond where it begins to.
constexpr double kFades = 0.5;                              // share of shafts that may
constexpr int kOnsets = 6;                                  // places along the shaft where it may begin
constexpr std::array<double, 3> kFadesOver = {36, 56, 88};  // cuts over which it may lose
constexpr double kFadesBy = 60;                             // so many grey levels,
constexpr double kMostFaded = 120;                          // and no more than this
constexpr double kEndsInACut = 0.03;  // log odds for an end in each cut of which nothing is known

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

/// What a shaft may lose of its level along its way.
struct Fading {
  double onset = 0, over = 0;  ///< cuts; over 0: it does not fade

  double at(int i) const {
    if (over <= 0 || i <= onset) return 0;
    const double way = (i - onset) / over;
    return std::min(kMostFaded, kFadesBy * way * way);
  }
};

/// The shaft's own grey level where the tissue beside it is dark.
double levelOf(const Cuts& cuts, double contrast) {
  double sum = 0, all = 0;
  int shown = 0;
  for (int i = cuts.first(); i < cuts.last(); ++i) {
    const double level = cuts[i].peak;
    all += level;
    if (static_cast<double>(cuts[i].contrast) < 0.5 * contrast) continue;
    sum += level;
    ++shown;
  }
  return shown > 0 ? sum / shown : all / std::max(1, cuts.last() - cuts.first());
}

/// What a cut is like whatever the shaft's level.
struct Place {
  double tissue = 0;   ///< grey level of the tissue there
  double bare = 0;     ///< logarithm of how likely it looks as it does without a shaft
  double onLine = 0;   ///< log odds of its brightest point's place
  double shows = 0;    ///< 0..1: how far it would show a shaft that is in it, as it is not black
  bool aside = false;  ///< its brightest point lies beside the line
};

Place placeOf(const ShaftCut& cut, double tissue, double unit) {
  const double peak = cut.peak, off = static_cast<double>(cut.offset) / (kOnLine * unit);
  const double uneven = std::abs(static_cast<double>(cut.below - cut.above));
  Place place;
  place.tissue = tissue;
  place.bare = std::log((1 - kSpeck) * normal(peak - tissue - kTissueLift, kTissueSpread + kUneven * uneven) +
                        kSpeck / 255);
  place.onLine = kPlaceGain + std::max(-kPlaceLoss, -0.5 * off * off);
  place.shows = rising(std::max(tissue, peak), kBlack, kBlackSoft);
  place.aside = std::abs(off) >= 1.2 / kOnLine;
  return place;
}

/// Asks cut after cut whether the shaft is in it, and follows the shaft's level while it is.
class Walk {
 public:
  explicit Walk(double level) : level_(level) {}

  /// Whether a shaft that has faded by so much would stand out of such tissue.
  bool above(double tissue, double faded) const { return level_ - faded - tissue > kClear; }

  double logOdds(double peak, const Place& place, double faded) {
    const double level = level_ - faded, over = level - place.tissue;
    variance_ = std::min(variance_ + kLevelDrift * kLevelDrift, kMostDrift * kMostDrift);
    const double share = rising(over, 0, kSoft);  // of the shaft in what would be seen
    // An echo that hardly stands out adds to the tissue's speckle, and is as uneven.
    const double faint = 1 - rising(over, kStands, kStandsSoft);
    const double with =
        std::sqrt(kShaftSpread * kShaftSpread + kFaintSpread2 * faint * faint + variance_ * share * share);
    const double expected = softMaximum(level, place.tissue);
    // A stretch of shaft may be dimmed to any level above the tissue; tissue has its bright specks.
    const bool between = peak > place.tissue && peak < level;
    const double dimmed = between ? 1 / std::max(over, 20.0) : 0.0;
    const double shown =
        std::log((1 - kDimmed) * normal(peak - expected, peak < expected ? with : 1.5 * with) +
                 kDimmed * dimmed + 1e-9);
    const double clear = rising(over, kClear, kClearSoft);
    double odds = std::clamp(shown - place.bare, -kMostOfACut, kMostOfACut) + clear * place.onLine;
    odds = std::clamp(odds, -kMostOfACut, kMostOfACut);
    if (odds > 0.1 * kMostOfACut && clear > 0.3 && !place.aside) {
      const double gain = variance_ / (variance_ + kLevelNoise * kLevelNoise);
      level_ += gain * (peak + faded - level_);
      variance_ *= 1 - gain;
    }
    if (odds < 0) odds *= place.shows;
    return kShare * odds;
  }

 private:
  static constexpr double kFaintSpread2 = kTissueSpread * kTissueSpread - kShaftSpread * kShaftSpread;
  double level_;
  double variance_ = kLevelSpread * kLevelSpread;
};

/// The likelihoods of all places, for every way in which the shaft may fade.
class Ends {
 public:
  Ends(const Shaft& shaft, const Cuts& cuts, int first, int count, double unit)
      : cuts_(cuts),
        contrast_(shaft.level),
        level_(levelOf(cuts, shaft.level)),
        first_(first),
        count_(count) {
    for (int i = 0; i < count; ++i) {
      const int at = first + i;
      place(i) = placeOf(cuts[at], cuts.tissueAt(at), unit);
    }
  }

  void add(double weight, const Fading& fading) {
    Walk walk(level_);
    double sum = 0, most = 0;
    int likeliest = 0;
    for (int i = 0; i < count_; ++i) {
      const ShaftCut& cut = cuts_[first_ + i];
      const double faded = fading.at(first_ + i);
      odds(i) = walk.logOdds(static_cast<double>(cut.peak), place(i), faded) - kEndsInACut;
      bevel_[static_cast<std::size_t>(i)] =
          static_cast<double>(cut.contrast) >= kBevelShows * contrast_ && walk.above(place(i).tissue, faded);
      sum += odds(i);
      if (i == 0 || sum > most) most = sum, likeliest = i;
    }
    for (int i = likeliest + 1; i < count_ && i <= likeliest + kBevel && bevel_[static_cast<std::size_t>(i)];
         ++i)
      odds(i) = std::max(odds(i), kBevelOdds);
    sum = std::log(weight);
    for (int i = 0; i < count_; ++i) {
      double& all = logLikelihood_[static_cast<std::size_t>(i)];
      sum += odds(i);
      all = std::max(all, sum) + std::log1p(std::exp(-std::abs(all - sum)));
    }
  }

  double logLikelihood(int i) const { return logLikelihood_[static_cast<std::size_t>(i)]; }

 private:
  Place& place(int i) { return places_[static_cast<std::size_t>(i)]; }
  double& odds(int i) { return odds_[static_cast<std::size_t>(i)]; }

  const Cuts& cuts_;
  double contrast_, level_;
  int first_, count_;
  std::array<Place, NeedleEndEvidence::kMost> places_;
  std::array<double, NeedleEndEvidence::kMost> odds_{};
  std::array<bool, NeedleEndEvidence::kMost> bevel_{};  // shows as a bevel would
  std::array<double, NeedleEndEvidence::kMost> logLikelihood_ = [] {
    std::array<double, NeedleEndEvidence::kMost> none{};
    none.fill(-1e9);
    return none;
  }();
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
  Ends all(shaft, cuts, first, count, unit);
  all.add(1 - kFades, {});
  const double length = cuts.last() - cuts.first();
  for (int k = 0; k < kOnsets; ++k)
    for (const double over : kFadesOver)
      all.add(kFades / static_cast<double>(kOnsets * kFadesOver.size()),
              {cuts.first() + k * length / kOnsets, over});
  for (int i = 0; i < count; ++i)
    ends.logLikelihood[static_cast<std::size_t>(i)] = static_cast<float>(all.logLikelihood(i));
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
