#pragma once

#include <opencv2/core.hpp>

#include <memory>
#include <string>
#include <vector>

namespace acuguide::interop {

/// A piece of text read in an image.
struct ReadText {
  std::string text;  ///< UTF-8
  cv::Rect box;      ///< px, of all its words
};

/// Reads text that stands anywhere in an image: Latin, Chinese (simplified, traditional) and Korean
/// (Tesseract). Among speckle the reader finds many letters of which it is not sure; a line counts as text
/// when its words of a confidence of 60 % or more hold three letters or digits in one word, or two Chinese or
/// Korean characters. Slow: about a second a call.
class TextReader {
 public:
  /// Throws Error when the data of a language is not installed.
  TextReader();
  ~TextReader();

  /// pixels: CV_8UC1 or CV_8UC3. A small one is read twice its size.
  std::vector<ReadText> read(const cv::Mat& pixels);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace acuguide::interop
