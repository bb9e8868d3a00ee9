#include "ui/slice_view.h"

#include "rendering/scene_snapshot.h"

#include <QtGui/QImage>
#include <QtGui/QMouseEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::ui {
namespace {

using Plane = SliceView::Plane;

/// 20 x 30 x 40 voxels of 1 mm, dark, with one bright block at x 15.., y 5.., z 30...
class SliceViewTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string missing = rendering::test::missingDisplay(); !missing.empty())
      GTEST_SKIP() << missing;
    rendering::test::needApplication();
    volume_.grid.size = {20, 30, 40};
    volume_.grey.assign(volume_.grid.voxels(), 20);
    for (int z = 30; z < 35; ++z)
      for (int y = 5; y < 10; ++y)
        for (int x = 15; x < 18; ++x) volume_.grey[volume_.grid.index(x, y, z)] = 240;
  }
  void TearDown() override { rendering::test::keepDriverLoaded(); }

  /// Middle of the bright pixels of the slice, as shares of the view.
  QPointF bright(SliceView& view) {
    view.resize(400, 400);
    const QImage image = view.grab().toImage();
    QPointF sum;
    int count = 0;
    for (int y = 30; y < image.height() - 30; ++y)  // beside the letters
      for (int x = 30; x < image.width() - 30; ++x)
        if (const QColor pixel = image.pixelColor(x, y); pixel.value() > 220 && pixel.saturation() < 10) {
          sum += QPointF(x, y);
          ++count;
        }
    EXPECT_GT(count, 20);
    return {sum.x() / count / image.width(), sum.y() / count / image.height()};
  }

  volume::Volume volume_;
};

// As 3D Slicer lays slices out: the patient's right on the left, front above (axial), head above (the
// others).
TEST_F(SliceViewTest, LiesAsInSlicer) {
  SliceView axial(volume_, nullptr, {}, Plane::Axial);
  axial.setSlice(32);
  EXPECT_GT(bright(axial).x(), 0.55);  // x grows to the left of the patient, the right of the screen
  EXPECT_LT(bright(axial).y(), 0.4);   // little y: in front
  SliceView coronal(volume_, nullptr, {}, Plane::Coronal);
  coronal.setSlice(7);
  EXPECT_GT(bright(coronal).x(), 0.55);
  EXPECT_LT(bright(coronal).y(), 0.4);  // great z: at the head
  SliceView sagittal(volume_, nullptr, {}, Plane::Sagittal);
  sagittal.setSlice(16);
  EXPECT_LT(bright(sagittal).x(), 0.45);  // in front is left
  EXPECT_LT(bright(sagittal).y(), 0.4);
}

TEST_F(SliceViewTest, KeysAndMouseAreSlicers) {
  SliceView view(volume_, nullptr, {}, Plane::Axial);
  view.resize(400, 400);
  QSignalSpy moved(&view, &SliceView::sliceChanged);
  EXPECT_EQ(view.slice(), 20);
  QTest::keyClick(&view, Qt::Key_F);
  QTest::keyClick(&view, Qt::Key_Right);
  EXPECT_EQ(view.slice(), 22);
  QTest::keyClick(&view, Qt::Key_B);
  EXPECT_EQ(view.slice(), 21);
  EXPECT_EQ(moved.count(), 3);
  view.setSlice(1000);
  EXPECT_EQ(view.slice(), 39);
  QSignalSpy window(&view, &SliceView::windowLevelChanged);
  QSignalSpy pointed(&view, &SliceView::pointedAt);
  QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(200, 200));
  QMouseEvent drag(QEvent::MouseMove, QPointF(220, 210), view.mapToGlobal(QPointF(220, 210)), Qt::NoButton,
                   Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&view, &drag);
  ASSERT_EQ(window.count(), 1);
  EXPECT_DOUBLE_EQ(window.first().at(0).toDouble(), 275.0);
  EXPECT_DOUBLE_EQ(window.first().at(1).toDouble(), 137.5);
  ASSERT_EQ(pointed.count(), 1);
  EXPECT_EQ(pointed.first().at(2).toInt(), 39);
}

TEST_F(SliceViewTest, ZoomsPansAndResets) {
  SliceView view(volume_, nullptr, {}, Plane::Axial);
  view.setSlice(32);
  const QPointF before = bright(view);
  const auto drag = [&](Qt::MouseButton button, Qt::KeyboardModifiers modifiers, QPoint by) {
    const QPoint from(200, 200);
    QTest::mousePress(&view, button, modifiers, from);
    QMouseEvent moved(QEvent::MouseMove, QPointF(from + by), view.mapToGlobal(QPointF(from + by)),
                      Qt::NoButton, button, modifiers);
    QApplication::sendEvent(&view, &moved);
    QTest::mouseRelease(&view, button, modifiers, from + by);
  };
  drag(Qt::MiddleButton, {}, {-40, 20});
  EXPECT_NEAR(bright(view).x(), before.x() - 0.1, 0.01);
  EXPECT_NEAR(bright(view).y(), before.y() + 0.05, 0.01);
  drag(Qt::LeftButton, Qt::ShiftModifier, {40, -20});
  EXPECT_NEAR(bright(view).x(), before.x(), 0.01);
  drag(Qt::RightButton, {}, {0, 20});  // by a factor of e to the 0.2 about the middle
  EXPECT_NEAR(bright(view).x() - 0.5, std::exp(0.2) * (before.x() - 0.5), 0.01);
  view.resetView();
  EXPECT_NEAR(bright(view).x(), before.x(), 0.001);
}

TEST_F(SliceViewTest, ColoursTheLabelsAsTheStructuresAre) {
  volume::Volume labels = volume_;
  for (std::uint8_t& label : labels.grey) label = label > 200 ? 2 : 0;
  SliceView view(volume_, &labels, {{"vessel1", rendering::palette::colour(0x0000FF), 0.5, 2, {}}},
                 Plane::Axial);
  view.resize(400, 400);
  view.setSlice(32);
  const auto blue = [&] {
    const QImage image = view.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) {
        const QColor pixel = image.pixelColor(x, y);
        if (pixel.blue() > 230 && pixel.red() < 140 && pixel.green() < 140) ++count;
      }
    return count;
  };
  EXPECT_GT(blue(), 100);
  view.showLabels(false);
  EXPECT_EQ(blue(), 0);
}

}  // namespace
}  // namespace acuguide::ui
