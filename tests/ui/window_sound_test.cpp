#include "ui/widgets/guidance_cue.h"
#include "ui/widgets/tone_generator.h"
#include "ui/window_fixture.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

namespace acuguide::ui {
namespace {

using Kind = GuidanceCue::Kind;
using guidance::GuidanceState;
using navigation::AlarmPriority;

constexpr int kRate = 8000;

std::vector<std::int16_t> sound(ToneGenerator& generator, double seconds) {
  std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * kRate));
  generator.generate(samples.data(), samples.size());
  return samples;
}

/// Pulses: stretches of sound with at least 20 ms of silence before them.
int pulses(const std::vector<std::int16_t>& samples) {
  int count = 0, silent = kRate;
  for (const std::int16_t sample : samples) {
    if (std::abs(sample) > 300) {
      if (silent > kRate / 50) ++count;
      silent = 0;
    } else {
      ++silent;
    }
  }
  return count;
}

TEST(GuidanceCue, TicksFasterTheNearerTheTarget) {
  EXPECT_GT(tickRate({50, 5.0}), tickRate({200, 20.0}));
  EXPECT_GT(tickRate({50, std::nullopt}), tickRate({200, std::nullopt}));
  EXPECT_DOUBLE_EQ(tickRate({0, 0.0}), 8.0);
  EXPECT_DOUBLE_EQ(tickRate({4000, 400.0}), 1.0);
}

TEST(GuidanceCue, StopIsHeardBeforeEveryAlarmAndAlarmsBeforeTicks) {
  auto snapshot = test::guidedSnapshot();
  EXPECT_EQ(cueFor(snapshot, std::nullopt).kind, Kind::Approach);
  snapshot.guidance->state = GuidanceState::OnCourse;
  EXPECT_EQ(cueFor(snapshot, std::nullopt).kind, Kind::OnCourse);
  EXPECT_EQ(cueFor(snapshot, AlarmPriority::Low).kind, Kind::OnCourse);
  EXPECT_EQ(cueFor(snapshot, AlarmPriority::High).kind, Kind::AlarmHigh);
  snapshot.guidance->state = GuidanceState::Stop;
  EXPECT_EQ(cueFor(snapshot, AlarmPriority::High).kind, Kind::Stop);
}

TEST(GuidanceCue, WithoutGuidanceNothingTicks) {
  auto snapshot = test::guidedSnapshot();
  snapshot.guidance.reset();
  EXPECT_EQ(cueFor(snapshot, std::nullopt).kind, Kind::Silent);
  snapshot = test::guidedSnapshot();
  snapshot.guidance->tipToTarget.reset();
  EXPECT_EQ(cueFor(snapshot, std::nullopt).kind, Kind::Silent);
}

TEST(ToneGenerator, TheRateOfTheTicksIsTheOneAskedFor) {
  ToneGenerator generator(kRate);
  generator.setCue({Kind::OnCourse, 4.0});
  EXPECT_NEAR(pulses(sound(generator, 5.0)), 20, 1);
  generator.setCue({Kind::OnCourse, 8.0});
  EXPECT_NEAR(pulses(sound(generator, 5.0)), 40, 1);
}

TEST(ToneGenerator, EachCueSoundsDifferent) {
  std::vector<std::vector<std::int16_t>> heard;
  for (const Kind kind : {Kind::Silent, Kind::Approach, Kind::OnCourse, Kind::AtTarget, Kind::Stop,
                          Kind::AlarmHigh, Kind::AlarmMedium, Kind::AlarmLow}) {
    ToneGenerator generator(kRate);
    generator.setCue({kind, 3.0});
    heard.push_back(sound(generator, 2.0));
  }
  EXPECT_EQ(pulses(heard.front()), 0);
  for (std::size_t i = 0; i < heard.size(); ++i) {
    for (std::size_t j = i + 1; j < heard.size(); ++j) EXPECT_NE(heard[i], heard[j]) << i << " " << j;
  }
}

TEST(ToneGenerator, ANewCueBeginsAtOnce) {
  ToneGenerator generator(kRate);
  generator.setCue({Kind::AlarmLow, 0.0});
  sound(generator, 3.0);
  generator.setCue({Kind::Stop, 0.0});
  EXPECT_GE(pulses(sound(generator, 0.1)), 1);
}

}  // namespace
}  // namespace acuguide::ui
