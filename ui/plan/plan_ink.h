#pragma once

#include <QColor>

namespace acuguide::ui {

/// The colours that the plan's drawings are made of: dark on the screen, for white paper when printed.
struct PlanInk {
  QColor ground, body, edge, grid, text, muted, accent, target, danger, needle;
  double line = 1.0;  ///< width of a thin line

  static PlanInk screen();
  static PlanInk paper();
};

}  // namespace acuguide::ui
