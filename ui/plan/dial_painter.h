#pragma once

#include "ui/plan/plan_ink.h"

#include <QRectF>

#include <optional>

class QPainter;

namespace acuguide::ui {

/// The clock face of a blade's direction (radians clockwise from twelve): planned as a thin double line,
/// measured as a thick one.
void paintDial(QPainter& painter, const QRectF& area, std::optional<double> planned,
               std::optional<double> measured, const PlanInk& ink);

}  // namespace acuguide::ui
