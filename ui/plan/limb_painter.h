#pragma once

#include "planning/plan.h"
#include "ui/plan/plan_ink.h"

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <optional>

class QPainter;

namespace acuguide::ui {

/// Arm and leg of one side, each from the front and from behind, with the atlas's points where they lie
/// (planning/limb_figure.h): to show where, never to measure by.
class LimbPainter {
 public:
  LimbPainter(const QRectF& area, planning::BodySide side) : area_(area), side_(side) {}

  void paint(QPainter& painter, const QStringList& chosen, const QString& current, const PlanInk& ink,
             double textPx) const;
  /// Where a point is drawn; none for one that the figure does not have.
  std::optional<QPointF> placeOf(const QString& code) const;
  /// The point nearest to a place, within so many pixels.
  QString pointAt(const QPointF& place, double within) const;

 private:
  struct Panel;
  QRectF panelArea(int panel) const;
  QPointF toArea(int panel, double x, double z) const;

  QRectF area_;
  planning::BodySide side_;
};

}  // namespace acuguide::ui
