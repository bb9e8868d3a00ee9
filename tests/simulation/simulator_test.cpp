#include "simulation/simulator.h"

#include "core/error.h"
#include "core/units.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace acuguide::simulation {
namespace {

bool samePixels(const cv::Mat& first, const cv::Mat& second) {
  return first.size() == second.size() && cv::norm(first, second, cv::NORM_INF) == 0.0;
}

double grey(const cv::Mat& picture, const Eigen::Vector2d& px) {
  const int x = std::clamp(static_cast<int>(std::lround(px.x())), 0, picture.cols - 1);
  const int y = std::clamp(static_cast<int>(std::lround(px.y())), 0, picture.rows - 1);
  return picture.at<uchar>(y, x);
}

/// Mean grey along a segment moved by `offset` across itself.
double meanAlong(const cv::Mat& picture, const Eigen::Vector2d& from, const Eigen::Vector2d& to,
                 double offset) {
  const Eigen::Vector2d along = (to - from).normalized();
  const Eigen::Vector2d across(-along.y(), along.x());
  double sum = 0.0;
  constexpr int kSteps = 100;
  for (int i = 0; i < kSteps; ++i)
    sum += grey(picture, from + (to - from) * (i + 0.5) / kSteps + offset * across);
  return sum / kSteps;
}

const PlaneTruth* plane(const FrameTruth& truth, PlaneLabel label) {
  const auto found = std::find_if(truth.planes.begin(), truth.planes.end(),
                                  [&](const PlaneTruth& candidate) { return candidate.label == label; });
  return found == truth.planes.end() ? nullptr : &*found;
}

TEST(Scenarios, AreThoseThatWerePromised) {
  std::set<std::string> names;
  for (const ScenarioInfo& info : scenarios()) {
    EXPECT_FALSE(info.description.empty()) << info.name;
    names.insert(info.name);
  }
  for (const char* name : {"st36_in_plane", "li10_steep", "gb34_near_nerve", "bl57_calf", "pc6_median_nerve",
                           "no_needle", "probe_motion", "contact_lost", "gb30_curved"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(Scenarios, AnUnknownOneIsRefusedWithTheKnownNames) {
  try {
    const Simulator simulator("st99");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("st99"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("pc6_median_nerve"), std::string::npos);
  }
}

TEST(Simulator, RefusesOptionsOutOfRange) {
  EXPECT_THROW(Simulator("no_needle", {1, 0, 30.0}), Error);
  EXPECT_THROW(Simulator("no_needle", {1, 10, 0.0}), Error);
  EXPECT_THROW(Simulator("no_needle", {1, 10, std::nan("")}), Error);
}

TEST(Simulator, SameSeedSameBytesInAnyOrder) {
  Simulator forward("probe_motion", {3, 300, 30.0}), backward("probe_motion", {3, 300, 30.0});
  const cv::Mat early = forward.picture(40).pixels, late = forward.picture(200).pixels;
  EXPECT_TRUE(samePixels(late, backward.picture(200).pixels));
  EXPECT_TRUE(samePixels(early, backward.render(40).frame.pixels));
  EXPECT_FALSE(samePixels(early, late));
  Simulator other("probe_motion", {4, 300, 30.0});
  EXPECT_FALSE(samePixels(early, other.picture(40).pixels));
}

TEST(Simulator, PicturesAreGrey640x480WithKnownSpacing) {
  Simulator simulator("gb30_curved", {1, 30, 25.0});
  const Frame frame = simulator.picture(10);
  EXPECT_EQ(frame.pixels.type(), CV_8UC1);
  EXPECT_EQ(frame.pixels.size(), cv::Size(640, 480));
  EXPECT_EQ(frame.index, 10);
  EXPECT_DOUBLE_EQ(frame.time, 0.4);
  ASSERT_TRUE(frame.geometry.spacingMm.has_value());
  EXPECT_DOUBLE_EQ(frame.geometry.spacingMm->x(), 0.19);
}

void expectPlanes(const SimulatedFrame& simulated) {
  const cv::Mat& picture = simulated.frame.pixels;
  for (const PlaneLabel label :
       {PlaneLabel::Skin, PlaneLabel::SuperficialAponeurosis, PlaneLabel::DeepAponeurosis}) {
    const PlaneTruth* truth = plane(simulated.truth, label);
    ASSERT_NE(truth, nullptr) << nameOf(label);
    ASSERT_GT(truth->vertices.size(), 20U) << nameOf(label);
    double on = 0.0, beside = 0.0;
    for (std::size_t i = 0; i < truth->vertices.size(); ++i) {
      const PlaneTruthVertex& vertex = truth->vertices[i];
      EXPECT_LT(vertex.upper, vertex.ridge);
      EXPECT_LT(vertex.ridge, vertex.lower);
      if (i > 0) {
        EXPECT_LE(vertex.x - truth->vertices[i - 1].x, 8.0);
      }
      on += grey(picture, {vertex.x, vertex.ridge});
      const double away = 0.5 * (vertex.lower - vertex.upper) + 6.0;
      beside += 0.5 * (grey(picture, {vertex.x, vertex.ridge - away}) +
                       grey(picture, {vertex.x, vertex.ridge + away}));
    }
    const double count = static_cast<double>(truth->vertices.size());
    EXPECT_GT(on / count, beside / count + 25.0) << nameOf(label);
  }
}

void expectDarkVesselsAndShadows(const SimulatedFrame& simulated) {
  const cv::Mat& picture = simulated.frame.pixels;
  for (const StructureTruth& structure : simulated.truth.structures) {
    if (structure.kind != StructureKind::Artery && structure.kind != StructureKind::Vein) continue;
    const double wall =
        grey(picture, structure.centrePx - Eigen::Vector2d(0.0, structure.radiiPx.y() * 1.05));
    EXPECT_LT(grey(picture, structure.centrePx) + 40.0, wall) << structure.name;
  }
  const PlaneTruth* bone = plane(simulated.truth, PlaneLabel::Bone);
  if (bone == nullptr) return;
  double surface = 0.0, shadow = 0.0;
  int count = 0;
  for (const PlaneTruthVertex& vertex : bone->vertices) {
    const double depth = vertex.ridge + 4.0 / simulated.frame.geometry.spacingMm->x();
    if (depth > 430.0 || depth >= picture.rows) continue;
    surface += grey(picture, {vertex.x, vertex.ridge});
    shadow += grey(picture, {vertex.x, depth});
    ++count;
  }
  if (count > 8) {
    EXPECT_GT(surface / count, shadow / count + 60.0);
  }
}

void expectBrightBlade(const SimulatedFrame& simulated) {
  if (!simulated.truth.blade || !simulated.truth.blade->visible) return;
  const BladeTruth& blade = *simulated.truth.blade;
  const cv::Mat& picture = simulated.frame.pixels;
  // The deep two thirds: near the skin other bright lines cross the shaft.
  const Eigen::Vector2d from = blade.shaftTipPx;
  const Eigen::Vector2d to = blade.shaftTipPx + 0.6 * (blade.shaftTailPx - blade.shaftTipPx);
  const double on = meanAlong(picture, from, to, 0.0);
  const double above = std::max(meanAlong(picture, from, to, 9.0), meanAlong(picture, from, to, -9.0));
  EXPECT_GT(on, above + (std::abs(blade.angle) < radians(45.0) ? 40.0 : 10.0));
  // The line of the truth is the ridge: within two pixels across, nothing is brighter than it by much.
  for (const double offset : {-4.0, 4.0}) EXPECT_LT(meanAlong(picture, from, to, offset), on) << offset;
  EXPECT_LT((blade.tipPx - simulated.truth.targetPx).norm() * simulated.frame.geometry.spacingMm->x(), 1.5);
}

class EveryScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryScenario, ShowsWhatItsTruthSays) {
  Simulator simulator(GetParam(), {2, 300, 30.0});
  expectPlanes(simulator.render(20));
  expectDarkVesselsAndShadows(simulator.render(20));
  expectBrightBlade(simulator.render(240));
}

std::vector<std::string> scenarioNames() {
  std::vector<std::string> names;
  for (const ScenarioInfo& scenario : scenarios()) names.push_back(scenario.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Simulator, EveryScenario, ::testing::ValuesIn(scenarioNames()),
                         [](const auto& instance) { return instance.param; });

TEST(Simulator, NoNeedleHasNoneInAnyFrame) {
  Simulator simulator("no_needle", {1, 300, 30.0});
  for (std::int64_t index = 0; index < 300; index += 50)
    EXPECT_FALSE(simulator.render(index).truth.blade.has_value());
}

TEST(Simulator, InvisibleWhenSteepAndVisibleWhenFlat) {
  Simulator simulator("st36_in_plane");
  BladePose pose;
  pose.tipMm = {0.0, 15.0};
  pose.angle = radians(20.0);
  EXPECT_TRUE(simulator.renderWithBlade(100, pose).truth.blade->visible);
  pose.angle = radians(75.0);
  EXPECT_FALSE(simulator.renderWithBlade(100, pose).truth.blade->visible);
  pose.angle = radians(20.0);
  pose.offPlaneMm = 4.0;
  EXPECT_FALSE(simulator.renderWithBlade(100, pose).truth.blade->visible);
}

TEST(Simulator, ABladeHeldByHandChangesThePictureWhereItLies) {
  Simulator simulator("st36_in_plane");
  BladePose pose;
  pose.tipMm = {2.0, 16.0};
  pose.angle = radians(25.0);
  const SimulatedFrame with = simulator.renderWithBlade(10, pose),
                       without = simulator.renderWithBlade(10, std::nullopt);
  ASSERT_TRUE(with.truth.blade.has_value());
  EXPECT_FALSE(without.truth.blade.has_value());
  const BladeTruth& blade = *with.truth.blade;
  EXPECT_GT(meanAlong(with.frame.pixels, blade.tipPx, blade.tailPx, 0.0),
            meanAlong(without.frame.pixels, blade.tipPx, blade.tailPx, 0.0) + 50.0);
  EXPECT_LT(blade.angle, 0.0);  // from the left it falls to the right
}

TEST(Simulator, LosingContactDarkensThatPartOfThePictureAndHidesTheBladeThere) {
  Simulator simulator("contact_lost", {2, 300, 30.0});
  const cv::Rect lost(430, 250, 180, 180), kept(40, 250, 180, 180);
  const cv::Mat before = simulator.renderWithBlade(90, std::nullopt).frame.pixels;
  const cv::Mat during = simulator.renderWithBlade(165, std::nullopt).frame.pixels;
  EXPECT_LT(cv::mean(during(lost))[0], 0.35 * cv::mean(before(lost))[0]);
  EXPECT_NEAR(cv::mean(during(kept))[0], cv::mean(before(kept))[0], 6.0);

  BladePose pose;
  pose.fromLeft = false;
  pose.angle = radians(20.0);
  pose.tipMm = {12.0, 12.0};
  EXPECT_TRUE(simulator.renderWithBlade(90, pose).truth.blade->visible);
  EXPECT_FALSE(simulator.renderWithBlade(165, pose).truth.blade->visible);
}

TEST(Simulator, TheTargetTravelsWithTheTissue) {
  Simulator simulator("probe_motion", {1, 300, 30.0});
  double leftmost = 1e9, rightmost = -1e9;
  for (std::int64_t index = 0; index < 300; index += 20) {
    const FrameTruth truth = simulator.render(index).truth;
    leftmost = std::min(leftmost, truth.targetMm.x());
    rightmost = std::max(rightmost, truth.targetMm.x());
  }
  EXPECT_GT(rightmost - leftmost, 6.0);
}

}  // namespace
}  // namespace acuguide::simulation
