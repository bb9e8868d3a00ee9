#include "navigation/fail_safe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::navigation {
namespace {

using acquisition::Connection;

/// A snapshot with a needle and guidance, whose frame came in at `arrival`.
GuidanceSnapshot guided(double arrival) {
  GuidanceSnapshot snapshot;
  Frame frame;
  frame.pixels = cv::Mat(4, 4, CV_8UC1, cv::Scalar(9));
  frame.arrival = arrival;
  snapshot.frame = std::make_shared<const Frame>(frame);
  snapshot.needle.state = tracking::NeedleState::Observed;
  snapshot.guidance.emplace();
  snapshot.guidance->state = guidance::GuidanceState::OnCourse;
  return snapshot;
}

acquisition::StreamStatus stream(Connection connection, bool live = true) {
  acquisition::StreamStatus status;
  status.connection = connection;
  status.source.live = live;
  return status;
}

Watch at(double now) {
  Watch watch;
  watch.now = now;
  return watch;
}

std::vector<AlarmKind> kinds(const GuidanceSnapshot& snapshot) {
  std::vector<AlarmKind> result;
  for (const Alarm& alarm : snapshot.alarms) result.push_back(alarm.kind);
  return result;
}

TEST(FailSafe, YoungPictureKeepsNeedleAndGuidance) {
  const auto shown = asOf(guided(10.0), stream(Connection::Running), at(10.2));
  EXPECT_EQ(shown.picture, PictureState::Live);
  EXPECT_EQ(shown.needle.state, tracking::NeedleState::Observed);
  EXPECT_TRUE(shown.guidance);
  EXPECT_TRUE(shown.alarms.empty());
}

TEST(FailSafe, After250MillisecondsPictureIsStaleAndGuidanceWithdrawn) {
  const auto shown = asOf(guided(10.0), stream(Connection::Running), at(10.26));
  EXPECT_EQ(shown.picture, PictureState::Stale);
  EXPECT_EQ(shown.needle.state, tracking::NeedleState::None);
  EXPECT_FALSE(shown.guidance);
  EXPECT_TRUE(shown.frame) << "the picture itself stays on screen, marked";
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::PictureStale));
  EXPECT_EQ(shown.alarms[0].priority, AlarmPriority::High);
}

TEST(FailSafe, AnAdvancingBladeIsStoppedByALostPicture) {
  using guidance::Step, guidance::StopCause;
  for (const Step step : {Step::Advance, Step::Approach, Step::AtPlane}) {
    GuidanceSnapshot snapshot = guided(10.0);
    snapshot.procedure = guidance::ProcedureState{step, {}, {}, 3, true};
    const auto fresh = asOf(snapshot, stream(Connection::Running), at(10.2));
    EXPECT_EQ(fresh.procedure->step, step);
    const auto shown = asOf(snapshot, stream(Connection::Running), at(10.26));
    EXPECT_EQ(shown.procedure->step, Step::Stop);
    EXPECT_EQ(shown.procedure->cause, StopCause::PictureLost);
  }
  GuidanceSnapshot aiming = guided(10.0);
  aiming.procedure = guidance::ProcedureState{Step::Align, {}, {}, 3, true};
  EXPECT_EQ(asOf(aiming, stream(Connection::Running), at(11)).procedure->step, Step::Align);
}

TEST(FailSafe, ANeedleLostWhileAdvancingIsAHighAlarmAndStrokesDoneALowOne) {
  using guidance::Step, guidance::StopCause;
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.guidance->state = guidance::GuidanceState::NoNeedle;
  snapshot.guidance->reason = guidance::GuidanceReason::NeedleLost;
  auto shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  EXPECT_EQ(shown.alarms.at(0).priority, AlarmPriority::Medium);
  snapshot.procedure = guidance::ProcedureState{Step::Stop, StopCause::NeedleLost, {}, 3, true};
  shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::NeedleLost)) << "once";
  EXPECT_EQ(shown.alarms.at(0).priority, AlarmPriority::High);
  EXPECT_EQ(shownState(shown), guidance::GuidanceState::Stop);
  snapshot.procedure->cause = StopCause::StrokesDone;
  for (const auto reason : {guidance::GuidanceReason::None, guidance::GuidanceReason::NeedleLost}) {
    snapshot.guidance->reason = reason;  // withdrawn as it was told to be
    shown = asOf(snapshot, stream(Connection::Running), at(10.0));
    EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::StrokesDone));
  }
}

