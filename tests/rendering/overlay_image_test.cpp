#include "rendering/overlay_image.h"

#include "imaging/muscle_architecture.h"
#include "rendering/palette.h"
#include "rendering/picture_scene.h"
#include "rendering/scene_snapshot.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <cstdlib>

namespace acuguide::rendering {
namespace {

using guidance::GuidanceState;
using navigation::PictureState;
using test::sceneSnapshot;
using tracking::NeedleState;

constexpr double kLargestBaselineDifference = 2.0;  // grey levels, mean over the blurred picture

class OverlayImageTest : public ::testing::Test {
 protected:
  cv::Mat render(const test::SceneOptions& options, const Overlays& overlays = Overlays::all()) {
    return renderer_.render(*sceneSnapshot(options), overlays);
  }

  OverlayImageRenderer renderer_;
};

bool isNear(const cv::Vec3b& bgr, palette::Colour colour, int tolerance = 30) {
  return std::abs(bgr[0] - colour.blue) <= tolerance && std::abs(bgr[1] - colour.green) <= tolerance &&
         std::abs(bgr[2] - colour.red) <= tolerance;
}

int countNear(const cv::Mat& picture, palette::Colour colour, int tolerance = 30) {
  int count = 0;
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x)
      count += isNear(picture.at<cv::Vec3b>(y, x), colour, tolerance) ? 1 : 0;
  }
  return count;
}

/// Which share of the shaft's points (away from its ends) is white.
double whiteShareOfShaft(const cv::Mat& picture) {
  int white = 0;
  constexpr int kPoints = 200;
  for (int i = 0; i < kPoints; ++i) {
    const Eigen::Vector2d at = test::kTailPx + (test::kTipPx - test::kTailPx) * (0.05 + 0.85 * i / kPoints);
    const cv::Point px(static_cast<int>(std::lround(at.x())), static_cast<int>(std::lround(at.y())));
    white += isNear(picture.at<cv::Vec3b>(px), palette::kNeedle, 40) ? 1 : 0;
  }
  return static_cast<double>(white) / kPoints;
}

double largestDifference(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_INF); }

TEST_F(OverlayImageTest, ObservedNeedleIsASolidWhiteLine) {
  EXPECT_GT(whiteShareOfShaft(render({.guidance = false})), 0.98);
}

TEST_F(OverlayImageTest, PredictedNeedleHasGaps) {
  const double share = whiteShareOfShaft(render({.needle = NeedleState::Predicted, .guidance = false}));
  EXPECT_GT(share, 0.3);
  EXPECT_LT(share, 0.8);
}

TEST_F(OverlayImageTest, NoNeedleIsDrawnWhenThereIsNone) {
  const Overlays needleOnly{false, true, false, false, false, false, false};
  const auto snapshot = sceneSnapshot({.needle = NeedleState::None, .guidance = false});
  cv::Mat expected;
  cv::cvtColor(snapshot->frame->pixels, expected, cv::COLOR_GRAY2BGR);
  EXPECT_EQ(largestDifference(renderer_.render(*snapshot, needleOnly), expected), 0);
}

/// Labels of the picture with the muscle measured.
std::vector<std::string> muscleLabels(const navigation::GuidanceSnapshot& snapshot) {
  Overlays overlays = Overlays::none();
  overlays.muscle = true;
  const auto layout = PictureLayout::enlarged(snapshot.frame->pixels.size(), 1);
  std::vector<std::string> texts;
  for (const Label& label : drawOverlays(snapshot, overlays, layout, 0.0).labels) texts.push_back(label.text);
  return texts;
}

