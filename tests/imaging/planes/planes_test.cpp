#include "core/units.h"
#include "imaging/planes/fibre_direction.h"
#include "imaging/planes/plane_finder.h"
#include "imaging/planes/synthetic_muscle.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::imaging {
namespace {

using testing::SyntheticMuscle;

ImagingRegion all(const cv::Mat& grey, ProbeSide probe = ProbeSide::Top) {
  ImagingRegion region;
  region.bounds = {0, 0, grey.cols, grey.rows};
  region.probe = probe;
  return region;
}

const TissuePlane* find(const std::vector<TissuePlane>& planes, PlaneLabel label) {
  for (const TissuePlane& p : planes) {
    if (p.label == label) return &p;
  }
  return nullptr;
}

/// Mean absolute error of one line of a plane against y(x), away from the sides of the picture.
template <class Truth>
double meanError(const TissuePlane& plane, float PlaneVertex::*line, Truth&& truth, int width) {
  double sum = 0;
  int n = 0;
  for (const PlaneVertex& v : plane.vertices) {
    if (v.x < 10 || v.x > width - 10) continue;
    sum += std::abs(v.*line - truth(v.x));
    ++n;
  }
  return n > 0 ? sum / n : 1e9;
}

TEST(PlaneFinder, FindsBothAponeurosesWithTheirEdges) {
  const SyntheticMuscle muscle;
  const cv::Mat grey = muscle.render();
  PlaneFinder finder;
  std::vector<TissuePlane> planes;
  finder.process(grey, all(grey), 0, planes);
  const TissuePlane* superficial = find(planes, PlaneLabel::SuperficialAponeurosis);
  const TissuePlane* deep = find(planes, PlaneLabel::DeepAponeurosis);
  ASSERT_TRUE(superficial);
  ASSERT_TRUE(deep);
  const int w = grey.cols;
  const auto top = [&](double offset) {
    return [&, offset](double x) { return offset + muscle.superficialAt(x); };
  };
  const auto bottom = [&](double offset) {
    return [&, offset](double x) { return offset + muscle.deepAt(x); };
  };
  EXPECT_LT(meanError(*superficial, &PlaneVertex::upper, top(muscle.superficialUpper), w), 1.5);
  EXPECT_LT(meanError(*superficial, &PlaneVertex::lower, top(muscle.superficialLower), w), 1.5);
  EXPECT_LT(meanError(*deep, &PlaneVertex::upper, bottom(muscle.deepUpper), w), 1.5);
  EXPECT_LT(meanError(*deep, &PlaneVertex::lower, bottom(muscle.deepLower), w), 1.5);
  EXPECT_GT(superficial->confidence, 0.8);
  EXPECT_GT(deep->confidence, 0.8);
  for (const TissuePlane& p : planes) {
    for (size_t i = 0; i < p.vertices.size(); ++i) {
      EXPECT_LE(p.vertices[i].upper, p.vertices[i].ridge);
      EXPECT_GE(p.vertices[i].lower, p.vertices[i].ridge);
      if (i > 0) {
        EXPECT_GT(p.vertices[i].x, p.vertices[i - 1].x);
      }
    }
  }
  EXPECT_LE(superficial->vertices[1].x - superficial->vertices[0].x, 8);
}

TEST(PlaneFinder, SameWhenTheProbeIsAtTheBottom) {
  const SyntheticMuscle muscle;
  cv::Mat grey = muscle.render();
  cv::flip(grey, grey, 0);
  PlaneFinder finder;
  std::vector<TissuePlane> planes;
  finder.process(grey, all(grey, ProbeSide::Bottom), 0, planes);
  const TissuePlane* superficial = find(planes, PlaneLabel::SuperficialAponeurosis);
  const TissuePlane* deep = find(planes, PlaneLabel::DeepAponeurosis);
  ASSERT_TRUE(superficial);
  ASSERT_TRUE(deep);
  const double last = grey.rows - 1;
  // Upside down the band's edge towards the muscle is the upper one.
  EXPECT_LT(
      meanError(
          *superficial, &PlaneVertex::upper,
          [&](double x) { return last - muscle.superficialLower - muscle.superficialAt(x); }, grey.cols),
      1.5);
  EXPECT_LT(meanError(
                *deep, &PlaneVertex::lower,
                [&](double x) { return last - muscle.deepUpper - muscle.deepAt(x); }, grey.cols),
            1.5);
}

TEST(PlaneFinder, ABrokenPlaneHasAGap) {
  const SyntheticMuscle muscle;
  cv::Mat grey = muscle.render();
  cv::Mat gap = grey(cv::Rect(220, 290, 80, 60));
  cv::randn(gap, 70, 6);
  PlaneFinder finder;
  std::vector<TissuePlane> planes;
  finder.process(grey, all(grey), 0, planes);
  const TissuePlane* deep = find(planes, PlaneLabel::DeepAponeurosis);
  ASSERT_TRUE(deep);
  EXPECT_FALSE(ridgeAt(*deep, 260));
  EXPECT_TRUE(ridgeAt(*deep, 120));
  EXPECT_TRUE(ridgeAt(*deep, 400));
}

TEST(PlaneFinder, NoPlanesInSpeckleAlone) {
  cv::Mat grey(440, 512, CV_8U);
  cv::theRNG().state = 3;
  cv::randn(grey, 80, 30);
  cv::GaussianBlur(grey, grey, {0, 0}, 2.0);
  PlaneFinder finder;
  std::vector<TissuePlane> planes;
  finder.process(grey, all(grey), 0, planes);
  for (const TissuePlane& p : planes) EXPECT_LT(p.confidence, 0.5) << nameOf(p.label);
}

TEST(PlaneFinder, AbsurdInputsGiveNoPlanes) {
  PlaneFinder finder;
  std::vector<TissuePlane> planes;
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(31, 31), cv::Size(2000, 3), cv::Size(3, 2000)}) {
    const cv::Mat grey(size, CV_8U, cv::Scalar(90));
    finder.process(grey, all(grey), 0, planes);
    EXPECT_TRUE(planes.empty()) << size;
  }
  const cv::Mat black(400, 500, CV_8U, cv::Scalar(0));
  finder.process(black, all(black), 0, planes);
  EXPECT_TRUE(planes.empty());
  ImagingRegion outside = all(black);
  outside.bounds = {1000, 1000, 200, 200};
  finder.process(black, outside, 0, planes);
  EXPECT_TRUE(planes.empty());
}

