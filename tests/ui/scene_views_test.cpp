#include "core/clock.h"
#include "rendering/dashes.h"
#include "rendering/palette.h"
#include "rendering/scene_snapshot.h"
#include "ui/picture_crop.h"
#include "ui/picture_view.h"
#include "ui/space_view.h"

#include <QtGui/QMouseEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

namespace acuguide::ui {
namespace {

constexpr int kPatienceMs = 20000;

class ViewsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string missing = rendering::test::missingDisplay(); !missing.empty())
      GTEST_SKIP() << missing;
    rendering::test::needApplication();
  }
  void TearDown() override { rendering::test::keepDriverLoaded(); }
};

int countNear(const QImage& picture, rendering::palette::Colour colour, int tolerance) {
  int count = 0;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      const QColor pixel = picture.pixelColor(x, y);
      count += std::abs(pixel.red() - colour.red) <= tolerance &&
                       std::abs(pixel.green() - colour.green) <= tolerance &&
                       std::abs(pixel.blue() - colour.blue) <= tolerance
                   ? 1
                   : 0;
    }
  }
  return count;
}

std::shared_ptr<navigation::GuidanceSnapshot> numbered(std::uint64_t sequence) {
  auto snapshot = rendering::test::sceneSnapshot();
  snapshot->sequence = sequence;
  return snapshot;
}

TEST_F(ViewsTest, PictureViewShowsPictureAndOverlays) {
  PictureView view;
  view.resize(900, 560);
  view.setSnapshot(rendering::test::sceneSnapshot());
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
  const QImage picture = view.drawn();
  ASSERT_EQ(picture.size(), QSize(900, 560));
  EXPECT_GT(countNear(picture, rendering::palette::kOnCourse, 8), 8000);
  EXPECT_GT(countNear(picture, rendering::palette::kTarget, 30), 150);
  EXPECT_GT(countNear(picture, rendering::palette::kNeedle, 10), 500);
  EXPECT_GT(countNear(picture, rendering::palette::kDanger, 30), 200);
}

TEST_F(ViewsTest, GrabbedViewsAreOpaque) {
  PictureView picture;
  SpaceView space;
  picture.setSnapshot(rendering::test::sceneSnapshot());
  space.setSnapshot(rendering::test::sceneSnapshot());
  for (QWidget* view : {static_cast<QWidget*>(&picture), static_cast<QWidget*>(&space)}) {
    view->resize(320, 240);
    view->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(view, kPatienceMs));
    const QImage grabbed = view->grab().toImage().convertToFormat(QImage::Format_ARGB32);
    int clear = 0;
    for (int y = 0; y < grabbed.height(); ++y) {
      for (int x = 0; x < grabbed.width(); ++x) clear += qAlpha(grabbed.pixel(x, y)) < 250 ? 1 : 0;
    }
    EXPECT_EQ(clear, 0);
  }
}

TEST_F(ViewsTest, EverySnapshotIsAnnouncedOnceWhenItIsOnTheScreen) {
  PictureView view;
  view.resize(480, 320);
  QSignalSpy displayed(&view, &PictureView::displayed);
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    view.setSnapshot(numbered(sequence));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return displayed.count() >= static_cast<int>(sequence); }, kPatienceMs));
    view.update();
    QTest::qWait(30);
    ASSERT_EQ(displayed.count(), static_cast<int>(sequence));
    EXPECT_EQ(displayed.last().at(0).toULongLong(), sequence);
    EXPECT_GT(displayed.last().at(1).toDouble(), 0.0);
  }
}

TEST_F(ViewsTest, PictureTakenAwayBeforeItIsShownDoesNoHarm) {
  PictureView view;
  view.resize(320, 240);
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
  for (int i = 0; i < 5; ++i) {
    view.setSnapshot(numbered(1));
    view.repaint();
    view.setSnapshot(nullptr);
    QTest::qWait(20);
  }
  EXPECT_GT(countNear(view.drawn(), rendering::palette::kMuted, 12), 50);
}

TEST_F(ViewsTest, ClicksArePicturePixels) {
  PictureView view;
  view.resize(900, 560);
  auto snapshot = rendering::test::sceneSnapshot();
  view.setSnapshot(snapshot);
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
  QTest::qWait(50);
  QSignalSpy clicked(&view, &PictureView::clicked);
  QTest::mouseClick(&view, Qt::LeftButton, {}, {450, 280});
  ASSERT_EQ(clicked.count(), 1);
  EXPECT_NEAR(clicked.first().at(0).toDouble(), 359.5, 1.0);
  EXPECT_NEAR(clicked.first().at(1).toDouble(), 219.5, 1.0);
  QTest::mouseClick(&view, Qt::LeftButton, {}, {3, 3});
  EXPECT_EQ(clicked.count(), 1);
}

