#include "assessment/metrics.h"

#include "assessment/metrics_json.h"
#include "assessment/simulated_insertion.h"
#include "core/error.h"
#include "recording/session_samples.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

namespace acuguide::assessment {
namespace {

using recording::samples::TemporaryFolder;
using samples::SimulatedInsertion;

/// In to 31.5 mm (1.5 mm past the target), one stroke of 3 mm, out; 5 mm of the way in unseen.
struct Standard {
  static constexpr double advance = 29.5 + 3.0, path = 29.5 + 3.0 + 3.0 + 30.5;
  static void run(SimulatedInsertion& script) {
    script.nothing(1.0);
    script.place(2.0);
    script.move(10.0, 2.0);
    script.move(15.0, 1.0, false);
    script.move(31.5, 3.0);
    script.move(31.5, 1.0);
    script.move(28.5, 1.0);
    script.move(31.5, 1.0);
    script.move(1.0, 4.0);
    script.nothing(4.0);
  }
};

double value(const InsertionMetrics& metrics, Metric metric) {
  EXPECT_TRUE(metrics.values[metric]) << infoOf(metric).key;
  return metrics.values[metric].value_or(NAN);
}

#define EXPECT_WITHIN_PERCENT(actual, expected) EXPECT_NEAR(actual, expected, 0.01 * std::abs(expected))

class MeasuredInsertion : public testing::TestWithParam<bool> {};

/// From the pictures and from the tracked needle alike: to 1 % of what the script says.
TEST_P(MeasuredInsertion, AgreesWithGeometry) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  script.tracked = GetParam();
  script.probeShiftMm = 2.0;
  Standard::run(script);
  script.finish();
  const SessionMetrics session = measureSession(folder / "s");
  ASSERT_EQ(session.insertions.size(), 1u);
  const InsertionMetrics& one = session.insertions.front();
  EXPECT_EQ(nameOf(one.motion), GetParam() ? "poses" : "pictures");
  EXPECT_EQ(nameOf(one.insertion.end), GetParam() ? "recording_end" : "withdrawn");
  if (GetParam()) return;  // the pose stands still inside the tissue to the end
  EXPECT_NEAR(one.start, 1.0, 0.05);
  EXPECT_WITHIN_PERCENT(value(one, Metric::Time), 13.0);
  EXPECT_WITHIN_PERCENT(value(one, Metric::TimeInside), 13.0);
  EXPECT_WITHIN_PERCENT(value(one, Metric::PathLength), Standard::path);
  EXPECT_WITHIN_PERCENT(value(one, Metric::PathInside), Standard::path);
  EXPECT_NEAR(value(one, Metric::InefficiencyIn), 0.0, 0.5);
  EXPECT_NEAR(value(one, Metric::SweptArea), 0.0, 0.5);
  EXPECT_EQ(value(one, Metric::Punctures), 1);
  EXPECT_EQ(value(one, Metric::TranslationalMotions), 0);
  EXPECT_EQ(value(one, Metric::TargetHit), 1);
  EXPECT_NEAR(value(one, Metric::ClosestToTarget), 0.0, 0.15);
  EXPECT_WITHIN_PERCENT(value(one, Metric::AdvanceTipSeen), 100.0 * (1.0 - 5.0 / Standard::advance));
  EXPECT_NEAR(value(one, Metric::DepthError), 0.0, 0.1);
  EXPECT_WITHIN_PERCENT(value(one, Metric::Overshoot), 1.5);
  EXPECT_WITHIN_PERCENT(value(one, Metric::NearestDanger), 8.5);
  EXPECT_EQ(one.nearestDanger, "a nerve");
  EXPECT_EQ(value(one, Metric::TimeOffCourse), 0);
  EXPECT_EQ(value(one, Metric::StrokesAtTarget), 1);
}

INSTANTIATE_TEST_SUITE_P(PicturesAndPoses, MeasuredInsertion, testing::Bool());

/// The tissue of tracked needles begins at the probe face of the picture, wherever that is in the room.
TEST(Metrics, TrackedNeedlesGoInAndOutOfTheTissue) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  script.tracked = true;
  script.probeShiftMm = 2.0;
  script.place(-20.0);
  script.move(-20.0, 1.0, false);
  script.move(30.0, 5.0);  // 2 s outside, 3 s inside
  script.move(30.0, 2.0);
  script.move(-20.0, 5.0);  // 3 s inside
  script.move(-20.0, 3.0, false);
  script.finish();
  const SessionMetrics session = measureSession(folder / "s");
  ASSERT_EQ(session.insertions.size(), 1u);
  const InsertionMetrics& one = session.insertions.front();
  EXPECT_EQ(nameOf(one.motion), "poses");
  EXPECT_EQ(nameOf(one.insertion.end), "withdrawn");
  EXPECT_WITHIN_PERCENT(value(one, Metric::TimeInside), 8.0);
  EXPECT_WITHIN_PERCENT(value(one, Metric::PathInside), 60.0);
  EXPECT_EQ(value(one, Metric::Punctures), 1);
  EXPECT_WITHIN_PERCENT(value(one, Metric::ProbePath), 16.0);
  EXPECT_NEAR(value(one, Metric::ProbeRotation), 0.0, 1e-9);
  ASSERT_TRUE(session.wholeRecording);
  EXPECT_WITHIN_PERCENT(value(*session.wholeRecording, Metric::PathLength), 100.0);
  EXPECT_WITHIN_PERCENT(value(*session.wholeRecording, Metric::PathInside), 60.0);
  EXPECT_WITHIN_PERCENT(value(*session.wholeRecording, Metric::TimeInside), 8.0);
}

