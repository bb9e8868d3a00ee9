#pragma once

#include "imaging/area_shrink.h"
#include "imaging/needle/needle_line_extractor.h"
#include "imaging/needle/needle_network.h"
#include "imaging/needle/needle_shaft.h"

#include <opencv2/core.hpp>

#include <array>
#include <string>

namespace acuguide::imaging {

/// What the needle network sees in the pictures of one stream: gives it the imaging region, stretched to its
/// square, with a picture of a moment before, so that motion counts, and says in the picture's own pixels
/// where it sees lines.
class NeedleSegmenter {
 public:
  /// `file`: see NeedleNetwork.
  explicit NeedleSegmenter(const std::string& file = {});

  /// Looks at the region `bounds` of `grey` (CV_8UC1) at `time`, seconds. What was seen less than 50 ms ago
  /// still holds, so that a stream of 30 frames a second costs a look at every other one.
  void process(const cv::Mat& grey, const cv::Rect& bounds, double time);

  /// The best lines of the picture, at most `most`; places as of SegmentedLine, see toPicture().
  const std::vector<SegmentedLine>& lines(std::size_t most) { return extractor_.lines(most); }

  /// What is seen along the line of a shaft; `begin` and `end` of the answer run as those of the shaft do.
  SegmentedLine along(const Shaft& shaft) const;

  /// Between cells of the network's answer and pixels of the picture.
  Eigen::Vector2d toPicture(const Eigen::Vector2d& cell) const;
  Eigen::Vector2d toCells(const Eigen::Vector2d& px) const;

  /// Of the last picture.
  const cv::Rect& bounds() const { return bounds_; }

  /// Whether process() would look at a picture of this time, and not go by what it has seen.
  bool isDue(double time) const;

  /// Forgets the pictures before.
  void reset() { count_ = 0; }

 private:
  static constexpr std::size_t kKept = 8;  ///< pictures of the past

  struct Past {
    cv::Mat picture;
    double time = 0;
  };
  const cv::Mat& before(double time) const;

  NeedleNetwork network_;
  NeedleLineExtractor extractor_;
  AreaShrink shrink_;
  cv::Rect bounds_;
  std::array<Past, kKept> past_;  // a ring; the newest is at count_ - 1
  std::size_t count_ = 0;
  double lookedAt_ = 0;
};

}  // namespace acuguide::imaging
