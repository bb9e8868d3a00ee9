#pragma once

#include "assessment/metrics.h"
#include "recording/session_record.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace acuguide::report {

/// A frame worth showing, and why.
struct KeyFrame {
  std::int64_t frame = 0;
  std::string caption;
};

/// At most `most` frames that tell the session, in their order: what people noted (snapshots, bookmarks),
/// where the blade of each insertion came closest to the target (without a target: was deepest), where it
/// came closest to a danger, and the first sight of it. Of a session without analysis its first and middle
/// frame.
std::vector<KeyFrame> keyFrames(const recording::SessionRecord& record,
                                const assessment::SessionMetrics& metrics, std::size_t most = 6);

struct KeyPicture {
  cv::Mat pixels;  ///< BGR, overlays drawn, everything outside the ultrasound picture black
  std::string caption;
};

/// Draws them with what was recorded over them, by the plan in force then. Outside the imaging region, where
/// scanners burn in names, is black; where no region is known all is.
std::vector<KeyPicture> drawKeyFrames(const recording::SessionRecord& record,
                                      const std::vector<KeyFrame>& frames);

}  // namespace acuguide::report
