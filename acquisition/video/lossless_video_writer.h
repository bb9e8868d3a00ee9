#pragma once

#include "acquisition/video/disk_clock.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace acuguide::acquisition {

/// Lossless video (FFV1 version 3, every picture a key picture, a checksum on every slice) in Matroska,
/// written so that it survives the death of the program: what was there at the last flush() can be read
/// without a trailer. (OpenCV's writer keeps ten seconds and more of a quiet picture, its header with it, in
/// its buffers, cuts pictures of odd size down to even ones, and does not say when the disk is full.)
class LosslessVideoWriter {
 public:
  struct Options {
    cv::Size size;
    bool colour = false;          ///< BGR pictures, else 8-bit grey
    double framesPerSecond = 30;  ///< nominal, for players; each picture has its own time
    int threads = 2;
    std::string name;                      ///< of the file in messages; empty: its path
    std::shared_ptr<DiskClock> diskClock;  ///< runs while the file is written to; may be none
  };

  /// Throws Error when the file cannot be made.
  LosslessVideoWriter(const std::filesystem::path& path, const Options& options);
  ~LosslessVideoWriter();

  const Options& options() const;

  /// `milliseconds` on the video's time line, rising. The picture must be of the options' size and type.
  /// Throws Error when it cannot be written.
  void write(const cv::Mat& picture, std::int64_t milliseconds);

  /// Hands all that was written to the system: the end of the program does not lose it any more, that of
  /// power may. Throws Error (disk full).
  void flush();

  /// SHA-256 of the compressed pictures written since the last call, in hexadecimal.
  std::string takeDigest();

  /// Completes the file (index for seeking, duration). Throws Error. Without it the file is as killed.
  void finish();

 private:
  struct Encoder;
  std::unique_ptr<Encoder> encoder_;
};

}  // namespace acuguide::acquisition
