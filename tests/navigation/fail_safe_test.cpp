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
  snapshot.guidance->state = planning::GuidanceState::OnCourse;
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
  using planning::Step, planning::StopCause;
  for (const Step step : {Step::Advance, Step::Approach, Step::AtPlane}) {
    GuidanceSnapshot snapshot = guided(10.0);
    snapshot.procedure = planning::ProcedureState{step, {}, {}, 3, true};
    const auto fresh = asOf(snapshot, stream(Connection::Running), at(10.2));
    EXPECT_EQ(fresh.procedure->step, step);
    const auto shown = asOf(snapshot, stream(Connection::Running), at(10.26));
    EXPECT_EQ(shown.procedure->step, Step::Stop);
    EXPECT_EQ(shown.procedure->cause, StopCause::PictureLost);
  }
  GuidanceSnapshot aiming = guided(10.0);
  aiming.procedure = planning::ProcedureState{Step::Align, {}, {}, 3, true};
  EXPECT_EQ(asOf(aiming, stream(Connection::Running), at(11)).procedure->step, Step::Align);
}

TEST(FailSafe, ANeedleLostWhileAdvancingIsAHighAlarmAndStrokesDoneALowOne) {
  using planning::Step, planning::StopCause;
  GuidanceSnapshot snapshot = guided(10.0);
  snapshot.guidance->state = planning::GuidanceState::NoNeedle;
  snapshot.guidance->reason = planning::GuidanceReason::NeedleLost;
  auto shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  EXPECT_EQ(shown.alarms.at(0).priority, AlarmPriority::Medium);
  snapshot.procedure = planning::ProcedureState{Step::Stop, StopCause::NeedleLost, {}, 3, true};
  shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::NeedleLost)) << "once";
  EXPECT_EQ(shown.alarms.at(0).priority, AlarmPriority::High);
  EXPECT_EQ(shownState(shown), planning::GuidanceState::Stop);
  snapshot.guidance->reason = planning::GuidanceReason::None;
  snapshot.procedure->cause = StopCause::StrokesDone;
  shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::StrokesDone));
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
  EXPECT_TRUE(recording.guidance) << "it belongs to the last frame";
}

TEST(FailSafe, FreezeWithholdsGuidanceButKeepsTheNeedleOfThatPicture) {
  Watch watch = at(99.0);
  watch.frozen = true;
  const auto shown = asOf(guided(10.0), stream(Connection::Running), watch);
  EXPECT_EQ(shown.picture, PictureState::Frozen);
  EXPECT_EQ(shown.needle.state, tracking::NeedleState::Observed);
  EXPECT_FALSE(shown.guidance);
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
  snapshot.guidance->reason = planning::GuidanceReason::NeedleLost;
  auto shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  EXPECT_THAT(kinds(shown), testing::ElementsAre(AlarmKind::NeedleLost));

  snapshot.guidance->reason = planning::GuidanceReason::DangerClose;
  snapshot.guidance->nearestDanger.emplace().name = "median nerve";
  shown = asOf(snapshot, stream(Connection::Running), at(10.0));
  ASSERT_EQ(shown.alarms.size(), 1u);
  EXPECT_EQ(shown.alarms[0].priority, AlarmPriority::High);
  EXPECT_EQ(shown.alarms[0].detail, "median nerve");
}

}  // namespace
}  // namespace acuguide::navigation
