#include "ui/volume_view.h"
#include "ui/window_fixture.h"
#include "ui/windows/volume_window.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <utility>

namespace acuguide::ui {
namespace {

using Plane = SliceView::Plane;
using test::pressKey;

/// A tetrahedron of 8 mm about a place.
TriangleMesh solidAt(float x, float y, float z) {
  TriangleMesh mesh;
  mesh.vertices = {
      {x - 4, y - 4, z - 4}, {x + 4, y + 4, z - 4}, {x + 4, y - 4, z + 4}, {x - 4, y + 4, z + 4}};
  mesh.triangles = {{0, 1, 2}, {0, 3, 1}, {0, 2, 3}, {1, 3, 2}};
  return mesh;
}

/// A volume of 20 x 30 x 40 mm with a bone in it, and its window; keys and clicks come from the window
/// system.
class VolumeWindowTest : public test::WindowTest {
 protected:
  void SetUp() override {
    test::WindowTest::SetUp();
    if (IsSkipped()) return;
    VolumeShown shown;
    shown.volume.grid.size = {20, 30, 40};
    shown.volume.grid.originMm = {-10, -15, 100};
    shown.volume.grey.assign(shown.volume.grid.voxels(), 40);
    shown.labels = shown.volume;
    shown.labels->grey.assign(shown.volume.grid.voxels(), 0);
    shown.labels->grey[shown.labels->grid.index(10, 15, 20)] = 1;
    shown.structures = {{"bone", rendering::palette::colour(0xFF00FF), 0.87, 1, solidAt(0, 0, 120)}};
    window_ = std::make_unique<VolumeWindow>(std::move(shown), "leg.nrrd");
    window_->resize(1000, 700);
    ASSERT_TRUE(test::showActive(*window_));
  }

  SliceView& slice(Plane plane) { return window_->slice(plane); }
  std::array<int, 3> slices() {
    return {slice(Plane::Sagittal).slice(), slice(Plane::Coronal).slice(), slice(Plane::Axial).slice()};
  }
  /// The mouse comes to a place of a widget, by way of the window system.
  void point(QWidget& widget, QPoint at, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseMove(window_->windowHandle(), widget.mapTo(window_.get(), at));
    QMouseEvent moved(QEvent::MouseMove, QPointF(at), widget.mapToGlobal(QPointF(at)), Qt::NoButton,
                      Qt::NoButton, modifiers);
    QApplication::sendEvent(&widget, &moved);
  }
  void wheel(QWidget& widget, int steps) {
    const QPointF at = widget.rect().center();
    QWheelEvent turned(at, widget.mapToGlobal(at), {}, QPoint(0, 120 * steps), Qt::NoButton, Qt::NoModifier,
                       Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &turned);
  }
  /// How many pixels of the rendering have the bone's hue.
  int boneInSpace() {
    const QImage image = window_->space().grab().toImage();
    int count = 0;
    for (int y = image.height() / 5; y < image.height(); ++y)  // below the legend
      for (int x = 0; x < image.width(); ++x) {
        const QColor pixel = image.pixelColor(x, y);
        if (pixel.red() > pixel.green() + 40 && pixel.blue() > pixel.green() + 40) ++count;
      }
    return count;
  }

