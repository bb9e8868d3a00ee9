#include "core/error.h"
#include "patience.h"
#include "ui/picture_view.h"
#include "ui/widgets/help_dialog.h"
#include "ui/widgets/overlay_switches.h"
#include "ui/window_fixture.h"
#include "ui/windows/guide_window.h"
#include "ui/windows/serving_notice.h"

#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::ui {
namespace {

using test::textOf;
using test::waitFor;

class WindowGuide : public test::WindowTest {
 protected:
  void open(WindowOptions options) {
    navigator_ = std::make_unique<navigation::Navigator>(options.sources.catalog);
    window_ = std::make_unique<GuideWindow>(*navigator_, std::move(options));
    window_->resize(1280, 720);
    ASSERT_TRUE(test::showActive(*window_));
  }
  void openLive() {
    open(options("fake:live"));
    ASSERT_TRUE(waitFor([this] { return window_->displayTimes().frames() > 3; }));
  }
  QString text(const char* name) { return textOf(*window_, name); }
  bool shows(const char* name, const QString& part) {
    return waitFor([this, name, part] { return text(name).contains(part); });
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window_.get(), key, modifiers);
  }
  bool visible(const char* name) {
    return window_->findChild<QWidget*>(QString::fromLatin1(name))->isVisible();
  }

  std::unique_ptr<navigation::Navigator> navigator_;
  std::unique_ptr<GuideWindow> window_;
};

TEST_F(WindowGuide, FirstStartOffersFourWaysToAPicture) {
  open(options());
  EXPECT_TRUE(visible("startTitle"));
  for (const char* card : {"startDevice", "startRecording", "startScanner", "startSimulator"}) {
    EXPECT_TRUE(visible(card)) << card;
  }
  EXPECT_TRUE(visible("statement"));
  EXPECT_EQ(text("statusSource"), "no source");
  EXPECT_EQ(text("statusCalibration"), "–");
}

TEST_F(WindowGuide, TheSimulatorIsTwoClicksAway) {
  open(options());
  QTest::mouseClick(window_->findChild<QWidget*>("startSimulator"), Qt::LeftButton);
  auto* list = window_->findChild<QListWidget*>("scenarioList");
  ASSERT_TRUE(waitFor([list] { return list->isVisible(); }));
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
  EXPECT_TRUE(waitFor([this] { return window_->displayTimes().frames() > 0; }));
  EXPECT_EQ(navigator_->source(), "fake:recording");
}

TEST_F(WindowGuide, TheStatementIsShownOnce) {
  open(options());
  QTest::mouseClick(window_->findChild<QWidget*>("statementUnderstood"), Qt::LeftButton);
  EXPECT_FALSE(visible("statement"));
  window_.reset();
  open(options());
  EXPECT_FALSE(visible("statement"));
}

TEST_F(WindowGuide, ALiveSourceIsShownWithItsFacts) {
  openLive();
  EXPECT_FALSE(visible("startTitle"));
  EXPECT_TRUE(shows("statusSource", "fake:live"));
  EXPECT_TRUE(shows("statusRate", "fps"));
  EXPECT_TRUE(shows("statusAge", "ms"));
  EXPECT_TRUE(shows("statusCalibration", "0.100 mm/px"));
  EXPECT_EQ(text("planName"), "No plan");
  EXPECT_TRUE(shows("readoutState", "NO PLAN"));
  EXPECT_EQ(text("readoutDistance"), "–");
  EXPECT_FALSE(visible("statusRecording"));
}

TEST_F(WindowGuide, AnUncalibratedPictureSaysSo) {
  stream_->spacingMm = 0.0;
  openLive();
  EXPECT_TRUE(shows("statusCalibration", "not calibrated"));
}

TEST_F(WindowGuide, ASilentSourceMakesThePictureStaleAndItComesBack) {
  openLive();
  stream_->silent = true;
  EXPECT_TRUE(shows("readoutState", "STALE"));
  EXPECT_FALSE(text("alarmText").isEmpty());
  EXPECT_EQ(text("alarmMark"), "!!!");
  stream_->silent = false;
  EXPECT_TRUE(shows("readoutState", "NO PLAN"));
  EXPECT_TRUE(waitFor([this] { return !text("alarmText").startsWith("Picture is not live"); }));
}

