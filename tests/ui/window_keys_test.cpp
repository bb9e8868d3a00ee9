#include "patience.h"
#include "planning/new_plan.h"
#include "ui/picture_view.h"
#include "ui/plan/section_editor.h"
#include "ui/widgets/checklist_card.h"
#include "ui/window_fixture.h"
#include "ui/windows/guide_window.h"
#include "ui/windows/plan_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <gtest/gtest.h>

namespace acuguide::ui {
namespace {

using test::clickOn;
using test::pressKey;
using test::waitFor;

/// The guiding window with its plan window over it; keys come from the window system.
class WindowKeys : public test::WindowTest {
 protected:
  void open(bool askFirst = false) {
    auto chosen = options("fake:live");
    chosen.askFirst = askFirst;
    chosen.plan = std::make_shared<const planning::Plan>(planning::newPlan("ST36", planning::BodySide::Left));
    chosen.recording.start = [this] { ++started_; };
    chosen.recording.stop = [] {};
    chosen.recording.status = [] { return RecordingStatus{}; };
    navigator_ = std::make_unique<navigation::Navigator>(chosen.sources.catalog);
    guide_ = std::make_unique<GuideWindow>(*navigator_, std::move(chosen));
    guide_->resize(1280, 720);
    ASSERT_TRUE(test::showActive(*guide_));
    ASSERT_TRUE(waitFor([this] { return guide_->displayTimes().frames() > 0; }));
  }
  void openPlan() {
    open();
    pressKey(*guide_, Qt::Key_P);
    plan_ = guide_->findChild<PlanWindow*>();
    ASSERT_NE(plan_, nullptr);
    ASSERT_TRUE(test::showActive(*plan_));
    patient_ = plan_->findChild<QLineEdit*>("patientCode");
  }
  void TearDown() override {
    guide_.reset();
    navigator_.reset();
  }

