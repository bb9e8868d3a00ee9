#pragma once

#include "imaging/frame_analysis.h"

#include <memory>
#include <vector>

namespace acuguide::imaging {

/// Analyses to write into, with the memory of earlier ones: an analysis comes back when all who were given it
/// have let go of it. Take from one thread; let go on any.
class AnalysisPool {
 public:
  /// Nobody else has it. What it held is still in it: its lists are to be written over, not emptied.
  std::shared_ptr<FrameAnalysis> take();

 private:
  std::vector<std::shared_ptr<FrameAnalysis>> analyses_;
};

}  // namespace acuguide::imaging