/// The muscle with its deep aponeurosis bright, or with a bright septum within it and the deep one faint.
cv::Mat muscleWithSeptum(bool septumIsBrighter) {
  SyntheticMuscle muscle;
  cv::Mat grey = muscle.render();
  if (!septumIsBrighter) return grey;
  for (int x = 0; x < grey.cols; ++x)
    for (int y = 0; y < grey.rows; ++y) {
      const double below = y - muscle.deepAt(x);
      uchar& value = grey.at<uchar>(y, x);
      if (below > 190 && below < 208) value = cv::saturate_cast<uchar>(value / 3 + 165);
      if (below > muscle.deepUpper - 6) value = cv::saturate_cast<uchar>(0.35 * value);
    }
  return grey;
}

double depthOf(const std::vector<TissuePlane>& planes, PlaneLabel label) {
  const TissuePlane* plane = find(planes, label);
  return plane ? plane->vertices[plane->vertices.size() / 2].ridge : 0;
}

TEST(PlaneFinder, KeepsAPlaneUntilAnotherHasBeenTheBetterOneForAWhile) {
  const cv::Mat usual = muscleWithSeptum(false), other = muscleWithSeptum(true);
  std::vector<TissuePlane> planes;
  PlaneFinder fresh;
  fresh.process(other, all(other), 0, planes);
  const double septum = depthOf(planes, PlaneLabel::DeepAponeurosis);
  PlaneFinder finder;
  double time = 0;
  const auto look = [&](const cv::Mat& grey, double seconds) {
    for (const double end = time + seconds; time < end; time += 1 / 30.0)
      finder.process(grey, all(grey), time, planes, 0);
    return depthOf(planes, PlaneLabel::DeepAponeurosis);
  };
  const double deep = look(usual, 0.5);
  ASSERT_GT(deep, septum + 60);
  EXPECT_NEAR(look(other, 0.2), deep, 12) << "too soon";
  EXPECT_NEAR(look(usual, 0.5), deep, 12);
  EXPECT_NEAR(look(other, 0.2), deep, 12) << "agreement from before the image came back does not count";
  EXPECT_NEAR(look(other, 0.4), septum, 12);
}

class FibreAngles : public ::testing::TestWithParam<double> {};

TEST_P(FibreAngles, AreMeasured) {
  SyntheticMuscle muscle;
  muscle.fibreDeg = GetParam();
  const cv::Mat grey = muscle.render();
  PlaneFinder finder;
  FibreFinder fibres;
  std::vector<TissuePlane> planes;
  finder.process(grey, all(grey), 0, planes);
  const auto found =
      fibres.process(finder.picture(), planes, fibresSeen(finder.segmenter(), finder.picture(), planes));
  ASSERT_TRUE(found);
  EXPECT_NEAR(degrees(found->angle), muscle.fibreDeg, 1.0);
  EXPECT_GT(found->confidence, 0.4);
}
INSTANTIATE_TEST_SUITE_P(Angles, FibreAngles, ::testing::Values(-24.0, -13.0, 11.0, 17.0, 29.0));

TEST(FibreFinder, AbsentWithoutAponeuroses) {
  const cv::Mat grey = SyntheticMuscle().render();
  PlaneFinder finder;
  FibreFinder fibres;
  std::vector<TissuePlane> planes;
  finder.process(grey, all(grey), 0, planes);
  std::erase_if(planes, [](const TissuePlane& p) { return p.label == PlaneLabel::DeepAponeurosis; });
  EXPECT_FALSE(
      fibres.process(finder.picture(), planes, fibresSeen(finder.segmenter(), finder.picture(), planes)));
}

}  // namespace
}  // namespace acuguide::imaging
