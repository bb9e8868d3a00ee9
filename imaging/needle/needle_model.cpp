#include "imaging/needle/needle_model.h"

#include "imaging/needle/needle_model_weights.h"

#include <cmath>

namespace acuguide::imaging {

double needleProbability(const NeedleFeatures& features) {
  namespace model = needle_model;
  static_assert(model::kInputs == kNeedleFeatureCount,
                "run training/train_needle.py: the features have changed");
  const double sum = model::kBaseline + sumOfTrees(model::kRoots, model::kNodes, features);
  return 1.0 / (1.0 + std::exp(-(model::kSlope * sum + model::kShift)));
}

}  // namespace acuguide::imaging
