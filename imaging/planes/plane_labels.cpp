#include "imaging/planes/plane_labels.h"

#include "core/units.h"
#include "imaging/planes/plane_pair_weights.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr double memory = 1.0;           // score of each plane being where it was one frame ago
constexpr double agreement = 0.3;        // s for which another pair must be the better one
constexpr double leastConfidence = 0.1;  // of an aponeurosis: below that it is not reported as one

constexpr double fibreNearDeg = 5;       // a curve this near the fibre direction is a fibre
constexpr float fasciaSupport = 0.35F;   // least mean band response of a fascia
constexpr double fasciaParallel = 0.55;  // and least share of texture along it
constexpr int mostFasciae = 4;

}  // namespace

const std::vector<LabelledCurve>& PlaneLabeller::process(const std::vector<PlaneCurve>& curves,
                                                         const PlaneTexture& texture, const PlaneBands& bands,
                                                         const PlaneSegmenter& segmenter, cv::Size working,
                                                         double time) {
  curves_ = &curves;
  texture_ = &texture;
  columns_ = working.width;
  depths_ = working.height;
  labels_.clear();
  pairs_ = &pairing_.process(curves, texture, bands, segmenter, columns_, depths_);
  const PlanePair* muscle = bestPair(time);
  const int skin = findSkin(muscle);
  const auto quality = [&](int i) {
    const PlaneCurve& c = curves[static_cast<size_t>(i)];
    return std::clamp(1.4 * c.support, 0.0, 1.0) * std::clamp(1.3 * texture.parallel(i), 0.0, 1.0);
  };
  if (skin >= 0) labels_.push_back({skin, PlaneLabel::Skin, quality(skin)});
  if (muscle) {
    const double superficial = probabilityOf(muscle->superficial, true),
                 deep = probabilityOf(muscle->deep, false);
    if (held_ || superficial >= leastConfidence)
      labels_.push_back({muscle->superficial, PlaneLabel::SuperficialAponeurosis, superficial});
    if (held_ || deep >= leastConfidence)
      labels_.push_back({muscle->deep, PlaneLabel::DeepAponeurosis, deep});
  }

  const size_t named = labels_.size();
  for (int i = 0; i < static_cast<int>(curves.size()); ++i) {
    const bool taken =
        std::any_of(labels_.begin(), labels_.end(), [i](const auto& l) { return l.curve == i; });
    if (taken || curves[static_cast<size_t>(i)].support < fasciaSupport ||
        texture.parallel(i) < fasciaParallel)
      continue;
    const bool inMuscle = muscle && i > muscle->superficial && i < muscle->deep;
    if (inMuscle && std::abs(tiltDeg(i) - muscle->fibreDeg) < 2 * fibreNearDeg) continue;
    labels_.push_back({i, PlaneLabel::Fascia, quality(i)});
  }
  const auto firstFascia = labels_.begin() + static_cast<std::ptrdiff_t>(named);
  std::sort(firstFascia, labels_.end(),
            [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  if (labels_.size() > named + mostFasciae) labels_.resize(named + mostFasciae);
  std::sort(labels_.begin(), labels_.end(), [](const auto& a, const auto& b) { return a.curve < b.curve; });
  return labels_;
}

void PlaneLabeller::suggest(cv::Size working, std::vector<PlaneCurve>& curves) const {
  if (last_.size != working) return;
  curves.push_back(last_.superficial);
  curves.push_back(last_.deep);
}

/// 1 when the curve lies where the other one did in the frame before, 0 when far from there.
double PlaneLabeller::near(const PlaneCurve& curve, const PlaneCurve& last) const {
  const double reach = 0.04 * depths_;  // tissue does not move further between two frames
  double distance = 0;
  for (const float u : {-0.8F, 0.0F, 0.8F}) distance += std::abs(curve.at(u) - last.at(u)) / (3 * reach);
  return std::exp(-distance * distance);
}

/// Of both curves, 0 to 2; 0 when nothing is remembered.
double PlaneLabeller::nearness(const PlanePair& pair, const Last& last) const {
  if (last.size != cv::Size(columns_, depths_)) return 0;
  const Last here = curvesOf(pair);
  return near(here.superficial, last.superficial) + near(here.deep, last.deep);
}

bool PlaneLabeller::isNear(const PlanePair& pair, const Last& last) const {
  return nearness(pair, last) > 1 + std::exp(-1.0);  // one on it, the other within reach
}

PlaneLabeller::Last PlaneLabeller::curvesOf(const PlanePair& pair) const {
  return {{columns_, depths_},
          (*curves_)[static_cast<size_t>(pair.superficial)],
          (*curves_)[static_cast<size_t>(pair.deep)]};
}

double PlaneLabeller::tiltDeg(int i) const {
  return -degrees(std::atan(2.0 * (*curves_)[static_cast<size_t>(i)].tilt / (columns_ - 1)));
}

/// The pair with the highest score, or in a stream the one where the planes were until another has won for
/// long enough; and the odds of all pairs against there being none.
const PlanePair* PlaneLabeller::bestPair(double time) {
  odds_.clear();
  const PlanePair *best = nullptr, *stays = nullptr;
  double highest = 0, highestThere = 0;
  for (const PlanePair& pair : *pairs_) {
    double score = memory * nearness(pair, last_);
    for (size_t k = 0; k < pair.value.size(); ++k) score += planePairWeights[k] * pair.value[k];
    odds_.push_back(std::exp(score - noPlanePairScore));
    if (!best || score > highest) {
      best = &pair;
      highest = score;
    }
    if (isNear(pair, last_) && (!stays || score > highestThere)) {
      stays = &pair;
      highestThere = score;
    }
  }
  held_ = false;
  if (!best) {
    last_ = rival_ = {};
    return nullptr;
  }
  if (stays && stays != best && !isNear(*best, last_)) {
    if (!isNear(*best, rival_) || time < rivalSince_) rivalSince_ = time;
    rival_ = curvesOf(*best);
    held_ = time - rivalSince_ < agreement;
    if (held_) best = stays;
  } else {
    rival_ = {};
  }
  last_ = curvesOf(*best);
  return best;
}

/// Of a curve being that aponeurosis: the share of all pairs and none, those counted that have it or one
/// right next to it.
double PlaneLabeller::probabilityOf(int curve, bool superficial) const {
  const float here = (*curves_)[static_cast<size_t>(curve)].middle,
              near = 0.03F * static_cast<float>(depths_);
  double with = 0, all = 1;
  for (size_t i = 0; i < odds_.size(); ++i) {
    const PlanePair& p = (*pairs_)[i];
    const int other = superficial ? p.superficial : p.deep;
    all += odds_[i];
    if (std::abs((*curves_)[static_cast<size_t>(other)].middle - here) <= near) with += odds_[i];
  }
  return with / all;
}

/// The strongest band near the top of the picture, or beneath gel or water, which are dark.
int PlaneLabeller::findSkin(const PlanePair* muscle) const {
  constexpr float usual = 0.12F, deepest = 0.45F;  // shares of the depth
  constexpr float dark = 0.45F;                    // brightness above, in the picture's mean
  const int end = muscle ? muscle->superficial : static_cast<int>(curves_->size());
  int best = -1;
  for (int i = 0; i < end; ++i) {
    const PlaneCurve& c = (*curves_)[static_cast<size_t>(i)];
    const float share = c.middle / static_cast<float>(depths_);
    if (share > deepest || c.support < fasciaSupport) continue;
    if (share > usual && c.above > dark) continue;
    if (best < 0 || c.support > (*curves_)[static_cast<size_t>(best)].support) best = i;
  }
  return best;
}

}  // namespace acuguide::imaging
