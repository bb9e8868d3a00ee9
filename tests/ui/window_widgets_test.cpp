#include "ui/widgets/alarm_line.h"
#include "ui/widgets/blade_dial.h"
#include "ui/widgets/checklist_panel.h"
#include "ui/widgets/danger_read_out.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/fit_label.h"
#include "ui/widgets/overlay_switches.h"
#include "ui/widgets/plan_panel.h"
#include "ui/widgets/read_out.h"
#include "ui/widgets/steps_line.h"
#include "ui/window_fixture.h"
#include "ui/windows/safe_application.h"
#include "ui/windows/window_watchdog.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QToolTip>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace acuguide::ui {
namespace {

using navigation::Alarm;
using navigation::AlarmKind;
using navigation::AlarmPriority;
using test::guidedSnapshot;
using test::textOf;

class WindowWidgets : public test::WindowTest {};

TEST_F(WindowWidgets, TheReadOutShowsDistanceStateAndHints) {
  ReadOut readOut;
  readOut.setSnapshot(guidedSnapshot());
  EXPECT_EQ(textOf(readOut, "readoutState"), "OFF COURSE");
  EXPECT_EQ(textOf(readOut, "readoutDistance"), "12.4");
  EXPECT_EQ(readOut.findChild<FitLabel*>("readoutDistance")->unit(), "mm");
  EXPECT_EQ(textOf(readOut, "readoutOrder"), "steeper 4°") << "one order at a time";
  EXPECT_EQ(textOf(readOut, "readoutReason"), "Beside the corridor");
}

TEST_F(WindowWidgets, TheOrderHasAGlyphOfTheNeedleAsItLies) {
  ReadOut readOut;
  auto snapshot = guidedSnapshot();
  readOut.setSnapshot(snapshot);
  ASSERT_TRUE(readOut.glyph());
  EXPECT_EQ(readOut.glyph()->hint, guidance::Hint::Steeper);
  EXPECT_NEAR(readOut.glyph()->direction.x(), 100 / std::hypot(100, 60), 1e-9);
  snapshot.procedure = guidance::ProcedureState{guidance::Step::ConfirmPoint, {}, {}, 3, true};
  readOut.setSnapshot(snapshot);
  EXPECT_FALSE(readOut.glyph()) << "the order is a step: no hint beside it";
  snapshot.procedure.reset();
  snapshot.needle.state = tracking::NeedleState::None;
  readOut.setSnapshot(snapshot);
  EXPECT_FALSE(readOut.glyph());
}

TEST_F(WindowWidgets, TheReadOutOfAStopSaysTheWayOutAndTheFigureThatIsViolated) {
  using guidance::GuidanceReason;
  ReadOut readOut;
  auto snapshot = guidedSnapshot();
  auto plan = std::make_shared<planning::Plan>(*snapshot.plan);
  plan->maximumDepthMm = 9.0;
  snapshot.plan = plan;
  guidance::Guidance& guidance = *snapshot.guidance;
  guidance.state = guidance::GuidanceState::Stop;
  guidance.hints = {{guidance::Hint::Withdraw, 12.0, 1.2}};
  guidance.alongToTarget = ImageLength{-23, -2.3};
  guidance.nearestDanger->distance = {8, 0.8};
  const auto shown = [&](GuidanceReason reason) {
    guidance.reason = reason;
    readOut.setSnapshot(snapshot);
    EXPECT_EQ(textOf(readOut, "readoutState"), "STOP");
    EXPECT_EQ(textOf(readOut, "readoutOrder"), "WITHDRAW 1.2 mm");
    return textOf(readOut, "readoutReason").toStdString();
  };
  EXPECT_EQ(shown(GuidanceReason::DangerClose), "deep peroneal nerve?: 0.8 mm away, safety margin 2.0 mm");
  EXPECT_EQ(shown(GuidanceReason::TooDeep), "Tip 10.0 mm deep, maximum depth 9.0 mm");
  EXPECT_EQ(shown(GuidanceReason::PastTarget), "Tip 2.3 mm past the target");
  guidance.hints = {{guidance::Hint::Withdraw, 0.0, std::nullopt}};
  readOut.setSnapshot(snapshot);
  EXPECT_EQ(textOf(readOut, "readoutOrder"), "WITHDRAW");
}

TEST_F(WindowWidgets, WhileAStepIsOpenThatStepIsTheOrder) {
  ReadOut readOut;
  auto snapshot = guidedSnapshot();
  snapshot.guidance->hints.clear();
  snapshot.procedure = guidance::ProcedureState{guidance::Step::Checklist, {}, {}, 3, true};
  readOut.setSnapshot(snapshot);
  EXPECT_EQ(textOf(readOut, "readoutOrder"), "▸ checklist (C)");
  EXPECT_EQ(textOf(readOut, "readoutReason"), "Complete the contraindication checklist first (C)");
  snapshot.procedure->step = guidance::Step::ConfirmPoint;
  readOut.setSnapshot(snapshot);
  EXPECT_EQ(textOf(readOut, "readoutOrder"), "▸ confirm point (Enter)");
  snapshot.procedure->asked = false;
  readOut.setSnapshot(snapshot);
  EXPECT_EQ(textOf(readOut, "readoutOrder"), "") << "a recording asks no one";
}

/// Names, notes and messages come from files and networks; what looks like HTML in them is shown, not run.
TEST_F(WindowWidgets, TextFromFilesIsNeverRich) {
  const QString hostile = QStringLiteral("<img src='/etc/hostname'><b>nerve</b><br>at 3 mm");
  QLabel label(hostile);
  ElidedLabel elided;
  elided.setText(hostile);
  AlarmLine line;
  line.setAlarms({Alarm{AlarmKind::DangerClose, AlarmPriority::High, hostile.toStdString()}});
  QMessageBox box;
  box.setText(hostile);
  box.setInformativeText(hostile);
  QWidget* const windows[] = {&label, &elided, &line, &box};
  int labels = 0;
  for (QWidget* window : windows) {
    window->show();
    QApplication::processEvents();
    QList<QLabel*> inside = window->findChildren<QLabel*>();
    if (auto* own = qobject_cast<QLabel*>(window)) inside << own;
    for (const QLabel* one : inside) {
      EXPECT_EQ(one->textFormat(), Qt::PlainText) << one->text().toStdString();
      labels += one->text().contains(QLatin1String("<b>")) ? 1 : 0;
    }
  }
  EXPECT_GE(labels, 4);
  QToolTip::showText(QPoint(5, 5), hostile, &label);
  QApplication::processEvents();
  int tips = 0;
  for (QWidget* top : QApplication::topLevelWidgets())
    if (const auto* tip = qobject_cast<QLabel*>(top); tip && tip->inherits("QTipLabel")) {
      EXPECT_EQ(tip->textFormat(), Qt::PlainText);
      ++tips;
    }
  EXPECT_EQ(tips, 1);
  QToolTip::hideText();
}

TEST_F(WindowWidgets, TheReadOutForgetsTheMomentGuidanceIsGone) {
  ReadOut readOut;
  auto snapshot = guidedSnapshot();
  readOut.setSnapshot(snapshot);
  snapshot.picture = navigation::PictureState::Stale;
  snapshot.guidance.reset();
  readOut.setSnapshot(snapshot);
  EXPECT_EQ(textOf(readOut, "readoutState"), "STALE");
  EXPECT_EQ(textOf(readOut, "readoutDistance"), "–");
  EXPECT_EQ(readOut.findChild<FitLabel*>("readoutDistance")->unit(), "");
  EXPECT_EQ(textOf(readOut, "readoutOrder"), "");
}

TEST_F(WindowWidgets, TheMainReadOutIsAtLeastAnEighteenthOfTheWindow) {
  ReadOut readOut;
  for (const int height : {540, 720, 1080, 2160}) {
    readOut.setTextSizes(height, height / 40);
    for (const char* name : {"readoutDistance", "readoutState", "readoutOrder"}) {
      const auto* label = readOut.findChild<FitLabel*>(QString::fromLatin1(name));
      ASSERT_NE(label, nullptr);
      EXPECT_GE(label->textPixels(), static_cast<int>(0.05 * height)) << name << " at " << height;
    }
  }
}

TEST_F(WindowWidgets, LargeTypeShrinksInsteadOfBeingCut) {
  FitLabel label;
  label.setTextPixels(60);
  label.resize(200, 90);
  label.setText("ON");
  EXPECT_EQ(label.shownTextPixels(), 60);
  label.setText("KEINE FÜHRUNG MÖGLICH");
  EXPECT_LT(label.shownTextPixels(), 60);
  EXPECT_LE(QFontMetrics(QFont()).height(), 90);
}

TEST_F(WindowWidgets, TheDangerIsNamedAndMarkedWhenSoftwareFoundIt) {
  DangerReadOut danger;
  auto snapshot = guidedSnapshot();
  danger.setSnapshot(snapshot);
  EXPECT_EQ(textOf(danger, "dangerName"), "deep peroneal nerve?");
  EXPECT_EQ(textOf(danger, "dangerDistance"), "6.1 mm");
  snapshot.guidance->nearestDanger->insideMargin = true;
  danger.setSnapshot(snapshot);
  EXPECT_EQ(textOf(danger, "dangerDistance"), "! 6.1 mm") << "not by colour alone";
  snapshot.guidance.reset();
  danger.setSnapshot(snapshot);
  EXPECT_EQ(textOf(danger, "dangerDistance"), "–");
}

TEST_F(WindowWidgets, TheBladeDialShowsOnlyWhatIsKnown) {
  BladeDial dial;
  EXPECT_EQ(dial.text(), "–");
  dial.setDirections(std::nullopt, radians(90.0));
  EXPECT_EQ(dial.text(), "3.0 h");
  dial.setDirections(radians(90.0), std::nullopt);
  EXPECT_EQ(dial.text(), "–") << "planned is not measured";
}

TEST_F(WindowWidgets, TheAlarmLineKeepsItsHeightAndShowsTheHighestFirst) {
  AlarmLine line;
  line.resize(1000, line.height());
  const int quiet = line.height();
  EXPECT_EQ(textOf(line, "alarmText"), "");
  line.setAlarms({{AlarmKind::PictureStale, AlarmPriority::High, {}},
                  {AlarmKind::NotCalibrated, AlarmPriority::Low, {}}});
  EXPECT_EQ(line.height(), quiet);
  EXPECT_TRUE(textOf(line, "alarmText").startsWith("Picture is not live"));
  EXPECT_EQ(textOf(line, "alarmMark"), "!!!");
  EXPECT_EQ(textOf(line, "alarmMore"), "+1 more");
  EXPECT_EQ(line.sounding(), AlarmPriority::High);
}

TEST_F(WindowWidgets, AcknowledgingSilencesAndSaysSoUntilSomethingNewHappens) {
  AlarmLine line;
  line.setAlarms({{AlarmKind::NeedleLost, AlarmPriority::Medium, {}}});
  line.acknowledge();
  EXPECT_EQ(line.sounding(), std::nullopt);
  EXPECT_TRUE(textOf(line, "alarmSilence").contains("silenced"))
      << textOf(line, "alarmSilence").toStdString();
  EXPECT_FALSE(textOf(line, "alarmText").isEmpty()) << "silenced is not hidden";
  line.setAlarms({{AlarmKind::PictureStale, AlarmPriority::High, {}},
                  {AlarmKind::NeedleLost, AlarmPriority::Medium, {}}});
  EXPECT_EQ(line.sounding(), AlarmPriority::High);
  EXPECT_EQ(textOf(line, "alarmSilence"), "");
}

TEST_F(WindowWidgets, StepsBehindAreTickedAndTheOneToDoNowIsMarked) {
  using Mark = StepsLine::Mark;
  auto snapshot = guidedSnapshot();
  snapshot.procedure = guidance::ProcedureState{guidance::Step::Advance, {}, 0, 3, true};
  EXPECT_EQ(StepsLine::marks(snapshot),
            (std::array{Mark::Done, Mark::Done, Mark::Done, Mark::Now, Mark::Open, Mark::Open}));
  StepsLine line;
  snapshot.procedure->step = guidance::Step::AtPlane;
  snapshot.procedure->strokes = 2;
  line.setSnapshot(snapshot);
  EXPECT_EQ(textOf(line, "step6"), "▸ at plane 2/3");
  EXPECT_EQ(textOf(line, "step1"), "checklist ✓");
  snapshot.procedure->asked = false;
  line.setSnapshot(snapshot);
  EXPECT_EQ(textOf(line, "step1"), "checklist –") << "nobody was asked: not a tick";
  snapshot.procedure->step = guidance::Step::Stop;
  EXPECT_EQ(StepsLine::marks(snapshot)[3], Mark::Open);
  snapshot.procedure->cause = guidance::StopCause::StrokesDone;
  EXPECT_EQ(StepsLine::marks(snapshot)[5], Mark::Done);
  snapshot.guidance.reset();
  EXPECT_EQ(StepsLine::marks(snapshot), (std::array<Mark, StepsLine::kSteps>{})) << "nothing is claimed";
}

TEST_F(WindowWidgets, TheChecklistAsksEveryQuestionAndSaysWhatTheAnswersMean) {
  ChecklistPanel panel;
  panel.setChecklist({}, "SP6");
  EXPECT_EQ(textOf(panel, "checklistFinding"), "9 of 9 still to be asked today.");
  for (const auto& item : planning::contraindications()) {
    EXPECT_NE(ChecklistPanel::question(item.id), QString::fromStdString(item.id)) << "no words for it";
    panel.findChild<QPushButton*>(QString::fromStdString(item.id) + "_no")->click();
  }
  EXPECT_EQ(textOf(panel, "checklistFinding"), "Asked today: no contraindication.");
  EXPECT_TRUE(planning::judgeChecklist(panel.checklist(), planning::today()).passed());
  panel.findChild<QPushButton*>("pregnancy_yes")->click();
  EXPECT_TRUE(textOf(panel, "checklistFinding").contains("SP6 is forbidden at any time"));
  planning::Checklist old = panel.checklist();
  old.date = "2020-01-01";
  panel.setChecklist(old, "SP6");
  EXPECT_FALSE(panel.findChild<QPushButton*>("infection_no")->isChecked()) << "asked on another day";
  EXPECT_TRUE(panel.findChild<QPushButton*>("pregnancy_yes")->isChecked());
}

TEST_F(WindowWidgets, OverlaysGoRoundAndEachHasItsOwnSwitch) {
  OverlaySwitches switches;
  EXPECT_EQ(switches.overlays(), rendering::Overlays::all());
  switches.cycle();
  EXPECT_EQ(switches.overlays(), rendering::Overlays::essential());
  switches.cycle();
  EXPECT_EQ(switches.overlays(), rendering::Overlays::none());
  switches.cycle();
  EXPECT_EQ(switches.overlays(), rendering::Overlays::all());
  const auto actions = switches.overlayActions();
  ASSERT_EQ(actions.size(), 9);
  actions[2]->trigger();
  EXPECT_FALSE(switches.overlays().needle);
  EXPECT_EQ(switches.text(), "Overlays: chosen");
}

TEST_F(WindowWidgets, TheMuscleIsMeasuredOnDemandWhateverElseIsShown) {
  OverlaySwitches switches;
  EXPECT_FALSE(switches.overlays().muscle);
  switches.overlayActions().back()->trigger();
  EXPECT_TRUE(switches.overlays().muscle);
  EXPECT_EQ(switches.text(), "Overlays: all");
  switches.cycle();
  EXPECT_TRUE(switches.overlays().muscle) << "the cycle leaves it alone";
  EXPECT_EQ(switches.text(), "Overlays: essential");
}

TEST_F(WindowWidgets, ThePlanPanelSaysPointAndSide) {
  PlanPanel panel;
  planning::Plan plan = *guidedSnapshot().plan;
  plan.name = "phantom";
  plan.acupoint = "GB34";
  plan.side = planning::BodySide::Right;
  panel.setPlan(&plan);
  EXPECT_EQ(textOf(panel, "planName"), "GB34 right · phantom");
  plan.side = planning::BodySide::Left;
  panel.setPlan(&plan);
  EXPECT_EQ(textOf(panel, "planName"), "GB34 left · phantom");
}

TEST_F(WindowWidgets, WithoutAPlanThePanelSaysHowToGetOne) {
  PlanPanel panel;
  EXPECT_EQ(textOf(panel, "planName"), "No plan");
  EXPECT_TRUE(textOf(panel, "planSummary").contains("Ctrl+L"));
  panel.setPlan(guidedSnapshot().plan.get());
  EXPECT_TRUE(textOf(panel, "planSummary").contains("14.0 mm deep"));
}

TEST_F(WindowWidgets, AWindowThatDoesNotAnswerIsNoticedAndSaid) {
  std::atomic<int> told{0};
  WindowWatchdog watchdog([&](double seconds) { told += seconds > 0.3 ? 1 : 0; }, 0.3);
  EXPECT_FALSE(watchdog.alarm());
  std::this_thread::sleep_for(std::chrono::milliseconds(700));  // the window's thread is away
  EXPECT_EQ(told, 1) << "while it is away, once";
  ASSERT_TRUE(test::waitFor([&] { return watchdog.alarm().has_value(); }));
  EXPECT_EQ(watchdog.alarm()->kind, navigation::AlarmKind::WindowLate);
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  EXPECT_EQ(told, 2) << "each time";
}

/// An object whose handler throws.
class Thrower : public QObject {
 public:
  bool event(QEvent* event) override {
    if (event->type() == QEvent::User) throw std::runtime_error("a handler failed");
    return QObject::event(event);
  }
};

TEST_F(WindowWidgets, WhatAHandlerThrowsEndsNoWindow) {
  auto* application = qobject_cast<SafeApplication*>(QCoreApplication::instance());
  ASSERT_NE(application, nullptr);
  QString why;
  const auto connection =
      QObject::connect(application, &SafeApplication::failed, [&](const QString& text) { why = text; });
  Thrower thrower;
  QCoreApplication::postEvent(&thrower, new QEvent(QEvent::User));
  EXPECT_TRUE(test::waitFor([&] { return !why.isEmpty(); }));
  EXPECT_EQ(why, QStringLiteral("a handler failed"));
  QObject::disconnect(connection);
}

}  // namespace
}  // namespace acuguide::ui
