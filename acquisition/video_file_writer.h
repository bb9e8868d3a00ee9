#pragma once

#include "acquisition/frame_writer.h"

#include <opencv2/videoio.hpp>

namespace acuguide::acquisition {

/// Lossless video: FFV1 in Matroska, grey frames as grey. Size and colour are those of the first frame; times
/// are index / framesPerSecond, poses are not kept.
class VideoFileWriter : public FrameWriter {
 public:
  VideoFileWriter(std::filesystem::path path, double framesPerSecond);
  ~VideoFileWriter() override;

  void write(const Frame& frame) override;
  void finish() override;

 private:
  void open(const cv::Mat& first);
  void checkSpace() const;

  std::filesystem::path path_;
  double framesPerSecond_;
  cv::VideoWriter video_;
  cv::Size size_;
  int type_ = 0;
  std::int64_t written_ = 0;
  bool finished_ = false;
};

}  // namespace acuguide::acquisition
