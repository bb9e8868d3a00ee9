// Written by training/train_structures.py; see training/structures_model_card.md. Do not edit.
#pragma once

namespace acuguide::imaging::structure_calibration {

/// Of 1, mean and greatest probability, log of the share of the region, cut by the rim.
inline constexpr double vessel[] = {-6.83693, 8.78982, 2.99254, 0.849395, 0.153521};
inline constexpr double nerve[] = {-20.696, 17.0125, 6.79369, -0.0804363, -0.259546};

}  // namespace acuguide::imaging::structure_calibration
