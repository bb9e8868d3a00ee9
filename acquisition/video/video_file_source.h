#pragma once

#include "acquisition/frame_source.h"

#include <opencv2/videoio.hpp>

namespace acuguide::acquisition {

/// A video file, decoded by FFmpeg through OpenCV. Grey videos give CV_8UC1, others CV_8UC3 (BGR).
/// Frame::time is the file's presentation time, from 0. Memory does not grow with the length of the file.
class VideoFileSource : public FrameSource {
 public:
  /// By the ending of the name alone, so that a video that is not there or not one is refused as a video.
  static bool claims(const std::string& source);

  /// Throws Error when the file is missing, is no video or has not one picture.
  explicit VideoFileSource(const std::string& source);

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;
  /// Backwards by OpenCV's seek to the key frame before, forwards up to two seconds by decoding.
  void seek(std::int64_t index) override;
  std::string remark() const override;

 private:
  void describe();
  bool decodeNext();
  void throwIfCutShort() const;

  SourceInfo info_;
  double pixelAspect_ = 1.0;
  bool interlaced_ = false;
  cv::VideoCapture video_;
  cv::Mat decoded_;
  bool grey_ = false;
  bool ahead_ = false;  ///< decoded_ holds frame next_ already
  std::int64_t next_ = 0;
  double lastTime_ = 0.0;
};

}  // namespace acuguide::acquisition