TEST_F(OverlayImageTest, TheMuscleIsMeasuredWithItsError) {
  const auto snapshot = sceneSnapshot();
  snapshot->ownAnalysis().fibres = imaging::FibreDirection{radians(17.0), 0.8};
  const auto muscle = imaging::muscleArchitecture(*snapshot->analysis, snapshot->frame->geometry.spacingMm);
  ASSERT_TRUE(muscle && muscle->pennation);
  const double thickness = *muscle->thickness.mm;
  const auto texts = muscleLabels(*snapshot);
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0], cv::format("%.1f \u00b1 %.1f mm", thickness, 1.96 * 0.035 * thickness));
  EXPECT_EQ(texts[1], cv::format("%.0f \u00b1 3\u00b0", degrees(*muscle->pennation)));
  const auto stale = sceneSnapshot({.picture = PictureState::Stale});
  for (const std::string& text : muscleLabels(*stale)) EXPECT_EQ(text.find("mm"), std::string::npos) << text;
}

TEST_F(OverlayImageTest, AMuscleThatIsNotSeenIsSaidNotLeftOut) {
  const auto texts = muscleLabels(*sceneSnapshot({.planes = false}));
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_NE(texts[0].find("muscle \u2013"), std::string::npos);
  const auto withoutScale = muscleLabels(*sceneSnapshot({.spacingMm = std::nullopt}));
  EXPECT_NE(withoutScale.at(0).find("px"), std::string::npos);
}

TEST_F(OverlayImageTest, NothingFoundInAStalePictureIsShown) {
  const cv::Mat picture = render({.picture = PictureState::Stale});
  EXPECT_LT(whiteShareOfShaft(picture), 0.1);
  EXPECT_EQ(countNear(picture, palette::kTarget), 0);
  EXPECT_EQ(countNear(picture, palette::kOnCourse), 0);
  EXPECT_EQ(countNear(picture, palette::kPlane), 0);
  EXPECT_EQ(countNear(picture, palette::kDanger), 0);
}

TEST_F(OverlayImageTest, WhatIsOnlyPossibleIsDashedAndNotHatched) {
  const auto snapshot = sceneSnapshot({.needle = NeedleState::None, .guidance = false, .planes = false});
  tracking::PossibleZone zone;
  zone.id = 1;
  zone.outlinePx = {{300, 100}, {400, 100}, {400, 200}, {300, 200}};
  snapshot->structures.zones = {zone};
  const cv::Mat picture = renderer_.render(*snapshot, Overlays::all());
  const int upperEdge = countNear(picture(cv::Rect(305, 97, 90, 7)), palette::kDanger);
  EXPECT_GT(upperEdge, 30) << "an outline";
  EXPECT_LT(upperEdge, 90 * 2) << "with gaps: it is 2.5 px wide";
  EXPECT_EQ(countNear(picture(cv::Rect(306, 106, 88, 88)), palette::kDanger), 0) << "and nothing within";
  EXPECT_GT(countNear(picture, palette::kDangerName), 20) << "its name";
  Overlays without = Overlays::all();
  without.dangers = false;
  EXPECT_EQ(countNear(renderer_.render(*snapshot, without), palette::kDanger), 0);
  test::makeStale(*snapshot);
  EXPECT_EQ(countNear(renderer_.render(*snapshot, Overlays::all()), palette::kDanger), 0);
}

TEST_F(OverlayImageTest, StalePictureIsDarkenedAndSaysSoOnALargePlate) {
  const cv::Mat live = render({.guidance = false}, Overlays::none());
  const cv::Mat stale = render({.picture = PictureState::Stale}, Overlays::none());
  EXPECT_GT(countNear(stale, palette::kAlarmPlate, 6), stale.cols * stale.rows / 40);
  EXPECT_LT(cv::mean(stale)[1], 0.7 * cv::mean(live)[1]);
}

TEST_F(OverlayImageTest, FrozenPausedAndEndedPicturesAreMarked) {
  const cv::Mat live = render({}, Overlays::none());
  for (const PictureState state : {PictureState::Frozen, PictureState::Paused, PictureState::Ended}) {
    const cv::Mat marked = render({.picture = state}, Overlays::none());
    cv::Mat difference;
    cv::absdiff(live, marked, difference);
    EXPECT_GT(cv::countNonZero(difference.reshape(1)), 1000) << static_cast<int>(state);
  }
}

