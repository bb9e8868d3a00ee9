#include "recording/session_event.h"

#include "recording/session_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::recording {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

auto event(const char* kind, const char* detail) {
  return AllOf(Field(&SessionEvent::kind, kind), Field(&SessionEvent::detail, detail));
}

TEST(EventWatch, SaysTheFirstStateAndThenChangesOnly) {
  EventWatch watch;
  auto snapshot = samples::snapshot(0);
  snapshot->picture = navigation::PictureState::Live;
  EXPECT_THAT(watch.process(*snapshot),
              ElementsAre(event("needle", "observed"), event("guidance", "none"), event("picture", "live")));
  EXPECT_THAT(watch.process(*snapshot), IsEmpty());

  snapshot->needle.state = tracking::NeedleState::Predicted;
  snapshot->guidance = samples::guidance();
  EXPECT_THAT(watch.process(*snapshot),
              ElementsAre(event("needle", "predicted"), event("guidance", "on_course")));

  snapshot->guidance->state = guidance::GuidanceState::Stop;
  EXPECT_THAT(watch.process(*snapshot), ElementsAre(event("guidance", "stop: deep peroneal nerve, left")));
}

TEST(EventWatch, AlarmsBeginAndEnd) {
  EventWatch watch;
  auto snapshot = samples::snapshot(0);
  watch.process(*snapshot);
  using navigation::AlarmKind, navigation::AlarmPriority;
  snapshot->alarms = {{AlarmKind::DangerClose, AlarmPriority::High, "nerve"},
                      {AlarmKind::NeedleLost, AlarmPriority::Medium, {}}};
  EXPECT_THAT(watch.process(*snapshot),
              ElementsAre(event("alarm_on", "danger_close: nerve"), event("alarm_on", "needle_lost")));
  snapshot->alarms.pop_back();
  EXPECT_THAT(watch.process(*snapshot), ElementsAre(event("alarm_off", "needle_lost")));
}

}  // namespace
}  // namespace acuguide::recording
