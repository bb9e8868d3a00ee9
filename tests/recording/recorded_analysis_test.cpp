#include "recording/recorded_analysis.h"

#include "core/units.h"
#include "database/sql_connection.h"
#include "recording/session_samples.h"
#include "recording/session_source.h"
#include "recording/session_writer.h"

#include <QtCore/QVariant>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::recording {
namespace {

using samples::TemporaryFolder;
using testing::IsEmpty;
using testing::SizeIs;

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
  EXPECT_EQ(snapshot.analysis->region.bounds, original->analysis->region.bounds);
  ASSERT_EQ(snapshot.analysis->planes.size(), 2u);
  EXPECT_EQ(snapshot.analysis->planes[0].label, imaging::PlaneLabel::SuperficialAponeurosis);
  EXPECT_FLOAT_EQ(snapshot.analysis->planes[0].vertices.at(1).lower, 22.75F);
  EXPECT_NEAR(snapshot.analysis->fibres->angle, radians(12.5), 1e-9);
  ASSERT_TRUE(snapshot.guidance);
  EXPECT_EQ(snapshot.guidance->state, guidance::GuidanceState::OnCourse);
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
  EXPECT_TRUE(snapshot.analysis->planes.empty());
  EXPECT_FALSE(recorded.at(nullptr).frame);
}

std::shared_ptr<const planning::Plan> planWithANerve() {
  auto plan = std::make_shared<planning::Plan>();
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtDepth{{0.0, 2.8}};
  plan->probe = imaging::ProbeSide::Top;
  planning::DangerZone nerve;
  nerve.name = "nerve";
  nerve.kind = planning::DangerKind::Nerve;
  nerve.shape = planning::Ellipse{{1.0, 3.0}, 0.3, 0.3, 0.0};
  nerve.marginMm = 0.5;
  plan->dangers.push_back(nerve);
  return plan;
}

/// Guidance by `plan`, as the rule gives it for that frame.
guidance::Guidance guidanceBy(const std::shared_ptr<const planning::Plan>& plan,
                              const navigation::GuidanceSnapshot& snapshot) {
  guidance::GuidanceOptions still;
  still.holdSeconds = still.targetHoldSeconds = 0;
  return guidance::GuidanceRule(plan, still)
      .process(snapshot.frame->geometry, *snapshot.analysis, snapshot.needle);
}

using Outline = std::vector<Eigen::Vector2d>;

class RecordedOutlines : public testing::Test {
 protected:
  /// Three frames; in the second, target and nerve have gone (7, 4) px with their tissue.
  void SetUp() override {
    SessionWriterOptions options;
    options.minimumFreeBytes = 0;
    SessionWriter writer(session(), options);
    for (std::int64_t i = 0; i < 3; ++i) {
      auto snapshot = samples::snapshot(i);
      snapshot->plan = plan_;
      snapshot->guidance = guidanceBy(plan_, *snapshot);
      if (i == 1) carry(*snapshot->guidance);
      made_.push_back(snapshot);
      writer.write(*snapshot);
    }
    writer.finish();
  }
  static void carry(guidance::Guidance& guidance) {
    const Eigen::Vector2d way(7, 4);
    guidance.target->px += way;
    guidance.target->sure = false;
    guidance.target->sigmaPx = 3.5;
    for (Eigen::Vector2d& point : guidance.dangerOutlinesPx.at(0)) point += way;
    guidance.corridorPx.clear();
  }
  std::filesystem::path session() const { return folder_ / "s"; }
  guidance::Guidance guidanceOf(std::size_t frame) {
    return RecordedAnalysis(session()).at(made_[frame]->frame).guidance.value();
  }
  static void expectNear(const Outline& read, const Outline& made) {
    ASSERT_THAT(read, SizeIs(made.size()));
    for (std::size_t i = 0; i < read.size(); ++i) EXPECT_LT((read[i] - made[i]).norm(), 0.08) << i;
  }

  const TemporaryFolder folder_;
  std::shared_ptr<const planning::Plan> plan_ = planWithANerve();
  std::vector<std::shared_ptr<const navigation::GuidanceSnapshot>> made_;
};

TEST_F(RecordedOutlines, ComeBackWhereTheyWereDrawn) {
  for (std::size_t i = 0; i < made_.size(); ++i) {
    const guidance::Guidance read = guidanceOf(i);
    ASSERT_THAT(read.dangerOutlinesPx, SizeIs(1));
    EXPECT_FALSE(read.dangerOutlinesPx[0].empty());
    expectNear(read.dangerOutlinesPx[0], made_[i]->guidance->dangerOutlinesPx[0]);
    expectNear(read.corridorPx, made_[i]->guidance->corridorPx);
  }
}

TEST_F(RecordedOutlines, ATargetThatWasUnsureIsUnsure) {
  EXPECT_TRUE(guidanceOf(0).target->sure);
  EXPECT_FALSE(guidanceOf(1).target->sure);
  EXPECT_DOUBLE_EQ(guidanceOf(1).target->sigmaPx, 3.5);
}

TEST_F(RecordedOutlines, OfAnOlderSessionAreShownOnlyWhereTheTargetStood) {
  {
    database::SqlConnection connection(databaseOf(session()), database::SqlConnection::Access::ReadWrite);
    connection.run("DROP TABLE outline");
    connection.run("PRAGMA user_version = 2");
  }
  expectNear(guidanceOf(0).dangerOutlinesPx.at(0), made_[0]->guidance->dangerOutlinesPx[0]);
  EXPECT_THAT(guidanceOf(1).dangerOutlinesPx.at(0), IsEmpty());
  EXPECT_THAT(guidanceOf(1).corridorPx, IsEmpty());
}

TEST_F(RecordedOutlines, TakeARowOnlyWhereTheyChange) {
  database::SqlConnection connection(databaseOf(session()), database::SqlConnection::Access::ReadOnly);
  QSqlQuery rows = connection.run("SELECT count(*) FROM outline WHERE zone = 0");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.value(0).toInt(), 3);  // there, away, and back
}

}  // namespace
}  // namespace acuguide::recording
