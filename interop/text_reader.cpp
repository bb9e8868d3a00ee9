#include "interop/text_reader.h"

#include "core/error.h"
#include "core/grey.h"

#include <QtCore/QString>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <omp.h>
#include <tesseract/baseapi.h>

namespace acuguide::interop {
namespace {

constexpr float sure = 60.0F, possible = 30.0F;  // per cent
constexpr int leastLetters = 3, leastCharacters = 2;
constexpr int small = 1000;  // px: wider images have letters large enough to be read
constexpr int border = 10;   // px: letters at the very edge are not read

/// Strokes that the reader sees in every line across are no characters here.
bool isStroke(char32_t c) {
  static constexpr std::u32string_view strokes = U"一二三丨丶亠乙人八卜工ㅡㅣ으";
  return strokes.find(c) != std::u32string_view::npos;
}

/// Tesseract divides the work on a line of text between four threads that wait for each other by spinning: on
/// a busy computer that takes ten times as long as one thread does.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_active_levels()) { omp_set_max_active_levels(0); }
  ~OneThread() { omp_set_max_active_levels(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

struct Letters {
  int latin = 0, characters = 0;
};

Letters lettersOf(const char* word) {
  Letters letters;
  for (const char32_t c : QString::fromUtf8(word).toStdU32String()) {
    const bool ideograph = (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff);
    const bool syllable = c >= 0xac00 && c <= 0xd7a3;
    if (ideograph || syllable)
      letters.characters += isStroke(c) ? 0 : 1;
    else if (QChar::isLetterOrNumber(c))
      ++letters.latin;
  }
  return letters;
}

/// What one line holds so far.
class Line {
 public:
  void add(const char* word, float confidence, const cv::Rect& box) {
    if (confidence < possible) return;
    const Letters letters = lettersOf(word);
    if (letters.latin + letters.characters == 0) return;
    box_ |= box;
    text_ += text_.empty() ? word : std::string(" ") + word;
    if (confidence < sure) return;
    longest_ = std::max(longest_, letters.latin);
    characters_ += letters.characters;
  }
  bool isText() const { return longest_ >= leastLetters || characters_ >= leastCharacters; }
  ReadText text() const { return {text_, box_}; }

 private:
  std::string text_;
  cv::Rect box_;
  int longest_ = 0, characters_ = 0;
};

}  // namespace

struct TextReader::Engine {
  tesseract::TessBaseAPI reader;

  /// Adds what stands in `grey`, an image enlarged `factor` times from `offset` on.
  void read(const cv::Mat& grey, int factor, cv::Point offset, std::vector<ReadText>& found) {
    reader.SetImage(grey.data, grey.cols, grey.rows, 1, static_cast<int>(grey.step));
    reader.SetSourceResolution(150);
    const OneThread alone;
    if (reader.Recognize(nullptr) != 0) return;
    const std::unique_ptr<tesseract::ResultIterator> words(reader.GetIterator());
    if (!words) return;
    Line line;
    const auto end = [&] {
      if (line.isText()) found.push_back(line.text());
      line = {};
    };
    do {
      if (words->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) end();
      const std::unique_ptr<char[]> word(words->GetUTF8Text(tesseract::RIL_WORD));
      int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
      if (!word || !words->BoundingBox(tesseract::RIL_WORD, &x0, &y0, &x1, &y1)) continue;
      const auto back = [&](int at) { return (at - border) / factor; };
      line.add(
          word.get(), words->Confidence(tesseract::RIL_WORD),
          cv::Rect(offset + cv::Point(back(x0), back(y0)), offset + cv::Point(back(x1) + 1, back(y1) + 1)));
    } while (words->Next(tesseract::RIL_WORD));
    end();
  }
};

TextReader::TextReader() : engine_(std::make_unique<Engine>()) {
  // Also loads when only some of them are there.
  std::vector<std::string> loaded;
  if (engine_->reader.Init(nullptr, "eng+chi_sim+chi_tra+kor", tesseract::OEM_LSTM_ONLY) == 0)
    engine_->reader.GetLoadedLanguagesAsVector(&loaded);
  for (const char* language : {"eng", "chi_sim", "chi_tra", "kor"}) {
    if (std::ranges::find(loaded, language) != loaded.end()) continue;
    std::string package = std::string("tesseract-ocr-") + language;
    std::ranges::replace(package, '_', '-');
    throw Error("Tesseract", std::string("its data for reading \"") + language + "\" cannot be loaded",
                "install the package " + package);
  }
  engine_->reader.SetVariable("debug_file", "/dev/null");
  engine_->reader.SetPageSegMode(tesseract::PSM_SPARSE_TEXT);
}

TextReader::~TextReader() { engine_->reader.End(); }

std::vector<ReadText> TextReader::read(const cv::Mat& pixels) {
  std::vector<ReadText> found;
  cv::Mat buffer;
  const cv::Mat& grey = greyOf(pixels, buffer);
  const cv::Rect lit = cv::boundingRect(grey);
  if (lit.empty()) return found;
  const int factor = lit.width < small ? 2 : 1;
  cv::Mat page;
  cv::resize(grey(lit), page, {}, factor, factor, cv::INTER_CUBIC);
  cv::copyMakeBorder(page, page, border, border, border, border, cv::BORDER_CONSTANT, cv::Scalar(0));
  engine_->read(page, factor, lit.tl(), found);
  for (ReadText& text : found) text.box &= cv::Rect({0, 0}, pixels.size());
  return found;
}

}  // namespace acuguide::interop
