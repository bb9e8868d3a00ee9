#include "imaging/planes/fibre_direction.h"

#include "core/units.h"
#include "imaging/vector_clones.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int columnStep = 2;
constexpr int aside = 6;  // working pixels from the middle of a fibre to what it is compared with

const TissuePlane* planeOf(const std::vector<TissuePlane>& planes, PlaneLabel label) {
  const auto found =
      std::find_if(planes.begin(), planes.end(), [label](const auto& p) { return p.label == label; });
  return found == planes.end() ? nullptr : &*found;
}

ACUGUIDE_VECTOR_CLONES void addRow(const float* value, const float* in, int count, float sign, float* sum,
                                   float* counted) {
  for (int y = 0; y < count; ++y) {
    sum[y] += sign * value[y];
    counted[y] += sign * in[y];
  }
}

/// Sum of the squared positive means over the places inside.
ACUGUIDE_VECTOR_CLONES float energyOf(const float* sum, const float* counted, const float* in, int count,
                                      float least) {
  const auto of = [](const float* values) { return reinterpret_cast<const Lanes*>(values); };
  const Lanes zero{}, floor = zero + least;
  Lanes energies{};
  int y = 0;
  for (; y + 8 <= count; y += 8) {
    const Lanes all = *of(counted + y), positive = *of(sum + y);
    const Lanes mean = (positive > zero ? positive : zero) / (all > floor ? all : floor);
    energies += *of(in + y) * mean * mean;
  }
  float energy = 0;
  for (int k = 0; k < 8; ++k) energy += energies[k];
  for (; y < count; ++y) {
    const float mean = std::max(0.0F, sum[y]) / std::max(counted[y], least);
    energy += in[y] * mean * mean;
  }
  return energy;
}

}  // namespace

std::optional<FibreDirection> FibreFinder::process(const PlanePicture& picture,
                                                   const std::vector<TissuePlane>& planes,
                                                   const std::optional<PlaneSegmenter::Fibres>& seen) {
  const TissuePlane* superficial = planeOf(planes, PlaneLabel::SuperficialAponeurosis);
  const TissuePlane* deep = planeOf(planes, PlaneLabel::DeepAponeurosis);
  if (!superficial || !deep || !cutOutMuscle(picture, *superficial, *deep)) return std::nullopt;

  constexpr double coarse = 3, fine = 1.5;
  constexpr int reach = 4;  // fine steps either side
  const bool led = seen && seen->certainty >= options_.leastSeen;
  // Speckle smeared sideways has its own energy, which is that of a flatter direction: the farther from what
  // the network sees, the less an energy counts.
  const auto counts = [&](double angleDeg, double seenDeg) {
    const double off = led ? (angleDeg - seen->angleDeg) / seenDeg : 0;
    return std::exp(-0.5 * off * off);
  };
  const double steepest = led ? options_.steepestSeenDeg : options_.steepestDeg;
  const int steps = static_cast<int>(steepest / coarse);
  int best = 0, looked = 0;
  double sum = 0, highest = 0, energyThere = 0;
  for (int i = -steps; i <= steps; ++i) {
    const double share = counts(i * coarse, options_.coarseSeenDeg);
    if (share < 0.01) continue;
    const double energy = energyAlong(i * coarse, options_.coarseLength);
    sum += energy;
    ++looked;
    if (share * energy <= highest) continue;
    highest = share * energy;
    energyThere = energy;
    best = i;
  }
  if (highest <= 0 || std::abs(best) == steps) return std::nullopt;

  std::array<double, 2 * reach + 1> near{};
  for (int i = -reach; i <= reach; ++i) {
    const double angle = best * coarse + i * fine;
    near[static_cast<size_t>(i + reach)] =
        counts(angle, options_.fineSeenDeg) * energyAlong(angle, options_.fineLength);
  }
  const auto peak = static_cast<int>(std::max_element(near.begin() + 1, near.end() - 1) - near.begin());
  const double a = near[static_cast<size_t>(peak - 1)], b = near[static_cast<size_t>(peak)],
               c = near[static_cast<size_t>(peak + 1)];
  const double bend = a - 2 * b + c;
  const double offset = bend < 0 ? std::clamp(0.5 * (a - c) / bend, -1.0, 1.0) : 0.0;

  FibreDirection fibre;
  const double angle = radians(best * coarse + (peak - reach + offset) * fine);
  fibre.angle = picture.flipped() ? -angle : angle;
  fibre.confidence = led ? seen->certainty : std::clamp(1.0 - sum / looked / energyThere, 0.0, 1.0);
  return fibre;
}

