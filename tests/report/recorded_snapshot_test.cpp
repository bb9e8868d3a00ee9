#include "report/recorded_snapshot.h"

#include "session/session_samples.h"
#include "session/session_writer.h"

#include <gtest/gtest.h>

namespace acuguide::report {
namespace {

namespace samples = session::samples;

std::shared_ptr<planning::Plan> planAtDepth(double depthMm) {
  auto plan = std::make_shared<planning::Plan>();
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtDepth{{0.0, depthMm}};
  planning::DangerZone nerve;
  nerve.name = "nerve";
  nerve.kind = planning::DangerKind::Nerve;
  nerve.shape = planning::Ellipse{{1.0, 3.0}, 0.3, 0.3, 0.0};
  nerve.marginMm = 0.5;
  plan->dangers.push_back(nerve);
  return plan;
}

class RecordedSnapshot : public testing::Test {
 protected:
  navigation::GuidanceSnapshot again(const navigation::GuidanceSnapshot& snapshot) {
    {
      session::SessionWriter writer(folder_ / "s", {});
      writer.write(snapshot);
      writer.finish();
    }
    session::SqlConnection tables(session::databaseOf(folder_ / "s"),
                                  session::SqlConnection::Access::ReadOnly);
    return recordedSnapshot(tables, snapshot.frame, snapshot.plan);
  }
  samples::TemporaryFolder folder_;
};

TEST_F(RecordedSnapshot, IsWhatWasRecorded) {
  const auto made = samples::snapshot(0);
  made->plan = planAtDepth(2.8);
  made->guidance = samples::guidance();
  const auto read = again(*made);
  EXPECT_EQ(read.analysis.region.bounds, made->analysis.region.bounds);
  EXPECT_EQ(read.needle.state, tracking::NeedleState::Observed);
  EXPECT_EQ(read.needle.tipPx, made->needle.tipPx);
  EXPECT_EQ(read.needle.tailPx, made->needle.tailPx);
  EXPECT_NEAR(read.needle.tipSigmaPx(), made->needle.tipSigmaPx(), 1e-9);
  ASSERT_EQ(read.analysis.planes.size(), 2u);
  EXPECT_EQ(read.analysis.planes[1].label, imaging::PlaneLabel::DeepAponeurosis);
  EXPECT_FLOAT_EQ(read.analysis.planes[0].vertices[1].lower, 22.75F);
  ASSERT_TRUE(read.guidance);
  EXPECT_EQ(read.guidance->state, planning::GuidanceState::OnCourse);
  EXPECT_EQ(read.guidance->target->px, Eigen::Vector2d(60, 40));
  EXPECT_EQ(read.guidance->target->source, "deep_aponeurosis");
}

TEST_F(RecordedSnapshot, ZonesAreLeftOutWhereTheTargetHadMovedWithItsTissue) {
  const auto made = samples::snapshot(0);
  made->plan = planAtDepth(2.8);
  made->guidance = samples::guidance();
  made->guidance->target->px = {20, 55};
  const auto read = again(*made);
  ASSERT_TRUE(read.guidance);
  EXPECT_TRUE(read.guidance->corridorPx.empty());
  for (const auto& outline : read.guidance->dangerOutlinesPx) EXPECT_TRUE(outline.empty());
}

TEST_F(RecordedSnapshot, WhereTheTargetStoodTheyAreDrawn) {
  const auto made = samples::snapshot(0);
  made->plan = planAtDepth(2.8);
  planning::GuidanceOptions still;
  still.holdSeconds = still.targetHoldSeconds = 0;
  made->guidance =
      planning::GuidanceRule(made->plan, still).process(made->frame->geometry, made->analysis, made->needle);
  ASSERT_TRUE(made->guidance->target);
  const auto read = again(*made);
  ASSERT_EQ(read.guidance->dangerOutlinesPx.size(), 1u);
  EXPECT_FALSE(read.guidance->dangerOutlinesPx[0].empty());
}

TEST_F(RecordedSnapshot, WithoutAPlanThereIsNoGuidance) {
  const auto made = samples::snapshot(0);
  EXPECT_FALSE(again(*made).guidance);
}

}  // namespace
}  // namespace acuguide::report
