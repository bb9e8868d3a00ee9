#include "ui/plan/section_painter.h"

#include "core/units.h"
#include "planning/danger_zones.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace acuguide::ui {

namespace {

using planning::PicturePoint;

constexpr double kAboveMm = 9;  // over the skin, for the probe and the handle

QString tr(const char* text) { return QCoreApplication::translate("acuguide::ui::SectionPainter", text); }

/// What has to be seen: target, limits, dangers, entry and picture.
double neededDepth(const Section& s) {
  double depth = 30;
  if (s.target) depth = std::max(depth, 1.5 * s.target->depthMm);
  if (s.plan.maximumDepthMm) depth = std::max(depth, 1.15 * *s.plan.maximumDepthMm);
  for (const auto& zone : s.plan.dangers) {
    for (const auto& point : planning::outlineOf(zone)) depth = std::max(depth, point.y() + 4);
  }
  return std::min(120.0, std::max(depth, s.pictureMm.bottom()));
}

double neededHalfWidth(const Section& s) {
  double half = 25;
  if (s.proposal.best) half = std::max(half, std::abs(s.proposal.best->entry.lateralMm) + 10);
  for (const auto& zone : s.plan.dangers) {
    for (const auto& point : planning::outlineOf(zone)) half = std::max(half, std::abs(point.x()) + 6);
  }
  return std::min(110.0, std::max(half, s.pictureMm.right()));
}

}  // namespace

SectionPainter::SectionPainter(const QRectF& area, const Section& section) : area_(area), section_(section) {
  depthMm_ = neededDepth(section);
  halfWidthMm_ = neededHalfWidth(section);
  scale_ = std::min(area.height() / (depthMm_ + kAboveMm), area.width() / (2 * halfWidthMm_));
  depthMm_ = area.height() / scale_ - kAboveMm;
  halfWidthMm_ = area.width() / scale_ / 2;
  origin_ = {area.center().x(), area.top() + kAboveMm * scale_};
}

QPointF SectionPainter::toArea(const PicturePoint& point) const {
  return origin_ + scale_ * QPointF(point.lateralMm, point.depthMm);
}

PicturePoint SectionPainter::toMm(const QPointF& place) const {
  const QPointF mm = (place - origin_) / scale_;
  return {mm.x(), mm.y()};
}

void SectionPainter::paint(QPainter& painter, const PlanInk& ink, double textPx) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setClipRect(area_);
  paintGround(painter, ink, textPx);
  for (const auto& way : section_.proposal.alternatives) paintWay(painter, way, false, ink);
  if (section_.proposal.best) paintWay(painter, *section_.proposal.best, true, ink);
  paintDangers(painter, ink, textPx);
  paintTarget(painter, ink);
  paintNote(painter, ink, textPx);
  painter.restore();
}

/// Tissue, picture, a line every 10 mm, skin, probe and the depth limit.
void SectionPainter::paintGround(QPainter& painter, const PlanInk& ink, double textPx) const {
  const double left = area_.left(), right = area_.right();
  painter.fillRect(area_, ink.ground);
  painter.fillRect(QRectF(QPointF(left, origin_.y()), area_.bottomRight()), ink.body);
  if (!section_.picture.isNull()) {
    const QRectF place(toArea({section_.pictureMm.left(), section_.pictureMm.top()}),
                       toArea({section_.pictureMm.right(), section_.pictureMm.bottom()}));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, section_.picture);
  }
  painter.setFont(textFont(static_cast<int>(textPx)));
  for (double depth = 10; depth < depthMm_; depth += 10) {
    const double y = toArea({0, depth}).y();
    QColor line = ink.grid;
    if (!section_.picture.isNull()) line.setAlpha(90);
    painter.setPen(QPen(line, ink.line));
    painter.drawLine(QPointF(left, y), QPointF(right, y));
    painter.setPen(ink.muted);
    painter.drawText(QRectF(left + 6, y - 1.5 * textPx, 60, 1.4 * textPx), Qt::AlignLeft | Qt::AlignBottom,
                     QString::number(depth, 'f', 0) + (depth < 15 ? tr(" mm") : QString()));
  }
  painter.setPen(QPen(ink.muted, 1.5 * ink.line));
  painter.drawLine(QPointF(left, origin_.y()), QPointF(right, origin_.y()));
  if (section_.probeWidthMm) {
    const double half = *section_.probeWidthMm / 2;
    const QRectF probe(toArea({-half, -kAboveMm + 1}), toArea({half, 0}));
    painter.setBrush(ink.grid);
    painter.setPen(QPen(ink.muted, ink.line));
    painter.drawRoundedRect(probe, 4, 4);
    painter.setPen(ink.muted);
    painter.drawText(probe, Qt::AlignCenter, tr("probe"));
  }
  if (const auto& limit = section_.plan.maximumDepthMm) {
    const double y = toArea({0, *limit}).y();
    painter.setPen(QPen(ink.danger, 1.5 * ink.line, Qt::DashLine));
    painter.drawLine(QPointF(left, y), QPointF(right, y));
    painter.setPen(ink.danger);
    painter.drawText(QRectF(left + 56, y - 1.6 * textPx, 220, 1.5 * textPx), Qt::AlignLeft | Qt::AlignBottom,
                     tr("not deeper than %1 mm").arg(*limit, 0, 'f', 1));
  }
}