TEST(FailSafe, ATrackedNeedleFarFromTheSeenOneIsSaidAndNeverStale) {
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.trackedNeedle = tracking::TrackedNeedle{};
  snapshot.needlesApartMm = 2.9;
  EXPECT_THAT(kinds(asOf(snapshot, stream(Connection::Running), at(10.0))), testing::IsEmpty());
  snapshot.needlesApartMm = 4.26;
  const auto shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  ASSERT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::NeedlesApart));
  EXPECT_EQ(shown.alarms[0].detail, "4.3");
  const auto old = asOf(snapshot, stream(Connection::Running), at(10.26));
  EXPECT_FALSE(old.trackedNeedle);
  EXPECT_THAT(kinds(old), testing::ElementsAre(AlarmKind::PictureStale));
}

TEST(FailSafe, LostSourceIsStaleAtOnceAndSaysWhy) {
  auto lost = stream(Connection::Lost);
  lost.message = "/dev/video0 went away";
  const auto shown = asOf(guided(10.0), lost, at(10.05));
  EXPECT_EQ(shown.picture, PictureState::Stale);
  EXPECT_FALSE(shown.guidance);
  ASSERT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::SourceLost));
  EXPECT_EQ(shown.alarms[0].detail, "/dev/video0 went away");
}

TEST(FailSafe, LiveStreamThatEndedIsStaleButARecordingAtItsEndIsNot) {
  EXPECT_EQ(asOf(guided(10.0), stream(Connection::Ended), at(10.05)).picture, PictureState::Stale);
  const auto recording = asOf(guided(10.0), stream(Connection::Ended, false), at(60.0));
  EXPECT_EQ(recording.picture, PictureState::Ended);
}

TEST(FailSafe, AfterTheEndOfARecordingNothingIsGuidedAndWhatWasDrawnStays) {
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.guidance->state = guidance::GuidanceState::Stop;
  snapshot.guidance->reason = guidance::GuidanceReason::DangerClose;
  const auto shown = asOf(snapshot, stream(Connection::Ended, false), at(10.05));
  EXPECT_EQ(shown.picture, PictureState::Ended);
  EXPECT_FALSE(shown.guidance);
  EXPECT_EQ(shownState(shown), std::nullopt);
  EXPECT_TRUE(shown.alarms.empty()) << "an alarm is of the present";
  ASSERT_NE(drawnGuidance(shown), nullptr);
  EXPECT_EQ(shown.needle.state, tracking::NeedleState::Observed);
}

TEST(FailSafe, AStaleImageKeepsItsPixelsAndRegionAndNothingThatWasFoundInIt) {
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.ownAnalysis().region.bounds = {1, 1, 2, 2};
  snapshot.ownAnalysis().planes.emplace_back();
  snapshot.ownAnalysis().needles.emplace_back();
  snapshot.ownAnalysis().fibres.emplace();
  const auto shown = asOf(snapshot, stream(Connection::Running), at(10.3));
  EXPECT_TRUE(shown.frame);
  EXPECT_EQ(shown.analysis->region.bounds, cv::Rect(1, 1, 2, 2));
  EXPECT_TRUE(shown.analysis->planes.empty());
  EXPECT_TRUE(shown.analysis->needles.empty());
  EXPECT_FALSE(shown.analysis->fibres);
  EXPECT_EQ(drawnGuidance(shown), nullptr);
  EXPECT_EQ(snapshot.analysis->planes.size(), 1u) << "the published value is nobody's to change";
}

TEST(FailSafe, AnImageThatWasStaleStaysSoUntilImagesHaveBeenFreshForLongEnough) {
  Watch watch = at(10.1);
  watch.staleUntil = 10.5;
  const auto waiting = asOf(guided(10.05), stream(Connection::Running), watch);
  EXPECT_EQ(waiting.picture, PictureState::Stale);
  EXPECT_FALSE(waiting.guidance);
  EXPECT_THAT(kinds(waiting), testing::ElementsAre(AlarmKind::PictureStale));
  watch.now = 10.5;
  EXPECT_EQ(asOf(guided(10.45), stream(Connection::Running), watch).picture, PictureState::Live);
  watch.now = 10.1;
  EXPECT_EQ(asOf(guided(10.05), stream(Connection::Running, false), watch).picture, PictureState::Live)
      << "a recording that is played is watched by no hand";
}

