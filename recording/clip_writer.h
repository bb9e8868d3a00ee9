#pragma once

#include <opencv2/core.hpp>

#include <filesystem>
#include <memory>

namespace acuguide::recording {

/// A clip for people: H.264 in MP4 (yuv420p, quality 18), which every player shows. Not lossless. Every
/// picture keeps its time.
class ClipWriter {
 public:
  /// Pictures of odd size get a black column or row more, which H.264 needs. Throws Error: cannot be written,
  /// or FFmpeg has no H.264 encoder here.
  ClipWriter(const std::filesystem::path& path, cv::Size size, double framesPerSecond);
  ~ClipWriter();

  /// CV_8UC1 or CV_8UC3 (BGR), of that size; `seconds` rising, from 0. Throws Error.
  void write(const cv::Mat& picture, double seconds);
  /// Completes the file. Throws Error. Without it there is none.
  void finish();

 private:
  struct Encoder;
  std::unique_ptr<Encoder> encoder_;
};

}  // namespace acuguide::recording
