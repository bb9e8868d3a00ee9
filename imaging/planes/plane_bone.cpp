#include "imaging/planes/plane_bone.h"

#include "imaging/planes/plane_bone_weights.h"
#include "imaging/vector_clones.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int step = PlaneBone::columnStep;
constexpr int begins = 100;         // in from_: the way begins here
constexpr int steepest = 8;         // depths per sample
constexpr float beginPrice = 1.0F;  // of a surface, in samples of certain bone
constexpr float bendPrice = 0.04F;  // per depth of change
// Shares of the picture's width and depth. The upper wall of a vessel is bright over darkness too, but not so
// long.
constexpr double leastLength = 0.08, leastDepth = 0.2;
constexpr double leastConfidence = 0.6;  // less is more likely fascia or a vessel's wall than bone
constexpr float leastLikely = 0.2F;      // of a place on the way: the pieces are judged later

/// Log of a ratio of grey levels; below a fifth all is black, and a blacker shadow no surer one.
double ratio(double a, double b) { return std::clamp(std::log(a / b), -1.6, 3.0); }

int gapOf(int depths) { return std::max(3, depths / 40); }

ACUGUIDE_VECTOR_CLONES void sumRows(const float* const* rows, int count, float* sums) {
  for (int y = 0; y < count; ++y) sums[y] = rows[0][y] + rows[1][y] + rows[2][y] + rows[3][y] + rows[4][y];
}

/// Mean of 5 by 3 whole grey levels.
ACUGUIDE_VECTOR_CLONES void averageAlong(const float* sums, int count, float* means) {
  for (int y = 0; y < count; ++y) means[y] = (sums[y - 1] + sums[y] + sums[y + 1]) * (1.0F / 15);
}

/// Whether more than half of a bone's surface lies along a needle, whose echo is as bright and whose shadow
/// as dark.
bool liesAlong(const TissuePlane& bone, const NeedleCandidate& needle, const cv::Rect& bounds) {
  const double near = std::max(5.0, 0.015 * bounds.height), length = needle.lengthPx();
  if (length < 1) return false;
  const Eigen::Vector2d axis = (needle.tipPx - needle.tailPx) / length;
  const auto on = std::count_if(bone.vertices.begin(), bone.vertices.end(), [&](const PlaneVertex& v) {
    const Eigen::Vector2d from = Eigen::Vector2d(v.x, v.ridge) - needle.tailPx;
    const double along = from.dot(axis);
    return std::abs(from.x() * axis.y() - from.y() * axis.x()) < near && along > -0.2 * length &&
           along < 1.2 * length;
  });
  return 2 * static_cast<std::size_t>(on) > bone.vertices.size();
}

}  // namespace

void dropBoneAlong(const std::vector<NeedleCandidate>& needles, const cv::Rect& bounds,
                   std::vector<TissuePlane>& planes) {
  std::erase_if(planes, [&](const TissuePlane& plane) {
    return plane.label == PlaneLabel::Bone &&
           std::any_of(needles.begin(), needles.end(), [&](const auto& needle) {
             return needle.confidence >= 0.5 * plane.confidence && liesAlong(plane, needle, bounds);
           });
  });
}

double boneProbability(const BoneEvidence& evidence) {
  double score = boneBias;
  for (std::size_t i = 0; i < kBoneEvidenceCount; ++i) score += boneWeights[i] * evidence[i];
  return 1 / (1 + std::exp(-score));
}

void PlaneBone::process(const cv::Mat& transposed, const std::vector<int>& lastDepth,
                        const PlaneSegmenter& segmenter) {
  surface_.clear();
  candidates_.clear();
  confidence_ = 0;
  if (transposed.rows < 32 || transposed.cols < 32) return;
  const bool bright = measure(transposed, lastDepth), seen = addSeen(segmenter, lastDepth);
  if (!bright && !seen) return;
  bestWay();
  const int samples = likelihood_.rows;
  for (int i = 0; i < samples;) {
    int end = i;
    while (end < samples && way_[static_cast<size_t>(end)] >= 0) ++end;
    const auto [first, last] = withoutFaintEnds(i, end);
    if (last - first >= leastLength * samples) {
      Candidate candidate{first, last, evidenceOf(first, last, lastDepth), 0};
      candidate.confidence = boneProbability(candidate.evidence);
      candidates_.push_back(candidate);
      if (candidate.confidence >= leastConfidence) {
        confidence_ = std::max(confidence_, candidate.confidence);
        for (int k = first; k < last; ++k) surface_.push_back(pointAt(k));
      }
    }
    i = std::max(end, i + 1);
  }
}

