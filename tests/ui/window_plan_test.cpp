#include "core/error.h"
#include "core/units.h"
#include "planning/new_plan.h"
#include "ui/plan/limb_painter.h"
#include "ui/plan/plan_draft.h"
#include "ui/plan/plan_page.h"
#include "ui/plan/points_in_space.h"
#include "ui/plan/section_editor.h"
#include "ui/points_view.h"
#include "ui/window_fixture.h"
#include "ui/windows/plan_window.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace acuguide::ui::test {
namespace {

using testing::HasSubstr;

class WindowPlan : public WindowTest {};

std::string refusalOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "accepted";
}

// domain.md: "at most 5 points a session".
TEST_F(WindowPlan, DomainASessionHasAtMostFivePoints) {
  PlanDraft draft;
  for (const char* code : {"LI15", "LI11", "LI4", "GB30", "GB31"}) draft.choose(code, true);
  EXPECT_THAT(refusalOf([&] { draft.choose("GB34", true); }), HasSubstr("at most 5"));
  EXPECT_EQ(draft.chosen().size(), 5u) << "what was chosen stays";
  draft.choose("LI4", false);
  EXPECT_EQ(refusalOf([&] { draft.choose("GB34", true); }), "accepted");
}

TEST_F(WindowPlan, ASideThatContradictsTheLandmarksIsRefusedAndNothingChanges) {
  const auto landmarks =
      planning::readLandmarks(std::string(ACUGUIDE_SOURCE_DIR) + "/sample_data/landmarks_right_leg.json");
  PlanDraft draft;
  EXPECT_THAT(refusalOf([&] { draft.setLandmarks(landmarks); }), HasSubstr("left"));
  EXPECT_FALSE(draft.located());
  draft.setSide(planning::BodySide::Right);
  draft.setLandmarks(landmarks);
  ASSERT_TRUE(draft.plan().point) << "ST36 is determined by them";
  EXPECT_EQ(draft.plan().point->frame, "Tracker");
  EXPECT_THAT(refusalOf([&] { draft.setSide(planning::BodySide::Left); }), HasSubstr("left"));
  EXPECT_EQ(draft.side(), planning::BodySide::Right);
  EXPECT_EQ(draft.plan().side, planning::BodySide::Right);
}

TEST_F(WindowPlan, ThePatientsPointsStandInSpaceAsTheLimbLies) {
  PlanDraft draft;
  EXPECT_TRUE(pointsInSpace(draft).points.empty());
  EXPECT_THAT(pointsInSpace(draft).note, HasSubstr("No landmarks yet"));
  auto patient =
      planning::readLandmarks(std::string(ACUGUIDE_SOURCE_DIR) + "/sample_data/landmarks_right_leg.json");
  // As a tracker of its own mind sees the leg.
  const Eigen::Matrix3d seen = Eigen::AngleAxisd(2.1, Eigen::Vector3d(1, -2, 0.5).normalized()).matrix();
  for (auto& [name, reading] : patient.landmarks) reading.mm = seen * reading.mm;
  draft.setSide(planning::BodySide::Right);
  draft.setLandmarks(patient);
  draft.choose("GB34", true);
  draft.setCurrent("ST36");
  const rendering::PointsInSpace shown = pointsInSpace(draft);
  const auto place = [](const auto& places, const std::string& name) -> Eigen::Vector3d {
    for (const auto& one : places)
      if (one.name == name) return one.mm;
    ADD_FAILURE() << "no " << name;
    return Eigen::Vector3d::Zero();
  };
  const Eigen::Vector3d knee = place(shown.landmarks, "popliteal crease middle"),
                        lateral = place(shown.landmarks, "lateral malleolus"),
                        medial = place(shown.landmarks, "medial malleolus");
  EXPECT_LT(knee.x(), lateral.x() - 250) << "the ankle to the right of the knee";
  EXPECT_GT(lateral.z(), medial.z() + 40) << "a right leg's outer side, seen from there";
  const Eigen::Vector3d st36 = place(shown.points, "ST36");
  EXPECT_GT(st36.y(), knee.y()) << "in front of the hollow of the knee";
  const auto& located = draft.located()->located;
  const auto found =
      std::find_if(located.begin(), located.end(), [](const auto& p) { return p.code == "ST36"; });
  EXPECT_NEAR((st36 - lateral).norm(), (*found->mm - patient.landmarks.at("lateral_malleolus").mm).norm(),
              1e-9);
  for (const auto& point : shown.points) {
    EXPECT_GT(point.radius95Mm, 0) << point.name;
    EXPECT_EQ(point.inHand, point.name == "ST36");
    EXPECT_EQ(point.chosen, point.name == "GB34");
  }
  EXPECT_FALSE(shown.rulers.empty());
  EXPECT_THAT(shown.note, HasSubstr("not determined yet"));
}

