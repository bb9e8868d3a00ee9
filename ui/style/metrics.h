#pragma once

#include "rendering/palette.h"

namespace acuguide::ui::metrics {

// Sizes that all windows share, in logical pixels at 100 % scale; shares of a window are in window_metrics.h.

constexpr int controlText = rendering::palette::kControlTextPx;  ///< buttons, status strip, tables
constexpr int labelText = rendering::palette::kPictureLabelPx;   ///< alarm line, steps, headings in panels
constexpr int gap = 8;
constexpr int panelPadding = 12;
constexpr int smallestWindowWidth = 800;
constexpr int smallestWindowHeight = 500;
constexpr int panelMinimumWidth = 300;

}  // namespace acuguide::ui::metrics