void SectionPainter::paintDangers(QPainter& painter, const PlanInk& ink, double textPx) const {
  for (std::size_t i = 0; i < section_.plan.dangers.size(); ++i) {
    const planning::DangerZone& zone = section_.plan.dangers[i];
    QPolygonF outline;
    for (const auto& point : planning::outlineOf(zone)) outline << toArea({point.x(), point.y()});
    QColor fill = ink.danger;
    fill.setAlpha(section_.selectedDanger == i ? 150 : 90);
    painter.setPen(QPen(ink.danger, (section_.selectedDanger == i ? 3 : 1.8) * ink.line, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(QBrush(fill, Qt::BDiagPattern));
    painter.drawPolygon(outline);
    // The margin that must stay free round it.
    QPainterPath path;
    path.addPolygon(outline);
    path.closeSubpath();
    QPainterPathStroker stroker;
    stroker.setWidth(2 * zone.marginMm * scale_);
    stroker.setJoinStyle(Qt::RoundJoin);
    painter.setBrush(Qt::NoBrush);
    QColor rim = ink.danger;
    rim.setAlpha(150);
    painter.setPen(QPen(rim, ink.line, Qt::DotLine));
    if (zone.marginMm > 0) painter.drawPath(stroker.createStroke(path).united(path).simplified());
    painter.setPen(ink.danger.lighter(ink.ground.lightness() < 128 ? 135 : 100));
    painter.setFont(textFont(static_cast<int>(textPx), true));
    const QRectF box = outline.boundingRect();
    painter.drawText(
        QRectF(box.center().x() - 150, box.bottom() + zone.marginMm * scale_ + 2, 300, 1.6 * textPx),
        Qt::AlignHCenter | Qt::AlignTop, wording::dangerName(zone));
  }
  if (section_.drawing.empty()) return;
  painter.setPen(QPen(ink.danger, 2 * ink.line));
  painter.setBrush(ink.danger);
  QPolygonF corners;
  for (const PicturePoint& corner : section_.drawing) {
    corners << toArea(corner);
    painter.drawEllipse(corners.back(), 3, 3);
  }
  painter.drawPolyline(corners);
}

void SectionPainter::paintWay(QPainter& painter, const planning::Trajectory& way, bool best,
                              const PlanInk& ink) const {
  if (!section_.target) return;
  const QPointF entry = toArea(way.entry), target = toArea(*section_.target);
  const QPointF along =
      (target - entry) / std::max(1e-9, std::hypot(target.x() - entry.x(), target.y() - entry.y()));
  if (!best) {
    painter.setPen(QPen(ink.muted, ink.line, Qt::DotLine));
    painter.drawLine(entry, target);
    return;
  }
  const QPointF across(-along.y(), along.x());
  const double half = section_.plan.corridorWidthMm / 2 * scale_;
  painter.setPen(QPen(ink.accent, 1.2 * ink.line));
  for (const double side : {-half, half}) painter.drawLine(entry + side * across, target + side * across);
  const double width = std::max(way.instrument.diameterMm, way.instrument.bladeWidthMm) * scale_;
  const QPointF handle = entry - along * kAboveMm * scale_ / std::max(0.35, std::sin(way.angle));
  painter.setPen(QPen(ink.needle, std::max(2.0, width), Qt::SolidLine, Qt::FlatCap));
  painter.drawLine(handle, target);
}

void SectionPainter::paintTarget(QPainter& painter, const PlanInk& ink) const {
  if (!section_.target) return;
  const QPointF at = toArea(*section_.target);
  const double radius = std::max(7.0, section_.plan.targetToleranceMm * scale_);
  painter.setBrush(Qt::NoBrush);
  for (const bool halo : {true, false}) {
    painter.setPen(QPen(halo ? ink.ground : ink.target, (halo ? 4 : 2) * ink.line));
    painter.drawEllipse(at, radius, radius);
    for (const QPointF& arm : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
      painter.drawLine(at + arm * radius * 0.4, at + arm * (radius + 6));
  }
}

void SectionPainter::paintNote(QPainter& painter, const PlanInk& ink, double textPx) const {
  if (section_.target) return;
  painter.setFont(textFont(static_cast<int>(textPx)));
  const QString words =
      tr("The depth of this target is found in the picture: give it here to plan the way in.");
  const QRectF room(area_.left() + 56, origin_.y() + 6, area_.width() - 80, 4 * textPx);
  QRectF plate = painter.boundingRect(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, words);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink.ground);
  painter.drawRoundedRect(plate.adjusted(-6, -3, 6, 3), 4, 4);
  painter.setPen(ink.text);
  painter.drawText(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, words);
}

}  // namespace acuguide::ui