TEST_F(OverlayImageTest, TheTrackedPointIsACrossInThePlaneAndAnArrowBesideIt) {
  const auto yellow = [&](const guidance::PointInPicture& point, const cv::Rect& where) {
    const auto snapshot = sceneSnapshot({.planes = false});
    snapshot->point = point;
    return countNear(renderer_.render(*snapshot, Overlays::all())(where), palette::kTarget);
  };
  guidance::PointInPicture point;
  point.px = {260, 330};
  point.inRegion = true;
  const cv::Rect middle(257, 327, 7, 7), right(650, 260, 70, 140);
  point.inPlane = true;
  EXPECT_GT(yellow(point, middle), 5) << "the cross";
  point.inPlane = false;
  point.throughMm = 6;
  EXPECT_EQ(yellow(point, middle), 0) << "its foot: a ring only";
  point.px = {900, 330};
  point.inRegion = false;
  point.rightMm = 40;
  EXPECT_GT(yellow(point, right), 20) << "the arrow at that edge";
  EXPECT_EQ(yellow(point, middle), 0);
}

TEST_F(OverlayImageTest, TheTrackedNeedleIsADottedLineToASquareOfItsOwn) {
  const auto snapshot = sceneSnapshot({.needle = NeedleState::None, .guidance = false, .planes = false});
  tracking::TrackedNeedle needle;
  needle.tipPx = {300, 240};
  needle.shaftPx = {100, 140};
  snapshot->trackedNeedle = needle;
  const cv::Mat picture = renderer_.render(*snapshot, Overlays::all());
  const cv::Mat plain = renderer_.render(
      *sceneSnapshot({.needle = NeedleState::None, .guidance = false, .planes = false}), Overlays::all());
  const auto changed = [&](const cv::Rect& where) {
    return cv::norm(picture(where), plain(where), cv::NORM_INF) > 60;
  };
  EXPECT_TRUE(changed({292, 232, 16, 3})) << "the square's upper side";
  EXPECT_FALSE(changed({298, 238, 4, 4})) << "the tip itself stays open";
  EXPECT_TRUE(changed({150, 160, 60, 40})) << "the shaft";
  EXPECT_FALSE(changed({100, 300, 100, 60}));
}

TEST_F(OverlayImageTest, TargetIsYellowWhereItIsAndItsMiddleStaysOpen) {
  const Overlays targetOnly{false, false, true, false, false, false, false};
  const cv::Mat picture = render({}, targetOnly);
  const cv::Point centre(static_cast<int>(test::kTargetPx.x()), static_cast<int>(test::kTargetPx.y()));
  EXPECT_TRUE(isNear(picture.at<cv::Vec3b>(centre + cv::Point(10, 0)), palette::kTarget, 40));
  EXPECT_TRUE(isNear(picture.at<cv::Vec3b>(centre + cv::Point(0, -10)), palette::kTarget, 40));
  const cv::Vec3b middle = picture.at<cv::Vec3b>(centre);
  const int tissue = sceneSnapshot()->frame->pixels.at<std::uint8_t>(centre);
  EXPECT_NEAR(middle[0], tissue, 12);
  EXPECT_NEAR(middle[2], tissue, 12);
}

TEST_F(OverlayImageTest, TipStaysOpenInsideItsCircle) {
  const auto snapshot = sceneSnapshot({.guidance = false});
  const cv::Mat picture = renderer_.render(*snapshot);
  const cv::Point tip(static_cast<int>(test::kTipPx.x()), static_cast<int>(test::kTipPx.y()));
  EXPECT_NEAR(picture.at<cv::Vec3b>(tip)[0], snapshot->frame->pixels.at<std::uint8_t>(tip), 2);
  // Right of the tip, where no shaft is, stands the circle.
  const int radius = static_cast<int>(palette::kTipRadiusPx);
  EXPECT_TRUE(isNear(picture.at<cv::Vec3b>(tip + cv::Point(radius, 0)), palette::kNeedle, 60));
}

