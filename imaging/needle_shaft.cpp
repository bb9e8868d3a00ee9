#include "imaging/needle_shaft.h"

#include <Eigen/Cholesky>

#include <algorithm>
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
constexpr double kNearReach = 30;    // units beyond the seed that are looked at first

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

}  // namespace

void NeedleShaftFit::setPicture(const cv::Mat& picture, const cv::Rect& bounds, double unit) {
  picture_ = picture;
  cv::transpose(picture, transposed_);
  bounds_ = bounds;
  unit_ = unit;
}

bool NeedleShaftFit::fit(const Eigen::Vector2d& a, const Eigen::Vector2d& b, Shaft& shaft) {
  if (picture_.rows < 4 || picture_.cols < 4) return false;
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

void NeedleShaftFit::complete(Shaft& shaft) {
  if (!refit(shaft)) return;
  const double begin = shaft.begin, end = shaft.end;
  if (!cut(-1e6, 1e6, kReach, shaft)) return;
  findExtent(begin, end, shaft);
  measureBow(shaft);
}

/// Looks for the ends first near the seed, then wherever the line may lead.
void NeedleShaftFit::extend(double seedBegin, double seedEnd, Shaft& shaft) {
  for (double reach = kNearReach * unit_;; reach *= 4) {
    shaft.begin = shaft.end = 0;
    if (!cut(seedBegin - reach, seedEnd + reach, kReach, shaft)) return;
    findExtent(seedBegin, seedEnd, shaft);
    const auto count = static_cast<int>(shaft.cuts.size());
    const bool open = shaft.first < kGap + 4 || shaft.last > count - kGap - 4;
    if (!open || reach > 4 * kNearReach * unit_) return;
  }
}

/// Looks across the line every one and a half units; keeps the brightest point within `reach` units of it. A
/// flat line is cut along the columns of the picture, a steep one along its rows: along the line nothing
/// changes, and a cut needs interpolation in one direction only. Distances are given perpendicular to the
/// line.
bool NeedleShaftFit::cut(double from, double to, double reach, Shaft& shaft) {
  const auto [low, high] = clip(shaft, bounds_);
  from = std::max(from, low);
  to = std::min(to, high);
  shaft.cuts.clear();
  if (to - from < 8 * unit_) return false;
  const bool flat = std::abs(shaft.direction.x()) >= std::abs(shaft.direction.y());
  const int major = flat ? 0 : 1;
  const double cosine = shaft.direction[major];
  const double slope = shaft.direction[1 - major] / cosine;
  const double slant = std::abs(cosine);                       // perpendicular per px of a cut
  const double sign = shaft.normal()[1 - major] > 0 ? 1 : -1;  // of the normal along a cut
  const double step = std::max(1.0, 0.5 * unit_);
  const auto samples = [&](double units) { return static_cast<int>(std::lround(units * unit_ / step)); };
  const int half = samples(kProfileReach);
  profile_.resize(static_cast<std::size_t>(2 * half + 1));
  const cv::Mat& lines = flat ? transposed_ : picture_;
  const double spacing = kSpacing * unit_;
  for (double t = from; t <= to; t += spacing) {
    const int line = std::clamp(static_cast<int>(shaft.at(t)[major] + 0.5), 0, lines.rows - 1);
    const double along = (line - shaft.origin[major]) / cosine;
    const double centre = shaft.origin[1 - major] + slope * (line - shaft.origin[major]);
    takeProfile(lines, line, centre, sign * step / slant);
    shaft.cuts.push_back(
        measureProfile(step, std::max(1, samples(reach)), samples(kSideNear), samples(kSideFar)));
    // A point off the line on the same column lies a little farther along it.
    const double tangent = shaft.direction[1 - major] * sign / slant;
    shaft.cuts.back().along =
        static_cast<float>(along + tangent * static_cast<double>(shaft.cuts.back().offset));
  }
  return shaft.cuts.size() >= 8;
}

/// Grey levels every `step` px of one row, around `centre`.
void NeedleShaftFit::takeProfile(const cv::Mat& picture, int row, double centre, double step) {
  const int half = static_cast<int>(profile_.size() / 2);
  const std::uint8_t* pixels = picture.ptr<std::uint8_t>(row);
  constexpr double kOne = 65536;
  const std::int32_t last = ((picture.cols - 1) << 16) - 1;
  auto at = static_cast<std::int32_t>((centre - half * step) * kOne);
  const auto stride = static_cast<std::int32_t>(step * kOne);
  const auto valueAt = [pixels](std::int32_t place) {
    const std::uint8_t* p = pixels + (place >> 16);
    const int share = (place >> 8) & 255;
    return static_cast<float>(256 * p[0] + (p[1] - p[0]) * share) * (1.0F / 256.0F);
  };
  const std::int32_t end = at + stride * static_cast<std::int32_t>(profile_.size() - 1);
  if (std::min(at, end) >= 0 && std::max(at, end) <= last) {
    for (float& value : profile_) value = valueAt(at), at += stride;
  } else {
    for (float& value : profile_) value = valueAt(std::clamp(at, 0, last)), at += stride;
  }
}

ShaftCut NeedleShaftFit::measureProfile(double step, int near, int sideNear, int sideFar) const {
  const int half = static_cast<int>(profile_.size() / 2);
  const auto level = [&](int i) { return profile_[static_cast<std::size_t>(i + half)]; };
  int best = -near;
  for (int i = 1 - near; i <= near; ++i)
    if (level(i) > level(best)) best = i;
  ShaftCut result;
  result.peak = level(best);
  const float l = level(best - 1), c = level(best), r = level(best + 1);
  const float curve = l - 2 * c + r;
  const float sub = curve < -1e-3F ? std::clamp(0.5F * (l - r) / curve, -0.5F, 0.5F) : 0.0F;
  result.offset = static_cast<float>(step) * (static_cast<float>(best) + sub);
  for (int i = sideNear; i <= sideFar; ++i) {
    result.below += level(std::min(best + i, half));
    result.above += level(std::max(best - i, -half));
  }
  result.below /= static_cast<float>(sideFar - sideNear + 1);
  result.above /= static_cast<float>(sideFar - sideNear + 1);
  result.contrast = result.peak - std::max(result.below, result.above);
  const float limit = result.peak - 0.5F * std::max(result.contrast, 1.0F);
  int wide = 1;
  for (int i = best + 1; i <= half && level(i) > limit; ++i) ++wide;
  for (int i = best - 1; i >= -half && level(i) > limit; --i) ++wide;
  result.width = static_cast<float>(wide * step);
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
  for (const ShaftCut& cut : shaft.cuts)
    if (cut.along >= from && cut.along <= to) sorted_.push_back(cut.contrast);
  return median(sorted_);
}

/// Mean contrast on the line itself (a peak off the line by more than a unit counts for nothing) over a short
/// window.
void NeedleShaftFit::smooth(const Shaft& shaft) {
  const int count = static_cast<int>(shaft.cuts.size());
  smoothed_.assign(shaft.cuts.size(), 0.0F);
  constexpr int half = kSmooth / 2;
  for (int i = 0; i < count; ++i) {
    float sum = 0;
    int n = 0;
    for (int j = std::max(0, i - half); j <= std::min(count - 1, i + half); ++j, ++n)
      sum += shaft.cuts[static_cast<std::size_t>(j)].contrast;
    smoothed_[static_cast<std::size_t>(i)] = sum / static_cast<float>(n);
  }
}

/// From the seed outwards as long as the contrast holds, over short gaps.
void NeedleShaftFit::findExtent(double seedBegin, double seedEnd, Shaft& shaft) {
  smooth(shaft);
  shaft.level = typicalContrast(shaft, seedBegin, seedEnd);
  const float limit = endContrast(shaft);
  const int count = static_cast<int>(shaft.cuts.size());
  const auto along = [&](int i) { return shaft.cuts[static_cast<std::size_t>(i)].along; };
  const auto shows = [&](int i) { return smoothed_[static_cast<std::size_t>(i)] >= limit; };
  int start = 0;
  const double middle = 0.5 * (seedBegin + seedEnd);
  while (start + 1 < count && along(start) < middle) ++start;
  // The middle itself may lie in a gap: begin at the nearest cut that shows.
  for (int d = 0; d < count; ++d) {
    if (start + d < count && shows(start + d)) {
      start += d;
      break;
    }
    if (start - d >= 0 && shows(start - d)) {
      start -= d;
      break;
    }
  }
  const auto walk = [&](int step) {
    int lastSeen = start;
    for (int i = start; i >= 0 && i < count && std::abs(i - lastSeen) <= kGap; i += step)
      if (shows(i)) lastSeen = i;
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
