#pragma once

#include "imaging/needle/needle_features.h"

namespace acuguide::imaging {

/// The share of lines with these features that are needles: boosted trees (Friedman, Ann. Stat. 2001), then
/// Platt's calibration. Its weights (needle_model_weights.h) are written by training/train_needle.py; what
/// they were learned from and how good they are stands in training/needle_model_card.md.
double needleProbability(const NeedleFeatures& features);

}  // namespace acuguide::imaging
