#include "imaging/needle/needle_classifier.h"

#include "imaging/needle/needle_detector.h"
#include "imaging/needle/needle_pictures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

SegmentedLine seenFrom(Eigen::Vector2d begin, Eigen::Vector2d end, double mean) {
  SegmentedLine line;
  line.begin = begin;
  line.end = end;
  line.length = (end - begin).norm();
  line.mean = line.low = mean;
  line.score = line.length * mean * 0.6;
  line.tipAtBegin = -7;
  line.tipAtEnd = 0.5;
  return line;
}

const Eigen::Vector2d kTail(8, 12), kTip(40, 36);

NeedleEvidence evidenceOf(double ridge, const SegmentedLine& seen, const std::vector<SegmentedLine>& lines,
                          bool tipAtEnd = true) {
  return needleEvidence(ridge, seen, kTail, kTip, tipAtEnd, lines, 0);
}

TEST(NeedleClassifier, NamesWhatItHolds) {
  const SegmentedLine seen = seenFrom(kTail, kTip, 0.8);
  const NeedleEvidence evidence = evidenceOf(0.5, seen, {seen});
  const auto value = [&](std::string_view name) {
    const auto at = std::find(kNeedleEvidenceNames.begin(), kNeedleEvidenceNames.end(), name);
    return evidence.at(static_cast<std::size_t>(at - kNeedleEvidenceNames.begin()));
  };
  EXPECT_EQ(value("is_ridge"), 1);
  EXPECT_NEAR(value("ridge"), 0, 1e-5);
  EXPECT_NEAR(value("mean"), 0.8, 1e-5);
  EXPECT_NEAR(value("overlap"), 1, 1e-5);
  EXPECT_NEAR(value("tip"), 0.5, 1e-5);
  EXPECT_NEAR(value("tail"), -7, 1e-5);
  EXPECT_EQ(value("rival"), 0) << "a line is not its own rival";
}

/// Of a ridge that is as needles are: straight, thin, full, with dark sides.
NeedleFeatures featuresOfARidge() {
  cv::Mat grey = testing::specklePicture({640, 480}, 7);
  testing::drawShaft(grey, {400, 330}, {60, 120}, 235);
  NeedleDetectorOptions options;
  options.still = true;
  NeedleDetector detector(options);
  ImagingRegion region;
  region.bounds = cv::Rect(0, 0, grey.cols, grey.rows);
  region.probe = ProbeSide::Top;
  detector.process(grey, region, {}, 0);
  const auto& judged = detector.judged();
  return std::max_element(judged.begin(), judged.end(),
                          [](const auto& a, const auto& b) { return a.confidence < b.confidence; })
      ->features;
}

TEST(NeedleClassifier, WhatBothSeeIsLikelierThanWhatOneSees) {
  const NeedleFeatures features = featuresOfARidge();
  const SegmentedLine seen = seenFrom(kTail, kTip, 0.9);
  const double both = needleProbability(evidenceOf(0.98, seen, {seen}), features);
  EXPECT_GT(both, 0.9);
  EXPECT_GE(both, needleProbability(evidenceOf(0.01, seen, {seen}), features));
  EXPECT_GT(both, needleProbability(evidenceOf(0.5, {}, {}), features));
  EXPECT_LT(needleProbability(evidenceOf(0.01, {}, {}), features), 0.2);
}

TEST(NeedleClassifier, ALineElsewhereNeverSpeaksForOne) {
  const NeedleFeatures features = featuresOfARidge();
  const SegmentedLine seen = seenFrom(kTail, kTip, 0.7), other = seenFrom({50, 5}, {20, 60}, 0.9);
  EXPECT_LE(needleProbability(evidenceOf(0.5, seen, {seen, other}), features),
            needleProbability(evidenceOf(0.5, seen, {seen}), features));
}

TEST(NeedleClassifier, StaysANumberForAnything) {
  const SegmentedLine seen = seenFrom(kTail, kTip, 1);
  for (const double ridge : {-1.0, 0.0, 1e-300, 0.5, 1.0}) {
    const double p = needleProbability(evidenceOf(ridge, seen, {}), {});
    EXPECT_TRUE(p >= 0 && p <= 1) << ridge;
  }
  const NeedleEvidence point = needleEvidence(0.5, seen, kTail, kTail, true, {seen}, 0);
  for (const float value : point) EXPECT_TRUE(std::isfinite(value));
}

TEST(NeedleClassifier, TheEdgeOfThePictureHasOneFlatSide) {
  cv::Mat grey = testing::specklePicture({640, 480}, 3);
  grey(cv::Rect(0, 0, 200, 480)).setTo(0);
  Shaft edge;
  edge.origin = {200, 240};
  edge.direction = {0, 1};
  edge.begin = -150;
  edge.end = 150;
  Shaft inside = edge;
  inside.origin.x() = 400;
  const cv::Rect bounds(0, 0, 640, 480);
  EXPECT_GT(edgeBeside(grey, bounds, edge, 1.9), 0.9);
  EXPECT_LT(edgeBeside(grey, bounds, inside, 1.9), 0.2);
}

}  // namespace
}  // namespace acuguide::imaging