  std::unique_ptr<navigation::Navigator> navigator_;
  std::unique_ptr<GuideWindow> guide_;
  PlanWindow* plan_ = nullptr;
  QLineEdit* patient_ = nullptr;
  int started_ = 0;
};

TEST_F(WindowKeys, ThePedalsKeysWorkFromThePlanWindowAndNeverBecomeThePatientsCode) {
  openPlan();
  for (const Qt::Key key : {Qt::Key_R, Qt::Key_M, Qt::Key_O, Qt::Key_5, Qt::Key_Space}) pressKey(*plan_, key);
  EXPECT_EQ(patient_->text(), "");
  EXPECT_EQ(started_, 1);
  EXPECT_TRUE(navigator_->frozen());
  rendering::Overlays expected = rendering::Overlays::essential();
  expected.dangers = false;
  EXPECT_EQ(guide_->findChild<PictureView*>("picture")->overlays(), expected);
}

TEST_F(WindowKeys, AFieldClickedOnPurposeTakesLettersAndEnterLeavesIt) {
  openPlan();
  clickOn(*patient_);
  for (const Qt::Key key : {Qt::Key_R, Qt::Key_7}) pressKey(*plan_, key);
  EXPECT_EQ(patient_->text().toUpper(), "R7");
  EXPECT_EQ(started_, 0);
  pressKey(*plan_, Qt::Key_Return);
  EXPECT_FALSE(patient_->hasFocus());
  EXPECT_EQ(QString::fromStdString(plan_->draft().patientCode()).toUpper(), "R7");
  pressKey(*plan_, Qt::Key_R);
  EXPECT_EQ(started_, 1);
}

TEST_F(WindowKeys, EscLeavesAFieldAsItWas) {
  openPlan();
  clickOn(*patient_);
  pressKey(*plan_, Qt::Key_A);
  pressKey(*plan_, Qt::Key_Return);
  const QString before = patient_->text();
  clickOn(*patient_);
  pressKey(*plan_, Qt::Key_B);
  EXPECT_NE(patient_->text(), before);
  pressKey(*plan_, Qt::Key_Escape);
  EXPECT_EQ(patient_->text(), before);
  EXPECT_FALSE(patient_->hasFocus());
  EXPECT_EQ(plan_->draft().patientCode(), before.toStdString());
}

TEST_F(WindowKeys, AClickElsewhereOrAnotherWindowTakesTheKeysFromAField) {
  openPlan();
  clickOn(*patient_);
  ASSERT_TRUE(patient_->hasFocus());
  clickOn(*plan_->findChild<QWidget*>("pointText"));
  EXPECT_FALSE(patient_->hasFocus());
  clickOn(*patient_);
  ASSERT_TRUE(patient_->hasFocus());
  ASSERT_TRUE(test::showActive(*guide_));
  ASSERT_TRUE(test::showActive(*plan_));
  EXPECT_FALSE(patient_->hasFocus()) << "a window that becomes active gives none of its fields the keys";
  pressKey(*plan_, Qt::Key_R);
  EXPECT_EQ(started_, 1);
}

TEST_F(WindowKeys, TheWheelChangesNoNumberThatWasNotClicked) {
  openPlan();
  auto* lateral = plan_->findChild<QDoubleSpinBox*>("targetLateral");
  const double before = lateral->value();
  const auto wheel = [lateral] {
    const QPointF at = lateral->rect().center();
    QWheelEvent event(at, lateral->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(lateral, &event);
  };
  wheel();
  EXPECT_EQ(lateral->value(), before);
  EXPECT_FALSE(lateral->hasFocus());
  clickOn(*lateral, QPoint(12, lateral->height() / 2));
  ASSERT_TRUE(lateral->hasFocus());
  wheel();
  EXPECT_NE(lateral->value(), before);
}

TEST_F(WindowKeys, ThePlanKeyKeepsWhatIsBeingPlanned) {
  openPlan();
  clickOn(*patient_);
  pressKey(*plan_, Qt::Key_X);
  pressKey(*plan_, Qt::Key_Return);
  const std::string code = plan_->draft().patientCode();
  ASSERT_FALSE(code.empty());
  pressKey(*plan_, Qt::Key_P);
  EXPECT_EQ(plan_->draft().patientCode(), code);
}

TEST_F(WindowKeys, EnterConfirmsThePointAndAnswersNoQuestion) {
  open(true);
  pressKey(*guide_, Qt::Key_C);
  auto* card = guide_->findChild<ChecklistCard*>();
  ASSERT_TRUE(card->isVisible());
  for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) pressKey(*guide_, key);
  EXPECT_TRUE(card->checklist().answers.empty());
  EXPECT_TRUE(navigator_->frozen()) << "Space is freeze here as well";
  EXPECT_EQ(test::textOf(*card, "checklistHeading"), "Contraindications: 1 of 9");
  clickOn(*card->findChild<QToolButton*>("answerNo"));
  pressKey(*guide_, Qt::Key_R);
  EXPECT_EQ(started_, 1) << "and after a click on a button too";
  pressKey(*guide_, Qt::Key_C);
  EXPECT_FALSE(card->isVisible());
}

TEST_F(WindowKeys, TheChecklistIsAnsweredByKeysAndClosesItself) {
  open(true);
  pressKey(*guide_, Qt::Key_C);
  auto* card = guide_->findChild<ChecklistCard*>();
  ASSERT_TRUE(card->isVisible());
  const auto passed = [this] { return navigator_->readiness().checklistPassed; };
  pressKey(*guide_, Qt::Key_N);
  pressKey(*guide_, Qt::Key_Y);
  EXPECT_EQ(test::textOf(*card, "checklistHeading"), "Contraindications: 2 of 9")
      << "a yes stays on the screen";
  EXPECT_TRUE(test::textOf(*card, "checklistFinding").startsWith("Contraindicated"));
  pressKey(*guide_, Qt::Key_N);  // a slip
  EXPECT_EQ(test::textOf(*card, "checklistFinding"), "");
  pressKey(*guide_, Qt::Key_N);
  pressKey(*guide_, Qt::Key_Backspace);
  EXPECT_EQ(test::textOf(*card, "checklistHeading"), "Contraindications: 3 of 9");
  for (int i = 0; i < 7; ++i) {
    EXPECT_FALSE(passed());
    ASSERT_TRUE(card->isVisible()) << i;
    pressKey(*guide_, Qt::Key_N);
  }
  EXPECT_TRUE(passed());
  EXPECT_FALSE(card->isVisible());
  EXPECT_EQ(test::textOf(*guide_, "notice"), "Asked today: no contraindication.");
}

TEST_F(WindowKeys, WhileAPolygonIsDrawnEnterIsItsOwn) {
  openPlan();
  auto* section = plan_->findChild<SectionEditor*>("section");
  section->setTool(SectionEditor::Tool::Polygon);
  const QPoint middle = section->rect().center();
  for (const QPoint& corner : {QPoint(-40, 0), QPoint(40, 0), QPoint(0, 40)})
    clickOn(*section, middle + corner);
  const auto before = plan_->draft().plan().dangers.size();
  pressKey(*plan_, Qt::Key_Return);
  EXPECT_EQ(plan_->draft().plan().dangers.size(), before + 1);
}

}  // namespace
}  // namespace acuguide::ui