std::optional<PlaneSegmenter::Fibres> fibresSeen(const PlaneSegmenter& segmenter, const PlanePicture& picture,
                                                 const std::vector<TissuePlane>& planes) {
  const TissuePlane* superficial = planeOf(planes, PlaneLabel::SuperficialAponeurosis);
  const TissuePlane* deep = planeOf(planes, PlaneLabel::DeepAponeurosis);
  if (!superficial || !deep) return std::nullopt;
  return segmenter.fibres([&](int column) -> std::optional<std::pair<double, double>> {
    const double frameX = picture.frameX(segmenter.columnAt(column));
    const auto upper = ridgeAt(*superficial, frameX), lower = ridgeAt(*deep, frameX);
    if (!upper || !lower) return std::nullopt;
    const double from = picture.workingY(*upper), to = picture.workingY(*lower), margin = 0.1 * (to - from);
    return std::pair(from + margin, to - margin);
  });
}

bool FibreFinder::cutOutMuscle(const PlanePicture& picture, const TissuePlane& superficial,
                               const TissuePlane& deep) {
  const cv::Mat& levelled = picture.levelled();
  const int rows = (levelled.rows + columnStep - 1) / columnStep;
  muscle_.create(rows, levelled.cols, CV_32F);
  inside_.create(rows, levelled.cols, CV_32F);
  top_ = levelled.cols;
  bottom_ = 0;
  places_ = 0;
  for (int r = 0; r < rows; ++r) {
    std::fill_n(muscle_.ptr<float>(r), muscle_.cols, 0.0F);
    std::fill_n(inside_.ptr<float>(r), inside_.cols, 0.0F);
    const int x = r * columnStep, next = std::min(x + 1, levelled.rows - 1);
    const double frameX = picture.frameX(x);
    const auto upper = ridgeAt(superficial, frameX), lower = ridgeAt(deep, frameX);
    if (!upper || !lower) continue;
    double from = picture.workingY(*upper), to = picture.workingY(*lower);
    const double margin = std::max(3.0, options_.marginShare * (to - from));
    from += margin;
    to -= margin;
    const int a = std::max(0, static_cast<int>(from)), b = std::min(levelled.cols - 1, static_cast<int>(to));
    if (b - a < 8) continue;
    const float* one = levelled.ptr<float>(x);
    const float* two = levelled.ptr<float>(next);
    const auto both = [&](int y) { return one[y] + two[y]; };
    for (int y = a; y <= b; ++y) {
      // Against what lies just above and below, so that patches of brightness do not count.
      const int above = std::max(y - aside, 0), below = std::min(y + aside, levelled.cols - 1);
      muscle_.at<float>(r, y) = 0.5F * (both(y) - 0.5F * (both(above) + both(below)));
      inside_.at<float>(r, y) = 1;
    }
    top_ = std::min(top_, a);
    bottom_ = std::max(bottom_, b + 1);
    places_ += b - a + 1;
  }
  return bottom_ > top_;
}

/// Mean of the squared positive segment averages in one direction.
double FibreFinder::energyAlong(double angleDeg, double lengthShare) {
  const double slope = -std::tan(radians(angleDeg)) * columnStep;
  const int rows = muscle_.rows, depths = bottom_ - top_;
  const int half = std::max(2, static_cast<int>(0.5 * lengthShare * rows * std::cos(radians(angleDeg))));
  const int reach = static_cast<int>(std::ceil(std::abs(slope) * rows)) + 1;
  const auto shift = [&](int r) { return static_cast<int>(std::lround(slope * (r - rows / 2))); };
  sum_.assign(static_cast<size_t>(depths + 2 * reach), 0);
  count_.assign(sum_.size(), 0);
  // The running sums live in sheared depth: index = y - top - shift(row) + reach.
  const auto add = [&](int r, float sign) {
    const int at = reach - shift(r);
    addRow(muscle_.ptr<float>(r) + top_, inside_.ptr<float>(r) + top_, depths, sign, sum_.data() + at,
           count_.data() + at);
  };
  double energy = 0;
  const auto full = static_cast<float>(2 * half + 1);
  for (int r = 0; r < std::min(half, rows); ++r) add(r, 1);
  for (int r = 0; r < rows; ++r) {
    if (r + half < rows) add(r + half, 1);
    if (r - half - 1 >= 0) add(r - half - 1, -1);
    const int at = reach - shift(r);
    energy += static_cast<double>(
        energyOf(sum_.data() + at, count_.data() + at, inside_.ptr<float>(r) + top_, depths, 0.6F * full));
  }
  return places_ > 0 ? energy / places_ : 0;
}

}  // namespace acuguide::imaging
