#include "imaging/needle/needle_features.h"

#include "imaging/vector_clones.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::imaging {

namespace {

enum Feature : std::size_t {
  Length,
  Contrast,
  ContrastGain,
  Peak,
  PeakRank,
  Filled,
  Weakest,
  Strongest,
  Residual,
  Bow,
  BowShare,
  Width,
  WidthSpread,
  TipDrop,
  TailDrop,
  TipBorder,
  TailBorder,
  TipBeyond,
  TailBeyond,
  LineBeyond,
  ParallelMean,
  ParallelMost,
  Texture,
  SideDifference,
  FarDarker,
  Angle,
  TipDepth,
  TailDepth,
  RivalsParallel,
  Rivals,
  Rank,
  Saturation,
  RivalMost,
  RivalContrast,
  Tilt,
  LocalRank,
  LocalLead
};

constexpr int kEndWindow = 7;   // cuts on each side of an end
constexpr int kEndGuard = 1;    // cuts at the end itself that belong to neither
constexpr int kBandReach = 34;  // units to each side that count as surroundings
constexpr int kBandInner = 8;   // units next to the shaft that do not
constexpr float kRidgeSide = 3.5F;
constexpr double kEchoReach = 20;  // units beside a shaft where its echoes lie

float at(const cv::Mat& picture, double x, double y) {
  // What is rounded wrongly by this is negative, and clamped.
  const int cx = std::clamp(static_cast<int>(x + 0.5), 0, picture.cols - 1);
  const int cy = std::clamp(static_cast<int>(y + 0.5), 0, picture.rows - 1);
  return static_cast<float>(picture.ptr<std::uint8_t>(cy)[cx]);
}

float ratio(double a, double b, double most) {
  return static_cast<float>(std::clamp(a / std::max(b, 1e-3), -most, most));
}

float quantile(std::vector<float>& values, double q) {
  const auto place = static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

/// Distance to the left or right border, and to the border the needle may come through.
double lateral(const Eigen::Vector2d& p, const cv::Rect& b) {
  return std::min(p.x() - b.x, b.x + b.width - 1 - p.x());
}

double depth(const Eigen::Vector2d& p, const ShaftSurroundings& in) {
  const double top = p.y() - in.bounds.y;
  const double bottom = in.bounds.y + in.bounds.height - 1 - p.y();
  if (in.probe == ProbeSide::Top) return top;
  if (in.probe == ProbeSide::Bottom) return bottom;
  return std::min(top, bottom);
}

constexpr int kReach = kBandReach + 4;  // of a cut across the surroundings: a ridge there has sides
constexpr int kStrip = 2 * kReach + 1;
using Strip =
    std::array<float, kStrip + 11>;  // grey levels of such a cut; -1 outside the picture, and at the end

/// Sums over many strips, place by place.
struct StripSums {
  Strip coherent{}, positive{}, absolute{}, level{}, samples{};

  float mean(const Strip& sums, int place) const {
    const auto o = static_cast<std::size_t>(place);
    return samples[o] > 0 ? sums[o] / samples[o] : 0.0F;
  }
};

/// The nearest pixels to the places origin + o * step, o from -kReach to kReach.
ACUGUIDE_VECTOR_CLONES void roundPlaces(double originX, double originY, double stepX, double stepY, int* x,
                                        int* y) {
  for (int o = 0; o < kStrip; ++o) {
    x[o] = static_cast<int>(originX + (o - kReach) * stepX + 0.5);
    y[o] = static_cast<int>(originY + (o - kReach) * stepY + 0.5);
  }
}

void takeStrip(const cv::Mat& picture, const Eigen::Vector2d& p, const Eigen::Vector2d& n, Strip& strip) {
  std::array<int, kStrip> xs{}, ys{};
  roundPlaces(p.x(), p.y(), n.x(), n.y(), xs.data(), ys.data());
  const auto inside = [&](double x, double y) {
    return x >= 0 && y >= 0 && x <= picture.cols - 1 && y <= picture.rows - 1;
  };
  const bool all = inside(p.x() - kReach * n.x(), p.y() - kReach * n.y()) &&
                   inside(p.x() + kReach * n.x(), p.y() + kReach * n.y());
  for (std::size_t o = 0; o < kStrip; ++o) {
    const int off = static_cast<int>(o) - kReach;
    const bool seen = all || inside(p.x() + off * n.x(), p.y() + off * n.y());
    strip[o] = seen ? static_cast<float>(picture.ptr<std::uint8_t>(ys[o])[xs[o]]) : -1.0F;
  }
}

/// At each place inside the picture with both its sides.
ACUGUIDE_VECTOR_CLONES void addStrip(const float* strip, StripSums& sums) {
  const auto of = [](auto* values) { return reinterpret_cast<const Lanes*>(values); };
  const auto to = [](Strip& values, int o) { return reinterpret_cast<Lanes*>(values.data() + o); };
  const Lanes zero{}, one = zero + 1.0F;
  for (int o = 4; o + 4 < kStrip; o += 8) {
    const Lanes here = *of(strip + o), before = *of(strip + o - 4), after = *of(strip + o + 4);
    const Lanes counts = (here < zero) | (before < zero) | (after < zero) ? zero : one;
    const Lanes left = 0.5F * (*of(strip + o - 3) + before);
    const Lanes right = 0.5F * (*of(strip + o + 3) + after);
    const Lanes rise = here - (left > right ? left : right);
    const Lanes bounded = rise < zero - 30.0F ? zero - 30.0F : rise;
    const Lanes ridge = bounded > zero + 80.0F ? zero + 80.0F : bounded;
    const Lanes off = here - 0.5F * (left + right);
    *to(sums.coherent, o) += counts * ridge;
    *to(sums.positive, o) += counts * (ridge > zero ? ridge : zero);
    *to(sums.absolute, o) += counts * (off < zero ? -off : off);
    *to(sums.level, o) += counts * here;
    *to(sums.samples, o) += counts;
  }
}

/// Grey levels of the surroundings, by how often they occur.
class Levels {
 public:
  void add(float level) { ++of_[static_cast<std::size_t>(level)], ++count_; }
  int count() const { return count_; }
  int below(float level) const {
    int sum = 0;
    for (std::size_t v = 0; v < of_.size() && static_cast<float>(v) < level; ++v) sum += of_[v];
    return sum;
  }
  float quantile(double share) const {
    const int place = static_cast<int>(share * (count_ - 1));
    std::size_t level = 0;
    for (int seen = of_[0]; seen <= place; seen += of_[level]) ++level;
    return static_cast<float>(level);
  }

 private:
  std::array<int, 256> of_{};
  int count_ = 0;
};

double strength(const Shaft& shaft) { return std::min(shaft.level, 80.0) * std::sqrt(shaft.length()); }

}  // namespace

void NeedleFeatureMeter::setPicture(const cv::Mat& search) {
  std::array<int, 256> histogram{};
  for (int y = 0; y < search.rows; ++y) {
    const auto* row = search.ptr<std::uint8_t>(y);
    for (int x = 0; x < search.cols; ++x) ++histogram[row[x]];
  }
  // Black furniture around the picture says nothing about the picture.
  const auto total = static_cast<float>(search.total()) - static_cast<float>(histogram[0]);
  float below = 0;
  darker_[0] = 0;
  bright_ = 255;
  for (std::size_t i = 1; i < 256; ++i) {
    darker_[i] = below / std::max(total, 1.0F);
    if (darker_[i] < 0.99F) bright_ = static_cast<float>(i);
    below += static_cast<float>(histogram[i]);
  }
  darker_[256] = 1;
}

float NeedleFeatureMeter::rankOf(float level) const {
  return darker_[static_cast<std::size_t>(std::clamp(level, 0.0F, 255.0F))];
}

std::array<double, 2> NeedleFeatureMeter::endDrops(const Shaft& shaft) const {
  const int count = static_cast<int>(shaft.cuts.size());
  const auto mean = [&](int from, int to) {
    from = std::clamp(from, 0, count);
    to = std::clamp(to, 0, count);
    if (from >= to) return -1.0;
    double sum = 0;
    for (int i = from; i < to; ++i) sum += std::max(shaft.cuts[static_cast<std::size_t>(i)].contrast, 0.0F);
    return sum / (to - from);
  };
  const auto drop = [&](double inside, double outside) {
    if (outside < 0) return 0.0;  // the picture ends here: nothing is known
    return std::clamp((inside - outside) / std::max(shaft.level, 1.0), -1.0, 2.0);
  };
  return {drop(mean(shaft.first + kEndGuard, shaft.first + kEndGuard + kEndWindow),
               mean(shaft.first - kEndGuard - kEndWindow, shaft.first - kEndGuard)),
          drop(mean(shaft.last - kEndGuard - kEndWindow, shaft.last - kEndGuard),
               mean(shaft.last + kEndGuard, shaft.last + kEndGuard + kEndWindow))};
}

double NeedleFeatureMeter::tilt(const Shaft& shaft) {
  const int middle = (shaft.first + shaft.last) / 2;
  double halves[2] = {0, 0};
  for (int i = shaft.first; i < shaft.last; ++i)
    halves[i >= middle] += std::max(shaft.cuts[static_cast<std::size_t>(i)].contrast, 0.0F);
  const double difference =
      halves[1] / std::max(shaft.last - middle, 1) - halves[0] / std::max(middle - shaft.first, 1);
  return std::clamp(difference / std::max(shaft.level, 1.0), -2.0, 2.0);
}

/// A fascia that bends away goes on beyond the end of its straight part; a needle does not go on beyond its
/// tip.
double NeedleFeatureMeter::beyond(const Shaft& shaft, bool atEnd, const ShaftSurroundings& in) const {
  static const std::array<Eigen::Vector2d, 13> turns = [] {
    std::array<Eigen::Vector2d, 13> made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const double angle = (4.0 * static_cast<double>(i) - 24) * std::numbers::pi / 180;
      made[i] = {std::cos(angle), std::sin(angle)};
    }
    return made;
  }();
  const double sign = atEnd ? 1.0 : -1.0;
  const Eigen::Vector2d start =
      (shaft.at(atEnd ? shaft.end : shaft.begin) - Eigen::Vector2d(in.bounds.x, in.bounds.y)) / in.unit;
  double best = 0;
  for (const Eigen::Vector2d& turn : turns) {
    const Eigen::Vector2d d =
        sign * Eigen::Vector2d(turn.x() * shaft.direction.x() - turn.y() * shaft.direction.y(),
                               turn.y() * shaft.direction.x() + turn.x() * shaft.direction.y());
    const Eigen::Vector2d n(-d.y(), d.x());
    double sum = 0;
    int samples = 0;
    for (int t = 3; t <= 22; ++t, ++samples) {
      const Eigen::Vector2d p = start + t * d;
      if (p.x() < 0 || p.y() < 0 || p.x() > in.search.cols - 1 || p.y() > in.search.rows - 1) break;
      const float here = at(in.search, p.x(), p.y());
      const float left = at(in.search, p.x() + kRidgeSide * n.x(), p.y() + kRidgeSide * n.y());
      const float right = at(in.search, p.x() - kRidgeSide * n.x(), p.y() - kRidgeSide * n.y());
      sum += std::clamp(here - std::max(left, right), -15.0F, 60.0F);
    }
    if (samples >= 8) best = std::max(best, sum / samples);
  }
  return best;
}

