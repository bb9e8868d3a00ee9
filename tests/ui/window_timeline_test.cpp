#include "ui/widgets/timeline.h"
#include "ui/widgets/transport_bar.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace acuguide::ui {
namespace {

using guidance::GuidanceState;
using test::guidedSnapshot;
using test::textOf;

TimelineSample sample(std::int64_t frame, double depthPx, GuidanceState state) {
  TimelineSample made;
  made.frame = frame;
  made.state = state;
  made.needle = tracking::NeedleState::Observed;
  made.tipDepth = ImageLength{depthPx, depthPx * 0.1};
  return made;
}

TEST(TimelineData, KeepsWhatASnapshotSaysAndNothingElse) {
  const auto kept = sampleOf(guidedSnapshot());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->state, GuidanceState::OffCourse);
  EXPECT_DOUBLE_EQ(kept->tipDepth->mm.value(), 10.0);
  EXPECT_DOUBLE_EQ(kept->danger->mm.value(), 6.1);
  auto plain = guidedSnapshot();
  plain.guidance.reset();
  EXPECT_FALSE(sampleOf(plain)->state);
  EXPECT_FALSE(sampleOf(navigation::GuidanceSnapshot{}));
}

TEST(TimelineData, FramesArriveInAnyOrderAndTheNewerAnalysisCounts) {
  TimelineData data;
  data.add(sample(5, 50, GuidanceState::Approach));
  data.add(sample(2, 20, GuidanceState::Approach));
  data.add(sample(5, 55, GuidanceState::Stop));
  EXPECT_EQ(data.analysed(), 2u);
  EXPECT_EQ(data.end(), 6);
  EXPECT_EQ(data.at(3), nullptr);
  EXPECT_EQ(data.at(5)->state, GuidanceState::Stop);
  EXPECT_DOUBLE_EQ(data.deepest()->px, 55.0);
}

TEST(TimelineData, InOneColumnTheMostUrgentStateShows) {
  EXPECT_EQ(mostUrgent(GuidanceState::OnCourse, GuidanceState::Stop), GuidanceState::Stop);
  EXPECT_EQ(mostUrgent(std::nullopt, GuidanceState::Approach), GuidanceState::Approach);
  EXPECT_EQ(mostUrgent(std::nullopt, std::nullopt), std::nullopt);
}

class WindowTimeline : public test::WindowTest {
 protected:
  void SetUp() override {
    test::WindowTest::SetUp();
    if (IsSkipped()) return;
    timeline_ = std::make_unique<Timeline>();
    timeline_->resize(1000, timeline_->height());
    timeline_->setFrameCount(300);
  }
  std::unique_ptr<Timeline> timeline_;
};

TEST_F(WindowTimeline, PlacesAndFramesAgree) {
  for (const std::int64_t frame : {0, 17, 150, 299})
    EXPECT_EQ(timeline_->frameAt(timeline_->xOf(frame)), frame);
  EXPECT_EQ(timeline_->frameAt(-100), 0);
  EXPECT_EQ(timeline_->frameAt(5000), 299);
}

TEST_F(WindowTimeline, ZoomingKeepsTheFrameUnderThePointer) {
  const double x = timeline_->xOf(200);
  timeline_->zoom(4.0, x);
  EXPECT_NEAR(static_cast<double>(timeline_->frameAt(x)), 200.0, 1.0);
  const auto view = timeline_->view();
  EXPECT_LT(view.second - view.first, 80);
  timeline_->showAll();
  EXPECT_EQ(timeline_->view(), Timeline::Range(0, 299));
}

TEST_F(WindowTimeline, DraggingScrubsAndShiftDraggingMarksALoop) {
  QSignalSpy scrubbed(timeline_.get(), &Timeline::scrubbed);
  const auto at = [this](std::int64_t frame) { return QPoint(static_cast<int>(timeline_->xOf(frame)), 60); };
  QTest::mouseClick(timeline_.get(), Qt::LeftButton, {}, at(120));
  ASSERT_EQ(scrubbed.size(), 1);
  EXPECT_NEAR(scrubbed.front().front().toDouble(), 120.0, 1.0);

  QTest::mousePress(timeline_.get(), Qt::LeftButton, Qt::ShiftModifier, at(200));
  QMouseEvent move(QEvent::MouseMove, QPointF(at(100)), QPointF(at(100)), Qt::NoButton, Qt::LeftButton,
                   Qt::ShiftModifier);
  QCoreApplication::sendEvent(timeline_.get(), &move);
  QTest::mouseRelease(timeline_.get(), Qt::LeftButton, Qt::ShiftModifier, at(100));
  ASSERT_TRUE(timeline_->loop());
  EXPECT_NEAR(static_cast<double>(timeline_->loop()->first), 100.0, 1.0);
  EXPECT_NEAR(static_cast<double>(timeline_->loop()->second), 200.0, 1.0);
  EXPECT_EQ(scrubbed.size(), 1) << "marking a loop moves nothing";
}

TEST_F(WindowTimeline, TracksFillOnlyWhereFramesWereAnalysed) {
  const auto colourAt = [this](std::int64_t frame) {
    return timeline_->grab().toImage().pixelColor(static_cast<int>(timeline_->xOf(frame)), 50);
  };
  const QColor empty = colourAt(50);
  for (std::int64_t frame = 40; frame < 60; ++frame) timeline_->add(sample(frame, 30, GuidanceState::Stop));
  ASSERT_TRUE(test::waitFor([&] { return colourAt(50) != empty; }));
  EXPECT_GT(colourAt(50).red(), 200) << "a stop is red";
  EXPECT_EQ(colourAt(200), empty);
}

TEST_F(WindowTimeline, TheTransportBarSendsWishesAndShowsTheTruth) {
  TransportBar bar;
  QSignalSpy stepped(&bar, &TransportBar::stepped);
  QSignalSpy speeds(&bar, &TransportBar::speedChosen);
  bar.findChild<QAction*>("transportBack10")->trigger();
  EXPECT_EQ(stepped.front().front().toLongLong(), -10);
  bar.findChild<QAction*>("transportFaster")->trigger();
  EXPECT_DOUBLE_EQ(speeds.front().front().toDouble(), 1.5);
  bar.setSpeed(8.0);
  bar.findChild<QAction*>("transportFaster")->trigger();
  EXPECT_DOUBLE_EQ(speeds.back().front().toDouble(), 8.0) << "not faster than the fastest";
  EXPECT_EQ(textOf(bar, "transportPosition"), "frame – / –   –");
  bar.setPosition(122, 4.1, 300);
  EXPECT_EQ(textOf(bar, "transportPosition"), "frame 123 / 300   0:04.10");
}

}  // namespace
}  // namespace acuguide::ui
