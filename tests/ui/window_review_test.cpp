#include "recording/session_notes.h"
#include "recording/session_source.h"
#include "recording/session_writer.h"
#include "ui/widgets/insertion_list.h"
#include "ui/widgets/metrics_panel.h"
#include "ui/widgets/timeline.h"
#include "ui/window_fixture.h"
#include "ui/windows/companion.h"
#include "ui/windows/replay_window.h"
#include "ui/windows/session_review.h"

#include <QTest>
#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::ui {
namespace {

using test::textOf;
using test::waitFor;

/// A recorded session of 4 s without a needle, then an insertion of `seconds`; every picture carries its
/// number as its grey (mod 200).
void record(const std::filesystem::path& folder, double before, double seconds) {
  recording::SessionWriterOptions options;
  options.minimumFreeBytes = 0;
  recording::SessionWriter writer(folder, options);
  const auto write = [&](std::int64_t i, bool seen, double along) {
    navigation::GuidanceSnapshot snapshot = test::guidedSnapshot();
    auto frame = std::make_shared<Frame>();
    frame->pixels = cv::Mat(240, 320, CV_8UC1, cv::Scalar(static_cast<double>(i % 200)));
    frame->index = i;
    frame->time = static_cast<double>(i) / 30.0;
    frame->geometry.spacingMm = Eigen::Vector2d(0.1, 0.1);
    snapshot.frame = frame;
    snapshot.ownAnalysis().region.bounds = {0, 0, 320, 240};
    snapshot.needle.state = seen ? tracking::NeedleState::Observed : tracking::NeedleState::None;
    snapshot.needle.tipPx = {60 + along, 40 + along};
    snapshot.needle.tailPx = {10, -10};
    writer.write(snapshot);
  };
  const auto first = static_cast<std::int64_t>(before * 30.0),
             count = static_cast<std::int64_t>(seconds * 30.0);
  for (std::int64_t i = 0; i < first; ++i) write(i, false, 0);
  for (std::int64_t i = 0; i < count; ++i) write(first + i, true, static_cast<double>(i));
  writer.finish();
}

class WindowReview : public test::WindowTest {
 protected:
  void SetUp() override {
    test::WindowTest::SetUp();
    if (IsSkipped()) return;
    record(a(), 2.0, 3.0);
    record(b(), 1.0, 4.0);
  }
  std::filesystem::path a() const { return folder_.filePath("a").toStdString(); }
  std::filesystem::path b() const { return folder_.filePath("b").toStdString(); }
  WindowOptions sessionOptions() {
    auto chosen = options(a().string());
    chosen.sources.catalog.add(recording::sessionKind());
    return chosen;
  }
  void open(WindowOptions chosen) {
    navigator_ = std::make_unique<navigation::Navigator>(chosen.sources.catalog);
    window_ = std::make_unique<ReplayWindow>(*navigator_, std::move(chosen));
    window_->resize(1280, 720);
    ASSERT_TRUE(test::showActive(*window_));
    timeline_ = window_->findChild<Timeline*>("timeline");
    ASSERT_TRUE(waitFor([this] { return !timeline_->marks().insertions.empty(); }));
  }
  void stand(std::int64_t frame) {
    navigator_->setPaused(true);
    navigator_->seek(frame);
    ASSERT_TRUE(waitFor([&] {
      const auto snapshot = navigator_->snapshot();
      return snapshot->frame && snapshot->frame->index == frame;
    }));
  }

  std::unique_ptr<navigation::Navigator> navigator_;
  std::unique_ptr<ReplayWindow> window_;
  Timeline* timeline_ = nullptr;
};

TEST_F(WindowReview, InsertionsAreListedAndChoosingOneGoesThere) {
  open(sessionOptions());
  auto* list = window_->findChild<InsertionList*>("insertionList");
  ASSERT_EQ(list->count(), 1);
  EXPECT_EQ(timeline_->marks().insertions.front().first, 60);
  EXPECT_EQ(textOf(*window_, "reviewHeading"), "Insertion 1 of 1");
  stand(5);
  emit list->chosen(0);
  EXPECT_TRUE(waitFor([this] { return navigator_->snapshot()->frame->index == 60; }));
}

TEST_F(WindowReview, ABookmarkIsKeptWithTheSession) {
  open(sessionOptions());
  stand(77);
  ASSERT_TRUE(waitFor([this] { return textOf(*window_, "transportPosition").startsWith("frame 78"); }));
  const auto before = timeline_->marks().marks.size();
  QTest::keyClick(window_.get(), Qt::Key_B);
  EXPECT_EQ(timeline_->marks().marks.size(), before + 1);
  const auto record = recording::readSessionRecord(a());
  ASSERT_FALSE(record.events.empty());
  EXPECT_EQ(record.events.back().kind, "bookmark");
  EXPECT_EQ(record.events.back().frame, 77);
}

TEST_F(WindowReview, ASecondSessionStandsWhereTheSkinWasTouchedAtTheSameTime) {
  auto chosen = sessionOptions();
  chosen.compare = b().string();
  open(std::move(chosen));
  ASSERT_TRUE(waitFor([this] { return window_->findChild<QWidget*>("sidePicture")->isVisible(); }));
  stand(90);  // a second after contact at 60; in b that is 30 + 30
  EXPECT_TRUE(waitFor([this] {
    return textOf(*window_, "sidePictureSaid").startsWith("1.0 s after skin contact");
  })) << textOf(*window_, "sidePictureSaid").toStdString();
}

TEST_F(WindowReview, TheRecordedAnalysisStandsBesideTodays) {
  open(sessionOptions());
  stand(100);
  auto* beside = window_->findChild<QWidget*>("sidePicture");
  EXPECT_FALSE(beside->isVisible());
  QTest::keyClick(window_.get(), Qt::Key_V);
  EXPECT_TRUE(waitFor([&] { return beside->isVisible() && !textOf(*window_, "sidePictureSaid").isEmpty(); }));
  EXPECT_EQ(textOf(*window_, "sidePictureTitle"), "As recorded");
  QTest::keyClick(window_.get(), Qt::Key_V);
  EXPECT_FALSE(beside->isVisible());
}

TEST_F(WindowReview, TheCompanionShowsTheFrameAskedFor) {
  Companion companion(a().string());
  std::shared_ptr<const navigation::GuidanceSnapshot> got;
  QObject::connect(&companion, &Companion::ready, [&](const auto& snapshot) { got = snapshot; });
  for (const std::int64_t frame : {140, 3, 77, 78, 0}) {
    got.reset();
    companion.show(frame);
    ASSERT_TRUE(waitFor([&] { return got != nullptr; }));
    EXPECT_EQ(got->frame->index, frame);
    EXPECT_EQ(got->frame->pixels.at<unsigned char>(100, 100), frame % 200);
    EXPECT_EQ(got->needle.state == tracking::NeedleState::Observed, frame >= 60);
  }
}

TEST_F(WindowReview, WhatIsNotKnownIsNotZero) {
  EXPECT_EQ(MetricsPanel::valueText(assessment::Metric::PathLength, std::nullopt), QStringLiteral("–"));
  EXPECT_EQ(MetricsPanel::valueText(assessment::Metric::PathLength, 12.34), "12.3 mm");
  EXPECT_EQ(MetricsPanel::valueText(assessment::Metric::TargetHit, 1.0), "yes");
  EXPECT_EQ(MetricsPanel::valueText(assessment::Metric::Punctures, 2.0), "2");
}

}  // namespace
}  // namespace acuguide::ui
