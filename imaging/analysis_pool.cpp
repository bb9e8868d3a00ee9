#include "imaging/analysis_pool.h"

namespace acuguide::imaging {

std::shared_ptr<FrameAnalysis> AnalysisPool::take() {
  for (const auto& one : analyses_) {
    // Counted after the copy: to raise the count is what orders this after the reads of whoever lowered it.
    std::shared_ptr<FrameAnalysis> taken = one;
    if (taken.use_count() == 2) return taken;
  }
  return analyses_.emplace_back(std::make_shared<FrameAnalysis>());
}

}  // namespace acuguide::imaging
