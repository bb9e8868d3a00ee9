#pragma once

#include "rendering/palette.h"

namespace acuguide::ui::metrics {

// Sizes of the windows, in logical pixels at 100 % scale. The one place for them.

constexpr int controlText = rendering::palette::kControlTextPx;  ///< buttons, status strip, tables
constexpr int labelText = rendering::palette::kPictureLabelPx;   ///< alarm line, steps, headings in panels
constexpr int alarmText = 18;
constexpr int gap = 8;
constexpr int panelPadding = 12;
constexpr int alarmLineHeight = 40;  ///< kept when there is no alarm
constexpr int stripHeight = 30;
constexpr double panelShare = 0.345;  ///< of the window's width, for the right panel at first
constexpr int smallestWindowWidth = 800;
constexpr int smallestWindowHeight = 500;
constexpr int panelMinimumWidth = 300;

// The read-out, as shares of the window's height. Two metres away a capital of 15 mm is read at a glance; on
// a 24 inch screen (300 mm high) 5 % is that.
constexpr double distanceShare = 0.13;
constexpr double stateShare = 0.06;
constexpr double hintShare = 0.051;
constexpr double reasonShare = 0.025;

/// Of the same shares, where the read-out stands beside a timeline (replay): the distance still has 8 %.
constexpr double compactReadOut = 0.65;
/// Windows lower than this show no 3D view: the read-out needs the room.
constexpr int spaceViewFromHeight = 620;

}  // namespace acuguide::ui::metrics
