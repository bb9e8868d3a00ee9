#include "ui/style/wording.h"
#include "ui/window_fixture.h"

#include <gtest/gtest.h>

namespace acuguide::ui {
namespace {

using navigation::PictureState;
using test::guidedSnapshot;

TEST(Wording, LengthsCarryUnitsAndPixelsHaveNoDecimals) {
  EXPECT_EQ(wording::length(ImageLength{124.0, 12.44}), "12.4 mm");
  EXPECT_EQ(wording::length(ImageLength{124.4, std::nullopt}), "124 px");
  EXPECT_EQ(wording::length(std::optional<ImageLength>()), "–");
  EXPECT_EQ(wording::length(ImageLength{-0.2, -0.02}), "0.0 mm") << "a rounded zero has no sign";
  EXPECT_EQ(wording::length(ImageLength{-12.0, -1.2}), "−1.2 mm");
}

TEST(Wording, AnglesAreDegreesWithoutDecimals) {
  EXPECT_EQ(wording::angle(radians(4.4)), "4°");
  EXPECT_EQ(wording::hint({guidance::Hint::Steeper, radians(4.0), std::nullopt}), "steeper 4°");
  EXPECT_EQ(wording::hint({guidance::Hint::MoveLeft, 12.0, 1.2}), "move left 1.2 mm");
  EXPECT_EQ(wording::hint({guidance::Hint::MoveRight, 12.0, std::nullopt}), "move right 12 px");
}

TEST(Wording, TheBladesDirectionIsASentence) {
  using planning::BladeRule;
  planning::BladeDirection blade{BladeRule::NerveOrVessel, radians(92.0), "median nerve", true, {}, {}};
  EXPECT_EQ(wording::blade(blade), "Turn the blade to 3 o'clock: parallel to median nerve (atlas)");
  EXPECT_EQ(wording::blade(blade, radians(86.0)), "Blade at 3 o'clock: parallel to median nerve (atlas)");
  blade.clock = radians(179.0);
  EXPECT_EQ(wording::blade(blade, radians(3.0)), "Blade at 12 o'clock: parallel to median nerve (atlas)")
      << "a blade has two ends";
  blade = {BladeRule::ByHand, radians(47.0), {}, false, {}, {}};
  EXPECT_EQ(wording::blade(blade, radians(0.0)), "Turn the blade to 1:30, as planned");
  EXPECT_EQ(wording::blade({}), "Blade direction not known: follow nerve and vessel");
}

TEST(Wording, TimesAreMinutesAndSeconds) {
  EXPECT_EQ(wording::duration(41.9), "0:41");
  EXPECT_EQ(wording::duration(3725.0), "1:02:05");
  EXPECT_EQ(wording::timeCode(4.1), "0:04.10");
}

TEST(Wording, TheFreshnessOfThePictureGoesBeforeTheGuidance) {
  auto snapshot = guidedSnapshot();
  EXPECT_EQ(wording::stateWord(snapshot), "OFF COURSE");
  snapshot.picture = PictureState::Stale;
  EXPECT_EQ(wording::stateWord(snapshot), "STALE") << "even were there guidance";
  snapshot.guidance.reset();
  snapshot.picture = PictureState::Frozen;
  EXPECT_EQ(wording::stateWord(snapshot), "FROZEN");
  snapshot.picture = PictureState::Live;
  snapshot.plan.reset();
  EXPECT_EQ(wording::stateWord(snapshot), "NO PLAN");
}

TEST(Wording, EveryAlarmSaysWhatIsWrongAndWhatToDo) {
  using navigation::AlarmKind;
  for (const auto kind :
       {AlarmKind::PictureStale, AlarmKind::SourceLost, AlarmKind::SourceFailed, AlarmKind::NeedleLost,
        AlarmKind::DangerClose, AlarmKind::TooDeep, AlarmKind::PastTarget, AlarmKind::NotCalibrated,
        AlarmKind::RecordingFailed, AlarmKind::StrokesDone, AlarmKind::NeedlesApart}) {
    const QString sentence = wording::alarm({kind, navigation::AlarmPriority::High, {}});
    EXPECT_TRUE(sentence.contains(':')) << sentence.toStdString();
    EXPECT_LT(sentence.size(), 90) << "must fit one line: " << sentence.toStdString();
  }
}

TEST(Wording, APlanMadeByAClickClaimsNoSideOfTheBody) {
  planning::Plan plan;
  plan.target = planning::TargetAtPixel{{312, 240}};
  const QString text = wording::planTitle(plan) + wording::planSummary(plan);
  EXPECT_TRUE(text.contains("312, 240")) << text.toStdString();
  EXPECT_FALSE(text.contains("left")) << text.toStdString();
  plan.acupoint = "LI10";
  EXPECT_EQ(wording::planTitle(plan), "LI10 left");
  plan.name = "LI10 left";
  EXPECT_EQ(wording::planTitle(plan), "LI10 left") << "said once";
  plan.name = "first visit";
  EXPECT_EQ(wording::planTitle(plan), QString::fromUtf8("LI10 left · first visit"));
}

}  // namespace
}  // namespace acuguide::ui