TEST(PictureCrop, FollowsTheRegionAndStandsStillWhileItTrembles) {
  Frame frame;
  frame.pixels = cv::Mat(900, 1600, CV_8UC1);
  imaging::ImagingRegion region;
  PictureCrop crop;
  const cv::Rect whole(0, 0, 1600, 900);
  EXPECT_EQ(crop.of(frame, region), whole) << "not known yet";
  region.bounds = {400, 100, 800, 600};
  EXPECT_EQ(crop.of(frame, region), region.bounds);
  const cv::Rect first = region.bounds;
  region.bounds = {403, 102, 797, 602};
  EXPECT_EQ(crop.of(frame, region), first) << "trembling";
  region.bounds = {};
  EXPECT_EQ(crop.of(frame, region), first) << "no contact";
  region.bounds = {400, 100, 800, 700};
  EXPECT_EQ(crop.of(frame, region), region.bounds) << "deeper";
  region.bounds = {500, 100, 600, 600};
  EXPECT_EQ(crop.of(frame, region), region.bounds) << "smaller";
  frame.pixels = cv::Mat(600, 800, CV_8UC1);
  region.bounds = {};
  EXPECT_EQ(crop.of(frame, region), cv::Rect(0, 0, 800, 600)) << "another device";
}

TEST_F(ViewsTest, TheImagingRegionIsShownAndTheWholeScreenWhenAskedFor) {
  auto snapshot = rendering::test::sceneSnapshot({.guidance = false, .planes = false});
  snapshot->ownAnalysis().region.bounds = {200, 100, 320, 240};
  PictureView view;
  view.resize(900, 560);
  view.setSnapshot(snapshot);
  view.drawn();
  const QRectF part = view.pictureRectangle();
  EXPECT_NEAR(part.width() / part.height(), 320.0 / 240, 0.01);
  EXPECT_GT(part.height(), 520);
  view.setWhole(true);
  view.drawn();
  EXPECT_NEAR(view.pictureRectangle().width() / view.pictureRectangle().height(), 720.0 / 440, 0.01);
}

TEST_F(ViewsTest, WhatIsSaidInThePictureStandsBesideItOrInItsCorners) {
  PictureView view;
  view.setSnapshot(rendering::test::sceneSnapshot({.guidance = false}));
  rendering::Caption caption;
  caption.state = "STOP";
  caption.distance = "1.2 mm";
  caption.stateColour = rendering::palette::kStop;
  view.setCaption(caption);
  view.resize(1400, 500);
  const QImage wide = view.drawn();
  const int right = static_cast<int>(view.pictureRectangle().right()) + 1;
  EXPECT_GT(
      countNear(wide.copy(right, 0, wide.width() - right, wide.height()), rendering::palette::kStop, 30),
      200);
  view.resize(700, 500);
  EXPECT_GT(countNear(view.drawn(), rendering::palette::kStop, 30), 100);
}

TEST_F(ViewsTest, NoPictureIsSaidNotLeftBlank) {
  PictureView view;
  view.resize(480, 320);
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
  EXPECT_GT(countNear(view.drawn(), rendering::palette::kMuted, 12), 50);
}

TEST_F(ViewsTest, BothViewsLiveInOneWindowAndSurviveAMove) {
  QWidget first;
  QWidget second;
  auto* picture = new PictureView;
  auto* space = new SpaceView;
  auto* layout = new QHBoxLayout(&first);
  layout->addWidget(picture, 2);
  layout->addWidget(space, 1);
  first.resize(900, 400);
  second.resize(900, 400);
  picture->setSnapshot(rendering::test::sceneSnapshot());
  space->setSnapshot(rendering::test::sceneSnapshot());
  first.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&first, kPatienceMs));
  QTest::qWait(150);
  EXPECT_GT(countNear(picture->drawn(), rendering::palette::kTarget, 30), 50);

  auto* other = new QHBoxLayout(&second);
  other->addWidget(picture, 2);
  other->addWidget(space, 1);
  second.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&second, kPatienceMs));
  QTest::qWait(150);
  EXPECT_GT(countNear(picture->drawn(), rendering::palette::kTarget, 30), 50);
  EXPECT_GT(countNear(space->drawn(), rendering::palette::kDanger, 40), 20);
}

