#include "ui/plan/section_editor.h"

#include "planning/danger_zones.h"
#include "ui/style/metrics.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace acuguide::ui {

namespace {

constexpr double kSmallestMm = 0.3;  // a slip of the hand is no ellipse
constexpr double kCloseMm = 1.0;

}  // namespace

SectionEditor::SectionEditor(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("section"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setFocusPolicy(Qt::ClickFocus);
}

void SectionEditor::setSection(Section section) {
  section.picture = section_.picture;
  section.pictureMm = section_.pictureMm;
  section.drawing = std::move(section_.drawing);
  section_ = std::move(section);
  update();
}

void SectionEditor::setPicture(const QImage& picture, const QRectF& pictureMm) {
  section_.picture = picture;
  section_.pictureMm = pictureMm;
  update();
}

void SectionEditor::setTool(Tool tool) {
  tool_ = tool;
  section_.drawing.clear();
  dragFrom_.reset();
  setCursor(tool == Tool::Select ? Qt::ArrowCursor : Qt::CrossCursor);
  update();
}

planning::PicturePoint SectionEditor::at(const QPointF& place) const {
  return SectionPainter(QRectF(rect()), section_).toMm(place);
}

std::optional<int> SectionEditor::dangerAt(const planning::PicturePoint& place) const {
  const Eigen::Vector2d point(place.lateralMm, place.depthMm);
  std::optional<int> found;  // of those that lie over each other the one drawn last
  for (std::size_t i = 0; i < section_.plan.dangers.size(); ++i) {
    if (planning::distanceTo(planning::outlineOf(section_.plan.dangers[i]), {point, point, 0.5}) <= 0)
      found = static_cast<int>(i);
  }
  return found;
}

void SectionEditor::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const PlanInk ink = PlanInk::screen();
  SectionPainter(QRectF(rect()), section_).paint(painter, ink, metrics::controlText);
  if (dragFrom_ && dragTo_) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink.danger, 2));
    painter.drawEllipse(QRectF(*dragFrom_, *dragTo_).normalized());
  }
}

void SectionEditor::mousePressEvent(QMouseEvent* event) {
  const planning::PicturePoint place = at(event->position());
  switch (tool_) {
    case Tool::Target:
      if (section_.pictureMm.isEmpty() ||
          section_.pictureMm.normalized().contains(place.lateralMm, place.depthMm))
        emit targetPlaced(place);
      else
        emit targetRefused();
      break;
    case Tool::Ellipse:
      dragFrom_ = dragTo_ = event->position();
      break;
    case Tool::Polygon: {
      auto& corners = section_.drawing;
      const bool closes = corners.size() >= 3 && std::hypot(corners[0].lateralMm - place.lateralMm,
                                                            corners[0].depthMm - place.depthMm) < kCloseMm;
      if (closes)
        closePolygon();
      else
        corners.push_back({place.lateralMm, std::max(0.0, place.depthMm)});
      update();
      break;
    }
    case Tool::Select:
      if (const auto zone = dangerAt(place)) emit dangerClicked(*zone);
      break;
  }
}

void SectionEditor::mouseMoveEvent(QMouseEvent* event) {
  if (!dragFrom_) return;
  dragTo_ = event->position();
  update();
}

void SectionEditor::mouseReleaseEvent(QMouseEvent* event) {
  if (!dragFrom_) return;
  const planning::PicturePoint a = at(*dragFrom_), b = at(event->position());
  dragFrom_.reset();
  dragTo_.reset();
  update();
  planning::Ellipse ellipse;
  ellipse.centre = {(a.lateralMm + b.lateralMm) / 2, (a.depthMm + b.depthMm) / 2};
  ellipse.radiusAcrossMm = std::abs(a.lateralMm - b.lateralMm) / 2;
  ellipse.radiusAlongMm = std::abs(a.depthMm - b.depthMm) / 2;
  if (std::min(ellipse.radiusAcrossMm, ellipse.radiusAlongMm) >= kSmallestMm) emit ellipseDrawn(ellipse);
}

void SectionEditor::mouseDoubleClickEvent(QMouseEvent* event) {
  if (tool_ == Tool::Polygon) closePolygon();
  event->accept();
}

/// While a polygon is being drawn Enter and Esc are its own, before any key of the window.
bool SectionEditor::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && !section_.drawing.empty()) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) event->accept();
  }
  return QWidget::event(event);
}

void SectionEditor::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    section_.drawing.clear();
    update();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    closePolygon();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void SectionEditor::closePolygon() {
  planning::Polygon polygon{std::exchange(section_.drawing, {})};
  update();
  if (polygon.points.size() >= 3) emit polygonDrawn(polygon);
}

}  // namespace acuguide::ui
