#pragma once

#include "acquisition/frame_source.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace acuguide::acquisition {

/// Judges frames as they come out of a source: repeated pictures, late ones, and the rate over the last
/// second.
class FeedStatistics {
 public:
  /// Frames in the order of their delivery. A recorded frame is compared with its predecessor only when it
  /// follows it in the recording, and its gap is that of the recording; a live one's gap is that of the
  /// arrivals.
  void add(const std::shared_ptr<const Frame>& frame, const SourceInfo& source);

  /// A gap from here on is not the source's doing: it was opened again.
  void restart() { previous_.reset(); }

  std::int64_t repeated() const { return repeated_; }
  std::int64_t late() const { return late_; }

  /// Frames a second over the second before `now` (monotonicSeconds()).
  double framesPerSecond(double now) const;

 private:
  std::optional<double> expectedGap(const SourceInfo& source) const;

  std::shared_ptr<const Frame> previous_;
  std::deque<double> arrivals_;
  std::deque<double> gaps_;  ///< the latest ones, for their median
  std::int64_t repeated_ = 0;
  std::int64_t late_ = 0;
};

}  // namespace acuguide::acquisition