TEST_F(WindowPlan, AClickOnAPointInSpaceTakesItInHandAndTurningDoesNot) {
  rendering::PointsInSpace points;
  points.points = {{"ST36", {0, 0, 0}, 6}};
  points.landmarks = {{"above", {0, 200, 0}}, {"below", {0, -200, 0}}};
  PointsView view;
  view.resize(500, 400);
  view.setPoints(points);
  const QImage drawn = view.drawn();
  QStringList clicked;
  QObject::connect(&view, &PointsView::pointClicked, [&](const QString& code) { clicked << code; });
  QTest::mouseClick(&view, Qt::LeftButton, {}, {250, 200});
  EXPECT_EQ(clicked, QStringList{QStringLiteral("ST36")});
  QTest::mouseClick(&view, Qt::LeftButton, {}, {60, 60});
  QTest::mousePress(&view, Qt::LeftButton, {}, {250, 200});
  QTest::mouseMove(&view, {330, 230});
  QTest::mouseRelease(&view, Qt::LeftButton, {}, {330, 230});
  EXPECT_EQ(clicked.size(), 1);
  EXPECT_NE(view.drawn(), drawn) << "its names move even without OpenGL";
}

TEST_F(WindowPlan, AWrongPlanIsRefusedAndTheOneInHandStays) {
  PlanDraft draft;
  planning::Plan bad = draft.plan();
  bad.instrument.lengthMm = 5;
  EXPECT_THAT(refusalOf([&] { draft.setPlan(bad); }), HasSubstr("/instrument/lengthMm"));
  EXPECT_GT(draft.plan().instrument.lengthMm, 5);
  EXPECT_THAT(refusalOf([&] { draft.load("/nowhere.json"); }), HasSubstr("/nowhere.json"));
  EXPECT_EQ(draft.current(), "ST36");
}

TEST_F(WindowPlan, TheSectionKnowsWhereThingsAre) {
  Section section;
  section.plan = planning::newPlan("ST36", planning::BodySide::Left);
  section.target = planning::PicturePoint{3, 20};
  const SectionPainter painter(QRectF(0, 0, 500, 400), section);
  const planning::PicturePoint back = painter.toMm(painter.toArea({-7.5, 12.25}));
  EXPECT_NEAR(back.lateralMm, -7.5, 1e-9);
  EXPECT_NEAR(back.depthMm, 12.25, 1e-9);
  EXPECT_LT(painter.toArea({0, 20}).y(), 400) << "the target is on the paper";
}

TEST_F(WindowPlan, ALeftLimbIsTheMirrorOfARightOne) {
  const QRectF area(0, 0, 800, 400);
  const LimbPainter left(area, planning::BodySide::Left), right(area, planning::BodySide::Right);
  for (const char* code : {"ST36", "GB34", "LI11", "PC6"}) {
    const double panel = area.width() / 4;
    const double inLeft = std::fmod(left.placeOf(code)->x(), panel),
                 inRight = std::fmod(right.placeOf(code)->x(), panel);
    EXPECT_NEAR(inLeft + inRight, panel, 1e-6) << code;
    EXPECT_EQ(left.pointAt(*left.placeOf(code), 3), code);
  }
  EXPECT_FALSE(left.placeOf("ST99"));
}

