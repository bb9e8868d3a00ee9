#pragma once

// Written by training/train_bone.py: do not edit. Scores: training/plane_network_model_card.md.

#include "imaging/planes/plane_bone.h"

namespace acuguide::imaging {

// clang-format off
constexpr BoneEvidence boneWeights = {
    8.9168,  // seen
    0.8109,  // length
    -2.9766,  // far
    -0.5389,  // brightest
    -0.1444,  // below
    -1.0610,  // beside
    -2.0616,  // depth
    5.5926,  // round
};
// clang-format on
constexpr double boneBias = -6.8315;

}  // namespace acuguide::imaging
