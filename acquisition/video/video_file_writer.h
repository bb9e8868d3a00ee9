#pragma once

#include "acquisition/frame_writer.h"
#include "acquisition/video/lossless_video_writer.h"
#include "core/whole_file.h"

namespace acuguide::acquisition {

/// Frames as lossless video (FFV1 in Matroska), grey as grey. Size and colour are those of the first frame;
/// times are index / framesPerSecond, so that players and seeking find every frame; poses are not kept.
class VideoFileWriter : public FrameWriter {
 public:
  VideoFileWriter(std::filesystem::path path, double framesPerSecond);

  void write(const Frame& frame) override;
  void finish() override;

 private:
  std::filesystem::path path_;
  WholeFile whole_;
  double framesPerSecond_;
  std::unique_ptr<LosslessVideoWriter> video_;
  std::int64_t written_ = 0;
  bool finished_ = false;
};

}  // namespace acuguide::acquisition