TEST_F(ViewsTest, SpaceViewShowsNeedleTargetAndDanger) {
  SpaceView view;
  view.resize(480, 400);
  view.setSnapshot(rendering::test::sceneSnapshot());
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
  const QImage with = view.drawn();
  auto stale = rendering::test::sceneSnapshot({.picture = navigation::PictureState::Stale});
  view.setSnapshot(stale);
  QTest::qWait(250);
  const QImage without = view.drawn();
  EXPECT_GT(countNear(with, rendering::palette::kDanger, 60),
            countNear(without, rendering::palette::kDanger, 60) + 30);
  EXPECT_GT(countNear(with, rendering::palette::kTarget, 90),
            countNear(without, rendering::palette::kTarget, 90) + 30);
  EXPECT_GT(countNear(without, rendering::palette::kAlarmPlate, 8), 300);
}

// Dashed as in the picture: it must not pass for a zone that someone has drawn.
TEST_F(ViewsTest, SpaceViewShowsPossibleStructuresDashed) {
  const auto found = [](bool drawn, bool possible, navigation::PictureState picture) {
    auto snapshot = rendering::test::sceneSnapshot({.guidance = drawn});
    if (possible)
      snapshot->structures.zones.push_back(
          {.id = 1, .outlinePx = {{520, 160}, {640, 160}, {640, 280}, {520, 280}}});
    if (picture == navigation::PictureState::Stale) rendering::test::makeStale(*snapshot);
    SpaceView view;
    view.resize(640, 560);
    view.setSnapshot(snapshot);
    view.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
    return countNear(view.drawn(), rendering::palette::kDanger, 60);
  };
  const int none = found(false, false, navigation::PictureState::Live);
  const int dashed = found(false, true, navigation::PictureState::Live) - none;
  EXPECT_GT(dashed, 60);
  const auto stale = navigation::PictureState::Stale;
  EXPECT_EQ(found(false, true, stale), found(false, false, stale)) << "nothing of a stale picture";
}

TEST(DashesAlong, AreHalfOfTheOutlineHoweverItsCornersFall) {
  using Path = std::vector<Eigen::Vector3d>;
  const auto lengthOf = [](const std::vector<Path>& dashes, double dash) {
    double total = 0;
    for (const Path& one : dashes) {
      double length = 0;
      for (std::size_t i = 1; i < one.size(); ++i) length += (one[i] - one[i - 1]).norm();
      EXPECT_LE(length, dash + 1e-9);
      total += length;
    }
    return total;
  };
  const Path square{{0, 0, 0}, {10, 0, 0}, {10, 10, 0}, {0, 10, 0}};
  EXPECT_NEAR(lengthOf(rendering::dashesAlong(square, 1.0), 1.0), 20.0, 1e-9);
  EXPECT_NEAR(lengthOf(rendering::dashesAlong(square, 3.0), 3.0), 21.0, 1e-9) << "dashes go round corners";
  EXPECT_NEAR(lengthOf(rendering::dashesAlong(square, 100.0), 100.0), 40.0, 1e-9);
  Path circle;  // sides much shorter than a dash
  for (int i = 0; i < 200; ++i)
    circle.emplace_back(5 * std::cos(i * M_PI / 100), 5 * std::sin(i * M_PI / 100), 0);
  EXPECT_NEAR(lengthOf(rendering::dashesAlong(circle, 1.0), 1.0), 5 * M_PI, 1.0);
  EXPECT_TRUE(rendering::dashesAlong({}, 1.0).empty());
  EXPECT_TRUE(rendering::dashesAlong({{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, 1.0).empty())
      << "a point has no length";
}

TEST_F(ViewsTest, MouseTurnsAndWheelZoomsTheSpaceView) {
  SpaceView view;
  view.resize(400, 320);
  view.setSnapshot(rendering::test::sceneSnapshot());
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view, kPatienceMs));
  const QImage start = view.drawn();
  const auto mouse = [&](QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons) {
    QMouseEvent event(type, at, view.mapToGlobal(at), button, buttons, {});
    QApplication::sendEvent(&view, &event);
  };
  mouse(QEvent::MouseButtonPress, {100, 100}, Qt::LeftButton, Qt::LeftButton);
  mouse(QEvent::MouseMove, {180, 120}, Qt::NoButton, Qt::LeftButton);
  const QImage turned = view.drawn();
  EXPECT_NE(start, turned);
  QWheelEvent wheel({200, 160}, view.mapToGlobal(QPointF(200, 160)), {}, {0, 240}, {}, {}, Qt::NoScrollPhase,
                    false);
  QApplication::sendEvent(&view, &wheel);
  EXPECT_NE(view.drawn(), turned);
  mouse(QEvent::MouseButtonDblClick, {100, 100}, Qt::LeftButton, Qt::LeftButton);
  EXPECT_EQ(view.drawn(), start);
}

TEST_F(ViewsTest, NoQt5IsLoadedBesideQt6) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) EXPECT_EQ(line.find("libQt5"), std::string::npos) << line;
}

}  // namespace
}  // namespace acuguide::ui