TEST_F(WindowGuide, FreezeWithholdsGuidanceUntilPressedAgain) {
  auto withPlan = options("fake:live");
  auto plan = std::make_shared<planning::Plan>();
  plan->name = "test";
  plan->target = planning::TargetAtPixel{{160, 120}};
  withPlan.plan = plan;
  open(std::move(withPlan));
  EXPECT_TRUE(shows("readoutState", "NO NEEDLE"));
  EXPECT_EQ(text("readoutOrder"), "▸ bring the needle into the image");
  press(Qt::Key_Space);
  EXPECT_TRUE(shows("readoutState", "FROZEN"));
  EXPECT_EQ(text("readoutDistance"), "–");
  press(Qt::Key_Space);
  EXPECT_TRUE(shows("readoutState", "NO NEEDLE"));
}

TEST_F(WindowGuide, AFrozenImageKeepsItsTargetOnTheScreen) {
  auto withPlan = options("fake:live");
  auto plan = std::make_shared<planning::Plan>();
  plan->target = planning::TargetAtPixel{{160, 120}};
  withPlan.plan = plan;
  open(std::move(withPlan));
  auto* picture = window_->findChild<PictureView*>("picture");
  const auto yellow = [picture] {
    const QImage drawn = picture->drawn();
    int count = 0;
    for (int y = 0; y < drawn.height(); ++y)
      for (int x = 0; x < drawn.width(); ++x) {
        const QColor colour = drawn.pixelColor(x, y);
        count += colour.red() > 200 && colour.green() > 190 && colour.blue() < 120;
      }
    return count;
  };
  ASSERT_TRUE(shows("readoutState", "NO NEEDLE"));
  ASSERT_TRUE(waitFor([&] { return yellow() > 30; }));
  press(Qt::Key_Space);
  ASSERT_TRUE(shows("readoutState", "FROZEN"));
  EXPECT_GT(yellow(), 30);
}

TEST_F(WindowGuide, AfterTheEndOfARecordingNothingIsGuided) {
  auto withPlan = options("fake:recording");
  auto plan = std::make_shared<planning::Plan>();
  plan->target = planning::TargetAtPixel{{160, 120}};
  withPlan.plan = plan;
  open(std::move(withPlan));
  ASSERT_TRUE(shows("readoutState", "ENDED"));
  EXPECT_EQ(text("readoutOrder"), "");
  EXPECT_EQ(text("readoutDistance"), "–");
  EXPECT_EQ(text("readoutReason"), "The recording has ended: nothing is guided");
  EXPECT_FALSE(navigator_->snapshot()->guidance);
}

TEST_F(WindowGuide, ATargetIsAcceptedInsideTheImagingRegionOnly) {
  open(options("fake:screen"));
  ASSERT_TRUE(waitFor([this] {
    const auto shown = navigator_->snapshot();
    return shown->frame && shown->analysis->region.bounds.width > 100 &&
           shown->analysis->region.bounds.width < shown->frame->pixels.cols - 100;
  }));
  auto* picture = window_->findChild<PictureView*>("picture");
  const QPoint middle = picture->rect().center();
  test::pressKey(*window_, Qt::Key_W);  // the whole screen: else there is nothing beside the region
  // The view may still show the image before, whose region was not known.
  EXPECT_TRUE(waitFor([&] {
    test::clickOn(*picture, QPoint(middle.x() - picture->width() * 2 / 5, middle.y()));
    return text("notice").contains("outside the imaging region");
  })) << text("notice").toStdString();
  EXPECT_FALSE(visible("targetMarker"));
  test::pressKey(*window_, Qt::Key_Return);
  EXPECT_EQ(text("planName"), "No plan");
  test::clickOn(*picture, middle);
  EXPECT_TRUE(visible("targetMarker"));
  test::pressKey(*window_, Qt::Key_Return);
  EXPECT_TRUE(shows("planSummary", "target at pixel"));
}

TEST_F(WindowGuide, ASourceAmongTheRecentOnesIsOpenedByAClick) {
  openLive();
  window_.reset();
  navigator_.reset();
  auto chosen = options("fake:broken");
  open(std::move(chosen));
  ASSERT_TRUE(waitFor([this] { return visible("startError"); }));
  QWidget* recent = nullptr;
  for (auto* button : window_->findChildren<QPushButton*>())
    if (button->toolTip() == "fake:live" && button->isVisible()) recent = button;
  ASSERT_NE(recent, nullptr);
  test::clickOn(*recent);  // which changes the list that it stands in
  EXPECT_TRUE(waitFor([this] { return navigator_->source() == "fake:live"; }));
  auto* list = window_->findChild<QListWidget*>("recentList");
  test::pressKey(*window_, Qt::Key_O, Qt::ControlModifier);
  ASSERT_TRUE(waitFor([list] { return list->isVisible(); }));
  for (int row = 0; row < list->count(); ++row)
    if (list->item(row)->text() == "fake:broken")
      test::clickOn(*list->viewport(), list->visualItemRect(list->item(row)).center());
  EXPECT_TRUE(waitFor([this] { return navigator_->source() == "fake:broken"; }));
}

