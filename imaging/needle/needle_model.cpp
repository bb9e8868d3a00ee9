#include "imaging/needle/needle_model.h"

#include "imaging/needle/needle_model_weights.h"

#include <cmath>

namespace acuguide::imaging {

double needleProbability(const NeedleFeatures& features) {
  namespace model = needle_model;
  static_assert(model::kInputs == kNeedleFeatureCount,
                "run training/train_needle.py: the features have changed");
  double sum = model::kBaseline;
  for (const int root : model::kRoots) {
    const model::Node* node = &model::kNodes[root];
    while (node->feature >= 0)
      node += features[static_cast<std::size_t>(node->feature)] <= node->value ? node->left : node->right;
    sum += static_cast<double>(node->value);
  }
  return 1.0 / (1.0 + std::exp(-(model::kSlope * sum + model::kShift)));
}

}  // namespace acuguide::imaging
