#include "interop/picture_cleaner.h"

#include "core/error.h"
#include "interop/given_frames.h"
#include "interop/scanner_screen.h"
#include "interop/text_finder.h"
#include "interop/text_reader.h"
#include "simulation/simulated_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>

namespace acuguide::interop {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

Frame frameOf(const cv::Mat& pixels, std::int64_t index = 0) {
  Frame frame;
  frame.pixels = pixels;
  frame.index = index;
  frame.time = 0.04 * static_cast<double>(index);
  return frame;
}

cv::Mat cleanedOf(const cv::Mat& pixels, const std::vector<cv::Rect>& stated = {}) {
  PictureCleaner cleaner(stated);
  GivenFrames source({frameOf(pixels)});
  cleaner.survey(source);
  EXPECT_TRUE(cleaner.isChecked());
  return cleaner.process(source.read()->pixels);
}

/// What stands in an image after the reader, all in one.
std::string textIn(TextReader& reader, const cv::Mat& pixels) {
  std::string all;
  for (const ReadText& text : reader.read(pixels)) all += text.text + "\n";
  return all;
}

void expectClean(int number) {
  const ScannerScreen screen = scannerScreen(number);
  const cv::Mat cleaned = cleanedOf(screen.pixels, screen.stated);
  TextReader reader;
  EXPECT_EQ(textIn(reader, cleaned), "") << "screen " << number;
  EXPECT_LT(screen.inkLeft(cleaned), 0.15) << "screen " << number;
  EXPECT_GE(screen.untouched(cleaned), 0.98) << "screen " << number;
  if (testing::Test::HasFailure()) {
    cv::imwrite("/tmp/screen" + std::to_string(number) + ".png", screen.pixels);
    cv::imwrite("/tmp/screen" + std::to_string(number) + "_cleaned.png", cleaned);
  }
}

/// Layout by layout; all two hundred: scanner_screens_test.cpp.
class ScannerScreens : public testing::TestWithParam<int> {};

TEST_P(ScannerScreens, NoNameIsLeftAndTheTissueIs) { expectClean(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Layouts, ScannerScreens, testing::Range(0, 5));

TEST(ScannerScreens, TheReaderReadsWhatStandsInThem) {
  TextReader reader;
  const std::string latin = textIn(reader, scannerScreen(0).pixels) + textIn(reader, scannerScreen(5).pixels);
  EXPECT_GT(latin.size(), 40u) << latin;
}

TEST(PictureCleaner, WhatIsReadInOneFrameIsBlackInAll) {
  const cv::Mat tissue = simulation::simulatorKind().open("sim:no_needle?seed=5")->read()->pixels;
  ASSERT_TRUE(TextFinder().process(tissue).empty());
  // Strokes without a sharp step: the finder passes them over, the reader does not.
  cv::Mat soft = tissue * 0.3;
  cv::putText(soft, "ZIMMERMANN", {60, 250}, cv::FONT_HERSHEY_SIMPLEX, 2.6, 190, 9, cv::LINE_AA);
  cv::GaussianBlur(soft, soft, {0, 0}, 3.0);
  std::vector<Frame> frames;
  for (int i = 0; i < 3; ++i) frames.push_back(frameOf(i == 1 ? soft : cv::Mat(tissue * 0.3), i));
  GivenFrames source(frames);
  PictureCleaner cleaner;
  cleaner.survey(source);
  EXPECT_EQ(cleaner.framesRead(), 3);
  const cv::Mat first = cleaner.process(frames[0].pixels), second = cleaner.process(frames[1].pixels);
  TextReader reader;
  EXPECT_NE(textIn(reader, soft), "");
  EXPECT_EQ(textIn(reader, second), "");
  EXPECT_LT(cv::countNonZero(first), cv::countNonZero(frames[0].pixels)) << "there too, whatever shows";
}

TEST(PictureCleaner, WithoutSurveyNothingIsChecked) {
  const ScannerScreen screen = scannerScreen(4);
  PictureCleaner cleaner(screen.stated);
  EXPECT_LT(screen.inkLeft(cleaner.process(screen.pixels)), 0.15)
      << "what the finder finds is black all the same";
  EXPECT_FALSE(cleaner.isChecked());
}

TEST(PictureCleaner, WhatCannotBeReadTwiceIsRefused) {
  class Once : public GivenFrames {
   public:
    Once() : GivenFrames({frameOf(cv::Mat(480, 640, CV_8UC1, cv::Scalar(0)))}) { once_.name = "once"; }
    const acquisition::SourceInfo& info() const override { return once_; }

   private:
    acquisition::SourceInfo once_;
  } once;
  PictureCleaner cleaner;
  try {
    cleaner.survey(once);
    ADD_FAILURE() << "surveyed";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot be read twice"));
  }
}

TEST(PictureCleaner, AStatedRegionOfNearlyAllExcludesNothing) {
  const ScannerScreen screen = scannerScreen(0);
  const cv::Mat cleaned = PictureCleaner({{{0, 0}, screen.pixels.size()}}).process(screen.pixels);
  EXPECT_EQ(cv::countNonZero(cleaned.reshape(1)(cv::Rect(0, 0, 3 * screen.pixels.cols, 60))), 0);
  EXPECT_GT(cv::countNonZero(cleaned(screen.tissue).clone().reshape(1)), screen.tissue.area());
}

// ---- the finder alone

TEST(TextFinder, LeavesSimulatedAndRealTissueAlone) {
  TextFinder finder;
  const auto share = [&](const cv::Mat& pixels) {
    cv::Mat taken = cv::Mat::zeros(pixels.size(), CV_8U);
    for (const cv::Rect& line : finder.process(pixels)) taken(line).setTo(255);
    return static_cast<double>(cv::countNonZero(taken)) / static_cast<double>(taken.total());
  };
  for (const char* scenario : {"sim:no_needle?seed=1", "sim:st36_in_plane?seed=2", "sim:li10_steep?seed=3"}) {
    const auto source = simulation::simulatorKind().open(scenario);
    for (int i = 0; i < 30; ++i)
      if (const auto frame = source->read(); frame && i % 10 == 0) {
        EXPECT_LT(share(frame->pixels), 0.005) << scenario;
      }
  }
  const fs::path real = fs::path(ACUGUIDE_SOURCE_DIR) / ".." / "shared" / "data";
  if (!fs::exists(real)) GTEST_SKIP() << "../shared/data is not there";
  for (const auto& [folder, most] :
       {std::pair{"nerves_vessels/images", 0.005}, std::pair{"needle/tissue/images", 0.01},
        std::pair{"planes/images/dataset1/S2", 0.02}}) {
    int images = 0;
    for (const auto& entry : fs::directory_iterator(real / folder))
      if (images++ % 10 == 0) {
        EXPECT_LT(share(cv::imread(entry.path().string())), most) << entry.path();
      }
  }
}

TEST(TextFinder, FindsEveryLineOfARealScreen) {
  const fs::path file = fs::path(ACUGUIDE_SOURCE_DIR) / ".." / "shared" / "data" / "seen" / "screen_linear" /
                        "images" / "30.png";
  if (!fs::exists(file)) GTEST_SKIP() << "../shared/data is not there";
  cv::Mat screen = cv::imread(file.string());
  blackenText(screen);
  TextReader reader;
  const std::string left = textIn(reader, screen);
  for (const char* trace : {"Fachhoch", "hochschule", "Suedwest"})
    EXPECT_THAT(left, testing::Not(HasSubstr(trace)));
}

}  // namespace
}  // namespace acuguide::interop