TEST_F(WindowGuide, AClickAndEnterSetTheTargetAndUndoTakesItBack) {
  openLive();
  auto* picture = window_->findChild<PictureView*>("picture");
  QTest::mouseClick(picture, Qt::LeftButton, {}, picture->rect().center());
  EXPECT_TRUE(visible("targetMarker"));
  EXPECT_TRUE(text("notice").contains("Enter"));
  EXPECT_EQ(text("planName"), "No plan") << "proposed is not set";
  press(Qt::Key_Return);
  EXPECT_TRUE(shows("planSummary", "target at pixel"));
  EXPECT_FALSE(visible("targetMarker"));
  press(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(shows("planName", "No plan"));
}

TEST_F(WindowGuide, EscapeDropsTheProposedTarget) {
  openLive();
  auto* picture = window_->findChild<PictureView*>("picture");
  QTest::mouseClick(picture, Qt::LeftButton, {}, picture->rect().center());
  press(Qt::Key_Escape);
  EXPECT_FALSE(visible("targetMarker"));
  press(Qt::Key_Return);
  EXPECT_EQ(text("planName"), "No plan");
}

TEST_F(WindowGuide, OverlayKeysReachThePicture) {
  openLive();
  const auto* picture = window_->findChild<PictureView*>("picture");
  press(Qt::Key_O);
  EXPECT_EQ(picture->overlays(), rendering::Overlays::essential());
  press(Qt::Key_2);
  EXPECT_FALSE(picture->overlays().needle);
}

TEST_F(WindowGuide, SnapshotWritesThePictureTwice) {
  openLive();
  press(Qt::Key_S);
  EXPECT_TRUE(shows("notice", "Saved"));
  const QDir folder(folder_.filePath("snapshots"));
  ASSERT_EQ(folder.entryList({"*.png"}, QDir::Files).size(), 2);
  const QImage raw(folder.filePath(folder.entryList({"*_raw.png"}, QDir::Files).front()));
  EXPECT_EQ(raw.size(), QSize(320, 240));
}

TEST_F(WindowGuide, RecordingIsStartedStoppedAndShown) {
  auto recording = std::make_shared<bool>(false);
  auto withRecording = options("fake:live");
  withRecording.recording.start = [recording] { *recording = true; };
  withRecording.recording.stop = [recording] { *recording = false; };
  withRecording.recording.status = [recording] { return RecordingStatus{*recording, 41.0, "/sessions/one"}; };
  auto replayed = std::make_shared<std::string>();
  withRecording.openReplay = [replayed](const std::string& session) { *replayed = session; };
  withRecording.writeReport = [](const std::string& session) {
    if (session != "/sessions/one") throw Error(session, "is another", "");
    return std::filesystem::path(session) / "report.pdf";
  };
  open(std::move(withRecording));
  ASSERT_TRUE(waitFor([this] { return window_->displayTimes().frames() > 0; }));
  press(Qt::Key_R);
  EXPECT_TRUE(*recording);
  EXPECT_EQ(text("statusRecording"), "● REC 0:41");
  press(Qt::Key_R);
  EXPECT_FALSE(*recording);
  EXPECT_EQ(text("notice"), "Recording of 0:41 saved");
  EXPECT_FALSE(visible("statusRecording"));
  const auto action = [this](const char* word) -> QToolButton* {
    for (auto* button : window_->findChild<QWidget*>("toast")->findChildren<QToolButton*>())
      if (button->text() == QLatin1String(word)) return button;
    return nullptr;
  };
  for (const char* word : {"Replay", "Report"}) {
    QToolButton* button = action(word);
    ASSERT_NE(button, nullptr) << word;
    ASSERT_TRUE(waitFor([button] { return button->isVisible() && button->width() > 20; }));
    QTest::qWait(50);
    test::clickOn(*button);
  }
  EXPECT_EQ(*replayed, "/sessions/one");
  EXPECT_TRUE(shows("notice", "Report saved as /sessions/one/report.pdf"));
  EXPECT_NE(action("Open"), nullptr);
}

TEST_F(WindowGuide, ARecordingThatStopsByItselfIsAnAlarm) {
  if (!acuguide::test::keepsUpWithVideo) GTEST_SKIP() << "a stale picture's alarm would stand before it";
  auto status = std::make_shared<RecordingStatus>();
  auto withRecording = options("fake:live");
  withRecording.recording.start = [status] { status->recording = true; };
  withRecording.recording.stop = [status] { status->recording = false; };
  withRecording.recording.status = [status] { return *status; };
  open(std::move(withRecording));
  ASSERT_TRUE(waitFor([this] { return window_->displayTimes().frames() > 0; }));
  press(Qt::Key_R);
  press(Qt::Key_R);
  EXPECT_FALSE(waitFor([this] { return window_->displayTimes().frames() > 10; }) &&
               !text("alarmText").isEmpty())
      << "stopped on purpose: " << text("alarmText").toStdString();
  press(Qt::Key_R);
  *status = RecordingStatus{false, 3.0, "the disk is full"};
  EXPECT_TRUE(shows("alarmText", "the disk is full"));
  press(Qt::Key_R);
  EXPECT_TRUE(waitFor([this] { return text("alarmText").isEmpty(); }));
}

TEST_F(WindowGuide, ANetworkServerThatFailsIsAnAlarmAndAnEvent) {
  if (!acuguide::test::keepsUpWithVideo) GTEST_SKIP() << "a stale picture's alarm would stand before it";
  auto withRecording = options("fake:live");
  const auto notes = std::make_shared<std::vector<std::string>>();
  withRecording.recording.note = [notes](const std::string& kind, const std::string& detail) {
    notes->push_back(kind + ": " + detail);
  };
  open(std::move(withRecording));
  interop::IgtlServerStatus status;
  const ServingNotice notice(*window_, [&] { return status; });
  ASSERT_TRUE(waitFor([this] { return window_->displayTimes().frames() > 0; }));
  status.failures = 1;
  status.lastFailure = "no memory";
  EXPECT_TRUE(shows("alarmText", "no memory"));
  EXPECT_THAT(*notes, testing::Contains("alarm_on: serving_failed: no memory"));
}

TEST_F(WindowGuide, ASourceThatCannotBeOpenedIsAnsweredInTheWindow) {
  open(options("fake:broken"));
  EXPECT_TRUE(waitFor([this] { return visible("startError"); }));
  EXPECT_TRUE(text("startError").contains("broken on purpose"));
}

TEST_F(WindowGuide, AnUnknownFormChangesNothing) {
  openLive();
  window_->openSource("nonsense:1");
  EXPECT_FALSE(text("notice").isEmpty());
  EXPECT_EQ(navigator_->source(), "fake:live");
}

TEST_F(WindowGuide, APlanThatCannotBeReadIsAnsweredAndTheOldOneStays) {
  openLive();
  QFile broken(folder_.filePath("broken.json"));
  ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
  broken.write("{\"format\": \"acuguide.plan/1\", \"tarket\": 1}");
  broken.close();
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(broken.fileName())});
  QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window_.get(), &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(window_.get(), &drop);
  EXPECT_TRUE(text("notice").contains("broken.json"));
  EXPECT_EQ(text("planName"), "No plan");
}

