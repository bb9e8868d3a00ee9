#include "imaging/needle/needle_shaft.h"

#include "imaging/vector_clones.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <bit>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr double kProfileReach = 7.0;  // units to each side that a cut looks at
constexpr double kSideNear = 3.0;      // units from the peak where a side begins
constexpr double kSideFar = 6.0;
constexpr double kEndShare = 0.3;    // of the typical contrast: where the visible shaft ends
constexpr int kGap = 5;              // cuts of missing shaft that may be bridged
constexpr int kSmooth = 3;           // cuts that are averaged to find the ends
constexpr double kSpacing = 1.5;     // units from cut to cut
constexpr double kReach = 1.5;       // units from the line within which its brightest point is sought
constexpr double kLeastLength = 12;  // units

float median(std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The range of `along` in which the line stays inside the rectangle.
std::pair<double, double> clip(const Shaft& shaft, const cv::Rect& bounds) {
  double from = -1e6, to = 1e6;
  const double low[2] = {bounds.x + 1.0, bounds.y + 1.0};
  const double high[2] = {bounds.x + bounds.width - 2.0, bounds.y + bounds.height - 2.0};
  for (int axis = 0; axis < 2; ++axis) {
    const double d = shaft.direction[axis];
    const double o = shaft.origin[axis];
    if (std::abs(d) < 1e-9) {
      if (o < low[axis] || o > high[axis]) return {0, -1};
      continue;
    }
    const double t0 = (low[axis] - o) / d;
    const double t1 = (high[axis] - o) / d;
    from = std::max(from, std::min(t0, t1));
    to = std::min(to, std::max(t0, t1));
  }
  return {from, to};
}

/// Contrast below which a shaft is no longer seen.
float endContrast(const Shaft& shaft) { return static_cast<float>(std::max(kEndShare * shaft.level, 4.0)); }

ACUGUIDE_VECTOR_CLONES void sumRows(const std::uint8_t* a, const std::uint8_t* b, const std::uint8_t* c,
                                    int count, std::uint16_t* sums) {
  for (int x = 0; x < count; ++x) sums[x] = static_cast<std::uint16_t>(a[x] + b[x] + c[x]);
}

/// Values between pixels, of places in 65536ths of a pixel; in 256ths of a grey level.
ACUGUIDE_VECTOR_CLONES void interpolate(const std::uint8_t* pixels, const std::int32_t* at, int count,
                                        int* values) {
  constexpr int most = 32;
  std::array<int, most> pairs{};
  for (int i = 0; i < count; ++i) {
    const std::uint8_t* pixel = pixels + (at[i] >> 16);
    pairs[static_cast<std::size_t>(i)] = pixel[0] | pixel[1] << 8;
  }
  for (int i = 0; i < most; ++i) {
    const int pair = pairs[static_cast<std::size_t>(i)], low = pair & 255, high = pair >> 8;
    values[i] = 256 * low + (high - low) * ((at[i] >> 8) & 255);
  }
}

/// A bit for each of 32 values that is greater than `limit`.
ACUGUIDE_VECTOR_CLONES std::uint32_t whichAbove(const int* values, int limit) {
  std::uint32_t bits = 0;
  for (std::uint32_t i = 0; i < 32; ++i) bits |= (values[i] > limit ? 1U : 0U) << i;
  return bits;
}

/// A ninth of three neighbouring sums of three, rounded.
ACUGUIDE_VECTOR_CLONES void averageAlong(const std::uint16_t* sums, int count, std::uint8_t* means) {
  for (int x = 0; x < count; ++x) {
    const auto sum = static_cast<std::uint16_t>(sums[x - 1] + sums[x] + sums[x + 1] + 4);
    means[x] = static_cast<std::uint8_t>((static_cast<std::uint32_t>(sum) * 7282U) >> 16);
  }
}

}  // namespace

void NeedleShaftFit::setPicture(const cv::Mat& picture, const cv::Rect& bounds, double unit) {
  bounds_ = bounds;
  unit_ = unit;
  smoothPicture(picture);
}