TEST(FailSafe, InAStopNothingElseIsAskedFor) {
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.guidance->state = guidance::GuidanceState::Stop;
  snapshot.guidance->reason = guidance::GuidanceReason::TooDeep;
  snapshot.guidance->nearestPossible =
      guidance::PossibleInPicture{1, imaging::StructureKind::Nerve, {10, 1.0}, true};
  const auto shown = asOf(snapshot, stream(Connection::Running), at(10.1));
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::TooDeep)) << "not to hold and look";
}

TEST(FailSafe, FreezeWithholdsGuidanceButKeepsTheNeedleOfThatPicture) {
  Watch watch = at(99.0);
  watch.frozen = true;
  const auto shown = asOf(guided(10.0), stream(Connection::Running), watch);
  EXPECT_EQ(shown.picture, PictureState::Frozen);
  EXPECT_EQ(shown.needle.state, tracking::NeedleState::Observed);
  EXPECT_FALSE(shown.guidance);
  EXPECT_NE(drawnGuidance(shown), nullptr) << "target and dangers belong to that picture as well";
}

TEST(FailSafe, PausedRecordingKeepsItsAnalysis) {
  Watch watch = at(99.0);
  watch.paused = true;
  const auto shown = asOf(guided(10.0), stream(Connection::Running, false), watch);
  EXPECT_EQ(shown.picture, PictureState::Paused);
  EXPECT_TRUE(shown.guidance);
}

TEST(FailSafe, ALiveSourceCannotBePausedIntoLookingFresh) {
  Watch watch = at(99.0);
  watch.paused = true;
  EXPECT_EQ(asOf(guided(10.0), stream(Connection::Running), watch).picture, PictureState::Stale);
}

TEST(FailSafe, NoFrameYetShowsNothing) {
  auto failed = stream(Connection::Failed);
  failed.message = "x.mp4: is not a video";
  const auto shown = asOf(GuidanceSnapshot{}, failed, at(1.0));
  EXPECT_EQ(shown.picture, PictureState::None);
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::SourceFailed));
}

TEST(FailSafe, HighAlarmsComeFirst) {
  auto snapshot = guided(10.0);
  snapshot.guidance->reason = guidance::GuidanceReason::NeedleLost;
  auto shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::NeedleLost));

  snapshot.guidance->reason = guidance::GuidanceReason::DangerClose;
  snapshot.guidance->nearestDanger.emplace().name = "median nerve";
  shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  ASSERT_EQ(shown.alarms.size(), 1u);
  EXPECT_EQ(shown.alarms[0].priority, AlarmPriority::High);
  EXPECT_EQ(shown.alarms[0].detail, "median nerve");
}

GuidanceSnapshot watched(double frameTime, double answered) {
  GuidanceSnapshot snapshot = guided(10.0);
  Frame frame = *snapshot.frame;
  frame.time = frameTime;
  snapshot.frame = std::make_shared<const Frame>(frame);
  StructuresNow& now = snapshot.structures;
  now.doubt = StructuresDoubt::None;
  now.answered = answered;
  now.answerSure = true;
  now.tissue = {1, Eigen::Affine2d::Identity(), true};
  now.zones.emplace_back();
  return snapshot;
}