/// smooth_: of every second column, over five of them and three depths.
void PlaneBone::smooth(const cv::Mat& transposed) {
  const int columns = transposed.rows, depths = transposed.cols;
  smooth_.create(columns / step, depths, CV_32F);
  sums_.resize(static_cast<size_t>(depths + 2));
  for (int i = 0; i < smooth_.rows; ++i) {
    const float* rows[5];
    for (int d = -2; d <= 2; ++d)
      rows[d + 2] = transposed.ptr<float>(std::clamp(i * step + d, 0, columns - 1));
    sumRows(rows, depths, sums_.data() + 1);
    sums_.front() = sums_[1];
    sums_.back() = sums_[static_cast<size_t>(depths)];
    averageAlong(sums_.data() + 1, depths, smooth_.ptr<float>(i));
  }
}

/// Fills likelihood_ (0..1). False when bone is unlikely everywhere.
bool PlaneBone::measure(const cv::Mat& transposed, const std::vector<int>& lastDepth) {
  const int samples = transposed.rows / step, depths = transposed.cols, gap = gapOf(depths);
  smooth(transposed);
  likelihood_.create(samples, depths, CV_32F);
  const auto usual = static_cast<float>(std::max(1.0, cv::mean(transposed)[0]));
  prefix_.resize(static_cast<size_t>(depths) + 1);
  bool any = false;
  for (int i = 0; i < samples; ++i) {
    const float* value = smooth_.ptr<float>(i);
    float* out = likelihood_.ptr<float>(i);
    std::fill_n(out, depths, 0.0F);
    prefix_[0] = 0;
    for (int y = 0; y < depths; ++y)
      prefix_[static_cast<size_t>(y) + 1] = prefix_[static_cast<size_t>(y)] + value[y];
    const int last = std::min(lastDepth[static_cast<size_t>(i * step)], depths - 1) + 1;
    const auto meanOf = [&](int a, int b) {
      return (prefix_[static_cast<size_t>(b)] - prefix_[static_cast<size_t>(a)]) / static_cast<float>(b - a);
    };
    // The brightest stretch from each depth on: behind a vessel's dark lumen there is a far wall.
    const int stretch = std::max(3, depths / 16);
    brightest_.assign(static_cast<size_t>(depths) + 1, 0.0F);
    for (int y = last - 1; y >= 0; --y)
      brightest_[static_cast<size_t>(y)] = std::max(brightest_[static_cast<size_t>(y) + 1],
                                                    y + stretch <= last ? meanOf(y, y + stretch) : 0.0F);
    for (int y = static_cast<int>(leastDepth * depths); y + gap + 4 < last; ++y) {
      const float bright = std::clamp(value[y] / usual - 1.5F, 0.0F, 1.0F);
      if (bright <= 0) continue;
      const int from = y + gap;
      const float shadow = std::max(meanOf(from, last), brightest_[static_cast<size_t>(from)]);
      out[y] = bright * std::clamp((0.3F - shadow / value[y]) / 0.15F, 0.0F, 1.0F);
      any = any || out[y] > leastLikely;
    }
  }
  return any;
}

/// Fills seen_ (0..1) with what the network sees, and either_. False when it sees hardly any bone.
bool PlaneBone::addSeen(const PlaneSegmenter& segmenter, const std::vector<int>& lastDepth) {
  const int samples = likelihood_.rows, depths = likelihood_.cols;
  const double cell = static_cast<double>(depths) / PlaneSegmenter::columns;
  seen_.create(samples, depths, CV_32F);
  likelihood_.copyTo(either_);
  bool any = false;
  for (int i = 0; i < samples; ++i) {
    float* seen = seen_.ptr<float>(i);
    std::fill_n(seen, depths, 0.0F);
    const double at = (i * step + 0.5) * PlaneSegmenter::columns / (samples * step) - 0.5;
    const int left = std::clamp(static_cast<int>(std::floor(at)), 0, PlaneSegmenter::columns - 2);
    const double part = std::clamp(at - left, 0.0, 1.0);
    const auto between = [&](double from, double to) {
      return (1 - part) * segmenter.probability(PlaneNetwork::Bone, left, from, to) +
             part * segmenter.probability(PlaneNetwork::Bone, left + 1, from, to);
    };
    const auto there = static_cast<float>(between(-1, depths));
    if (there < 0.5F * leastLikely) continue;
    const int last = std::min(lastDepth[static_cast<size_t>(i * step)], depths - 1);
    float most = 1e-6F;
    for (int y = 1; y < last; ++y) {
      seen[y] = static_cast<float>(between(y - 1.5 * cell, y + 1.5 * cell));
      most = std::max(most, seen[y]);
    }
    const float* value = smooth_.ptr<float>(i);
    float* either = either_.ptr<float>(i);
    for (int y = 1; y < last; ++y) {
      // That it is there at all, where it is likeliest; of places that the cells cannot tell apart, the
      // brightest.
      const float bright = value[y] / std::max({value[y - 1], value[y], value[y + 1], 1.0F});
      seen[y] *= there / most * (0.9F + 0.1F * bright);
      either[y] = std::max(either[y], seen[y]);
      any = any || seen[y] > leastLikely;
    }
  }
  return any;
}

