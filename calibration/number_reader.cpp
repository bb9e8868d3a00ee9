#include "calibration/number_reader.h"

#include "core/error.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <tesseract/baseapi.h>

namespace acuguide::calibration {
namespace {

constexpr int border = 40;  // px of the enlarged picture; digits at its edge are not read
// Screen digits are some 10 px high and the reader wants 30 or more; what it reads depends on how they are
// enlarged. Two of three must agree.
constexpr std::array<double, 3> enlargedTo = {32.0, 40.0, 50.0};
constexpr int mostDigitHeight = 40;
constexpr int leastDigitHeight = 6;

/// Boxes of the words a light-on-dark picture may hold: neighbouring letters joined.
std::vector<cv::Rect> wordsIn(const cv::Mat& grey) {
  cv::Mat light, joined;
  const double level = cv::threshold(grey, light, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  if (level < 1.0) return {};
  cv::morphologyEx(light, joined, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {5, 1}));
  cv::Mat labels, statistics, centres;
  const int count = cv::connectedComponentsWithStats(joined, labels, statistics, centres);
  std::vector<cv::Rect> boxes;
  for (int i = 1; i < count; ++i) {
    const cv::Rect box(statistics.at<int>(i, cv::CC_STAT_LEFT), statistics.at<int>(i, cv::CC_STAT_TOP),
                       statistics.at<int>(i, cv::CC_STAT_WIDTH), statistics.at<int>(i, cv::CC_STAT_HEIGHT));
    if (box.height >= leastDigitHeight && box.height <= mostDigitHeight && box.width <= 3 * box.height &&
        box.width >= 2)
      boxes.push_back(box);
  }
  return boxes;
}

/// Dark on light, enlarged, with a margin: what the reader reads best.
cv::Mat prepared(const cv::Mat& word, double factor) {
  cv::Mat stretched, large;
  cv::normalize(word, stretched, 0, 255, cv::NORM_MINMAX);
  cv::resize(stretched, large, {}, factor, factor, cv::INTER_CUBIC);
  cv::bitwise_not(large, large);
  cv::copyMakeBorder(large, large, border, border, border, border, cv::BORDER_CONSTANT, cv::Scalar(255));
  return large;
}

bool only(const std::string& text, const char* letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string::npos;
}

/// The digits of what was read; empty when it is no number.
std::string digitsOf(std::string text, bool oneLetterWide) {
  std::erase_if(text, [](char c) { return c == '\n' || c == ' '; });
  // A lone nought is read as the letter, sometimes twice.
  if (oneLetterWide && only(text, "oO0")) return "0";
  return only(text, "0123456789") && text.size() <= 3 ? text : "";
}

}  // namespace

struct NumberReader::Engine {
  tesseract::TessBaseAPI reader;

  std::string textOf(const cv::Mat& word) {
    reader.SetImage(word.data, word.cols, word.rows, 1, int(word.step));
    reader.SetSourceResolution(300);
    const std::unique_ptr<char[]> text(reader.GetUTF8Text());
    return text ? text.get() : "";
  }

  /// What two of the three enlargements agree on; empty when none do.
  std::string digitsIn(const cv::Mat& word, const cv::Rect& box) {
    std::vector<std::string> read;
    for (const double height : enlargedTo) {
      const std::string digits =
          digitsOf(textOf(prepared(word, height / box.height)), box.width < box.height);
      if (!digits.empty() && std::find(read.begin(), read.end(), digits) != read.end()) return digits;
      read.push_back(digits);
    }
    return {};
  }
};

NumberReader::NumberReader() : engine_(std::make_unique<Engine>()) {
  if (engine_->reader.Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY) != 0)
    throw Error("Tesseract", "its data for digits cannot be loaded", "install the package tesseract-ocr-eng");
  engine_->reader.SetVariable("debug_file", "/dev/null");
  engine_->reader.SetPageSegMode(tesseract::PSM_SINGLE_WORD);
}

NumberReader::~NumberReader() { engine_->reader.End(); }

std::vector<WrittenNumber> NumberReader::read(const cv::Mat& grey) {
  std::vector<WrittenNumber> numbers;
  for (const cv::Rect& box : wordsIn(grey)) {
    const cv::Rect with(box.x - 2, box.y - 2, box.width + 4, box.height + 4);
    const std::string digits = engine_->digitsIn(grey(with & cv::Rect({}, grey.size())), box);
    if (digits.empty()) continue;
    numbers.push_back({std::stoi(digits), {box.x + 0.5 * (box.width - 1), box.y + 0.5 * (box.height - 1)}});
  }
  return numbers;
}

}  // namespace acuguide::calibration
