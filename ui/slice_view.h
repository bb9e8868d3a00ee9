#pragma once

#include "rendering/volume_scene.h"
#include "volume/volume.h"

#include <QtCore/QPointF>
#include <QtGui/QImage>
#include <QtWidgets/QWidget>

#include <array>
#include <optional>
#include <vector>

class QPainter;

namespace acuguide::ui {

/// One orthogonal slice of a volume, laid out as in 3D Slicer: axial seen from the feet, coronal from before,
/// sagittal from the left. Mouse as there: wheel from slice to slice, Ctrl and wheel or the right button
/// zooms, the middle button or Shift and the left one pans, the left one changes window and level; Shift and
/// a move brings the other slices to the place. Keys: B, F, Left and Right from slice to slice.
class SliceView : public QWidget {
  Q_OBJECT
 public:
  enum class Plane { Sagittal = 0, Coronal = 1, Axial = 2 };  ///< the axis that is constant

  /// Volume and labels (of the same size, or null), coloured as the structures are, must outlive it.
  SliceView(const volume::Volume& volume, const volume::Volume* labels,
            const std::vector<rendering::VolumeStructure>& structures, Plane plane,
            QWidget* parent = nullptr);

  int slice() const { return slice_; }
  void setSlice(int slice);
  void setCross(const std::array<int, 3>& voxel);
  void setWindowLevel(double window, double level);
  void showLabels(bool shown);
  void resetView();  ///< zoom and place

 signals:
  void sliceChanged(int slice);
  void windowLevelChanged(double window, double level);
  void pointedAt(int x, int y, int z);   ///< a voxel the mouse is over
  void crossMoved(int x, int y, int z);  ///< Shift and a move

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void enterEvent(QEnterEvent* event) override;

 private:
  int across() const { return plane_ == Plane::Sagittal ? 1 : 0; }
  int down() const { return plane_ == Plane::Axial ? 1 : 2; }
  bool upwards() const { return plane_ != Plane::Axial; }  ///< z rises on the screen, y falls
  double scale() const;                                    ///< screen points a mm
  std::optional<std::array<int, 3>> voxelAt(const QPointF& at) const;
  QImage image() const;
  void outdated();  ///< the image: it is made anew with the next paint
  void drawCross(QPainter& painter, const QRectF& place) const;
  void drawWords(QPainter& painter) const;
  void drawScaleBar(QPainter& painter, int textSize) const;

  const volume::Volume& volume_;
  const volume::Volume* labels_;
  std::array<QRgb, 256> labelColours_{};  ///< of no label: transparent
  Plane plane_;
  int slice_ = 0;
  std::array<int, 3> cross_{};
  bool labelsShown_ = true;
  double window_ = 255, level_ = 127.5, zoom_ = 1;
  QPointF pan_, lastMouse_;
  QImage image_;  ///< of the slice as it is now; null: to be made
};

}  // namespace acuguide::ui
