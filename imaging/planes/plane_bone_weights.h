#pragma once

// Written by training/train_bone.py: do not edit. Scores: training/plane_network_model_card.md.

#include "imaging/planes/plane_bone.h"

namespace acuguide::imaging {

// clang-format off
constexpr BoneEvidence boneWeights = {
    9.2923,  // seen
    0.0000,  // certain
    0.8627,  // length
    0.0000,  // surface
    0.0000,  // near
    -3.0585,  // far
    -0.6883,  // brightest
    -0.3180,  // below
    -1.0193,  // beside
    -2.4344,  // depth
    3.8809,  // round
};
// clang-format on
constexpr double boneBias = -7.0485;

}  // namespace acuguide::imaging
