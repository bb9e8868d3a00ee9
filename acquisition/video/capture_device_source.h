#pragma once

#include "acquisition/frame_source.h"

#include <opencv2/videoio.hpp>

namespace acuguide::acquisition {

/// What `device:/dev/video0?width=640&height=480&fps=30&fourcc=YUYV` asks for. What is not asked for stays as
/// the device has it.
struct CaptureRequest {
  std::string path;  ///< /dev/videoN; `device:N` is short for it
  std::optional<int> width, height;
  std::optional<double> framesPerSecond;
  std::optional<std::string> fourcc;
};

/// Throws Error for an unknown key or an impossible value.
CaptureRequest parseCaptureRequest(const std::string& source);

/// A V4L2 video capture device through OpenCV. Frames are CV_8UC3 (BGR); Frame::time is the arrival.
class CaptureDeviceSource : public FrameSource {
 public:
  static bool claims(const std::string& source);

  /// Throws SourceUnavailable when the device is absent or busy, Error when it cannot do what is asked.
  explicit CaptureDeviceSource(const std::string& source);

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;

 private:
  void configure(const CaptureRequest& request);
  void describe();

  SourceInfo info_;
  cv::VideoCapture device_;
  std::int64_t next_ = 0;
  double lastTime_ = 0.0;
};

}  // namespace acuguide::acquisition
