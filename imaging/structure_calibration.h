// Written by training/train_structures.py; see training/structures_model_card.md. Do not edit.
#pragma once

namespace acuguide::imaging::structure_calibration {

/// Of 1, mean and greatest probability, log of the share of the region, cut by the rim.
inline constexpr double vessel[] = {-4.73843, 12.5705, -3.76289, 0.487349, 1.40561};
inline constexpr double nerve[] = {-10.2359, 9.64483, 1.72569, -0.29542, 2.38057};

}  // namespace acuguide::imaging::structure_calibration
