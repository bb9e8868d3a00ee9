#pragma once

#include "imaging/structures/structures.h"
#include "navigation/guidance_snapshot.h"

#include <functional>
#include <memory>

namespace acuguide::navigation {

struct StructureWatchOptions {
  double pauseSeconds = 0.3;  ///< at least so long between two looks
  double mostShare = 0.15;    ///< of one processor core: a costly look is followed by a longer pause
};

/// What the network said of one picture.
struct StructureAnswer {
  std::shared_ptr<const GuidanceSnapshot> of;  ///< the picture, with where its tissue was
  imaging::Structures structures;              ///< without vessels that are shadow
  bool failed = false;                         ///< it could not look at all
  double seconds = 0.0;                        ///< what the look took, by the clock
};

/// Looks for nerves and vessels in the newest picture on a thread of its own, which gives way to all others
/// (Linux: nice 5) and rests after each look. Newest wins; offering never waits for a look. Whatever is
/// thrown there is an answer that failed. Thread-safe.
class StructureWatch {
 public:
  /// `grey` CV_8UC1, the whole picture.
  using Look = std::function<imaging::Structures(const cv::Mat& grey, const imaging::ImagingRegion& region)>;

  explicit StructureWatch(StructureWatchOptions options = {});  ///< by imaging::StructureSegmenter
  explicit StructureWatch(Look look, StructureWatchOptions options = {});
  ~StructureWatch();  ///< waits for the look under way
  StructureWatch(const StructureWatch&) = delete;
  StructureWatch& operator=(const StructureWatch&) = delete;

  /// A new picture to look at, in place of one that still waits.
  void offer(std::shared_ptr<const GuidanceSnapshot> snapshot);

  /// The newest answer, once; null when it was taken already.
  std::shared_ptr<const StructureAnswer> take();

 private:
  struct Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace acuguide::navigation
