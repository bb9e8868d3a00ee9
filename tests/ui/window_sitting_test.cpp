#include "planning/sitting.h"
#include "ui/widgets/checklist_card.h"
#include "ui/widgets/sitting_page.h"
#include "ui/window_fixture.h"
#include "ui/windows/guide_window.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

namespace acuguide::ui {
namespace {

using test::clickOn;
using test::pressKey;
using test::textOf;
using test::waitFor;

/// From the start page through a sitting of two points, by mouse and keys from the window system.
class WindowSitting : public test::WindowTest {
 protected:
  void open(const std::string& source = {}) {
    auto chosen = options(source);
    chosen.askFirst = true;
    chosen.recording.start = [this] {
      recording_ = true;
      std::filesystem::create_directories(into_);
    };
    chosen.recording.stop = [this] { recording_ = false; };
    chosen.recording.status = [this] { return RecordingStatus{recording_, 3.0, into_.string(), {}}; };
    chosen.recordInto = [this](const std::filesystem::path& folder) { into_ = folder; };
    navigator_ = std::make_unique<navigation::Navigator>(chosen.sources.catalog);
    window_ = std::make_unique<GuideWindow>(*navigator_, std::move(chosen));
    window_->resize(1280, 720);
    ASSERT_TRUE(test::showActive(*window_));
  }
  void click(const char* name) {
    auto* widget = window_->findChild<QWidget*>(QString::fromLatin1(name));
    ASSERT_NE(widget, nullptr) << name;
    ASSERT_TRUE(waitFor([widget] { return widget->isVisible() && widget->isEnabled(); })) << name;
    QTest::qWait(20);
    clickOn(*widget);
  }
  void type(const char* field, const QString& text) {
    click(field);
    auto* edit = window_->findChild<QLineEdit*>(QString::fromLatin1(field));
    ASSERT_TRUE(edit->hasFocus()) << field;
    edit->clear();
    for (const QChar letter : text) QTest::keyClick(window_->windowHandle(), letter.toLatin1());
  }
  void choose(const char* code) {
    type("sittingSearch", QString::fromLatin1(code));
    auto* list = window_->findChild<QListWidget*>("sittingPoints");
    for (int row = 0; row < list->count(); ++row) {
      const QRect at = list->visualItemRect(list->item(row));
      if (!list->item(row)->isHidden() && list->item(row)->text().startsWith(QLatin1String(code) + " ")) {
        clickOn(*list->viewport(), QPoint(60, at.center().y()));
        return;
      }
    }
    FAIL() << code << " is not found";
  }
  /// ST36 and LI10 on the left of P07, whose affected side is the left.
  void begin() {
    click("startSitting");
    type("sittingCode", "P07");
    pressKey(*window_, Qt::Key_Return);
    click("affectedLeft");
    choose("ST36");
    choose("LI10");
  }
  void answerChecklist() {
    pressKey(*window_, Qt::Key_C);
    for (int i = 0; i < 9; ++i) pressKey(*window_, Qt::Key_N);
    EXPECT_FALSE(window_->findChild<ChecklistCard*>()->isVisible());
    EXPECT_TRUE(waitFor([this] { return text("readoutOrder") == "▸ confirm point (Enter)"; }));
  }
  bool enabled(const char* name) {
    return window_->findChild<QWidget*>(QString::fromLatin1(name))->isEnabled();
  }
  QString text(const char* name) { return textOf(*window_, name); }
  QString button(const char* name) {
    return window_->findChild<QToolButton*>(QString::fromLatin1(name))->text();
  }
  planning::Sitting file() {
    const auto past = planning::pastSittings(folder_.filePath("sessions").toStdString());
    EXPECT_EQ(past.size(), 1u);
    return past.empty() ? planning::Sitting{} : past.front().sitting;
  }