TEST_F(OverlayImageTest, TipCircleGrowsWithItsUncertainty) {
  auto snapshot = sceneSnapshot({.guidance = false});
  snapshot->needle.tipCovariancePx = Eigen::Matrix2d::Identity() * 30.0 * 30.0;
  const cv::Mat picture = renderer_.render(*snapshot);
  const cv::Point tip(static_cast<int>(test::kTipPx.x()), static_cast<int>(test::kTipPx.y()));
  EXPECT_TRUE(isNear(picture.at<cv::Vec3b>(tip + cv::Point(30, 0)), palette::kNeedle, 60));
  EXPECT_FALSE(isNear(picture.at<cv::Vec3b>(tip + cv::Point(8, 0)), palette::kNeedle, 60));
}

TEST_F(OverlayImageTest, TipThatMayBeFartherIsDrawnToItsFarEnd) {
  auto snapshot = sceneSnapshot({.guidance = false});
  const cv::Mat sure = renderer_.render(*snapshot);
  snapshot->needle.tipAheadPx = 60;
  snapshot->needle.tipBehindPx = 4;
  const cv::Mat unsure = renderer_.render(*snapshot);
  const auto at = [](const Eigen::Vector2d& px) {
    return cv::Point(static_cast<int>(std::lround(px.x())), static_cast<int>(std::lround(px.y())));
  };
  const cv::Point far = at(snapshot->needle.farTipPx());
  EXPECT_TRUE(isNear(unsure.at<cv::Vec3b>(far), palette::kNeedle, 60)) << "the bar at the far end";
  EXPECT_FALSE(isNear(sure.at<cv::Vec3b>(far), palette::kNeedle, 60));
  // The circle stays as small as the closer end.
  const cv::Point tip = at(snapshot->needle.tipPx);
  const int radius = static_cast<int>(palette::kTipRadiusPx);
  EXPECT_TRUE(isNear(unsure.at<cv::Vec3b>(tip + cv::Point(radius, 0)), palette::kNeedle, 60));
}

TEST_F(OverlayImageTest, WithoutOverlaysThePictureIsTheInput) {
  for (const bool colour : {false, true}) {
    const auto snapshot = sceneSnapshot({.colour = colour});
    snapshot->guidance.reset();  // the frame of its state is no overlay
    cv::Mat expected = snapshot->frame->pixels;
    if (!colour) cv::cvtColor(expected, expected, cv::COLOR_GRAY2BGR);
    EXPECT_EQ(largestDifference(renderer_.render(*snapshot, Overlays::none()), expected), 0);
  }
}

TEST_F(OverlayImageTest, SmallPicturesAreEnlargedSmoothlyByAWholeFactor) {
  const auto snapshot = sceneSnapshot({.size = {300, 200}});
  snapshot->guidance.reset();
  const cv::Mat picture = renderer_.render(*snapshot, Overlays::none());
  ASSERT_EQ(picture.size(), cv::Size(900, 600));
  cv::Mat expected;
  cv::resize(snapshot->frame->pixels, expected, picture.size(), 0, 0, cv::INTER_LINEAR);
  cv::cvtColor(expected, expected, cv::COLOR_GRAY2BGR);
  EXPECT_LE(largestDifference(picture, expected), 2);
}

TEST_F(OverlayImageTest, RowsThatDoNotLieTogetherInMemoryAreReadRight) {
  const cv::Mat whole = test::layeredPicture({900, 500}, false);
  auto frame = std::make_shared<Frame>();
  frame->pixels = whole(cv::Rect(50, 30, 720, 440));
  auto snapshot = sceneSnapshot({});
  snapshot->frame = frame;
  snapshot->guidance.reset();
  cv::Mat expected;
  cv::cvtColor(frame->pixels, expected, cv::COLOR_GRAY2BGR);
  EXPECT_EQ(largestDifference(renderer_.render(*snapshot, Overlays::none()), expected), 0);
}

