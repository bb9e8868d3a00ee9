#include "imaging/plane_labels.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

/// What speaks for a pair of curves being the two aponeuroses (docs/accuracy.md, "Tissue planes").
struct Weights {
  double superficialSupport = 3.77, deepSupport = 4.64;    // mean band response, at most 0.8
  double between = -3.87;                                  // that of the strongest plane between
  double stripeShare = 4.88;                               // share of the fibre direction between
  double thickness = 6.71;                                 // share of the picture's depth, at most 0.6
  double superficialOblique = 2.09, deepOblique = 2.46;    // angle to the fibres, in 15 degrees, at most 1
  double superficialStep = 1.51, deepStep = 0.85;          // brighter than just below
  double superficialParallel = 2.31, deepParallel = 2.86;  // texture on the curve runs along it
  double memory = 1.0;                                     // each plane where it was one frame ago
};
constexpr Weights weights;

constexpr double fibreNearDeg = 5;       // a curve this near the fibre direction is a fibre
constexpr float fasciaSupport = 0.35F;   // least mean band response of a fascia
constexpr double fasciaParallel = 0.55;  // and least share of texture along it
constexpr int mostFasciae = 4;

}  // namespace

const std::vector<LabelledCurve>& PlaneLabeller::process(const std::vector<PlaneCurve>& curves,
                                                         const PlaneTexture& texture,
                                                         const cv::Mat& transposed) {
  curves_ = &curves;
  texture_ = &texture;
  columns_ = transposed.rows;
  depths_ = transposed.cols;
  labels_.clear();
  const Pair muscle = bestPair();
  if (muscle.superficial >= 0) {
    last_ = {transposed.size(), curves[static_cast<size_t>(muscle.superficial)],
             curves[static_cast<size_t>(muscle.deep)]};
  } else {
    last_ = {};
  }
  const int skin = findSkin(muscle), bone = findBone(muscle, transposed);
  const auto quality = [&](int i) {
    const PlaneCurve& c = curves[static_cast<size_t>(i)];
    return std::clamp(1.4 * c.support, 0.0, 1.0) * std::clamp(1.3 * texture.parallel(i), 0.0, 1.0);
  };
  if (skin >= 0) labels_.push_back({skin, PlaneLabel::Skin, quality(skin)});
  if (muscle.superficial >= 0) {
    labels_.push_back(
        {muscle.superficial, PlaneLabel::SuperficialAponeurosis, probabilityOf(muscle.superficial, true)});
    labels_.push_back({muscle.deep, PlaneLabel::DeepAponeurosis, probabilityOf(muscle.deep, false)});
  }
  if (bone >= 0) labels_.push_back({bone, PlaneLabel::Bone, quality(bone)});

  const size_t named = labels_.size();
  for (int i = 0; i < static_cast<int>(curves.size()); ++i) {
    const bool taken =
        std::any_of(labels_.begin(), labels_.end(), [i](const auto& l) { return l.curve == i; });
    if (taken || curves[static_cast<size_t>(i)].support < fasciaSupport ||
        texture.parallel(i) < fasciaParallel)
      continue;
    const bool inMuscle = muscle.superficial >= 0 && i > muscle.superficial && i < muscle.deep;
    if (inMuscle && std::abs(tiltDeg(i) - muscle.fibreDeg) < 2 * fibreNearDeg) continue;
    labels_.push_back({i, PlaneLabel::Fascia, quality(i)});
  }
  const auto firstFascia = labels_.begin() + static_cast<std::ptrdiff_t>(named);
  std::sort(firstFascia, labels_.end(),
            [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  if (labels_.size() > named + mostFasciae) labels_.resize(named + mostFasciae);
  std::sort(labels_.begin(), labels_.end(), [](const auto& a, const auto& b) { return a.curve < b.curve; });
  return labels_;
}

/// 1 when the curve lies where the other one did in the frame before, 0 when far from there or nothing is
/// remembered.
double PlaneLabeller::nearLast(const PlaneCurve& curve, const PlaneCurve& last) const {
  if (last_.size != cv::Size(depths_, columns_)) return 0;
  const double reach = 0.04 * depths_;  // tissue does not move further between two frames
  double distance = 0;
  for (const float u : {-0.8F, 0.0F, 0.8F}) distance += std::abs(curve.at(u) - last.at(u)) / (3 * reach);
  return std::exp(-distance * distance);
}

double PlaneLabeller::tiltDeg(int i) const {
  return -degrees(std::atan(2.0 * (*curves_)[static_cast<size_t>(i)].tilt / (columns_ - 1)));
}

double PlaneLabeller::scoreOf(int i, int j, Pair& pair) const {
  const auto at = [&](int k) -> const PlaneCurve& { return (*curves_)[static_cast<size_t>(k)]; };
  const double a = tiltDeg(i), b = tiltDeg(j);
  const auto stripes = texture_->between(i, j, a);
  double between = 0;
  for (int k = i + 1; k < j; ++k) {
    if (std::abs(tiltDeg(k) - stripes.angleDeg) >= fibreNearDeg)
      between = std::max<double>(between, at(k).support);
  }
  const auto oblique = [&](double planeDeg) {
    return std::min(std::abs(planeDeg - stripes.angleDeg), 15.0) / 15;
  };
  const double thickness = (at(j).middle - at(i).middle) / depths_;
  pair.fibreDeg = stripes.angleDeg;
  const double remembered = nearLast(at(i), last_.superficial) + nearLast(at(j), last_.deep);
  return weights.memory * remembered + weights.superficialSupport * std::min(at(i).support, 0.8F) +
         weights.deepSupport * std::min(at(j).support, 0.8F) + weights.between * between +
         weights.stripeShare * stripes.share + weights.thickness * std::min(thickness, 0.6) +
         weights.superficialOblique * oblique(a) + weights.deepOblique * oblique(b) +
         weights.superficialStep * at(i).stepDown + weights.deepStep * at(j).stepDown +
         weights.superficialParallel * texture_->parallel(i) + weights.deepParallel * texture_->parallel(j);
}

PlaneLabeller::Pair PlaneLabeller::bestPair() {
  pairs_.clear();
  Pair best;
  const int n = static_cast<int>(curves_->size());
  const auto middle = [&](int k) {
    return (*curves_)[static_cast<size_t>(k)].middle / static_cast<float>(depths_);
  };
  for (int i = 0; i < n; ++i) {
    if (middle(i) > 0.5F || middle(i) < 0.03F) continue;
    for (int j = i + 1; j < n; ++j) {
      if (middle(j) - middle(i) < 0.12F) continue;
      Pair pair{i, j, 0, 0};
      pair.score = scoreOf(i, j, pair);
      pairs_.push_back(pair);
      if (best.superficial < 0 || pair.score > best.score) best = pair;
    }
  }
  return best;
}

/// Of a curve being that aponeurosis: the softmax over all pairs, those counted that have it or one right
/// next to it.
double PlaneLabeller::probabilityOf(int curve, bool superficial) const {
  const float here = (*curves_)[static_cast<size_t>(curve)].middle,
              near = 0.03F * static_cast<float>(depths_);
  double highest = -1e9, with = 0, all = 0;
  for (const Pair& p : pairs_) highest = std::max(highest, p.score);
  for (const Pair& p : pairs_) {
    const double weight = std::exp(p.score - highest);
    const int other = superficial ? p.superficial : p.deep;
    all += weight;
    if (std::abs((*curves_)[static_cast<size_t>(other)].middle - here) <= near) with += weight;
  }
  return all > 0 ? with / all : 0;
}

int PlaneLabeller::findSkin(const Pair& muscle) const {
  const int end = muscle.superficial >= 0 ? muscle.superficial : static_cast<int>(curves_->size());
  int best = -1;
  for (int i = 0; i < end; ++i) {
    const PlaneCurve& c = (*curves_)[static_cast<size_t>(i)];
    if (c.middle > 0.12F * static_cast<float>(depths_) || c.support < fasciaSupport) continue;
    if (best < 0 || c.support > (*curves_)[static_cast<size_t>(best)].support) best = i;
  }
  return best;
}

/// The lowest strong band that has hardly an echo below it, with room for a shadow.
int PlaneLabeller::findBone(const Pair& muscle, const cv::Mat& transposed) const {
  const int first = std::max(muscle.deep + 1, 1);
  for (int i = static_cast<int>(curves_->size()) - 1; i >= first; --i) {
    const PlaneCurve& c = (*curves_)[static_cast<size_t>(i)];
    if (c.support < fasciaSupport || c.middle > 0.85F * static_cast<float>(depths_)) continue;
    double band = 0, shadow = 0, bandCells = 0, shadowCells = 0;
    for (int x = 0; x < transposed.rows; x += 4) {
      const int y =
          static_cast<int>(std::lround(c.at(static_cast<float>(2.0 * x / (transposed.rows - 1) - 1))));
      const float* column = transposed.ptr<float>(x);
      for (int d = std::max(0, y - 2); d <= std::min(depths_ - 1, y + 2); ++d, ++bandCells) band += column[d];
      for (int d = std::max(0, y + depths_ / 20); d < depths_; d += 2, ++shadowCells) shadow += column[d];
    }
    if (bandCells < 1 || shadowCells < 1) continue;
    const bool bright = band / bandCells > 2.5 * cv::mean(transposed)[0];
    if (bright && shadow / shadowCells < 0.12 * band / bandCells) return i;
  }
  return -1;
}

}  // namespace acuguide::imaging