TEST(FailSafe, TheSearchForNervesAndVesselsSaysWhatItIsWorth) {
  const auto judged = [](const GuidanceSnapshot& snapshot, double now = 10.1) {
    return asOf(snapshot, stream(Connection::Running), at(now)).structures;
  };
  StructuresNow now = judged(watched(5.0, 4.8));
  EXPECT_EQ(now.state, StructuresState::On);
  EXPECT_EQ(now.zones.size(), 1u);

  now = judged(watched(5.0, 5.0 - ages::kStructureGone - 0.01));
  EXPECT_EQ(now.state, StructuresState::NotSure) << "a slow network is not an answer that none is there";
  EXPECT_EQ(now.doubt, StructuresDoubt::TooOld);
  EXPECT_TRUE(now.zones.empty());

  now = judged(watched(5.0, 4.8), 10.3);
  EXPECT_EQ(now.doubt, StructuresDoubt::TooOld) << "and nothing of a stale picture";
  EXPECT_TRUE(now.zones.empty());

  GuidanceSnapshot snapshot = watched(5.0, 4.8);
  snapshot.structures.answerSure = false;
  EXPECT_EQ(judged(snapshot).doubt, StructuresDoubt::Strange);
  EXPECT_EQ(judged(snapshot).state, StructuresState::NotSure);

  snapshot = watched(5.0, 4.8);
  snapshot.structures.tissue.sure = false;
  EXPECT_EQ(judged(snapshot).doubt, StructuresDoubt::TissueUnknown);
  EXPECT_EQ(judged(snapshot).state, StructuresState::NotSure);

  snapshot = watched(5.0, 4.8);
  snapshot.structures.answered.reset();
  EXPECT_EQ(judged(snapshot).doubt, StructuresDoubt::Waiting);

  for (const auto doubt : {StructuresDoubt::Failed, StructuresDoubt::SwitchedOff}) {
    snapshot = watched(5.0, 4.8);
    snapshot.structures.doubt = doubt;
    EXPECT_EQ(judged(snapshot).state, StructuresState::Off);
    EXPECT_EQ(judged(snapshot).doubt, doubt);
    EXPECT_TRUE(judged(snapshot).zones.empty());
  }
  EXPECT_EQ(asOf({}, stream(Connection::Connecting), at(1)).structures.state, StructuresState::Off);
}

TEST(FailSafe, InsideAPossibleNervesMarginIsAMediumAlarm) {
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.guidance->nearestPossible =
      guidance::PossibleInPicture{1, imaging::StructureKind::Nerve, {20, 3.0}, false};
  EXPECT_TRUE(asOf(snapshot, stream(Connection::Running), at(10.1)).alarms.empty());
  snapshot.guidance->nearestPossible->insideMargin = true;
  const auto shown = asOf(snapshot, stream(Connection::Running), at(10.1));
  ASSERT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::PossibleDanger));
  EXPECT_EQ(shown.alarms[0].priority, AlarmPriority::Medium);
  EXPECT_EQ(shown.alarms[0].detail, "nerve");
}

TEST(FailSafe, AnImageOfALiveSourceThatDoesNotChangeIsAnAlarmAndClaimsNothing) {
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.procedure = guidance::ProcedureState{guidance::Step::Advance, {}, {}, 3, true};
  snapshot.unchangedSeconds = 1.4;
  EXPECT_TRUE(asOf(snapshot, stream(Connection::Running), at(10.1)).guidance);
  snapshot.unchangedSeconds = 1.6;
  const auto shown = asOf(snapshot, stream(Connection::Running), at(10.1));
  EXPECT_EQ(shown.picture, PictureState::Live);
  EXPECT_FALSE(shown.guidance);
  EXPECT_EQ(shown.procedure->step, guidance::Step::Stop);
  ASSERT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::ImageUnchanged));
  EXPECT_EQ(shown.alarms[0].priority, AlarmPriority::High);
  const auto recorded = asOf(snapshot, stream(Connection::Running, false), at(10.1));
  EXPECT_TRUE(recorded.guidance) << "a recording is what it is";
}

TEST(FailSafe, WhyThereAreNoMillimetresAndHowTheSourceIsReadIsSaid) {
  GuidanceSnapshot snapshot = guided(10.0);
  Frame frame = *snapshot.frame;
  frame.geometry.whyNoScale = "scale.json is for images of 640x480, not 1280x960";
  snapshot.frame = std::make_shared<const Frame>(frame);
  auto running = stream(Connection::Running);
  running.remark = "the sender's clock cannot be used";
  const auto shown = asOf(snapshot, running, at(10.1));
  ASSERT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::NotCalibrated, AlarmKind::SourceRemark));
  EXPECT_EQ(shown.alarms[0].detail, frame.geometry.whyNoScale);
  EXPECT_EQ(shown.alarms[1].detail, running.remark);
}

TEST(FailSafe, AFrameThatCouldNotBeAnalysedIsAHighAlarm) {
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.guidance.reset();
  snapshot.failure = "out of memory";
  const auto shown = asOf(snapshot, stream(Connection::Running), at(10.1));
  ASSERT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::AnalysisFailed));
  EXPECT_EQ(shown.alarms[0].priority, AlarmPriority::High);
}

}  // namespace
}  // namespace acuguide::navigation
