#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/structures/structures.h"

#include <opencv2/core.hpp>

#include <memory>

namespace acuguide::imaging {

struct StructureSegmenterOptions {
  /// Findings below this confidence are left out.
  double leastConfidence = 0.3;
  /// Pictures stranger than this are not judged.
  double mostStrangeness = 1.2;
};

/// Finds nerves and vessels in one picture by a small convolutional network (encoder PP-LCNetV3,
/// arXiv:2109.15099; decoder after U-Net, arXiv:1505.04597), run by OpenCV DNN on one thread per
/// cv::getNumThreads(). The weights are built in; how they were made and what they are worth stands in
/// training/structures_model_card.md. The imaging region is brought to a fixed size with the probe at the
/// top; what the network says is brought back to the region's pixels, and every connected piece judged for
/// itself. No memory between pictures. One thread.
class StructureSegmenter {
 public:
  explicit StructureSegmenter(StructureSegmenterOptions options = {});
  ~StructureSegmenter();
  StructureSegmenter(StructureSegmenter&&) noexcept;
  StructureSegmenter& operator=(StructureSegmenter&&) noexcept;

  /// `grey` CV_8UC1, the whole picture. Does not throw: what fails gives an answer that is not sure.
  Structures process(const cv::Mat& grey, const ImagingRegion& region);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace acuguide::imaging
