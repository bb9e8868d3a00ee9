#pragma once

#include "ui/plan/section_painter.h"

#include <QWidget>

namespace acuguide::ui {

/// The section, to set the target by a click and to draw danger zones: an ellipse by dragging over it, a
/// polygon corner by corner (a double click, Enter or a click on its first corner closes it; Esc drops it).
class SectionEditor : public QWidget {
  Q_OBJECT
 public:
  enum class Tool { Select, Target, Ellipse, Polygon };

  explicit SectionEditor(QWidget* parent = nullptr);

  /// The picture of before stays when `section` has none.
  void setSection(Section section);
  void setPicture(const QImage& picture, const QRectF& pictureMm);
  void setTool(Tool tool);
  QSize minimumSizeHint() const override { return {380, 220}; }

 signals:
  void targetPlaced(const planning::PicturePoint& at);
  /// The place clicked lies outside the image.
  void targetRefused();
  void ellipseDrawn(const planning::Ellipse& ellipse);
  void polygonDrawn(const planning::Polygon& polygon);
  void dangerClicked(int index);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  planning::PicturePoint at(const QPointF& place) const;
  std::optional<int> dangerAt(const planning::PicturePoint& place) const;
  void closePolygon();

  Section section_;
  Tool tool_ = Tool::Select;
  std::optional<QPointF> dragFrom_, dragTo_;
};

}  // namespace acuguide::ui