/// What was taken for a needle in the picture and is none does not count where the needle is tracked.
TEST(Metrics, TheTipIsMeasuredWhereItIsCalibratedNotTheMarker) {
  MetricValues values[2];
  for (const bool marker : {false, true}) {
    const TemporaryFolder folder;
    SimulatedInsertion script(folder / "s");
    script.tracked = true;
    script.marker = marker;
    script.place(-20.0);
    script.move(30.0, 5.0);
    script.move(-20.0, 5.0);
    script.move(-20.0, 3.0, false);
    script.finish();
    const SessionMetrics session = measureSession(folder / "s");
    ASSERT_EQ(session.insertions.size(), 1u) << marker;
    values[marker ? 1 : 0] = session.insertions.front().values;
  }
  for (const Metric metric : {Metric::PathLength, Metric::PathInside, Metric::TimeInside, Metric::AngleError})
    EXPECT_NEAR(*values[0][metric], *values[1][metric], 0.02 * std::abs(*values[0][metric]) + 0.05);
}

TEST(Metrics, TheTrackedNeedleRulesOverAFalseDetection) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  script.tracked = true;
  script.shownAsideMm = 6.0;
  script.place(-10.0);
  script.move(-10.0, 1.0, false);
  script.move(28.0, 6.0);
  script.move(28.0, 1.0);  // the path is smoothed: a point that is only touched is rounded off
  script.move(-10.0, 4.0);
  script.move(-10.0, 3.0, false);
  script.finish();
  const auto insertions = measureSession(folder / "s").insertions;
  ASSERT_EQ(insertions.size(), 1u);
  EXPECT_NEAR(value(insertions[0], Metric::ClosestToTarget), 2.0, 0.1);
  EXPECT_EQ(value(insertions[0], Metric::TargetHit), 1);
  EXPECT_NEAR(value(insertions[0], Metric::AngleError), 0.0, 0.1);
  EXPECT_NEAR(value(insertions[0], Metric::DepthError), -1.0, 0.1);
  EXPECT_EQ(value(insertions[0], Metric::Overshoot), 0.0);
}

TEST(Metrics, TwoInsertionsAreTwo) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  Standard::run(script);
  Standard::run(script);
  script.finish();
  const auto insertions = measureSession(folder / "s").insertions;
  ASSERT_EQ(insertions.size(), 2u);
  EXPECT_EQ(insertions[1].number, 2);
  EXPECT_GT(insertions[1].start, insertions[0].end);
  EXPECT_NEAR(value(insertions[0], Metric::PathLength), value(insertions[1], Metric::PathLength), 0.3);
}

TEST(Metrics, ALongGapDeepInsideIsTheSameInsertionAndAShortSightingIsNone) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  script.place(2);
  script.move(2.2, 0.1);  // three frames: a false alarm
  script.nothing(3.0);
  script.place(3);
  script.move(25, 4.0);
  script.nothing(6.0);
  script.move(28, 2.0);
  script.finish();
  const auto insertions = measureSession(folder / "s").insertions;
  ASSERT_EQ(insertions.size(), 1u);
  EXPECT_EQ(nameOf(insertions[0].insertion.end), "recording_end");
  EXPECT_NEAR(value(insertions[0], Metric::Time), 12.0, 0.1);
}

