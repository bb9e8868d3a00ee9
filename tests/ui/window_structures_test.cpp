#include "patience.h"
#include "simulation/simulated_source.h"
#include "ui/picture_view.h"
#include "ui/style/wording.h"
#include "ui/widgets/danger_read_out.h"
#include "ui/widgets/zone_prompt.h"
#include "ui/window_fixture.h"
#include "ui/windows/guide_window.h"

#include <QAction>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

namespace acuguide::ui {
namespace {

using test::textOf;
using test::waitFor;

/// One nerve in the right half of the simulator's pictures (640x480).
imaging::Structures oneNerve(const cv::Mat&, const imaging::ImagingRegion&) {
  imaging::Structures structures;
  structures.sure = true;
  imaging::PossibleStructure nerve;
  nerve.kind = imaging::StructureKind::Nerve;
  nerve.confidence = 0.9;
  nerve.outlinePx = {{440, 200}, {500, 200}, {500, 260}, {440, 260}};
  structures.found.push_back(nerve);
  return structures;
}

class WindowStructures : public test::WindowTest {
 protected:
  void SetUp() override {
    if (!acuguide::test::keepsUpWithVideo) GTEST_SKIP() << "what is found would be too old here";
    WindowTest::SetUp();
  }
  void open(std::shared_ptr<const planning::Plan> plan = nullptr) {
    navigation::NavigatorOptions how;
    how.structureLook = oneNerve;
    how.structureWatch = {0.05, 1.0};
    WindowOptions with = options("sim:no_needle?seed=1&frames=3000");  // tissue that can be recognised
    with.sources.catalog.add(simulation::simulatorKind());
    with.plan = std::move(plan);
    navigator_ = std::make_unique<navigation::Navigator>(with.sources.catalog, how);
    navigator_->setStructuresOn(true);
    window_ = std::make_unique<GuideWindow>(*navigator_, std::move(with));
    window_->resize(1280, 720);
    ASSERT_TRUE(test::showActive(*window_));
    const auto* confirm = window_->findChild<QAction*>(QStringLiteral("confirmZone"));
    ASSERT_TRUE(waitFor([this, confirm] { return zones() == 1 && confirm->isEnabled(); }));
  }
  static std::shared_ptr<const planning::Plan> plan() {
    auto made = std::make_shared<planning::Plan>();
    made->name = "test";
    made->acupoint = "ST36";
    made->target = planning::TargetAtDepth{{0, 10}};
    return made;
  }
  std::size_t zones() const { return navigator_->snapshot()->structures.zones.size(); }
  QString strip() const {
    return window_->findChild<QToolButton*>(QStringLiteral("statusStructures"))->text();
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window_.get(), key, modifiers);
  }
  /// A click at a pixel of the source's picture.
  void click(double xPx, double yPx) {
    auto* view = window_->findChild<PictureView*>();
    emit view->clicked(xPx, yPx);
  }
  std::size_t dangers() const {
    const auto now = navigator_->snapshot()->plan;
    return now ? now->dangers.size() : 0;
  }