  bool recording_ = false;
  std::filesystem::path into_;
  std::unique_ptr<navigation::Navigator> navigator_;
  std::unique_ptr<GuideWindow> window_;
};

TEST_F(WindowSitting, SaysWhatIsMissingUntilItCanBegin) {
  open();
  click("startSitting");
  EXPECT_FALSE(enabled("sittingBegin"));
  EXPECT_EQ(text("sittingNotice"), "Give the patient's code first.");
  type("sittingCode", "P07");
  pressKey(*window_, Qt::Key_Return);
  EXPECT_EQ(text("sittingNotice"), "Choose the side: LEFT or RIGHT.");
  click("sideRight");
  EXPECT_EQ(text("sittingNotice"), "Choose the points: in the list, or on the figure.");
  choose("ST36");
  EXPECT_TRUE(enabled("sittingBegin"));
  EXPECT_EQ(text("sittingChosen"), "P07  RIGHT  ST36");
  for (const char* code : {"LI4", "LI10", "LI11", "GB34"}) choose(code);
  choose("TE5");
  EXPECT_TRUE(text("sittingNotice").contains("one point too many")) << text("sittingNotice").toStdString();
  EXPECT_EQ(text("sittingChosen"), "P07  RIGHT  ST36  LI4  LI10  LI11  GB34");
  click("sittingBack");
  EXPECT_TRUE(window_->findChild<QWidget*>("startTitle")->isVisible());
}

TEST_F(WindowSitting, GoesFromPointToPointAndKeepsItsFile) {
  open("fake:live");
  ASSERT_TRUE(waitFor([this] { return window_->displayTimes().frames() > 3; }));
  pressKey(*window_, Qt::Key_N, Qt::ControlModifier);
  type("sittingCode", "P07");
  pressKey(*window_, Qt::Key_Return);
  click("affectedLeft");
  choose("ST36");
  choose("LI10");
  click("sittingBegin");
  EXPECT_TRUE(waitFor([this] { return text("planName") == "ST36 left"; }));
  EXPECT_EQ(button("point1"), "▸ ST36");
  EXPECT_EQ(button("point2"), "LI10");
  EXPECT_EQ(file().affectedSide, planning::BodySide::Left);

  answerChecklist();
  pressKey(*window_, Qt::Key_Return);
  EXPECT_TRUE(navigator_->readiness().pointConfirmed);
  pressKey(*window_, Qt::Key_R);
  EXPECT_TRUE(waitFor([this] { return file().points[0].insertions.size() == 1; }));
  EXPECT_EQ(into_.filename(), "ST36_left_1");
  pressKey(*window_, Qt::Key_PageDown);
  EXPECT_EQ(button("point1"), "▸ ST36") << "not while a recording runs";
  pressKey(*window_, Qt::Key_R);
  pressKey(*window_, Qt::Key_N);
  EXPECT_EQ(button("point1"), "✓ ST36");
  EXPECT_EQ(button("point2"), "▸ LI10");
  EXPECT_FALSE(navigator_->readiness().pointConfirmed);
  pressKey(*window_, Qt::Key_C);
  EXPECT_EQ(text("checklistHeading"), "Contraindications: 1 of 9") << "infection: of this site";
  pressKey(*window_, Qt::Key_N);
  EXPECT_EQ(text("checklistHeading"), "Contraindications: 5 of 9") << "the others are the patient's";
  pressKey(*window_, Qt::Key_N);
  EXPECT_TRUE(navigator_->readiness().checklistPassed);

  pressKey(*window_, Qt::Key_PageUp);
  EXPECT_EQ(button("point1"), "▸ ST36");
  pressKey(*window_, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(button("point2"), "▸ LI10") << "what is taken back brings its point with it";
  pressKey(*window_, Qt::Key_N);
  pressKey(*window_, Qt::Key_N);
  EXPECT_EQ(text("notice"), "All points of P07 are done");
  for (const auto& point : file().points) EXPECT_TRUE(point.done) << point.plan.acupoint;
}

TEST_F(WindowSitting, TheOtherSideIsAskedForOnceMoreAtThePoint) {
  open("fake:live");
  ASSERT_TRUE(waitFor([this] { return window_->displayTimes().frames() > 3; }));
  pressKey(*window_, Qt::Key_N, Qt::ControlModifier);
  type("sittingCode", "P07");
  pressKey(*window_, Qt::Key_Return);
  click("affectedLeft");
  click("sideRight");
  choose("ST36");
  EXPECT_TRUE(text("sittingNotice").contains("affected side is LEFT"));
  click("sittingBegin");
  answerChecklist();
  pressKey(*window_, Qt::Key_Return);
  EXPECT_FALSE(navigator_->readiness().pointConfirmed);
  EXPECT_EQ(text("checklistQuestion"),
            "ST36 is planned on the RIGHT, and the affected side of P07 is the LEFT. Treat the RIGHT side?");
  pressKey(*window_, Qt::Key_N);
  EXPECT_FALSE(navigator_->readiness().pointConfirmed);
  EXPECT_TRUE(text("notice").startsWith("Not this side"));
  pressKey(*window_, Qt::Key_Return);
  pressKey(*window_, Qt::Key_Y);
  EXPECT_TRUE(navigator_->readiness().pointConfirmed);
}

TEST_F(WindowSitting, YesterdaysPointsAreCopiedWithTheirPlansAndNoAnswers) {
  open();
  begin();
  click("sittingBegin");
  window_.reset();
  navigator_.reset();
  open();
  click("startSitting");
  click("recentPatient_P07");
  click("sittingCopy");
  EXPECT_EQ(text("sittingChosen"), "P07  LEFT  ST36  LI10");
  click("sittingBegin");
  const auto past = planning::pastSittings(folder_.filePath("sessions").toStdString());
  ASSERT_EQ(past.size(), 2u);
  for (const auto& one : past) {
    ASSERT_EQ(one.sitting.points.size(), 2u);
    EXPECT_EQ(one.sitting.points[1].plan.acupoint, "LI10");
    EXPECT_FALSE(one.sitting.points[0].plan.checklist);
  }
}

}  // namespace
}  // namespace acuguide::ui
