#include "session/recorded_analysis.h"

#include "core/units.h"
#include "session/session_samples.h"
#include "session/session_source.h"
#include "session/session_writer.h"

#include <gtest/gtest.h>

namespace acuguide::session {
namespace {

using samples::TemporaryFolder;

TEST(RecordedAnalysis, ComesBackAsItWasRecorded) {
  const TemporaryFolder folder;
  {
    SessionWriterOptions options;
    options.minimumFreeBytes = 0;
    SessionWriter writer(folder / "s", options);
    for (std::int64_t i = 0; i < 4; ++i) {
      auto snapshot = samples::snapshot(i);
      if (i == 2) snapshot->guidance = samples::guidance();
      if (i == 3) snapshot->needle.state = tracking::NeedleState::None;
      writer.write(*snapshot);
    }
    writer.finish();
  }
  RecordedAnalysis recorded(folder / "s");
  EXPECT_TRUE(recorded.any());
  SessionSource source(folder / "s", "s");
  source.seek(2);
  const auto snapshot = recorded.at(std::make_shared<const Frame>(*source.read()));
  const auto original = samples::snapshot(2);
  EXPECT_EQ(snapshot.frame->index, 2);
  EXPECT_EQ(snapshot.needle.state, tracking::NeedleState::Observed);
  EXPECT_EQ(snapshot.needle.tipPx, original->needle.tipPx);
  EXPECT_EQ(snapshot.needle.tailPx, original->needle.tailPx);
  EXPECT_NEAR(snapshot.needle.tipSigmaPx(), original->needle.tipSigmaPx(), 1e-9);
  EXPECT_EQ(snapshot.analysis.region.bounds, original->analysis.region.bounds);
  ASSERT_EQ(snapshot.analysis.planes.size(), 2u);
  EXPECT_EQ(snapshot.analysis.planes[0].label, imaging::PlaneLabel::SuperficialAponeurosis);
  EXPECT_FLOAT_EQ(snapshot.analysis.planes[0].vertices.at(1).lower, 22.75F);
  EXPECT_NEAR(snapshot.analysis.fibres->angle, radians(12.5), 1e-9);
  ASSERT_TRUE(snapshot.guidance);
  EXPECT_EQ(snapshot.guidance->state, planning::GuidanceState::OnCourse);
  EXPECT_EQ(snapshot.guidance->target->px, Eigen::Vector2d(60, 40));
  EXPECT_DOUBLE_EQ(*snapshot.guidance->lateralError->mm, -0.21);
  EXPECT_NEAR(*snapshot.guidance->angleError, radians(-2.5), 1e-9);
  EXPECT_EQ(snapshot.guidance->nearestDanger->name, "deep peroneal nerve, left");
  source.seek(3);
  const auto last = recorded.at(std::make_shared<const Frame>(*source.read()));
  EXPECT_EQ(last.needle.state, tracking::NeedleState::None);
  EXPECT_FALSE(last.guidance);
}

TEST(RecordedAnalysis, OfAFrameThatIsNotThereNothingIsKnown) {
  const TemporaryFolder folder;
  {
    SessionWriterOptions options;
    options.minimumFreeBytes = 0;
    options.analysis = false;
    SessionWriter writer(folder / "s", options);
    writer.write(*samples::snapshot(0));
    writer.finish();
  }
  RecordedAnalysis recorded(folder / "s");
  EXPECT_FALSE(recorded.any());
  const auto snapshot = recorded.at(samples::frame(77));
  EXPECT_EQ(snapshot.needle.state, tracking::NeedleState::None);
  EXPECT_TRUE(snapshot.analysis.planes.empty());
  EXPECT_FALSE(recorded.at(nullptr).frame);
}

}  // namespace
}  // namespace acuguide::session
