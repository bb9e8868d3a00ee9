#include "imaging/planes/plane_pairs.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr double fibreNearDeg = 5;  // a curve this near the fibre direction is a fibre

}  // namespace

const std::array<std::string_view, PlanePair::measures> PlanePair::names = {
    "superficialSupport",   // mean band response along the curve, at most 0.8
    "deepSupport",          //
    "between",              // that of the strongest plane between
    "betweenSquared",       // a strong one speaks more than twice as much as one half as strong
    "thickness",            // share of the picture's depth, at most 0.35
    "superficialOblique",   // angle to the fibres, in 15 degrees, at most 1
    "deepOblique",          //
    "superficialStep",      // brighter than the tissue just below, in mean brightnesses of the picture
    "superficialParallel",  // share of the texture right on the curve that runs along it
    "deepParallel",         //
    "superficialSeen",      // mean probability that the network gives it over the columns
    "deepSeen",             //
};

const std::vector<PlanePair>& PlanePairs::process(const std::vector<PlaneCurve>& curves,
                                                  const PlaneTexture& texture, const PlaneBands& bands,
                                                  const PlaneSegmenter& segmenter, int columns, int depths) {
  columns_ = columns;
  depths_ = depths;
  pairs_.clear();
  superficialSeen_.clear();
  deepSeen_.clear();
  for (const PlaneCurve& curve : curves) {
    const double sigma = bands.sigma(curve.scale);
    superficialSeen_.push_back(seenAlong(curve, sigma, segmenter, PlaneNetwork::Superficial));
    deepSeen_.push_back(seenAlong(curve, sigma, segmenter, PlaneNetwork::Deep));
  }
  const int n = static_cast<int>(curves.size());
  const auto middle = [&](int k) {
    return curves[static_cast<size_t>(k)].middle / static_cast<float>(depths);
  };
  for (int i = 0; i < n; ++i) {
    if (middle(i) > 0.5F || middle(i) < 0.015F) continue;
    for (int j = i + 1; j < n; ++j) {
      if (middle(j) - middle(i) < 0.06F) continue;
      PlanePair pair;
      pair.superficial = i;
      pair.deep = j;
      measure(curves, texture, pair);
      pairs_.push_back(pair);
    }
  }
  return pairs_;
}

/// The network says where the muscle's side of the band is, the curve where its middle runs: the window
/// reaches from the middle to beyond that edge, and a little further for the network's cells.
double PlanePairs::seenAlong(const PlaneCurve& curve, double sigma, const PlaneSegmenter& segmenter,
                             PlaneNetwork::Channel plane) const {
  const double cell = static_cast<double>(depths_) / PlaneNetwork::cells;
  const double above = plane == PlaneNetwork::Deep ? 2 * sigma + cell : cell,
               below = plane == PlaneNetwork::Deep ? cell : 2 * sigma + cell;
  double sum = 0;
  for (int x = 0; x < PlaneSegmenter::columns; ++x) {
    const double middle = curve.at(static_cast<float>(2 * segmenter.columnAt(x) / (columns_ - 1) - 1));
    sum += segmenter.probability(plane, x, middle - above, middle + below);
  }
  return sum / PlaneSegmenter::columns;
}

double PlanePairs::tiltDeg(const PlaneCurve& curve) const {
  return -degrees(std::atan(2.0 * curve.tilt / (columns_ - 1)));
}

void PlanePairs::measure(const std::vector<PlaneCurve>& curves, const PlaneTexture& texture,
                         PlanePair& pair) const {
  const PlaneCurve& top = curves[static_cast<size_t>(pair.superficial)];
  const PlaneCurve& bottom = curves[static_cast<size_t>(pair.deep)];
  const double topDeg = tiltDeg(top), bottomDeg = tiltDeg(bottom);
  pair.fibreDeg = texture.between(pair.superficial, pair.deep, topDeg).angleDeg;
  double between = 0;
  for (int k = pair.superficial + 1; k < pair.deep; ++k) {
    const PlaneCurve& c = curves[static_cast<size_t>(k)];
    if (std::abs(tiltDeg(c) - pair.fibreDeg) >= fibreNearDeg) between = std::max<double>(between, c.support);
  }
  const auto oblique = [&](double planeDeg) {
    return std::min(std::abs(planeDeg - pair.fibreDeg), 15.0) / 15;
  };
  const auto support = [](const PlaneCurve& c) { return std::min(c.support, 0.8F); };
  pair.value = {support(top),
                support(bottom),
                between,
                between * between,
                std::min<double>((bottom.middle - top.middle) / static_cast<float>(depths_), 0.35),
                oblique(topDeg),
                oblique(bottomDeg),
                std::clamp(top.stepDown, -2.0F, 2.0F),
                texture.parallel(pair.superficial),
                texture.parallel(pair.deep),
                superficialSeen_[static_cast<size_t>(pair.superficial)],
                deepSeen_[static_cast<size_t>(pair.deep)]};
}

}  // namespace acuguide::imaging