/// picture_ and transposed_: nothing beyond what a cut can reach.
void NeedleShaftFit::smoothPicture(const cv::Mat& picture) {
  picture_.create(picture.size(), CV_8UC1);
  transposed_.create(picture.cols, picture.rows, CV_8UC1);
  const int reach = static_cast<int>(1.5 * (kProfileReach + 1) * unit_) + 4;
  const cv::Rect part =
      cv::Rect(bounds_.x - reach, bounds_.y - reach, bounds_.width + 2 * reach, bounds_.height + 2 * reach) &
      cv::Rect(0, 0, picture.cols, picture.rows);
  const auto inside = [](int i, int count) {
    return cv::borderInterpolate(i, count, cv::BORDER_REFLECT_101);
  };
  rowSums_.resize(static_cast<std::size_t>(picture.cols) + 2);
  std::uint16_t* sums = rowSums_.data() + 1;
  for (int y = part.y; y < part.br().y; ++y) {
    sumRows(picture.ptr<std::uint8_t>(inside(y - 1, picture.rows)), picture.ptr<std::uint8_t>(y),
            picture.ptr<std::uint8_t>(inside(y + 1, picture.rows)), picture.cols, sums);
    sums[-1] = sums[inside(-1, picture.cols)];
    sums[picture.cols] = sums[inside(picture.cols, picture.cols)];
    averageAlong(sums + part.x, part.width, picture_.ptr<std::uint8_t>(y) + part.x);
  }
  cv::transpose(picture_(part), transposed_(cv::Rect(part.y, part.x, part.height, part.width)));
}

bool NeedleShaftFit::fit(const Eigen::Vector2d& a, const Eigen::Vector2d& b, Shaft& shaft) {
  if (picture_.rows < 4 || picture_.cols < 4) return false;
  shaft.laid = false;
  const double half = 0.5 * (b - a).norm();
  shaft.origin = 0.5 * (a + b);
  shaft.direction = (b - a).normalized();
  if (shaft.direction.x() < 0) shaft.direction = -shaft.direction;
  // First within the found stretch, then over what the line turns out to cover.
  for (const double reach : {2.5, 1.5}) {
    if (!cut(-half, half, reach, shaft) || !fitLine(-half, half, unit_, shaft)) return false;
  }
  extend(-half, half, shaft);
  if (shaft.length() < kLeastLength * unit_ || !refit(shaft)) return false;
  extend(shaft.begin, shaft.end, shaft);
  return shaft.length() >= kLeastLength * unit_;
}

/// Lays the line through all of the shaft that is known so far.
bool NeedleShaftFit::refit(Shaft& shaft) {
  const Eigen::Vector2d left = shaft.at(shaft.begin);
  const Eigen::Vector2d right = shaft.at(shaft.end);
  if (!fitLine(shaft.begin, shaft.end, 0.7 * unit_, shaft)) return false;
  shaft.begin = (left - shaft.origin).dot(shaft.direction);
  shaft.end = (right - shaft.origin).dot(shaft.direction);
  return true;
}

bool NeedleShaftFit::lay(const Eigen::Vector2d& a, const Eigen::Vector2d& b, Shaft& shaft) {
  const double half = 0.5 * (b - a).norm();
  shaft.origin = 0.5 * (a + b);
  shaft.direction = (b - a).normalized();
  if (shaft.direction.x() < 0) shaft.direction = -shaft.direction;
  if (picture_.rows < 4 || picture_.cols < 4 || !cut(-1e6, 1e6, kReach, shaft)) return false;
  shaft.laid = true;
  shaft.level = std::max(0.0, typicalContrast(shaft, -half, half));
  const auto place = [&](double along) {
    const auto at = std::lower_bound(shaft.cuts.begin(), shaft.cuts.end(), along,
                                     [](const ShaftCut& cut, double value) { return cut.along < value; });
    return static_cast<int>(at - shaft.cuts.begin());
  };
  shaft.first = place(-half);
  shaft.last = place(half);
  if (shaft.last - shaft.first < 4) return false;
  shaft.begin = shaft.cuts[static_cast<std::size_t>(shaft.first)].along;
  shaft.end = shaft.cuts[static_cast<std::size_t>(shaft.last) - 1].along;
  measureBow(shaft);
  shaft.bow = 0;
  return true;
}

void NeedleShaftFit::complete(Shaft& shaft) {
  if (shaft.laid || !refit(shaft)) return;
  const double begin = shaft.begin, end = shaft.end;
  if (!cut(-1e6, 1e6, kReach, shaft)) return;
  findExtent(begin, end, shaft);
  measureBow(shaft);
}

