#pragma once

#include "planning/trajectory.h"
#include "ui/plan/section_painter.h"

#include <QString>

class QPainter;
class QRectF;

namespace acuguide::ui {

/// One plan on one page: who, where, how deep, the way in, the blade, what to keep clear of, the checklist as
/// it was answered, and what the planner said. The statement that this is research software stands on it.
void paintPlanPage(QPainter& painter, const QRectF& page, const Section& section);

/// The same as a PDF (A4). Throws Error when the file cannot be written. Needs a QGuiApplication.
void writePlanPdf(const Section& section, const QString& path);

/// The section of a plan with its own way in, or with the one the planner proposes; none where the target's
/// depth is not known. `problem` gets the reason where there is one.
Section sectionOf(const planning::Plan& plan, const std::vector<planning::Instrument>& instruments,
                  std::optional<double> probeWidthMm, QString* problem = nullptr);

}  // namespace acuguide::ui