TEST_F(WindowPlan, DangerZonesAreDrawnByHand) {
  SectionEditor editor;
  editor.resize(600, 400);
  Section section;
  section.plan = planning::newPlan("ST36", planning::BodySide::Left);
  section.target = planning::PicturePoint{0, 20};
  editor.setSection(section);
  std::vector<planning::Ellipse> ellipses;
  std::vector<planning::Polygon> polygons;
  QObject::connect(&editor, &SectionEditor::ellipseDrawn, [&](const auto& e) { ellipses.push_back(e); });
  QObject::connect(&editor, &SectionEditor::polygonDrawn, [&](const auto& p) { polygons.push_back(p); });
  const SectionPainter painter(QRectF(0, 0, 600, 400), section);
  const auto pixel = [&](double lateral, double depth) { return painter.toArea({lateral, depth}).toPoint(); };

  editor.setTool(SectionEditor::Tool::Ellipse);
  QTest::mousePress(&editor, Qt::LeftButton, {}, pixel(4, 10));
  QTest::mouseRelease(&editor, Qt::LeftButton, {}, pixel(10, 14));
  ASSERT_EQ(ellipses.size(), 1u);
  EXPECT_NEAR(ellipses[0].centre.lateralMm, 7, 0.3);
  EXPECT_NEAR(ellipses[0].centre.depthMm, 12, 0.3);
  EXPECT_NEAR(ellipses[0].radiusAcrossMm, 3, 0.3);
  EXPECT_NEAR(ellipses[0].radiusAlongMm, 2, 0.3);
  QTest::mouseClick(&editor, Qt::LeftButton, {}, pixel(4, 10));
  EXPECT_EQ(ellipses.size(), 1u) << "a click is no ellipse";

  editor.setTool(SectionEditor::Tool::Polygon);
  for (const auto& [x, y] : {std::pair(-8, 8), std::pair(-4, 8), std::pair(-6, 12)})
    QTest::mouseClick(&editor, Qt::LeftButton, {}, pixel(x, y));
  QTest::keyClick(&editor, Qt::Key_Return);
  ASSERT_EQ(polygons.size(), 1u);
  EXPECT_EQ(polygons[0].points.size(), 3u);
}

TEST_F(WindowPlan, ThePlanOnOnePageIsAPdf) {
  Section section = sectionOf(planning::newPlan("LI15", planning::BodySide::Left),
                              planning::builtInInstruments().all(), 38.0);
  ASSERT_TRUE(section.proposal.best);
  const QString path = folder_.filePath("plan.pdf");
  writePlanPdf(section, path);
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const QByteArray bytes = file.readAll();
  EXPECT_TRUE(bytes.startsWith("%PDF-"));
  EXPECT_EQ(bytes.count("/Type /Page\n"), 1) << "one page";
  EXPECT_THROW(writePlanPdf(section, "/nowhere/plan.pdf"), Error);
}

TEST_F(WindowPlan, APlansOwnWayInIsTheOneOnThePage) {
  planning::Plan plan = planning::newPlan("ST36", planning::BodySide::Left);
  plan.target = planning::TargetAtDepth{{0, 15}};
  plan.entryFromLeft = false;
  plan.entryAngle = radians(28.0);
  Section section = sectionOf(plan, planning::builtInInstruments().all(), std::nullopt);
  ASSERT_TRUE(section.proposal.best);
  EXPECT_FALSE(section.proposal.best->fromLeft);
  EXPECT_NEAR(degrees(section.proposal.best->angle), 28, 1e-9);
  planning::DangerZone nerve;
  nerve.name = "nerve";
  nerve.shape = planning::Ellipse{{12, 8}, 3, 3, 0};
  plan.dangers = {nerve};
  section = sectionOf(plan, planning::builtInInstruments().all(), std::nullopt);
  ASSERT_FALSE(section.proposal.explanation.empty());
  EXPECT_THAT(section.proposal.explanation.front(), HasSubstr("not feasible: inside the margin of nerve"));
}

TEST_F(WindowPlan, AnInstrumentOfThePlansOwnIsNotShownAsAnotherOne) {
  PlanWindow window(fakeSources(stream_));
  planning::Plan plan = planning::newPlan("ST36", planning::BodySide::Left);
  plan.instrument.name = "measured by us";
  window.open(plan);
  EXPECT_EQ(window.findChild<QComboBox*>("instrument")->currentText(), "measured by us");
}

/// The middle of the box that is ticked, in the list's viewport, brought into view as by the wheel.
QPoint tickOf(QListWidget& list, int row) {
  list.scrollToItem(list.item(row));
  const QRect line = list.visualItemRect(list.item(row));
  return {line.left() + 12, line.center().y()};
}