/// Looks for the ends outwards from the seed, wherever the line may lead.
void NeedleShaftFit::extend(double seedBegin, double seedEnd, Shaft& shaft) {
  shaft.begin = shaft.end = 0;
  if (!place(-1e6, 1e6, kReach, shaft)) return;
  findExtent(seedBegin, seedEnd, shaft);
  // Only what has been cut is kept.
  shaft.cuts.erase(shaft.cuts.begin() + known_.end, shaft.cuts.end());
  shaft.cuts.erase(shaft.cuts.begin(), shaft.cuts.begin() + known_.start);
  shaft.first -= known_.start;
  shaft.last -= known_.start;
}

/// Lays out cuts across the line every one and a half units. A flat line is cut along the columns of the
/// picture, a steep one along its rows: along the line nothing changes, and a cut needs interpolation in one
/// direction only. Distances are given perpendicular to the line. False when the line is too short.
bool NeedleShaftFit::place(double from, double to, double reach, Shaft& shaft) {
  const auto [low, high] = clip(shaft, bounds_);
  from = std::max(from, low);
  to = std::min(to, high);
  shaft.cuts.clear();
  known_ = {0, 0};
  if (to - from < 8 * unit_) return false;
  Places& p = places_;
  p.major = std::abs(shaft.direction.x()) >= std::abs(shaft.direction.y()) ? 0 : 1;
  p.cosine = shaft.direction[p.major];
  p.slope = shaft.direction[1 - p.major] / p.cosine;
  p.across = (shaft.normal()[1 - p.major] > 0 ? 1 : -1) / std::abs(p.cosine);
  // A point off the line on the same column lies a little farther along it.
  p.along = shaft.direction[1 - p.major] * p.across;
  p.step = std::max(1.0, 0.5 * unit_);
  p.from = from;
  p.spacing = kSpacing * unit_;
  const auto samples = [&](double units) { return static_cast<int>(std::lround(units * unit_ / p.step)); };
  p.half = std::min(samples(kProfileReach), kMostSamples / 2 - 1);
  p.near = std::max(1, samples(reach));
  p.sideNear = samples(kSideNear);
  p.sideFar = samples(kSideFar);
  shaft.cuts.resize(static_cast<std::size_t>((to - from) / p.spacing) + 1);
  return shaft.cuts.size() >= 8;
}

/// Makes the cuts from `first` to before `last` as well, and all between them and those made before.
void NeedleShaftFit::cutBetween(int first, int last, Shaft& shaft) {
  first = std::max(first, 0);
  last = std::min(last, static_cast<int>(shaft.cuts.size()));
  if (first >= last) return;
  if (known_.empty()) known_ = {first, first};
  const Places& p = places_;
  const cv::Mat& lines = p.major == 0 ? transposed_ : picture_;
  const auto make = [&](int i) {
    const double t = p.from + i * p.spacing;
    const int line = std::clamp(static_cast<int>(shaft.at(t)[p.major] + 0.5), 0, lines.rows - 1);
    const double off = line - shaft.origin[p.major];
    takeProfile(lines, line, shaft.origin[1 - p.major] + p.slope * off, p.step * p.across);
    ShaftCut& made = shaft.cuts[static_cast<std::size_t>(i)];
    made = measureProfile();
    made.along = static_cast<float>(off / p.cosine + p.along * static_cast<double>(made.offset));
  };
  while (known_.start > first) make(--known_.start);
  while (known_.end < last) make(known_.end++);
}

/// Cuts all the line between two places; keeps the brightest point within `reach` units of it.
bool NeedleShaftFit::cut(double from, double to, double reach, Shaft& shaft) {
  if (!place(from, to, reach, shaft)) return false;
  cutBetween(0, static_cast<int>(shaft.cuts.size()), shaft);
  return true;
}

