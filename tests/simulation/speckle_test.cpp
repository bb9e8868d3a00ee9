#include "simulation/image_former.h"
#include "simulation/tissue_map.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::simulation {
namespace {

Anatomy uniformTissue() {
  Anatomy anatomy;
  Boundary above;
  above.depth = -5.0;
  above.wave = 0.0;
  anatomy.boundaries = {above};
  anatomy.layers = {{LayerKind::Gel, -30.0, 0.0, 0.0, 1.0, 1.0}};
  return anatomy;
}

double meanOver(const cv::Mat& values) { return cv::mean(values)[0]; }

TEST(Speckle, EnvelopeOfUniformTissueIsRayleigh) {
  const ProbeGeometry probe{ProbeOptions{}};
  const TissueMap map(probe, TissueSampler(uniformTissue(), 9), 9);
  double sum = 0.0, squares = 0.0;
  for (int row = 0; row < map.echoes().rows; ++row) {
    for (int column = 0; column < map.echoes().cols; ++column) {
      const auto echo = map.echoes().at<cv::Vec2f>(row, column);
      const double envelope = std::hypot(echo[0], echo[1]);
      sum += envelope;
      squares += envelope * envelope;
    }
  }
  const double count = static_cast<double>(map.echoes().total());
  const double mean = sum / count;
  EXPECT_NEAR(mean / std::sqrt(squares / count - mean * mean), 1.91, 0.04);  // Rayleigh: sqrt(pi / (4 - pi))
  EXPECT_NEAR(20.0 * std::log10(std::sqrt(squares / count)), -30.0, 0.5);    // and the level asked for
}

class FormedSpeckle : public ::testing::Test {
 protected:
  FormedSpeckle() : probe_(ProbeOptions{}), map_(probe_, TissueSampler(uniformTissue(), 9), 9) {}

  cv::Mat pictureAt(const MotionOptions& options, double time) {
    TissueMotion motion(options, {});
    motion.moveTo(time, std::nullopt);
    ScannerOptions scanner;
    scanner.noiseDb = -120.0;
    ImageFormer former(probe_, map_, scanner, 9);
    return former.form(motion, BladeEcho(probe_, {}, 9), {}, time, 0).clone();
  }

  static double correlation(const cv::Mat& first, const cv::Mat& second) {
    cv::Mat a, b;
    first.convertTo(a, CV_64F);
    second.convertTo(b, CV_64F);
    a -= meanOver(a);
    b -= meanOver(b);
    return a.dot(b) / std::sqrt(a.dot(a) * b.dot(b));
  }

  ProbeGeometry probe_;
  TissueMap map_;
};

TEST_F(FormedSpeckle, MovesWithTheTissue) {
  MotionOptions slide;
  slide.compression = slide.breathingMm = 0.0;
  slide.slideMm = 10.0 * probe_.beamPitch();
  slide.slideHz = 0.25;  // one second on, the slide is complete
  const cv::Mat before = pictureAt(slide, 0.0), after = pictureAt(slide, 1.0);
  const int rows = before.rows, columns = before.cols;
  const cv::Rect from(50, 100, columns - 100, rows - 200);
  EXPECT_LT(correlation(before(from), after(from)), 0.4);
  const cv::Rect to = from - cv::Point(10, 0);
  EXPECT_GT(correlation(before(from), after(to)), 0.9);
}

TEST_F(FormedSpeckle, DecorrelatesWhenTheProbeLeavesThePlane) {
  MotionOptions elevation;
  elevation.compression = elevation.breathingMm = 0.0;
  elevation.elevationHz = 0.25;
  elevation.elevationMm = 0.3;
  const cv::Rect inside(20, 60, 200, 500);
  const cv::Mat rest = pictureAt(elevation, 0.0)(inside).clone();
  const double little = correlation(rest, pictureAt(elevation, 1.0)(inside));
  elevation.elevationMm = 1.5;
  const double much = correlation(rest, pictureAt(elevation, 1.0)(inside));
  EXPECT_GT(little, 0.8);
  EXPECT_LT(much, 0.65);
}

TEST_F(FormedSpeckle, GrainsGrowAwayFromTheFocus) {
  MotionOptions still;
  still.compression = still.breathingMm = 0.0;
  const cv::Mat picture = pictureAt(still, 0.0);
  const auto neighbours = [&](int row) {  // correlation between beams two apart
    cv::Mat band, beamMeans;
    picture.rowRange(row - 50, row + 50).convertTo(band, CV_64F);
    cv::reduce(band, beamMeans, 0, cv::REDUCE_AVG);
    band -= cv::repeat(beamMeans, band.rows, 1);  // beams differ in gain at all depths
    return correlation(band.colRange(0, band.cols - 2), band.colRange(2, band.cols));
  };
  const int focus = static_cast<int>(probe_.options().focusMm / probe_.samplePitch());
  EXPECT_GT(neighbours(probe_.options().samples - 60), neighbours(focus) + 0.06);
}

}  // namespace
}  // namespace acuguide::simulation
