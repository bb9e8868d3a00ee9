#include "imaging/plane_labels.h"

#include <algorithm>

namespace acuguide::imaging {

std::vector<LabelledPath> labelPaths(const std::vector<PlaneCurve>& paths, const cv::Mat& transposed) {
  std::vector<LabelledPath> labels;
  const int n = static_cast<int>(paths.size());
  const auto height = static_cast<float>(transposed.cols);
  const auto at = [&](int i) -> const PlaneCurve& { return paths[static_cast<size_t>(i)]; };
  int superficial = -1, deep = -1;
  float best = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = i + 1; j < n; ++j) {
      const float thickness = (at(j).middle - at(i).middle) / height;
      if (thickness < 0.15F || at(i).middle > 0.5F * height) continue;
      float between = 0;
      for (int k = i + 1; k < j; ++k) between = std::max(between, at(k).support);
      const float score = std::min(at(i).support, 1.0F) + std::min(at(j).support, 1.0F) - between;
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
    l.confidence = std::clamp(static_cast<double>(at(i).support), 0.0, 1.0);
    labels.push_back(l);
  }
  return labels;
}

}  // namespace acuguide::imaging