/// Grey levels every `step` px of one row, around `centre`.
void NeedleShaftFit::takeProfile(const cv::Mat& picture, int row, double centre, double step) {
  constexpr double kOne = 65536;
  const std::int32_t farthest = ((picture.cols - 1) << 16) - 1;
  const auto start = static_cast<std::int32_t>((centre - places_.half * step) * kOne);
  const auto stride = static_cast<std::int32_t>(step * kOne);
  const std::int32_t end = start + stride * (kMostSamples - 1);
  std::array<std::int32_t, kMostSamples> at{};
  for (int i = 0; i < kMostSamples; ++i) at[static_cast<std::size_t>(i)] = start + stride * i;
  if (std::min(start, end) < 0 || std::max(start, end) > farthest)
    for (std::int32_t& place : at) place = std::clamp(place, 0, farthest);
  interpolate(picture.ptr<std::uint8_t>(row), at.data(), 2 * places_.half + 1, profile_.data() + kPad);
  std::fill_n(profile_.begin(), kPad, profile_[kPad]);
  const int* const last = profile_.data() + kPad + 2 * places_.half;
  std::fill_n(profile_.begin() + (last - profile_.data()) + 1, kPad, *last);
}

ShaftCut NeedleShaftFit::measureProfile() const {
  const int half = places_.half;
  const int* const level = profile_.data() + kPad + half;
  constexpr float kOne = 1.0F / 256;
  int best = -places_.near;
  for (int i = 1 - places_.near; i <= places_.near; ++i) best = level[i] > level[best] ? i : best;
  ShaftCut result;
  const int peak = level[best];
  result.peak = kOne * static_cast<float>(peak);
  const float l = kOne * static_cast<float>(level[best - 1]), r = kOne * static_cast<float>(level[best + 1]);
  const float curve = l - 2 * result.peak + r;
  const float sub = curve < -1e-3F ? std::clamp(0.5F * (l - r) / curve, -0.5F, 0.5F) : 0.0F;
  result.offset = static_cast<float>(places_.step) * (static_cast<float>(best) + sub);
  int below = 0, above = 0;
  for (int i = places_.sideNear; i <= places_.sideFar; ++i) {
    below += level[best + i];
    above += level[best - i];
  }
  const auto count = static_cast<float>(places_.sideFar - places_.sideNear + 1);
  result.below = kOne * static_cast<float>(below) / count;
  result.above = kOne * static_cast<float>(above) / count;
  result.contrast = result.peak - std::max(result.below, result.above);
  // Whole 256ths above it are those above its whole part.
  const int limit =
      static_cast<int>(std::floor(256 * (result.peak - 0.5F * std::max(result.contrast, 1.0F))));
  const std::uint32_t bright = whichAbove(profile_.data() + kPad, limit) & ((2U << (2 * half)) - 1);
  const int at = best + half;
  const int after = std::countr_one(bright >> at), before = std::countl_one(bright << (31 - at));
  result.width = static_cast<float>(std::max(after + before - 1, 1) * places_.step);
  return result;
}

/// Weighted least squares with Tukey's weights, three rounds; the weight of a cut is its contrast.
bool NeedleShaftFit::fitLine(double from, double to, double scale, Shaft& shaft) {
  double shift = 0, slope = 0;
  for (int round = 0; round < 4; ++round) {
    const double width = scale * (4 - round);
    double w0 = 0, wt = 0, wtt = 0, wo = 0, wto = 0;
    for (const ShaftCut& cut : shaft.cuts) {
      if (cut.along < from || cut.along > to || cut.contrast <= 0) continue;
      const double r = (cut.offset - shift - slope * cut.along) / width;
      if (std::abs(r) >= 1) continue;
      const double w = (1 - r * r) * (1 - r * r) * std::min(cut.contrast, 80.0F);
      w0 += w;
      wt += w * cut.along;
      wtt += w * cut.along * cut.along;
      wo += w * cut.offset;
      wto += w * cut.along * cut.offset;
    }
    const double det = w0 * wtt - wt * wt;
    if (w0 <= 0 || det < 1e-6 * w0 * w0) return false;
    slope = (w0 * wto - wt * wo) / det;
    shift = (wo - slope * wt) / w0;
  }
  if (std::abs(slope) > 0.3) return false;
  const Eigen::Vector2d normal = shaft.normal();
  const double middle = 0.5 * (from + to);
  shaft.origin = shaft.at(middle) + (shift + slope * middle) * normal;
  shaft.direction = (shaft.direction + slope * normal).normalized();
  if (shaft.direction.x() < 0) shaft.direction = -shaft.direction;
  return true;
}

