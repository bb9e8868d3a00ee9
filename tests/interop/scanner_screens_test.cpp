// All two hundred screens of a scanner, cleaned and read by Tesseract, language by language, as somebody
// would who looks for names. ACUGUIDE_SCREENS=N does the first N; ACUGUIDE_SCREENS_OUT=FOLDER keeps those
// that fail.

#include "interop/given_frames.h"
#include "interop/picture_cleaner.h"
#include "interop/scanner_screen.h"

#include <QtCore/QString>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <tesseract/baseapi.h>
#include <vector>

namespace acuguide::interop {
namespace {

/// Pieces of a text that would tell a person: four letters or digits of a word, two characters.
std::vector<std::u32string> piecesOf(const std::string& text) {
  std::vector<std::u32string> pieces;
  std::u32string word;
  const auto end = [&] {
    const std::size_t least = !word.empty() && word[0] > 0x2000 ? 2 : 4;
    for (std::size_t i = 0; i + least <= word.size(); ++i) pieces.push_back(word.substr(i, least));
    word.clear();
  };
  for (const char32_t c : QString::fromStdString(text).toUpper().toStdU32String())
    if (QChar::isLetterOrNumber(c))
      word.push_back(c);
    else
      end();
  end();
  return pieces;
}

class Readers {
 public:
  Readers() {
    for (const char* language : {"eng", "chi_sim", "chi_tra", "kor"}) {
      auto& reader = readers_.emplace_back(std::make_unique<tesseract::TessBaseAPI>());
      EXPECT_EQ(reader->Init(nullptr, language, tesseract::OEM_LSTM_ONLY), 0) << language;
      reader->SetVariable("debug_file", "/dev/null");
    }
  }
  std::u32string read(const cv::Mat& pixels) {
    cv::Mat grey;
    cv::cvtColor(pixels, grey, cv::COLOR_BGR2GRAY);
    std::string all;
    for (const auto& reader : readers_) {
      reader->SetPageSegMode(tesseract::PSM_SPARSE_TEXT);
      reader->SetImage(grey.data, grey.cols, grey.rows, 1, static_cast<int>(grey.step));
      const std::unique_ptr<char[]> text(reader->GetUTF8Text());
      if (text) all += text.get();
    }
    QString joined = QString::fromStdString(all).toUpper();
    return joined.remove(' ').toStdU32String();
  }

 private:
  std::vector<std::unique_ptr<tesseract::TessBaseAPI>> readers_;
};

int found(const std::u32string& read, const ScannerScreen& screen) {
  int texts = 0;
  for (const WrittenText& text : screen.texts) {
    const auto pieces = piecesOf(text.text);
    texts += std::ranges::any_of(pieces, [&](const auto& piece) { return read.find(piece) != read.npos; });
  }
  return texts;
}

TEST(TwoHundredScannerScreens, NothingIsLeftThatTesseractReadsAndTheTissueIs) {
  const char* asked = std::getenv("ACUGUIDE_SCREENS");
  const char* keep = std::getenv("ACUGUIDE_SCREENS_OUT");
  const int screens = asked != nullptr ? std::atoi(asked) : 200;
  Readers readers;
  int texts = 0, readBefore = 0, readAfter = 0, tooMuch = 0;
  double untouched = 0, worst = 1;
  for (int number = 0; number < screens; ++number) {
    const ScannerScreen screen = scannerScreen(number);
    PictureCleaner cleaner(screen.stated);
    Frame frame;
    frame.pixels = screen.pixels;
    GivenFrames source({frame});
    cleaner.survey(source);
    const cv::Mat cleaned = cleaner.process(screen.pixels);
    const int left = found(readers.read(cleaned), screen);
    const double same = screen.untouched(cleaned);
    if (number % 10 < 5) readBefore += found(readers.read(screen.pixels), screen);
    texts += static_cast<int>(screen.texts.size());
    readAfter += left;
    untouched += same / screens;
    worst = std::min(worst, same);
    tooMuch += same < 0.98 ? 1 : 0;
    if (left > 0 || same < 0.98) {
      std::printf("screen %d: %d texts left, %.2f %% of the tissue untouched, ink left %.2f\n", number, left,
                  100 * same, screen.inkLeft(cleaned));
      if (keep != nullptr)
        for (const auto& [name, image] :
             std::map<std::string, cv::Mat>{{"", screen.pixels}, {"_cleaned", cleaned}})
          cv::imwrite(std::string(keep) + "/" + std::to_string(number) + name + ".png", image);
    }
    if (number % 10 == 9)
      std::printf("%d screens: %d texts left, %.2f %% of the tissue untouched on average\n", number + 1,
                  readAfter, 100 * untouched * screens / (number + 1));
    std::fflush(stdout);
  }
  std::printf(
      "%d screens, %d texts: of half of them %d are read before, of all %d after; tissue untouched %.2f %% "
      "on "
      "average, %.2f %% at worst, below 98 %% in %d screens\n",
      screens, texts, readBefore, readAfter, 100 * untouched, 100 * worst, tooMuch);
  EXPECT_GT(readBefore, texts / 4) << "the readers must be able to read them";
  EXPECT_EQ(readAfter, 0);
  EXPECT_GE(untouched, 0.98);
  EXPECT_EQ(tooMuch, 0);
}

// Before anything is read: the finder and the region.
TEST(TwoHundredScannerScreens, StrokesAloneTakeTheInkAndLeaveTheTissue) {
  int texts = 0, tooMuch = 0, inkLeft = 0;
  double untouched = 0;
  for (int number = 0; number < 200; ++number) {
    const ScannerScreen screen = scannerScreen(number);
    const cv::Mat cleaned = PictureCleaner(screen.stated).process(screen.pixels);
    const double same = screen.untouched(cleaned), ink = screen.inkLeft(cleaned);
    texts += static_cast<int>(screen.texts.size());
    untouched += same / 200;
    tooMuch += same < 0.98 ? 1 : 0;
    inkLeft += ink > 0.15 ? 1 : 0;
    if (same < 0.98 || ink > 0.15)
      std::printf("screen %d: %.2f %% of the tissue untouched, ink left %.2f\n", number, 100 * same, ink);
    std::fflush(stdout);
  }
  std::printf(
      "200 screens, %d texts: ink left in %d screens; tissue untouched %.2f %% on average, below 98 %% in "
      "%d\n",
      texts, inkLeft, 100 * untouched, tooMuch);
  EXPECT_LE(inkLeft, 20) << "these are for the reader";
  EXPECT_GE(untouched, 0.98);
}

}  // namespace
}  // namespace acuguide::interop
