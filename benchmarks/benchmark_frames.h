#pragma once

#include "core/frame.h"

#include <opencv2/core.hpp>

#include <memory>
#include <string>
#include <vector>

namespace acuguide::benchmarks {

/// Frames that a benchmark goes round and round in; all of one size, decoded.
struct FrameSet {
  std::string name;
  std::vector<std::shared_ptr<const Frame>> frames;

  cv::Size size() const { return frames.front()->pixels.size(); }
};

/// Our simulator and sample_data always; the real pictures of `data` (../shared/data) where they are there.
std::vector<FrameSet> frameSets(const std::string& sampleData, const std::string& data);

/// Thirty simulated frames of a blade on its way.
FrameSet simulatedFrames();

/// The same pictures at another size.
FrameSet resized(const FrameSet& set, cv::Size size);

}  // namespace acuguide::benchmarks
