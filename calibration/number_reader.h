#pragma once

#include <opencv2/core.hpp>

#include <memory>
#include <vector>

namespace acuguide::calibration {

/// A whole number written in a picture.
struct WrittenNumber {
  int value = 0;
  cv::Point2d centre;  ///< px
};

/// Reads the digits written in a screen grab (Tesseract). Slow: some tenths of a second a call.
class NumberReader {
 public:
  /// Throws Error when the reader's data (package tesseract-ocr-eng) is not installed.
  NumberReader();
  ~NumberReader();

  /// Numbers of up to three digits, light on dark. grey: CV_8UC1.
  std::vector<WrittenNumber> read(const cv::Mat& grey);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace acuguide::calibration