TEST_F(WindowPlan, ATickInTheListOfPointsIsTakenAtTheFirstClickAndTheListLives) {
  PlanWindow window(fakeSources(stream_));
  window.resize(1280, 800);
  ASSERT_TRUE(showActive(window));
  auto* points = window.findChild<QListWidget*>("points");
  clickOn(*window.findChild<QWidget*>("patientCode"));  // leaving the field plans anew
  for (const int row : {3, 1, 3}) {
    const QListWidgetItem* item = points->item(row);
    const bool ticked = item->checkState() == Qt::Checked;
    const std::string code = item->text().section(' ', 0, 0).toStdString();
    clickOn(*points->viewport(), tickOf(*points, row));
    EXPECT_EQ(points->item(row), item) << "the list is not made anew inside its own signal";
    EXPECT_EQ(item->checkState() == Qt::Checked, !ticked) << code;
    EXPECT_EQ(std::ranges::count(window.draft().chosen(), code), ticked ? 0 : 1);
    EXPECT_EQ(window.draft().current(), code);
  }
}

TEST_F(WindowPlan, TooManyTicksAreRefusedAndTheTickGoes) {
  PlanWindow window(fakeSources(stream_));
  window.resize(1280, 1000);
  ASSERT_TRUE(showActive(window));
  auto* points = window.findChild<QListWidget*>("points");
  for (int row = 0; row < 6; ++row) clickOn(*points->viewport(), tickOf(*points, row));
  EXPECT_EQ(window.draft().chosen().size(), 5u);
  EXPECT_EQ(points->item(5)->checkState(), Qt::Unchecked);
  EXPECT_TRUE(textOf(window, "planNotice").contains("at most 5"));
}

TEST_F(WindowPlan, DangerZonesAreTakenInHandByTheFirstClick) {
  PlanWindow window(fakeSources(stream_));
  window.resize(1280, 800);
  planning::Plan plan = planning::newPlan("ST36", planning::BodySide::Left);
  for (const char* name : {"first", "second", "third"}) {
    planning::DangerZone zone;
    zone.name = name;
    zone.shape = planning::Ellipse{{5, 10}, 2, 2, 0};
    plan.dangers.push_back(zone);
  }
  window.open(plan);
  ASSERT_TRUE(showActive(window));
  auto* dangers = window.findChild<QListWidget*>("dangers");
  for (QTabWidget* tabs : window.findChildren<QTabWidget*>())
    if (tabs->isAncestorOf(dangers)) tabs->setCurrentIndex(1);
  auto* name = window.findChild<QLineEdit*>("dangerName");
  const auto choose = [&](int row) {
    const QListWidgetItem* item = dangers->item(row);
    clickOn(*dangers->viewport(), dangers->visualItemRect(item).center());
    EXPECT_EQ(dangers->currentRow(), row);
    EXPECT_EQ(dangers->item(row), item);
    EXPECT_EQ(name->text(),
              QString::fromStdString(window.draft().plan().dangers.at(static_cast<std::size_t>(row)).name));
  };
  choose(2);
  choose(0);
  clickOn(*name);
  pressKey(window, Qt::Key_X);
  choose(1);
  EXPECT_TRUE(
      QString::fromStdString(window.draft().plan().dangers[0].name).contains('x', Qt::CaseInsensitive))
      << "and what was being written is kept";
}

TEST_F(WindowPlan, AnInstrumentIsChosenInItsBox) {
  PlanWindow window(fakeSources(stream_));
  window.resize(1280, 800);
  planning::Plan plan = planning::newPlan("ST36", planning::BodySide::Left);
  plan.instrument.name = "measured by us";
  window.open(plan);
  ASSERT_TRUE(showActive(window));
  auto* box = window.findChild<QComboBox*>("instrument");
  clickOn(*box);
  ASSERT_TRUE(waitFor([box] { return box->view()->isVisible(); }));
  QTest::qWait(QApplication::doubleClickInterval() +
               50);  // a release so soon is still that of the first click
  const QString wanted = box->itemData(1).toString();
  clickOn(*box->view()->viewport(), box->view()->visualRect(box->model()->index(1, 0)).center());
  EXPECT_TRUE(waitFor([&] { return window.draft().plan().instrument.name == wanted.toStdString(); }));
  EXPECT_EQ(box->currentIndex(), 1);
  EXPECT_EQ(box->findText("measured by us"), -1);
}