void NeedleFeatureMeter::measureCuts(const Shaft& shaft, NeedleFeatures& out) {
  values_.clear();
  widths_.clear();
  double peak = 0, sides = 0;
  int filled = 0, saturated = 0;
  for (int i = shaft.first; i < shaft.last; ++i) {
    const ShaftCut& cut = shaft.cuts[static_cast<std::size_t>(i)];
    values_.push_back(cut.contrast);
    widths_.push_back(cut.width);
    peak += cut.peak;
    sides += cut.below - cut.above;
    filled += cut.contrast >= 0.5 * shaft.level;
    saturated += cut.peak >= bright_;
  }
  const double count = static_cast<double>(values_.size());
  out[Contrast] = static_cast<float>(shaft.level / 64);
  out[Peak] = static_cast<float>(peak / count / 255);
  out[PeakRank] = rankOf(static_cast<float>(peak / count));
  out[Filled] = static_cast<float>(filled / count);
  out[Weakest] = ratio(quantile(values_, 0.1), shaft.level, 2);
  out[Strongest] = ratio(quantile(values_, 0.9), shaft.level, 3);
  out[SideDifference] = ratio(std::abs(sides) / count, shaft.level, 3);
  out[Saturation] = static_cast<float>(saturated / count);
  const float low = quantile(widths_, 0.25);
  const float high = quantile(widths_, 0.75);
  out[Width] = quantile(widths_, 0.5);
  out[WidthSpread] = ratio(high - low, out[Width], 3);

  int rest = 0, shown = 0;
  for (int i = 0; i < static_cast<int>(shaft.cuts.size()); ++i) {
    if (i >= shaft.first - 2 && i < shaft.last + 2) continue;
    ++rest;
    shown += shaft.cuts[static_cast<std::size_t>(i)].contrast >= 0.5 * shaft.level;
  }
  out[LineBeyond] = static_cast<float>(shown) / static_cast<float>(std::max(rest, 10));
}

