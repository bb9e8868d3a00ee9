#include "core/scale.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace acuguide {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Frame imageOf(int width, int height) {
  Frame frame;
  frame.pixels = cv::Mat(height, width, CV_8UC1, cv::Scalar(0));
  return frame;
}

TEST(ScaleGate, TakesWhatUltrasoundImagesHave) {
  for (const Eigen::Vector2d& mm :
       {Eigen::Vector2d(0.08, 0.08), {0.005, 0.005}, {0.5, 0.5}, {0.16, 0.08}, {0.02, 0.08}})
    EXPECT_THAT(scaleFault(mm, {640, 480}), IsEmpty()) << mm.transpose();
  EXPECT_THAT(scaleFault({1.0, 1.0}, {256, 256}), IsEmpty());
}

TEST(ScaleGate, RefusesOtherUnitsDepthsAndShapes) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Eigen::Vector2d& mm : {Eigen::Vector2d(80, 80),
                                    {8e-5, 8e-5},
                                    {1e-30, 1e-30},
                                    {0.0, 0.08},
                                    {-0.08, 0.08},
                                    {0.08, nan},
                                    {1.01, 1.01}})
    EXPECT_THAT(scaleFault(mm), HasSubstr("outside of 0.005 to 1 mm")) << mm.transpose();
  EXPECT_THAT(scaleFault({1.0, 0.08}), HasSubstr("times as long"));
  EXPECT_THAT(scaleFault({0.8, 0.8}, {640, 480}), HasSubstr("384 mm deep"));
}

TEST(ScaleGate, AnImpossibleSpacingIsTakenAwayWithItsReason) {
  ImageGeometry geometry;
  geometry.spacingMm = Eigen::Vector2d(80, 80);
  admitScale(geometry, {640, 480}, "the file");
  EXPECT_FALSE(geometry.spacingMm);
  EXPECT_THAT(geometry.whyNoScale, HasSubstr("the file states pixels of 80 x 80 mm"));
}

TEST(GivenScale, HoldsForTheSizeOfTheFirstImageAndComesBackWithIt) {
  const GivenScale scale("--spacing-mm 0.08", 0.08);
  Frame small = imageOf(640, 480), big = imageOf(1280, 960), again = imageOf(640, 480);
  scale.applyTo(small);
  EXPECT_EQ(small.geometry.spacingMm, Eigen::Vector2d(0.08, 0.08));
  big.geometry.spacingMm = Eigen::Vector2d(0.08, 0.08);
  scale.applyTo(big);
  EXPECT_FALSE(big.geometry.spacingMm);
  EXPECT_THAT(big.geometry.whyNoScale, HasSubstr("is for images of 640x480, not 1280x960"));
  scale.applyTo(again);
  EXPECT_TRUE(again.geometry.spacingMm);
  EXPECT_THAT(again.geometry.whyNoScale, IsEmpty());
}

TEST(GivenScale, HoldsForTheSizeItWasMadeFor) {
  const GivenScale scale("scale.json", Eigen::Vector2d(0.1, 0.2), cv::Size(640, 480));
  Frame other = imageOf(320, 240);
  scale.applyTo(other);
  EXPECT_FALSE(other.geometry.spacingMm);
}

TEST(GivenScale, OneNumberIsTheHeightOfAPixelOfTheStatedAspect) {
  Frame frame = imageOf(320, 480);
  frame.geometry.pixelAspect = 2.0;
  GivenScale("--spacing-mm 0.08", 0.08).applyTo(frame);
  EXPECT_EQ(frame.geometry.spacingMm, Eigen::Vector2d(0.16, 0.08));
  GivenScale("--spacing-mm 0.1,0.2", Eigen::Vector2d(0.1, 0.2)).applyTo(frame);
  EXPECT_EQ(frame.geometry.spacingMm, Eigen::Vector2d(0.1, 0.2)) << "two numbers are taken as they are";
}

TEST(GivenScale, RefusesWhatCannotBe) {
  EXPECT_THROW(GivenScale("--spacing-mm 1e-30", 1e-30).check(), Error);
  EXPECT_THROW(GivenScale("--spacing-mm 10", 10.0).check(), Error);
  EXPECT_NO_THROW(GivenScale("--spacing-mm 0.08", 0.08).check());
  Frame tall = imageOf(640, 4000);
  GivenScale("--spacing-mm 0.1", 0.1).applyTo(tall);
  EXPECT_FALSE(tall.geometry.spacingMm) << "400 mm deep";
}

}  // namespace
}  // namespace acuguide
