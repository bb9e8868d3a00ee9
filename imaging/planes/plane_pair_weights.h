#pragma once

// Written by training/train_planes.py: do not edit. Data, licences and scores: training/planes_model_card.md.

#include "imaging/planes/plane_pairs.h"

#include <array>

namespace acuguide::imaging {

// clang-format off
/// Score of a pair: the sum of its measures, each times its weight.
constexpr std::array<double, PlanePair::measures> planePairWeights = {
    17.451,  // superficialSupport
    12.688,  // deepSupport
    2.911,  // between
    -3.385,  // betweenSquared
    1.535,  // thickness
    7.171,  // superficialOblique
    2.660,  // deepOblique
    0.221,  // superficialStep
    0.876,  // superficialParallel
    -0.024,  // deepParallel
    4.812,  // superficialSeen
    5.861,  // deepSeen
};
// clang-format on

/// Score of there being no muscle between two aponeuroses in the picture.
constexpr double noPlanePairScore = 37.324;

}  // namespace acuguide::imaging