/// Ridges of the shaft's own direction to both sides of it: muscle fibres and layered fasciae have many, a
/// needle has at most its own echo.
void NeedleFeatureMeter::measureSurroundings(const Shaft& shaft, const ShaftSurroundings& in,
                                             NeedleFeatures& out) {
  const Eigen::Vector2d start = (shaft.at(shaft.begin) - Eigen::Vector2d(in.bounds.x, in.bounds.y)) / in.unit;
  const int length = std::max(4, static_cast<int>(shaft.length() / in.unit));
  const int step = std::max(1, length / 40);
  const Eigen::Vector2d d = shaft.direction;
  const Eigen::Vector2d n = shaft.normal();
  Strip strip;
  strip.fill(-1.0F);
  StripSums sums;
  Levels band;
  for (int t = 0; t <= length; t += step) {
    takeStrip(in.search, start + t * d, n, strip);
    addStrip(strip.data(), sums);
    for (std::size_t o = 4; o + 4 < kStrip; ++o) {
      const bool aside = std::abs(static_cast<int>(o) - kReach) >= kBandInner;
      if (aside && strip[o] >= 0 && strip[o - 4] >= 0 && strip[o + 4] >= 0) band.add(strip[o]);
    }
  }
  float own = 1, ownPositive = 1;
  for (int o = kReach - 1; o <= kReach + 1; ++o) {
    own = std::max(own, sums.mean(sums.coherent, o));
    ownPositive = std::max(ownPositive, sums.mean(sums.positive, o));
  }
  float most = 0, sumPositive = 0, sumAbsolute = 0, near = 0, far = 0;
  int counted = 0, nearCount = 0, farCount = 0;
  for (int o = 4; o + 4 < kStrip; ++o) {
    if (std::abs(o - kReach) < kBandInner || sums.samples[static_cast<std::size_t>(o)] == 0) continue;
    most = std::max(most, sums.mean(sums.coherent, o));
    sumPositive += sums.mean(sums.positive, o);
    sumAbsolute += sums.mean(sums.absolute, o);
    ++counted;
    // The normal points down in the picture as the direction points to rising x.
    if (o > kReach)
      far += sums.mean(sums.level, o), ++farCount;
    else
      near += sums.mean(sums.level, o), ++nearCount;
  }
  if (band.count() > 0) {
    const float peak = 255 * out[Peak];
    out[LocalRank] = static_cast<float>(band.below(peak)) / static_cast<float>(band.count());
    out[LocalLead] = (peak - band.quantile(0.95)) / 64;
  }
  const auto total = static_cast<float>(std::max(counted, 1));
  out[ParallelMean] = ratio(sumPositive / total, ownPositive, 3);
  out[ParallelMost] = ratio(most, own, 3);
  out[Texture] = ratio(sumAbsolute / total, ownPositive, 3);
  float darker = 0;
  if (nearCount > 0 && farCount > 0)
    darker = near / static_cast<float>(nearCount) - far / static_cast<float>(farCount);
  if (in.probe == ProbeSide::Bottom) darker = -darker;
  if (in.probe == ProbeSide::Unknown) darker = 0;
  out[FarDarker] = darker / 64;
}

