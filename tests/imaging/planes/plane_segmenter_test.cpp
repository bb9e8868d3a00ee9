#include "imaging/planes/plane_segmenter.h"

#include "imaging/planes/plane_picture.h"
#include "imaging/planes/synthetic_muscle.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::imaging {
namespace {

using testing::SyntheticMuscle;

PlanePicture pictureOf(const cv::Mat& grey) {
  ImagingRegion region;
  region.bounds = {0, 0, grey.cols, grey.rows};
  region.probe = ProbeSide::Top;
  PlanePicture picture;
  picture.prepare(grey, region);
  return picture;
}

PlaneSegmenter lookedAt(const PlanePicture& picture) {
  PlaneSegmenter segmenter;
  segmenter.process(picture.upright(), {picture.columns(), picture.depths()}, 0);
  return segmenter;
}

TEST(PlaneSegmenter, SeesTheEdgesOfTheMuscleInEachColumn) {
  const SyntheticMuscle muscle;
  const PlanePicture picture = pictureOf(muscle.render());
  const PlaneSegmenter segmenter = lookedAt(picture);
  int superficial = 0, deep = 0;
  for (int x = 0; x < PlaneSegmenter::columns; ++x) {
    const double column = picture.toFull(segmenter.columnAt(x));
    const auto top = segmenter.likeliest(PlaneNetwork::Superficial, x),
               bottom = segmenter.likeliest(PlaneNetwork::Deep, x);
    const double cell = static_cast<double>(muscle.size.height) / PlaneNetwork::cells;
    superficial += top.probability > 0.5 && std::abs(picture.toFull(top.depth) - muscle.superficialLower -
                                                     muscle.superficialAt(column)) < 1.5 * cell;
    deep += bottom.probability > 0.5 &&
            std::abs(picture.toFull(bottom.depth) - muscle.deepUpper - muscle.deepAt(column)) < 1.5 * cell;
  }
  EXPECT_GT(superficial, 0.8 * PlaneSegmenter::columns);
  EXPECT_GT(deep, 0.8 * PlaneSegmenter::columns);
}

TEST(PlaneSegmenter, ProbabilitiesOfAColumnAddUp) {
  const PlanePicture picture = pictureOf(SyntheticMuscle().render());
  const PlaneSegmenter segmenter = lookedAt(picture);
  const double depths = picture.depths();
  for (const int x : {0, 31, 63}) {
    const auto of = [&](double from, double to) {
      return segmenter.probability(PlaneNetwork::Deep, x, from, to);
    };
    const double all = of(-1, depths);
    EXPECT_NEAR(all, segmenter.likeliest(PlaneNetwork::Deep, x).probability, 1e-5);
    EXPECT_LE(all, 1 + 1e-6);
    EXPECT_NEAR(of(-1, 0.4 * depths) + of(0.4 * depths, depths), all, 1e-6);
    EXPECT_EQ(of(50, 50), 0);
    EXPECT_EQ(of(60, 50), 0);
  }
}

TEST(PlaneSegmenter, FibresAreToldInSquarePixelsHoweverHighThePictureIs) {
  for (const int height : {440, 640}) {
    SyntheticMuscle muscle;
    muscle.size.height = height;
    const PlanePicture picture = pictureOf(muscle.render());
    const PlaneSegmenter segmenter = lookedAt(picture);
    const auto fibres = segmenter.fibres(
        [&](int) { return std::optional(std::pair(picture.toWorking(110), picture.toWorking(270))); });
    ASSERT_TRUE(fibres);
    EXPECT_NEAR(fibres->angleDeg, muscle.fibreDeg, 5) << height;
    EXPECT_GT(fibres->certainty, 0.5) << height;
  }
}

TEST(PlaneSegmenter, AnAnswerHoldsForAMomentAndNotForMore) {
  SyntheticMuscle muscle;
  const PlanePicture one = pictureOf(muscle.render());
  muscle.deepUpper -= 90;
  muscle.deepLower -= 90;
  const PlanePicture other = pictureOf(muscle.render());
  const cv::Size size(one.columns(), one.depths());
  const auto deep = [](const PlaneSegmenter& s) { return s.likeliest(PlaneNetwork::Deep, 32).depth; };
  const double ofOne = deep(lookedAt(one)), ofOther = deep(lookedAt(other));
  ASSERT_GT(std::abs(ofOne - ofOther), 10);
  PlaneSegmenter segmenter;
  segmenter.process(one.upright(), size, 2.0);
  segmenter.process(other.upright(), size, 2.05);
  EXPECT_EQ(deep(segmenter), ofOne);
  segmenter.process(other.upright(), size, 2.15);
  EXPECT_EQ(deep(segmenter), ofOther);
  segmenter.process(one.upright(), size, 1.0);  // the clock stepped back
  EXPECT_EQ(deep(segmenter), ofOne);
  segmenter.reset();
  segmenter.process(other.upright(), size, 1.01);
  EXPECT_EQ(deep(segmenter), ofOther);
}

}  // namespace
}  // namespace acuguide::imaging
