#include "imaging/needle_model.h"

#include "imaging/needle_model_weights.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

double needleProbability(const NeedleFeatures& features) {
  namespace model = needle_model;
  static_assert(model::kInputs == kNeedleFeatureCount,
                "run training/train_needle.py: the features have changed");
  std::array<float, model::kHidden> hidden{};
  std::copy(std::begin(model::kHiddenBias), std::end(model::kHiddenBias), hidden.begin());
  for (std::size_t i = 0; i < model::kInputs; ++i) {
    const float z = std::clamp((features[i] - model::kMean[i]) * model::kInverseScale[i], -4.0F, 4.0F);
    for (std::size_t j = 0; j < model::kHidden; ++j) hidden[j] += z * model::kHiddenWeights[i][j];
  }
  float score = model::kOutputBias;
  for (std::size_t j = 0; j < model::kHidden; ++j) score += std::tanh(hidden[j]) * model::kOutputWeights[j];
  return 1.0 / (1.0 + std::exp(-static_cast<double>(model::kSlope * score + model::kShift)));
}

}  // namespace acuguide::imaging
