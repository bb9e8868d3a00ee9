#pragma once

// Written by training/train_planes.py: do not edit. Data, licences and scores: training/planes_model_card.md.

#include "imaging/plane_pairs.h"

#include <array>

namespace acuguide::imaging {

// clang-format off
/// Score of a pair: the sum of its measures, each times its weight.
constexpr std::array<double, PlanePair::measures> planePairWeights = {
    13.014,  // superficialSupport
    12.539,  // deepSupport
    -4.842,  // between
    25.592,  // thickness
    9.274,  // superficialOblique
    4.116,  // deepOblique
    1.390,  // superficialStep
    4.911,  // superficialParallel
    4.309,  // deepParallel
};
// clang-format on

/// Score of there being no muscle between two aponeuroses in the picture.
constexpr double noPlanePairScore = 42.187;

}  // namespace acuguide::imaging
