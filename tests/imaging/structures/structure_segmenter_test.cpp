#include "imaging/structures/structure_segmenter.h"

#include "imaging/region/region_finder.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <filesystem>
#include <limits>

namespace acuguide::imaging {
namespace {

namespace fs = std::filesystem;

ImagingRegion whole(const cv::Mat& grey, ProbeSide probe = ProbeSide::Top) {
  ImagingRegion region;
  region.bounds = cv::Rect({}, grey.size());
  region.probe = probe;
  return region;
}

/// Judges whatever it is shown, so that the rest can be tested on any picture.
StructureSegmenter judgingAll() {
  StructureSegmenterOptions options;
  options.mostStrangeness = std::numeric_limits<double>::infinity();
  options.leastConfidence = 0;
  return StructureSegmenter(options);
}

cv::Mat still(const std::string& name) {
  return cv::imread(
      (fs::path(ACUGUIDE_SOURCE_DIR).parent_path() / "shared/data/nerves_vessels/images" / name).string(),
      cv::IMREAD_GRAYSCALE);
}

TEST(StructureSegmenter, APictureWithoutARegionIsNotJudged) {
  StructureSegmenter segmenter;
  const cv::Mat grey(300, 400, CV_8UC1, cv::Scalar(40));
  const Structures seen = segmenter.process(grey, {});
  EXPECT_FALSE(seen.sure);
  EXPECT_EQ(seen.mask.size(), grey.size());
  EXPECT_EQ(cv::countNonZero(seen.mask), 0);
  EXPECT_FALSE(segmenter.process({}, {}).sure);
  EXPECT_FALSE(segmenter.process(cv::Mat(300, 400, CV_8UC3, cv::Scalar::all(3)), whole(grey)).sure);
}

TEST(StructureSegmenter, WhatIsNoUltrasoundPictureIsNotJudged) {
  StructureSegmenter segmenter;
  cv::Mat noise(400, 500, CV_8UC1);
  cv::RNG(3).fill(noise, cv::RNG::UNIFORM, 0, 255);
  cv::Mat board(400, 500, CV_8UC1, cv::Scalar(255));
  for (int y = 0; y < 8; ++y)
    for (int x = y % 2; x < 10; x += 2) board(cv::Rect(x * 50, y * 50, 50, 50)).setTo(0);
  for (const cv::Mat& picture : {noise, board}) {
    const Structures seen = segmenter.process(picture, whole(picture));
    EXPECT_FALSE(seen.sure) << seen.strangeness;
    EXPECT_TRUE(seen.found.empty());
    EXPECT_EQ(cv::countNonZero(seen.mask), 0);
  }
}

TEST(StructureSegmenter, MaskAndOutlinesLieInTheRegionAndAgree) {
  const cv::Mat part = still("0018.png");
  if (part.empty()) GTEST_SKIP() << "../shared/data/nerves_vessels is not there";
  cv::Mat grab = cv::Mat::zeros(900, 1200, CV_8UC1);
  const cv::Rect place(300, 200, part.cols, part.rows);
  part.copyTo(grab(place));
  ImagingRegion region = whole(part);
  const Structures alone = judgingAll().process(part, region);
  region.bounds = place;
  const Structures seen = judgingAll().process(grab, region);
  ASSERT_TRUE(seen.sure);
  ASSERT_FALSE(seen.found.empty());
  EXPECT_EQ(seen.mask.size(), grab.size());
  EXPECT_EQ(cv::norm(seen.mask(place), alone.mask, cv::NORM_INF), 0)
      << "where the picture lies does not matter";
  EXPECT_EQ(cv::countNonZero(seen.mask), cv::countNonZero(seen.mask(place)));
  double most = 0;
  cv::minMaxLoc(seen.mask, nullptr, &most);
  EXPECT_LE(most, 2);
  for (const PossibleStructure& one : seen.found) {
    ASSERT_GE(one.outlinePx.size(), 3u);
    EXPECT_GT(one.confidence, 0);
    EXPECT_LT(one.confidence, 1);
    for (const auto& p : one.outlinePx)
      EXPECT_EQ(seen.mask.at<uchar>(cv::Point(static_cast<int>(p.x()), static_cast<int>(p.y()))),
                static_cast<int>(one.kind));
  }
}

TEST(StructureSegmenter, AnUpsideDownPictureHasTheSameMaskUpsideDown) {
  const cv::Mat top = still("0018.png");
  if (top.empty()) GTEST_SKIP() << "../shared/data/nerves_vessels is not there";
  cv::Mat bottom;
  cv::flip(top, bottom, 0);
  const Structures a = judgingAll().process(top, whole(top));
  const Structures b = judgingAll().process(bottom, whole(bottom, ProbeSide::Bottom));
  cv::Mat back;
  cv::flip(b.mask, back, 0);
  cv::Mat differ = a.mask != back;
  EXPECT_GT(cv::countNonZero(a.mask), 500);
  EXPECT_LT(cv::countNonZero(differ), cv::countNonZero(a.mask) / 50);
}

TEST(StructureSegmenter, WhatIsLessLikelyThanAskedIsLeftOut) {
  const cv::Mat grey = still("0018.png");
  if (grey.empty()) GTEST_SKIP() << "../shared/data/nerves_vessels is not there";
  StructureSegmenterOptions strict;
  strict.leastConfidence = 1.0;
  strict.mostStrangeness = std::numeric_limits<double>::infinity();
  const Structures seen = StructureSegmenter(strict).process(grey, whole(grey));
  EXPECT_TRUE(seen.sure);
  EXPECT_TRUE(seen.found.empty());
  EXPECT_EQ(cv::countNonZero(seen.mask), 0);
}

TEST(StructureSegmenter, AnySizeOfRegionIsTaken) {
  StructureSegmenter segmenter = judgingAll();
  cv::RNG random(11);
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(33, 700), cv::Size(1920, 40), cv::Size(2000, 1500)}) {
    cv::Mat grey(size, CV_8UC1);
    random.fill(grey, cv::RNG::UNIFORM, 0, 255);
    EXPECT_EQ(segmenter.process(grey, whole(grey)).mask.size(), size);
    ImagingRegion beyond = whole(grey);
    beyond.bounds = cv::Rect(-50, -50, size.width + 200, size.height + 200);
    EXPECT_EQ(segmenter.process(grey, beyond).mask.size(), size);
  }
}

}  // namespace
}  // namespace acuguide::imaging
