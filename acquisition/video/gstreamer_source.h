#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/grey_range.h"

#include <atomic>
#include <memory>

namespace acuguide::acquisition {

/// `gst:PIPELINE`: a GStreamer pipeline given without its sink. `videoconvert` and an `appsink` are appended;
/// grey video (8 or 16 bits, GreyRange) gives CV_8UC1 frames, anything else CV_8UC3 (BGR). The pipeline keeps
/// its own clock (a file plays at its recorded pace); no frame is dropped, a slow reader holds the pipeline
/// back. Frame::time is the buffer's presentation time, or its arrival where it has none.
///
/// A pipeline that fails, or that ends although it has no length of its own (a network sender closed), throws
/// SourceUnavailable: a Feed opens it again. One that is known to be finite (it states a duration, reads a
/// file, or counts its buffers) simply ends. info().finite says which it is.
class GStreamerSource : public FrameSource {
 public:
  static bool claims(const std::string& source);

  /// Throws Error for a pipeline GStreamer cannot build (syntax, missing element), SourceUnavailable when it
  /// fails at run time (also for images of more than 16384 pixels a side) or gives no picture within
  /// `firstFrameSeconds`.
  explicit GStreamerSource(const std::string& source, double firstFrameSeconds = 10.0);
  ~GStreamerSource() override;

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;
  void interrupt() noexcept override { interrupted_ = true; }
  std::string remark() const override;

 private:
  struct Pipeline;

  std::optional<Frame> next(double timeoutSeconds);
  void throwPipelineError() const;

  SourceInfo info_;
  std::unique_ptr<Pipeline> pipeline_;
  std::optional<Frame> first_;
  std::atomic<bool> interrupted_ = false;
  std::int64_t index_ = 0;
  bool interlaced_ = false;
  GreyRange range_;  ///< of 16-bit images so far
};

}  // namespace acuguide::acquisition