  std::unique_ptr<navigation::Navigator> navigator_;
  std::unique_ptr<GuideWindow> window_;
};

TEST_F(WindowStructures, TheStripSaysWhetherAnyoneLooksAndAKeyOrAClickTurnsIt) {
  open();
  EXPECT_TRUE(waitFor([this] { return strip() == "Nerves/vessels: on"; }));
  press(Qt::Key_V);
  EXPECT_TRUE(waitFor([this] { return strip() == "Nerves/vessels: off"; }));
  EXPECT_TRUE(waitFor([this] { return zones() == 0; }));
  auto* button = window_->findChild<QToolButton*>(QStringLiteral("statusStructures"));
  EXPECT_TRUE(button->toolTip().contains("none there")) << button->toolTip().toStdString();
  QTest::mouseClick(button, Qt::LeftButton);
  EXPECT_TRUE(waitFor([this] { return strip() == "Nerves/vessels: on" && zones() == 1; }));
}

TEST_F(WindowStructures, DismissedIsHiddenAndCountedUntilTheSearchIsTurnedOnAgain) {
  open();
  press(Qt::Key_D);  // the only one
  EXPECT_TRUE(waitFor([this] { return zones() == 0 && strip() == "Nerves/vessels: on, 1 dismissed"; }));
  QTest::qWait(300);
  EXPECT_EQ(zones(), 0u) << "found again, and hidden again";
  press(Qt::Key_V);
  press(Qt::Key_V);
  EXPECT_TRUE(waitFor([this] { return zones() == 1; }));
}

TEST_F(WindowStructures, ConfirmedIsADangerZoneOfThePlanAndUndoTakesItBack) {
  open(plan());
  ASSERT_TRUE(waitFor([this] { return navigator_->snapshot()->guidance.has_value(); }));
  ASSERT_TRUE(waitFor([this] { return zones() == 1; }));
  press(Qt::Key_Y);
  ASSERT_TRUE(waitFor([this] { return dangers() == 1; }));
  const planning::DangerZone zone = navigator_->snapshot()->plan->dangers[0];
  EXPECT_EQ(zone.kind, planning::DangerKind::Nerve);
  EXPECT_FALSE(zone.automatic);
  EXPECT_EQ(zone.name, "confirmed nerve");
  EXPECT_TRUE(waitFor([this] { return zones() == 0; })) << "the plan's zone speaks for it now";
  press(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(waitFor([this] { return dangers() == 0; }));
}

TEST_F(WindowStructures, WithoutAPlanThereIsNothingToConfirmItFor) {
  open();
  press(Qt::Key_Y);
  EXPECT_TRUE(waitFor([this] { return textOf(*window_, "notice").contains("Load a plan first"); }));
  EXPECT_EQ(zones(), 1u);
}

TEST_F(WindowStructures, AClickOnOneAsksAndAClickBesideItProposesATarget) {
  open(plan());
  auto* prompt = window_->findChild<ZonePrompt*>();
  EXPECT_FALSE(prompt->isVisible());
  click(470, 230);
  EXPECT_TRUE(prompt->isVisible());
  EXPECT_NE(prompt->zone(), 0u);
  EXPECT_FALSE(window_->findChild<QWidget*>(QStringLiteral("targetMarker"))->isVisible());
  click(200, 230);
  EXPECT_FALSE(prompt->isVisible());
  EXPECT_TRUE(window_->findChild<QWidget*>(QStringLiteral("targetMarker"))->isVisible());
  click(470, 230);
  for (auto* button : prompt->findChildren<QToolButton*>())
    if (button->text().contains("(D)")) QTest::mouseClick(button, Qt::LeftButton);
  EXPECT_FALSE(prompt->isVisible());
  EXPECT_TRUE(waitFor([this] { return zones() == 0; }));
}

TEST_F(WindowStructures, TheReadOutNamesThePossibleOneWhenItIsNearest) {
  DangerReadOut readOut;
  navigation::GuidanceSnapshot snapshot = test::guidedSnapshot();
  const guidance::DangerInPicture planned{0, "median nerve", ImageLength{80, 8.0}, false};
  snapshot.guidance->nearestDanger = planned;
  snapshot.guidance->nearestPossible =
      guidance::PossibleInPicture{1, imaging::StructureKind::Vessel, ImageLength{40, 4.0}, false};
  readOut.setSnapshot(snapshot);
  EXPECT_EQ(textOf(readOut, "dangerName"), "possible vessel?");
  EXPECT_EQ(textOf(readOut, "dangerDistance"), "4.0 mm");
  snapshot.guidance->nearestPossible->insideMargin = true;
  readOut.setSnapshot(snapshot);
  EXPECT_EQ(textOf(readOut, "dangerDistance"), "! 4.0 mm");
  snapshot.guidance->nearestDanger->insideMargin = true;
  readOut.setSnapshot(snapshot);
  EXPECT_NE(textOf(readOut, "dangerName"), "possible vessel?") << "what stops comes before what may be";
}

TEST(WindowWording, NeverCallsAPossibleOneCertain) {
  for (const auto kind : {imaging::StructureKind::Nerve, imaging::StructureKind::Vessel})
    EXPECT_TRUE(wording::possibleName(kind).endsWith('?'));
  navigation::StructuresNow now;
  EXPECT_EQ(wording::structures(now), "Nerves/vessels: off");
  now.state = navigation::StructuresState::NotSure;
  EXPECT_EQ(wording::structures(now), "Nerves/vessels: not sure");
}

}  // namespace
}  // namespace acuguide::ui