TEST_F(WindowPlan, OnItsOwnUseThisPlanSavesItAndGuidesByIt) {
  PlanWindow window(fakeSources(stream_));
  window.resize(1280, 800);
  QStringList guided;
  window.standAlone([&](const QString& file) {
    guided << file;
    return guided.size() != 3;
  });
  ASSERT_TRUE(showActive(window));
  auto* use = window.findChild<QWidget*>("usePlan");
  clickOn(*use);
  EXPECT_TRUE(guided.isEmpty()) << "it has no file yet";
  auto* dialog = window.findChild<QFileDialog*>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_FALSE(dialog->isModal());
  const QString file = folder_.filePath("st36.plan.json");
  dialog->setDirectory(folder_.path());
  dialog->selectFile(file);
  dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save)->click();
  ASSERT_TRUE(waitFor([&] { return !guided.isEmpty(); }));
  EXPECT_EQ(guided, QStringList{file});
  EXPECT_EQ(planning::planText(planning::readPlan(file.toStdString())),
            planning::planText(window.draft().finished()));
  clickOn(*use);
  EXPECT_EQ(guided.size(), 2) << "nothing has changed: that file is the plan";
  clickOn(*use);
  EXPECT_TRUE(textOf(window, "planNotice").contains("acuguide guide --plan")) << "it could not be started";
}

TEST_F(WindowPlan, ATargetOutsideTheImageIsRefused) {
  SectionEditor editor;
  editor.resize(600, 400);
  Section section;
  section.plan = planning::newPlan("ST36", planning::BodySide::Left);
  section.target = planning::PicturePoint{0, 20};
  editor.setSection(section);
  QImage image(100, 100, QImage::Format_RGB888);
  image.fill(Qt::black);
  editor.setPicture(image, QRectF(QPointF(-10, 0), QPointF(10, 25)));
  int placed = 0, refused = 0;
  QObject::connect(&editor, &SectionEditor::targetPlaced, [&] { ++placed; });
  QObject::connect(&editor, &SectionEditor::targetRefused, [&] { ++refused; });
  editor.setTool(SectionEditor::Tool::Target);
  section.picture = image;
  section.pictureMm = QRectF(QPointF(-10, 0), QPointF(10, 25));
  const SectionPainter painter(QRectF(0, 0, 600, 400), section);
  QTest::mouseClick(&editor, Qt::LeftButton, {}, painter.toArea({4, 12}).toPoint());
  EXPECT_EQ(std::pair(placed, refused), std::pair(1, 0));
  QTest::mouseClick(&editor, Qt::LeftButton, {}, painter.toArea({14, 12}).toPoint());
  EXPECT_EQ(std::pair(placed, refused), std::pair(1, 1));
}

TEST_F(WindowPlan, TheWindowPlansAnewAtEveryChangeAndHandsItOn) {
  PlanWindow window(fakeSources(stream_));
  window.resize(1280, 800);
  planning::Plan plan = planning::newPlan("GB34", planning::BodySide::Right);
  plan.target = planning::TargetAtDepth{{0, 15}};
  window.open(plan);
  EXPECT_TRUE(textOf(window, "wayTitle").startsWith("From the")) << textOf(window, "wayTitle").toStdString();
  EXPECT_TRUE(textOf(window, "bladeText").contains("along the limb or across"));
  std::optional<planning::Plan> used;
  QObject::connect(&window, &PlanWindow::used, [&](const planning::Plan& p) { used = p; });
  const QString path = folder_.filePath("gb34.plan.json");
  EXPECT_TRUE(window.savePlan(path));
  const planning::Plan read = planning::readPlan(path.toStdString());
  EXPECT_TRUE(read.entryAngle);
  EXPECT_EQ(read.side, planning::BodySide::Right);
  for (QPushButton* button : window.findChildren<QPushButton*>()) {
    if (button->property("role") == "primary") button->click();
  }
  ASSERT_TRUE(used);
  EXPECT_EQ(planning::planText(*used), planning::planText(planning::readPlan(path.toStdString())));
  EXPECT_FALSE(window.loadPlan("/nowhere.json"));
  EXPECT_TRUE(textOf(window, "planNotice").contains("/nowhere.json"));
  EXPECT_EQ(window.draft().current(), "GB34") << "what was there stays";
}

}  // namespace
}  // namespace acuguide::ui::test
