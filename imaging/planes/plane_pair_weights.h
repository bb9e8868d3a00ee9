#pragma once

// Written by training/train_planes.py: do not edit. Data, licences and scores: training/planes_model_card.md.

#include "imaging/planes/plane_pairs.h"

#include <array>

namespace acuguide::imaging {

// clang-format off
/// Score of a pair: the sum of its measures, each times its weight.
constexpr std::array<double, PlanePair::measures> planePairWeights = {
    8.522,  // superficialSupport
    12.912,  // deepSupport
    3.096,  // between
    -3.839,  // betweenSquared
    4.201,  // thickness
    6.390,  // superficialOblique
    2.426,  // deepOblique
    0.970,  // superficialStep
    2.679,  // superficialParallel
    0.625,  // deepParallel
    4.325,  // superficialSeen
    5.491,  // deepSeen
};
// clang-format on

/// Score of there being no muscle between two aponeuroses in the picture.
constexpr double noPlanePairScore = 31.466;

}  // namespace acuguide::imaging
