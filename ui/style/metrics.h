#pragma once

#include "ui/palette.h"

namespace acuguide::ui::metrics {

// Sizes of the windows, in logical pixels at 100 % scale. The one place for them.

constexpr int controlText = palette::kControlTextPx;  ///< buttons, status strip, tables
constexpr int labelText = palette::kPictureLabelPx;   ///< alarm line, steps, headings in panels
constexpr int gap = 8;
constexpr int panelPadding = 12;
constexpr int alarmLineHeight = 40;  ///< kept when there is no alarm
constexpr int stripHeight = 30;
constexpr int panelWidth = 364;  ///< of the right panel when the window opens
constexpr int panelMinimumWidth = 268;

// The read-out, as shares of the window's height. Two metres away a capital of 15 mm is read at a glance; on
// a 24 inch screen (300 mm high) 5 % is that.
constexpr double distanceShare = 0.135;
constexpr double stateShare = 0.058;
constexpr double hintShare = 0.05;

}  // namespace acuguide::ui::metrics
