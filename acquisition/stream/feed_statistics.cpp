#include "acquisition/stream/feed_statistics.h"

#include "core/grey.h"

#include <algorithm>
#include <vector>

namespace acuguide::acquisition {
namespace {

constexpr std::size_t kGapsKept = 31;
constexpr std::size_t kGapsNeeded = 5;
constexpr double kLateFactor = 1.5;
constexpr double kRateWindow = 1.0;

}  // namespace

std::optional<double> FeedStatistics::expectedGap(const SourceInfo& source) const {
  if (source.nominalFramesPerSecond) return 1.0 / *source.nominalFramesPerSecond;
  if (gaps_.size() < kGapsNeeded) return std::nullopt;
  std::vector<double> sorted(gaps_.begin(), gaps_.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return *middle;
}

void FeedStatistics::add(const std::shared_ptr<const Frame>& frame, const SourceInfo& source) {
  arrivals_.push_back(frame->arrival);
  while (arrivals_.front() < frame->arrival - 2.0 * kRateWindow) arrivals_.pop_front();
  const bool follows = previous_ && (source.live || frame->index == previous_->index + 1);
  if (follows) {
    if (samePixels(frame->pixels, previous_->pixels)) ++repeated_;
    const double gap = source.live ? frame->arrival - previous_->arrival : frame->time - previous_->time;
    const std::optional<double> expected = expectedGap(source);
    if (expected && gap > kLateFactor * *expected) ++late_;
    gaps_.push_back(gap);
    if (gaps_.size() > kGapsKept) gaps_.pop_front();
  }
  previous_ = frame;
}

double FeedStatistics::framesPerSecond(double now) const {
  const auto first = std::ranges::upper_bound(arrivals_, now - kRateWindow);
  const auto count = std::distance(first, arrivals_.end());
  if (count == 0) return 0.0;
  const bool full = first != arrivals_.begin();
  if (full) return static_cast<double>(count) / kRateWindow;
  // In the first second of a stream the window is not full yet: count the steps between the frames there are.
  // The first frames may come in one burst, which is no rate.
  constexpr double kLeastSpan = 0.2;
  return static_cast<double>(count - 1) / std::max(now - *first, kLeastSpan);
}

}  // namespace acuguide::acquisition