TEST_F(OverlayImageTest, EachSwitchHidesItsOwnOverlay) {
  const auto hidden = [&](bool Overlays::*part, palette::Colour colour) {
    Overlays without = Overlays::all();
    without.*part = false;
    const test::SceneOptions options{.state = GuidanceState::NoNeedle};
    EXPECT_GT(countNear(render(options), colour, 20), 40);
    return countNear(render(options, without), colour, 20);
  };
  EXPECT_EQ(hidden(&Overlays::target, palette::kTarget), 0);
  EXPECT_EQ(hidden(&Overlays::dangers, palette::kDanger), 0);
  EXPECT_EQ(hidden(&Overlays::planes, palette::kPlane), 0);
  EXPECT_LT(hidden(&Overlays::needle, palette::kNeedle), 40);  // letters are nearly white too
}

TEST_F(OverlayImageTest, OrientationMarkStandsAtTheTransducersLeft) {
  const Overlays markOnly{false, false, false, false, false, false, true};
  const auto dotsIn = [](const cv::Mat& picture, cv::Rect part) {
    return countNear(picture(part), palette::kAccent, 20);
  };
  auto snapshot = sceneSnapshot({.guidance = false});
  const cv::Size size = snapshot->frame->pixels.size();
  const cv::Rect topLeft(0, 0, size.width / 2, size.height / 2);
  const cv::Rect bottomLeft(0, size.height / 2, size.width / 2, size.height / 2);
  const cv::Rect right(size.width / 2, 0, size.width / 2, size.height);
  const cv::Mat above = renderer_.render(*snapshot, markOnly);
  EXPECT_GT(dotsIn(above, topLeft), 40);
  EXPECT_EQ(dotsIn(above, bottomLeft), 0);
  EXPECT_EQ(dotsIn(above, right), 0);
  snapshot->ownAnalysis().region.probe = imaging::ProbeSide::Bottom;
  const cv::Mat below = renderer_.render(*snapshot, markOnly);
  EXPECT_EQ(dotsIn(below, topLeft), 0);
  EXPECT_GT(dotsIn(below, bottomLeft), 40);
}

TEST_F(OverlayImageTest, TheFrameOfTheStateIsNoOverlayAndCannotBeSwitchedOff) {
  Overlays muscleOnly = Overlays::none();
  muscleOnly.muscle = true;
  for (const Overlays& overlays : {Overlays::none(), muscleOnly}) {
    const cv::Mat picture = render({.needle = NeedleState::None, .state = GuidanceState::Stop}, overlays);
    EXPECT_TRUE(isNear(picture.at<cv::Vec3b>(220, 3), palette::kStop, 10));
  }
  EXPECT_EQ(
      countNear(render({.picture = PictureState::Stale, .state = GuidanceState::Stop}, Overlays::none()),
                palette::kStop, 10),
      0)
      << "nothing is told of a stale image";
}

TEST_F(OverlayImageTest, AFrozenImageKeepsAllThatWasDrawnInItButTheFrameOfItsState) {
  const auto snapshot = sceneSnapshot({.picture = PictureState::Frozen, .state = GuidanceState::Stop});
  snapshot->withheld = std::move(snapshot->guidance);
  snapshot->guidance.reset();
  const cv::Mat picture = renderer_.render(*snapshot, Overlays::all());
  EXPECT_GT(countNear(picture, palette::kTarget, 20), 40);
  EXPECT_GT(countNear(picture, palette::kDanger, 20), 40);
  EXPECT_GT(whiteShareOfShaft(picture), 0.9);
  EXPECT_FALSE(isNear(picture.at<cv::Vec3b>(220, 3), palette::kStop, 10)) << "guidance is withheld";
}

TEST_F(OverlayImageTest, StateFrameHasTheColourOfTheState) {
  const auto frameColour = [&](GuidanceState state) {
    return render({.state = state}).at<cv::Vec3b>(435, 4);
  };
  EXPECT_TRUE(isNear(render({.state = GuidanceState::Stop}).at<cv::Vec3b>(220, 3), palette::kStop, 10));
  const cv::Mat course = render({.state = GuidanceState::OnCourse});
  EXPECT_TRUE(isNear(course.at<cv::Vec3b>(220, 10), palette::kOnCourse, 10));
  EXPECT_TRUE(
      isNear(render({.state = GuidanceState::Approach}).at<cv::Vec3b>(220, 12), palette::kApproach, 10));
  EXPECT_GT(countNear(render({.state = GuidanceState::OffCourse}), palette::kOffCourse, 10), 2000);
  EXPECT_FALSE(isNear(frameColour(GuidanceState::NoNeedle), palette::kOnCourse, 60));
}