  std::unique_ptr<VolumeWindow> window_;
};

TEST_F(VolumeWindowTest, WheelAndKeysGoFromSliceToSlice) {
  EXPECT_EQ(slices(), (std::array{10, 15, 20}));
  wheel(slice(Plane::Axial), 3);
  EXPECT_EQ(slices(), (std::array{10, 15, 23}));
  test::clickOn(slice(Plane::Coronal));
  pressKey(*window_, Qt::Key_F);
  pressKey(*window_, Qt::Key_Right);
  EXPECT_EQ(slices(), (std::array{10, 17, 23}));
  test::clickOn(slice(Plane::Sagittal));
  pressKey(*window_, Qt::Key_B);
  EXPECT_EQ(slices(), (std::array{9, 17, 23}));
  wheel(slice(Plane::Axial), -1000);
  EXPECT_EQ(slices(), (std::array{9, 17, 0}));
}

TEST_F(VolumeWindowTest, ShiftBringsAllSlicesToThePlaceAndTheLineSaysIt) {
  SliceView& axial = slice(Plane::Axial);
  const double perMm = 0.92 * std::min(axial.width() / 20.0, axial.height() / 30.0);
  const auto half = static_cast<int>(0.5 * perMm);  // from a voxel's edge to its middle
  const QPoint middle = axial.rect().center() + QPoint(half, half);
  point(axial, middle);
  EXPECT_EQ(slices(), (std::array{10, 15, 20}));
  EXPECT_EQ(test::textOf(*window_, "volumePlace").toStdString(),
            "L 0.0  P 0.0  S 120.0  mm   grey level 40   possible bone (87 %)");
  // On the left of the screen lies the patient's right, above the front.
  point(axial, middle - QPointF(6 * perMm, 10 * perMm).toPoint(), Qt::ShiftModifier);
  EXPECT_EQ(slices(), (std::array{4, 5, 20}));
  EXPECT_TRUE(test::textOf(*window_, "volumePlace").startsWith("R 6.0  A 10.0  S 120.0"));
}

TEST_F(VolumeWindowTest, KeysShowAndHideStructuresAndSlicesInSpace) {
  const int bone = boneInSpace();
  EXPECT_GT(bone, 200);
  pressKey(*window_, Qt::Key_G);
  EXPECT_EQ(boneInSpace(), 0);
  const QImage without = window_->space().grab().toImage();
  pressKey(*window_, Qt::Key_V);
  EXPECT_NE(window_->space().grab().toImage(), without);
  pressKey(*window_, Qt::Key_V);
  pressKey(*window_, Qt::Key_G);
  EXPECT_EQ(boneInSpace(), bone);
}

TEST_F(VolumeWindowTest, TheMouseTurnsZoomsAndMovesTheRenderingAndRBringsItBack) {
  VolumeView& space = window_->space();
  const QImage first = space.grab().toImage();
  const int bone = boneInSpace();
  const auto drag = [&](Qt::MouseButton button, Qt::KeyboardModifiers modifiers, QPoint by) {
    const QPoint from = space.rect().center();
    QTest::mousePress(window_->windowHandle(), button, modifiers, space.mapTo(window_.get(), from));
    QMouseEvent moved(QEvent::MouseMove, QPointF(from + by), space.mapToGlobal(QPointF(from + by)),
                      Qt::NoButton, button, modifiers);
    QApplication::sendEvent(&space, &moved);
    QTest::mouseRelease(window_->windowHandle(), button, modifiers, space.mapTo(window_.get(), from));
  };
  drag(Qt::RightButton, {}, {0, 40});
  EXPECT_GT(boneInSpace(), 1.5 * bone);
  pressKey(*window_, Qt::Key_R);
  EXPECT_EQ(space.grab().toImage(), first);
  drag(Qt::LeftButton, {}, {60, 0});
  const QImage turned = space.grab().toImage();
  EXPECT_NE(turned, first);
  drag(Qt::MiddleButton, {}, {space.width(), 0});  // out of the view
  EXPECT_EQ(boneInSpace(), 0);
  pressKey(*window_, Qt::Key_R);
  EXPECT_EQ(space.grab().toImage(), first);
}

TEST_F(VolumeWindowTest, WindowAndLevelAreOneForAllSlices) {
  SliceView& coronal = slice(Plane::Coronal);
  const auto brightness = [](SliceView& view) {
    return view.grab().toImage().pixelColor(view.rect().center() + QPoint(7, 7)).value();
  };
  EXPECT_EQ(brightness(coronal), 40);
  const QPoint from = slice(Plane::Axial).rect().center();
  QTest::mousePress(&slice(Plane::Axial), Qt::LeftButton, {}, from);
  QMouseEvent moved(QEvent::MouseMove, QPointF(from) + QPointF(-155, -87.5), QPointF(), Qt::NoButton,
                    Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&slice(Plane::Axial), &moved);
  EXPECT_EQ(brightness(coronal), 127);  // window 100, level 40
  EXPECT_EQ(brightness(slice(Plane::Sagittal)), 127);
  QTest::mouseRelease(&slice(Plane::Axial), Qt::LeftButton, {}, from);
  pressKey(*window_, Qt::Key_R);
  EXPECT_EQ(brightness(coronal), 40);
}

}  // namespace
}  // namespace acuguide::ui