/// way_: of all ways across, bone or none at each sample, the one with the greatest sum of (either_ -
/// leastLikely) less the prices.
void PlaneBone::bestWay() {
  const int samples = likelihood_.rows, depths = likelihood_.cols;
  constexpr float never = -1e9F;
  from_.create(samples, depths, CV_8S);
  noneFrom_.assign(static_cast<size_t>(samples), -1);
  before_.assign(static_cast<size_t>(depths + 2 * steepest), never);
  now_ = before_;
  float none = 0;
  for (int i = 0; i < samples; ++i) {
    const float* likelihood = either_.ptr<float>(i);
    schar* from = from_.ptr<schar>(i);
    for (int y = 0; y < depths; ++y) {
      float best = none - beginPrice;
      int came = begins;
      if (likelihood[y] > 0) {
        for (int d = -steepest; d <= steepest; ++d) {
          const float sum =
              before_[static_cast<size_t>(y - d + steepest)] - bendPrice * static_cast<float>(std::abs(d));
          if (sum > best) {
            best = sum;
            came = d;
          }
        }
      } else if (before_[static_cast<size_t>(y + steepest)] > best) {
        best = before_[static_cast<size_t>(y + steepest)];
        came = 0;
      }
      now_[static_cast<size_t>(y + steepest)] = best + likelihood[y] - leastLikely;
      from[y] = static_cast<schar>(came);
    }
    const auto highest = std::max_element(before_.begin(), before_.end());
    if (i > 0 && *highest > none) {
      none = *highest;
      noneFrom_[static_cast<size_t>(i)] = static_cast<int>(highest - before_.begin()) - steepest;
    }
    std::swap(before_, now_);
  }
  way_.assign(static_cast<size_t>(samples), -1);
  const auto highest = std::max_element(before_.begin(), before_.end());
  int y = *highest > none ? static_cast<int>(highest - before_.begin()) - steepest : -1;
  for (int i = samples - 1; i >= 0; --i) {
    way_[static_cast<size_t>(i)] = y;
    if (y < 0) {
      y = noneFrom_[static_cast<size_t>(i)];
    } else {
      const int came = from_.at<schar>(i, y);
      y = came == begins ? -1 : y - came;
    }
  }
}

/// The piece less what is at either end less than half as likely as its median.
std::pair<int, int> PlaneBone::withoutFaintEnds(int begin, int end) {
  sums_.clear();
  for (int i = begin; i < end; ++i) sums_.push_back(either_.at<float>(i, way_[static_cast<size_t>(i)]));
  if (sums_.empty()) return {begin, end};
  const auto middle = sums_.begin() + static_cast<std::ptrdiff_t>(sums_.size() / 2);
  std::nth_element(sums_.begin(), middle, sums_.end());
  const float least = *middle / 2;
  const auto faint = [&](int i) { return either_.at<float>(i, way_[static_cast<size_t>(i)]) < least; };
  while (begin < end && faint(begin)) ++begin;
  while (end > begin && faint(end - 1)) --end;
  return {begin, end};
}