TEST_F(OverlayImageTest, PredictedAndObservedNeedleDifferWithoutColour) {
  cv::Mat observed;
  cv::Mat predicted;
  cv::cvtColor(render({.guidance = false}), observed, cv::COLOR_BGR2GRAY);
  cv::cvtColor(render({.needle = NeedleState::Predicted, .guidance = false}), predicted, cv::COLOR_BGR2GRAY);
  EXPECT_GT(cv::countNonZero(cv::abs(observed - predicted) > 60), 150);
}

TEST_F(OverlayImageTest, NothingWithoutAPicture) {
  EXPECT_TRUE(renderer_.render(navigation::GuidanceSnapshot{}).empty());
}

TEST_F(OverlayImageTest, PicturesMayChangeTheirSize) {
  EXPECT_EQ(render({.size = {720, 440}}).size(), cv::Size(720, 440));
  EXPECT_EQ(render({.size = {1024, 768}}).size(), cv::Size(1024, 768));
  EXPECT_GT(whiteShareOfShaft(render({.size = {720, 440}, .guidance = false})), 0.98);
}

/// What the practitioner sees, against pictures a person has looked at. To accept a change on purpose, look
/// at the new picture in the build folder and copy it over the baseline.
TEST_F(OverlayImageTest, LooksLikeTheBaseline) {
  const std::vector<std::pair<std::string, test::SceneOptions>> cases{
      {"on_course", {}},
      {"predicted_off_course", {.needle = NeedleState::Predicted, .state = GuidanceState::OffCourse}},
      {"no_scale", {.spacingMm = std::nullopt, .state = GuidanceState::Approach}}};
  for (const auto& [name, options] : cases) {
    const cv::Mat picture = render(options);
    const std::string seen = std::string(ACUGUIDE_BINARY_DIR) + "/overlay_" + name + ".png";
    cv::imwrite(seen, picture);
    const cv::Mat baseline =
        cv::imread(std::string(ACUGUIDE_SOURCE_DIR) + "/tests/rendering/baseline/" + name + ".png");
    EXPECT_EQ(baseline.size(), picture.size()) << "see " << seen;
    if (baseline.size() != picture.size()) continue;
    cv::Mat difference;
    cv::Mat a;
    cv::Mat b;
    cv::GaussianBlur(picture, a, {7, 7}, 0);
    cv::GaussianBlur(baseline, b, {7, 7}, 0);
    cv::absdiff(a, b, difference);
    const cv::Scalar mean = cv::mean(difference);
    EXPECT_LT(std::max({mean[0], mean[1], mean[2]}), kLargestBaselineDifference) << "see " << seen;
    // A lost overlay changes little on average, but much in its place.
    double most = 0;
    cv::Mat coarse;
    cv::resize(difference, coarse, {}, 1.0 / 16, 1.0 / 16, cv::INTER_AREA);
    cv::minMaxLoc(coarse.reshape(1), nullptr, &most);
    EXPECT_LT(most, 40) << "see " << seen;
  }
}

TEST(OverlayImage, NeedsNoDisplay) {
  const char* before = std::getenv("DISPLAY");
  const std::string kept = before != nullptr ? before : "";
  ::unsetenv("DISPLAY");
  const cv::Mat picture = OverlayImageRenderer().render(*sceneSnapshot());
  EXPECT_GT(countNear(picture, palette::kTarget), 40);
  EXPECT_GT(countNear(picture, palette::kNeedle, 10), 200) << "lines and letters";
  if (before != nullptr) ::setenv("DISPLAY", kept.c_str(), 1);
}

}  // namespace
}  // namespace acuguide::rendering
