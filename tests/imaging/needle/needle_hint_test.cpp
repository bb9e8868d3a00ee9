#include "imaging/needle/needle_hint.h"

#include "imaging/frame_analyzer.h"
#include "imaging/needle/needle_detector.h"
#include "imaging/needle/needle_pictures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace acuguide::imaging {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

Shaft shaftAt(double degrees) {
  Shaft shaft;
  shaft.direction = {std::cos(degrees * kDegree), std::sin(degrees * kDegree)};
  shaft.end = 200;
  return shaft;
}

double logOdds(double confidence) { return std::log(confidence / (1 - confidence)); }

NeedleCandidate bestOf(const cv::Mat& grey, const NeedleHint& hint) {
  NeedleDetectorOptions options;
  options.still = true;
  options.hint = hint;
  ImagingRegion region;
  region.bounds = cv::Rect(0, 0, grey.cols, grey.rows);
  region.probe = ProbeSide::Top;
  const auto needles = NeedleDetector(options).process(grey, region, {}, 0);
  EXPECT_FALSE(needles.empty());
  return needles.empty() ? NeedleCandidate{} : needles.front();
}

TEST(NeedleHint, SaysNothingWhenThereIsNoPlan) {
  EXPECT_EQ(hintLogOdds(shaftAt(30), true, {}), 0.0);
  EXPECT_EQ(hintTipAtEnd({}), 0.0);
}

TEST(NeedleHint, IsNeverMoreThanAFactorOfE) {
  for (const EntrySide side : {EntrySide::Any, EntrySide::Left, EntrySide::Right})
    for (const bool tipAtEnd : {false, true})
      for (double planned = -90; planned <= 90; planned += 5)
        for (double seen = -65; seen <= 65; seen += 5)
          EXPECT_LE(std::abs(hintLogOdds(shaftAt(seen), tipAtEnd, {side, planned * kDegree})), 1.0);
  EXPECT_EQ(hintLogOdds(shaftAt(30), true, {EntrySide::Any, std::nan("")}), 0.0);
}

TEST(NeedleHint, PrefersThePlannedAngleAndSide) {
  const NeedleHint hint{EntrySide::Left, 30 * kDegree};
  EXPECT_GT(hintLogOdds(shaftAt(30), true, hint), hintLogOdds(shaftAt(30), false, hint));
  EXPECT_GT(hintLogOdds(shaftAt(33), true, hint), hintLogOdds(shaftAt(50), true, hint));
  EXPECT_GT(hintLogOdds(shaftAt(30), true, hint), 0.9);
  EXPECT_LT(hintLogOdds(shaftAt(60), false, hint), -0.9);
}

TEST(NeedleHint, SettlesWhichEndIsTheTipOfAFlatShaftInsideThePicture) {
  cv::Mat grey = testing::specklePicture(cv::Size(640, 480), 21);
  testing::drawShaft(grey, {470, 258}, {170, 222}, 235);
  const NeedleCandidate left = bestOf(grey, {EntrySide::Left, std::nullopt});
  const NeedleCandidate right = bestOf(grey, {EntrySide::Right, std::nullopt});
  EXPECT_GT(left.tipPx.x(), left.tailPx.x());
  EXPECT_LT(right.tipPx.x(), right.tailPx.x());
}

TEST(NeedleHint, NothingDependsOnIt) {
  // Against the plan in every way: from the wrong side, far too steep.
  cv::Mat grey = testing::specklePicture(cv::Size(640, 480), 22);
  testing::drawShaft(grey, {250, 330}, {639, 80}, 235);
  const NeedleCandidate alone = bestOf(grey, {});
  const NeedleCandidate against = bestOf(grey, {EntrySide::Left, 8 * kDegree});
  const NeedleCandidate as = bestOf(grey, {EntrySide::Right, 33 * kDegree});
  EXPECT_EQ(alone.tipPx, against.tipPx);
  EXPECT_EQ(alone.tipPx, as.tipPx);
  EXPECT_GE(against.confidence, 0.8);
  EXPECT_LT(logOdds(against.confidence), logOdds(alone.confidence));
  EXPECT_GT(logOdds(as.confidence), logOdds(alone.confidence));
}

TEST(NeedleHint, ReachesTheDetectorThroughTheAnalyzer) {
  Frame frame;
  frame.pixels = testing::specklePicture(cv::Size(640, 480), 23);
  testing::drawShaft(frame.pixels, {250, 330}, {639, 80}, 235);
  const auto confidence = [&](EntrySide side) {
    AnalyzerOptions options;
    options.still = true;
    options.probe = ProbeSide::Top;
    options.entry = side;
    const auto needles = FrameAnalyzer(options).process(frame)->needles;
    return needles.empty() ? 0.0 : needles.front().confidence;
  };
  EXPECT_GT(confidence(EntrySide::Right), confidence(EntrySide::Any));
  EXPECT_LT(confidence(EntrySide::Left), confidence(EntrySide::Any));
}

}  // namespace
}  // namespace acuguide::imaging