BoneEvidence PlaneBone::evidenceOf(int begin, int end, const std::vector<int>& lastDepth) const {
  const int samples = likelihood_.rows, depths = likelihood_.cols, gap = gapOf(depths);
  struct Mean {
    double sum = 0, count = 0;
    double value() const { return 1 + sum / std::max(count, 1.0); }  // a grey level more: black has no log
  } surface, above, near, all, brightest;
  const auto add = [&](Mean& mean, int i, int from, int to) {
    for (int d = std::max(from, 0); d < to; ++d, ++mean.count) mean.sum += smooth_.at<float>(i, d);
  };
  double seen = 0, depth = 0;
  for (int i = begin; i < end; ++i) {
    const int y = way_[static_cast<size_t>(i)];
    const int last = std::min(lastDepth[static_cast<size_t>(i * step)] + 1, depths);
    seen += seen_.at<float>(i, y) / (end - begin);
    depth += static_cast<double>(y) / depths / (end - begin);
    const Point point = pointAt(i);
    surface.sum += smooth_.at<float>(i, static_cast<int>(point.ridge + 0.5F));
    ++surface.count;
    add(above, i, y - gap - depths / 6, std::min(y - gap, last));
    add(near, i, y + gap, std::min(y + gap + depths / 8, last));
    add(all, i, y + gap, last);
    const int stretch = std::max(3, depths / 16);
    double sum = 0, most = 0;
    for (int d = y + gap; d < last; ++d) {
      sum += smooth_.at<float>(i, d);
      if (d - stretch >= y + gap) sum -= smooth_.at<float>(i, d - stretch);
      if (d - stretch + 1 >= y + gap) most = std::max(most, sum / stretch);
    }
    brightest.sum += most;
    ++brightest.count;
  }
  // How far the ends lie below the middle: means of the outer and of the inner thirds.
  double ends = 0, middle = 0;
  const int third = std::max(1, (end - begin) / 3);
  for (int k = 0; k < third; ++k) {
    ends += 0.5 * (way_[static_cast<size_t>(begin + k)] + way_[static_cast<size_t>(end - 1 - k)]) / third;
    middle += static_cast<double>(way_[static_cast<size_t>((begin + end - third) / 2 + k)]) / third;
  }
  const double length = static_cast<double>(end - begin) / samples;
  return {seen,
          std::log(std::min(length, 0.5)),
          ratio(all.value(), above.value()),
          ratio(brightest.value(), surface.value()),
          ratio(near.value(), surface.value()),
          besideOf(begin, end),
          depth,
          std::clamp((ends - middle) / (step * (end - begin)), -0.3, 0.3)};
}

/// Log of how bright it is below a surface to how bright at the same depth on either side; 0 where nothing
/// lies there.
double PlaneBone::besideOf(int begin, int end) const {
  const int samples = likelihood_.rows, depths = likelihood_.cols, gap = gapOf(depths);
  const int top = *std::min_element(way_.begin() + begin, way_.begin() + end) + gap;
  const int bottom = std::min(depths, top + depths / 4);
  double below = 0, cells = 0, beside = 0, others = 0;
  const auto add = [&](int i, int from, double& sum, double& n) {
    for (int y = from; y < bottom; ++y, ++n) sum += smooth_.at<float>(i, y);
  };
  for (int i = begin; i < end; ++i) add(i, way_[static_cast<size_t>(i)] + gap, below, cells);
  const int reach = samples / 4, apart = 3;
  for (int i = std::max(0, begin - reach); i < std::min(samples, end + reach); ++i)
    if ((i < begin - apart || i >= end + apart) && way_[static_cast<size_t>(i)] < 0)
      add(i, top, beside, others);
  if (cells < 1 || others < 0.05 * samples * (bottom - top)) return 0;
  return ratio(1 + below / cells, 1 + beside / others);
}

/// The surface's brightest depth, to a fraction of a pixel, and where it has come down to half of that.
PlaneBone::Point PlaneBone::pointAt(int sample) const {
  const float* value = smooth_.ptr<float>(sample);
  const int depths = smooth_.cols;
  int ridge = way_[static_cast<size_t>(sample)];
  for (int d = std::max(1, ridge - 2); d <= std::min(depths - 2, ridge + 2); ++d)
    ridge = value[d] > value[ridge] ? d : ridge;
  const auto at = [&](int d) { return value[std::clamp(d, 0, depths - 1)]; };
  const float before = at(ridge - 1), here = at(ridge), after = at(ridge + 1),
              bend = before - 2 * here + after;
  constexpr int thickest = 8;
  int up = ridge, down = ridge;
  while (ridge - up < thickest && at(up) > 0.5F * here) --up;
  while (down - ridge < thickest && at(down) > 0.5F * here) ++down;
  Point point;
  point.column = sample * step;
  point.ridge =
      static_cast<float>(ridge) + (bend < 0 ? std::clamp(0.5F * (before - after) / bend, -0.5F, 0.5F) : 0);
  point.upper = std::min(point.ridge, static_cast<float>(std::max(0, up)));
  point.lower = std::max(point.ridge, static_cast<float>(std::min(depths - 1, down)));
  return point;
}

}  // namespace acuguide::imaging