double NeedleShaftFit::typicalContrast(const Shaft& shaft, double from, double to) {
  sorted_.clear();
  for (int i = known_.start; i < known_.end; ++i) {
    const ShaftCut& cut = shaft.cuts[static_cast<std::size_t>(i)];
    if (cut.along >= from && cut.along <= to) sorted_.push_back(cut.contrast);
  }
  return median(sorted_);
}

/// Mean contrast of a cut and its neighbours.
float NeedleShaftFit::contrastAround(int cut, Shaft& shaft) {
  constexpr int half = kSmooth / 2;
  const int first = std::max(0, cut - half),
            end = std::min(static_cast<int>(shaft.cuts.size()), cut + half + 1);
  cutBetween(first, end, shaft);
  float sum = 0;
  for (int i = first; i < end; ++i) sum += shaft.cuts[static_cast<std::size_t>(i)].contrast;
  return sum / static_cast<float>(end - first);
}

/// The cut itself may lie in a gap: then the nearest that does not.
int NeedleShaftFit::nearestThatShows(int start, float limit, Shaft& shaft) {
  const int count = static_cast<int>(shaft.cuts.size());
  for (int d = 0; d < count; ++d) {
    if (start + d < count && contrastAround(start + d, shaft) >= limit) return start + d;
    if (start - d >= 0 && contrastAround(start - d, shaft) >= limit) return start - d;
  }
  return start;
}

/// From the seed outwards as long as the contrast holds, over short gaps; what lies farther out is not cut.
void NeedleShaftFit::findExtent(double seedBegin, double seedEnd, Shaft& shaft) {
  const int count = static_cast<int>(shaft.cuts.size());
  // A cut's brightest point may lie a little before or after its place on the line.
  const double astray = 2.5 * unit_ + 2;
  const auto placeOf = [&](double along) {
    return std::clamp(static_cast<int>((along - places_.from) / places_.spacing), 0, count - 1);
  };
  cutBetween(placeOf(seedBegin - astray), placeOf(seedEnd + astray) + 2, shaft);
  shaft.level = typicalContrast(shaft, seedBegin, seedEnd);
  const float limit = endContrast(shaft);
  const auto along = [&](int i) { return shaft.cuts[static_cast<std::size_t>(i)].along; };
  const double middle = 0.5 * (seedBegin + seedEnd);
  int start = std::max(placeOf(middle - astray), known_.start);
  while (start + 1 < known_.end && along(start) < middle) ++start;
  start = nearestThatShows(start, limit, shaft);
  const auto walk = [&](int step) {
    int lastSeen = start;
    for (int i = start; i >= 0 && i < count && std::abs(i - lastSeen) <= kGap; i += step)
      if (contrastAround(i, shaft) >= limit) lastSeen = i;
    return lastSeen;
  };
  shaft.first = walk(-1);
  shaft.last = walk(1) + 1;
  shaft.begin = along(shaft.first);
  shaft.end = along(shaft.last - 1);
}

/// A parabola through the cuts that show: a bent shaft is as smooth as a straight one, a fascia is not.
void NeedleShaftFit::measureBow(Shaft& shaft) {
  const float limit = endContrast(shaft);
  const double centre = 0.5 * (shaft.begin + shaft.end);
  const double half = std::max(0.5 * shaft.length(), 1.0);
  Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
  Eigen::Vector3d right = Eigen::Vector3d::Zero();
  const auto basis = [&](const ShaftCut& cut) -> Eigen::Vector3d {
    const double q = (cut.along - centre) / half;
    return {1, q, q * q};
  };
  for (int i = shaft.first; i < shaft.last; ++i) {
    const ShaftCut& cut = shaft.cuts[static_cast<std::size_t>(i)];
    if (cut.contrast < limit) continue;
    normal += basis(cut) * basis(cut).transpose();
    right += cut.offset * basis(cut);
  }
  normal += 1e-6 * Eigen::Matrix3d::Identity();
  const Eigen::Vector3d curve = normal.ldlt().solve(right);
  shaft.bow = -curve[2];
  sorted_.clear();
  for (int i = shaft.first; i < shaft.last; ++i) {
    const ShaftCut& cut = shaft.cuts[static_cast<std::size_t>(i)];
    if (cut.contrast >= limit)
      sorted_.push_back(static_cast<float>(std::abs(cut.offset - curve.dot(basis(cut)))));
  }
  shaft.residual = 1.4826 * static_cast<double>(median(sorted_));
}

}  // namespace acuguide::imaging
