#pragma once

// Written by training/train_planes.py: do not edit. Data, licences and scores: training/planes_model_card.md.

#include "imaging/planes/plane_pairs.h"

#include <array>

namespace acuguide::imaging {

// clang-format off
/// Score of a pair: the sum of its measures, each times its weight.
constexpr std::array<double, PlanePair::measures> planePairWeights = {
    12.622,  // superficialSupport
    12.199,  // deepSupport
    1.883,  // between
    -5.994,  // betweenSquared
    22.239,  // thickness
    9.145,  // superficialOblique
    4.090,  // deepOblique
    1.149,  // superficialStep
    5.208,  // superficialParallel
    4.443,  // deepParallel
};
// clang-format on

/// Score of there being no muscle between two aponeuroses in the picture.
constexpr double noPlanePairScore = 42.229;

}  // namespace acuguide::imaging