TEST(Metrics, UnknownIsNotZero) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  script.scaled = false;
  script.planned = false;
  Standard::run(script);
  script.finish();
  const SessionMetrics session = measureSession(folder / "s");
  ASSERT_EQ(session.insertions.size(), 1u);
  const InsertionMetrics& one = session.insertions.front();
  EXPECT_NEAR(value(one, Metric::Time), 13.0, 0.1);
  for (const MetricInfo& info : metricInfos()) {
    if (info.metric == Metric::Time) continue;
    EXPECT_FALSE(one.values[info.metric]) << info.key;
    EXPECT_TRUE(one.unknown.contains(info.metric)) << info.key;
  }
  const SessionMetrics sessions[] = {session};
  const auto json = nlohmann::json::parse(metricsJson(sessions, nullptr));
  const auto& metrics = json["sessions"][0]["insertions"][0]["metrics"];
  EXPECT_EQ(metrics.size(), metricCount);
  EXPECT_TRUE(metrics["path_length"]["value"].is_null());
  EXPECT_EQ(metrics["path_length"]["unit"], "mm");
  EXPECT_EQ(metrics["path_length"]["why"], "neither the picture's scale nor a tracked needle is known");
  EXPECT_TRUE(metrics["target_hit"]["value"].is_null());
}

TEST(Metrics, TimeOffCourseIsThatOfTheState) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  script.place(2);
  script.move(10, 2.0);
  script.state = guidance::GuidanceState::OffCourse;
  script.move(20, 2.5);
  script.state = guidance::GuidanceState::OnCourse;
  script.move(25, 2.0);
  script.finish();
  const auto insertions = measureSession(folder / "s").insertions;
  ASSERT_EQ(insertions.size(), 1u);
  EXPECT_WITHIN_PERCENT(value(insertions[0], Metric::TimeOffCourse), 2.5);
  EXPECT_EQ(value(insertions[0], Metric::TargetHit), 0);
  EXPECT_WITHIN_PERCENT(value(insertions[0], Metric::ClosestToTarget), 5.1);
}

TEST(Metrics, APoseThatIsNotThereIsSaid) {
  const TemporaryFolder folder;
  SimulatedInsertion script(folder / "s");
  Standard::run(script);
  script.finish();
  MetricsOptions options;
  options.needlePose = "StylusToReference";
  EXPECT_THROW(measureSession(folder / "s", options), Error);
  EXPECT_THROW(measureSession(folder / "elsewhere"), Error);
}

/// A table of poses, without any picture: Perk Tutor's own case.
TEST(Metrics, PoseTablesAreMeasuredWhole) {
  const TemporaryFolder folder;
  {
    std::ofstream table(folder / "needle.csv");
    for (int i = 0; i <= 200; ++i) {  // 10 s, 40 mm straight down in z from 10 mm above the skin, axis z
      table << i * 0.05 << ",1,0,0,5, 0,1,0,7, 0,0,1," << -10.0 + 40.0 * i / 200 << ", 0,0,0,1\n";
    }
  }
  const auto open = [](const std::string&) -> std::unique_ptr<acquisition::FrameSource> { return nullptr; };
  MetricsOptions options;
  options.needleAxis = Eigen::Vector3d::UnitZ();
  const SessionMetrics unplaced = measurePoses(folder / "needle.csv", options, open);
  ASSERT_EQ(unplaced.insertions.size(), 1u);
  EXPECT_WITHIN_PERCENT(value(unplaced.insertions[0], Metric::PathLength), 40.0);
  EXPECT_WITHIN_PERCENT(value(unplaced.insertions[0], Metric::Time), 10.0);
  EXPECT_FALSE(unplaced.insertions[0].values[Metric::TimeInside]);

  options.tissue = TissueSide{Eigen::Vector3d::Zero(), Eigen::Vector3d::UnitZ()};
  const SessionMetrics placed = measurePoses(folder / "needle.csv", options, open);
  ASSERT_EQ(placed.insertions.size(), 1u);
  EXPECT_WITHIN_PERCENT(value(placed.insertions[0], Metric::TimeInside), 7.5);
  EXPECT_WITHIN_PERCENT(value(placed.insertions[0], Metric::PathInside), 30.0);
  EXPECT_EQ(value(placed.insertions[0], Metric::Punctures), 1);
  EXPECT_WITHIN_PERCENT(value(*placed.wholeRecording, Metric::PathLength), 40.0);
}

/// Two insertions with the source's clock set between them, and no moment without a needle.
TEST(Metrics, AClockThatWasSetEndsAnInsertion) {
  for (const bool tracked : {false, true}) {
    const TemporaryFolder folder;
    SimulatedInsertion script(folder / "s");
    script.tracked = tracked;
    script.place(2.0);
    script.move(20.0, 3.0);
    script.setClock();
    script.place(2.0);
    script.move(20.0, 3.0);
    script.nothing(4.0);
    script.finish();
    const SessionMetrics session = measureSession(folder / "s");
    ASSERT_EQ(session.insertions.size(), 2u) << (tracked ? "tracked" : "seen");
    EXPECT_NEAR(value(session.insertions[0], Metric::Time), 3.0, 0.1);
    EXPECT_NEAR(value(session.insertions[0], Metric::InefficiencyIn), 0.0, 1.0);
  }
}

}  // namespace
}  // namespace acuguide::assessment
