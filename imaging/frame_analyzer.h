#pragma once

#include "core/frame.h"
#include "imaging/frame_analysis.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace acuguide::imaging {

/// From which side of the picture the needle comes. Sharpens the search; nothing depends on it.
enum class EntrySide { Any, Left, Right };

struct AnalyzerOptions {
  bool still = false;                    ///< each frame by itself: no memory, sizes may change
  ProbeSide probe = ProbeSide::Unknown;  ///< where the transducer face is; Unknown: found in the picture
  EntrySide entry = EntrySide::Any;
  std::optional<double> expectedAngle;  ///< radians to the horizontal, from the plan
  int threads = 1;
  /// Called when a stage of a frame is done ("region", "planes", "fibres", "needle"), for measuring; may be
  /// empty.
  std::function<void(std::string_view stage)> afterStage;
};

/// Region, planes, fibres and needle candidates of each frame. Keeps what the temporal parts need; use one
/// per stream, from one thread.
class FrameAnalyzer {
 public:
  explicit FrameAnalyzer(AnalyzerOptions options = {});
  ~FrameAnalyzer();

  /// Never null. Allocates nothing once it has seen a few of the stream's pictures and while its analyses
  /// are let go of.
  std::shared_ptr<const FrameAnalysis> process(const Frame& frame);

  /// Forgets the past (a seek, another source).
  void reset();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace acuguide::imaging
