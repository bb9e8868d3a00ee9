#include "imaging/plane_labels.h"

#include <algorithm>

namespace acuguide::imaging {

std::vector<LabelledPath> labelPaths(const std::vector<PlanePath>& paths, const cv::Mat& transposed) {
  std::vector<LabelledPath> labels;
  const int n = static_cast<int>(paths.size());
  const auto height = static_cast<float>(transposed.cols);
  const auto at = [&](int i) -> const PlanePath& { return paths[static_cast<size_t>(i)]; };
  int superficial = -1, deep = -1;
  float best = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = i + 1; j < n; ++j) {
      const float thickness = (at(j).meanDepth - at(i).meanDepth) / height;
      if (thickness < 0.15F || at(i).meanDepth > 0.5F * height) continue;
      float between = 0;
      for (int k = i + 1; k < j; ++k) between = std::max(between, at(k).strength);
      const float score = std::min(at(i).strength, 1.0F) + std::min(at(j).strength, 1.0F) - between;
      if (score > best) {
        best = score;
        superficial = i;
        deep = j;
      }
    }
  }
  for (int i = 0; i < n; ++i) {
    LabelledPath l;
    l.path = i;
    if (i == superficial)
      l.label = PlaneLabel::SuperficialAponeurosis;
    else if (i == deep)
      l.label = PlaneLabel::DeepAponeurosis;
    else if (i == 0)
      l.label = PlaneLabel::Skin;
    l.confidence = std::clamp(static_cast<double>(at(i).strength), 0.0, 1.0);
    labels.push_back(l);
  }
  return labels;
}

}  // namespace acuguide::imaging
