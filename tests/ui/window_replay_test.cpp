#include "ui/widgets/timeline.h"
#include "ui/window_fixture.h"
#include "ui/windows/replay_window.h"

#include <QTest>
#include <gtest/gtest.h>

namespace acuguide::ui {
namespace {

using test::textOf;
using test::waitFor;

class WindowReplay : public test::WindowTest {
 protected:
  void SetUp() override {
    test::WindowTest::SetUp();
    if (IsSkipped()) return;
    auto chosen = options("fake:recording");
    navigator_ = std::make_unique<navigation::Navigator>(chosen.sources.catalog);
    window_ = std::make_unique<ReplayWindow>(*navigator_, std::move(chosen));
    window_->resize(1280, 720);
    ASSERT_TRUE(test::showActive(*window_));
    timeline_ = window_->findChild<Timeline*>("timeline");
    ASSERT_TRUE(waitFor([this] { return timeline_->data().analysed() > 2; }));
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window_.get(), key, modifiers);
  }
  std::int64_t frame() const {
    const auto snapshot = navigator_->snapshot();
    return snapshot->frame ? snapshot->frame->index : -1;
  }
  bool standsAt(std::int64_t wanted) {
    const QString text = QStringLiteral("frame %1 / 60").arg(wanted + 1);
    return waitFor(
        [=, this] { return frame() == wanted && textOf(*window_, "transportPosition").startsWith(text); });
  }
  /// Pauses and goes to a frame.
  void stand(std::int64_t at) {
    if (!navigator_->paused()) press(Qt::Key_Space);
    navigator_->seek(at);
    ASSERT_TRUE(standsAt(at));
  }

  std::unique_ptr<navigation::Navigator> navigator_;
  std::unique_ptr<ReplayWindow> window_;
  Timeline* timeline_ = nullptr;
};

TEST_F(WindowReplay, TheTimelineFillsAsFramesAreAnalysed) {
  EXPECT_EQ(timeline_->frameCount(), 60);
  const auto before = timeline_->data().analysed();
  EXPECT_TRUE(waitFor([&] { return timeline_->data().analysed() > before + 5; }));
}

TEST_F(WindowReplay, SpacePausesAndArrowsStep) {
  stand(30);
  press(Qt::Key_Right);
  EXPECT_TRUE(standsAt(31));
  press(Qt::Key_Left);
  EXPECT_TRUE(standsAt(30));
  press(Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_TRUE(standsAt(40));
  press(Qt::Key_Left, Qt::ShiftModifier);
  EXPECT_TRUE(standsAt(30));
  EXPECT_EQ(textOf(*window_, "readoutState"), "NO PLAN");
}

TEST_F(WindowReplay, ScrubbingShowsTheFrameUnderThePointer) {
  stand(5);
  const QPoint at(static_cast<int>(timeline_->xOf(45)), 60);
  QTest::mouseClick(timeline_, Qt::LeftButton, {}, at);
  EXPECT_TRUE(standsAt(timeline_->frameAt(at.x())));
}

TEST_F(WindowReplay, ALoopComesBackToItsBeginning) {
  stand(20);
  press(Qt::Key_BracketLeft);
  stand(28);
  press(Qt::Key_BracketRight);
  ASSERT_TRUE(timeline_->loop());
  EXPECT_EQ(*timeline_->loop(), Timeline::Range(20, 28));
  EXPECT_EQ(textOf(*window_, "transportLoopRange"), "21–29");
  press(Qt::Key_Space);
  ASSERT_TRUE(waitFor([this] { return frame() >= 20 && frame() <= 22; })) << "it starts again";
  EXPECT_TRUE(waitFor([this] { return frame() >= 26; }));
  EXPECT_TRUE(waitFor([this] { return frame() < 24; })) << "and again";
}

TEST_F(WindowReplay, PlayAtTheEndBeginsAnew) {
  ASSERT_TRUE(waitFor([this] { return navigator_->snapshot()->picture == navigation::PictureState::Ended; }));
  press(Qt::Key_Space);
  EXPECT_TRUE(waitFor([this] { return frame() < 30; }));
  EXPECT_TRUE(waitFor([this] { return frame() > 30; })) << "and goes on";
}

TEST_F(WindowReplay, TheSpeedGoesByKeys) {
  press(Qt::Key_Minus);
  EXPECT_EQ(textOf(*window_, "transportSpeed"), "0.75×");
  press(Qt::Key_Plus);
  press(Qt::Key_Plus);
  EXPECT_EQ(textOf(*window_, "transportSpeed"), "1.5×");
}

TEST_F(WindowReplay, WhatTheAnalysisSaysIsShown) {
  stand(10);
  EXPECT_EQ(textOf(*window_, "analysisNeedle"), "not seen");
  EXPECT_EQ(textOf(*window_, "analysisAngle"), "–");
  EXPECT_TRUE(textOf(*window_, "analysisTimes").contains("imaging"));
}

}  // namespace
}  // namespace acuguide::ui