void NeedleFeatureMeter::measureRivals(std::size_t index, const ShaftSurroundings& in, NeedleFeatures& out) {
  const Shaft& shaft = in.shafts[index];
  double parallel = 0, all = 0, most = 0, contrast = 0;
  for (std::size_t i = 0; i < in.shafts.size(); ++i) {
    if (i == index) continue;
    const Shaft& other = in.shafts[i];
    all += strength(other);
    const double cross =
        shaft.direction.x() * other.direction.y() - shaft.direction.y() * other.direction.x();
    if (std::abs(cross) < 0.17) parallel += strength(other);
    const double beside = (other.at(0.5 * (other.begin + other.end)) - shaft.origin).dot(shaft.normal());
    if (std::abs(cross) < 0.1 && std::abs(beside) < kEchoReach * in.unit) continue;
    most = std::max(most, strength(other));
    contrast = std::max(contrast, other.level);
  }
  out[RivalsParallel] = ratio(parallel, strength(shaft), 12);
  out[Rivals] = ratio(all, strength(shaft), 24);
  out[RivalMost] = ratio(most, strength(shaft), 4);
  out[RivalContrast] = ratio(contrast, shaft.level, 4);
}

NeedleFeatures NeedleFeatureMeter::measure(std::size_t index, bool tipAtEnd, const ShaftSurroundings& in) {
  const Shaft& shaft = in.shafts[index];
  NeedleFeatures out{};
  measureCuts(shaft, out);
  measureSurroundings(shaft, in, out);
  const double size = std::sqrt(static_cast<double>(in.bounds.area()));
  const Eigen::Vector2d tip = shaft.at(tipAtEnd ? shaft.end : shaft.begin);
  const Eigen::Vector2d tail = shaft.at(tipAtEnd ? shaft.begin : shaft.end);
  const auto drops = endDrops(shaft);
  out[Length] = static_cast<float>(shaft.length() / size);
  out[ContrastGain] = ratio(shaft.level, in.ceiling, 5);
  out[Residual] = static_cast<float>(shaft.residual / in.unit);
  out[Bow] = static_cast<float>(std::min(std::abs(shaft.bow) / in.unit, 3.0));
  out[BowShare] = static_cast<float>(std::min(100 * std::abs(shaft.bow) / shaft.length(), 5.0));
  out[Width] = static_cast<float>(out[Width] / in.unit);
  out[TipDrop] = static_cast<float>(drops[tipAtEnd ? 1 : 0]);
  out[TailDrop] = static_cast<float>(drops[tipAtEnd ? 0 : 1]);
  out[TipBorder] = static_cast<float>(lateral(tip, in.bounds) / in.bounds.width);
  out[TailBorder] = static_cast<float>(std::min(lateral(tail, in.bounds), depth(tail, in)) / in.bounds.width);
  out[TipBeyond] = ratio(beyond(shaft, tipAtEnd, in), shaft.level, 3);
  out[TailBeyond] = ratio(beyond(shaft, !tipAtEnd, in), shaft.level, 3);
  out[Angle] = static_cast<float>(std::asin(std::min(1.0, std::abs(shaft.direction.y()))));
  out[TipDepth] = static_cast<float>(depth(tip, in) / in.bounds.height);
  out[TailDepth] = static_cast<float>(depth(tail, in) / in.bounds.height);
  measureRivals(index, in, out);
  out[Tilt] = static_cast<float>(tilt(shaft) * (tipAtEnd ? 1 : -1));
  out[Rank] = 1.0F / static_cast<float>(index + 1);
  return out;
}

}  // namespace acuguide::imaging