TEST_F(WindowGuide, TheLastSourceComesBack) {
  openLive();
  window_->close();
  window_.reset();
  navigator_.reset();
  open(options());
  EXPECT_TRUE(shows("statusSource", "fake:live"));
}

TEST_F(WindowGuide, HelpListsEveryKeyAndTheStatement) {
  openLive();
  press(Qt::Key_F1);
  const auto* help = window_->findChild<HelpDialog*>();
  ASSERT_NE(help, nullptr);
  for (const char* word : {"Space", "Enter", "S", "R", "O", "M", "A", "F", "W", "T", "F11", "Ctrl+O",
                           "Ctrl+L", "Ctrl+Q", "Esc", "not a medical device"}) {
    EXPECT_TRUE(help->text().contains(word)) << word;
  }
}

TEST_F(WindowGuide, AFrameIsCountedOnceWithItsAge) {
  openLive();
  QSignalSpy displayed(window_.get(), &InstrumentWindow::frameDisplayed);
  ASSERT_TRUE(waitFor([&] { return displayed.size() > 5; }));
  for (int i = 1; i < displayed.size(); ++i) {
    EXPECT_GT(displayed[i][0].toULongLong(), displayed[i - 1][0].toULongLong());
    EXPECT_GE(displayed[i][1].toDouble(), 0.0);
  }
  EXPECT_GT(window_->displayTimes().frames(), 5u);
}

}  // namespace
}  // namespace acuguide::ui
