#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace acuguide::recording {

/// Reads what acquisition::LosslessVideoWriter wrote, by the pictures' times; also from a file without its
/// trailer.
class LosslessVideoReader {
 public:
  /// Throws Error when the file is not there or not such a video.
  explicit LosslessVideoReader(const std::filesystem::path& path);
  ~LosslessVideoReader();

  cv::Size size() const;

  /// The picture (CV_8UC1, or CV_8UC3 BGR) at exactly that time; none where the video has none. Reading on in
  /// order is fast; anything else seeks. Throws Error when the picture is damaged.
  std::optional<cv::Mat> pictureAt(std::int64_t milliseconds);

  /// Is there such a picture? Does not decode it.
  bool has(std::int64_t milliseconds);

 private:
  struct Decoder;
  std::unique_ptr<Decoder> decoder_;
};

}  // namespace acuguide::recording
