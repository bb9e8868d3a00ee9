#pragma once

#include <algorithm>
#include <cmath>

namespace acuguide::ui::metrics {

// How the room of the practitioner's and the trainer's window is shared out, and how their type grows with
// it: shares of the window's height unless something else is said.

constexpr int leastWindowWidth = 760;
constexpr int leastWindowHeight = 500;
constexpr int leastPanelWidth = 248;

// The panel beside the picture, of the window's width; stacked under it, of its height.
constexpr double guidePanelShare = 0.22;
constexpr double guideStackedShare = 0.29;
constexpr double replayPanelShare = 0.345;

/// Two metres from a 24 inch screen (300 mm high) 2.5 % is 10 arc minutes: the least for what has to be read.
constexpr double reasonTextShare = 0.025;
constexpr double factTextShare = 0.016;  ///< for the engineer, who sits at the screen
constexpr double buttonTextShare = 0.014;
constexpr double stateTextShare = 0.058;
constexpr double distanceTextShare = 0.115;
constexpr double orderTextShare = 0.05;
/// Of the same shares, where the read-out stands under the picture, and where beside a timeline.
constexpr double stackedReadOut = 0.62;
constexpr double compactReadOutShare = 0.65;

// The strip and the row under the picture leave the picture more than nine tenths.
constexpr double stripShare = 0.038;
constexpr double rowShare = 0.035;

constexpr int touchTarget = 40;  ///< least side of a button beside the picture, logical pixels
constexpr int iconSize = 22;
constexpr int wordsFromWidth = 340;  ///< a panel as wide as this has words on its buttons

/// Lower windows show no 3D view unless it is asked for, and no words about the plan: the strip names it.
constexpr int spaceFromHeight = 900;
constexpr int planPanelFromHeight = 850;

/// A share of a height in whole logical pixels, and not less than `least`.
inline int pixels(double height, double share, int least) {
  return std::max(least, static_cast<int>(std::lround(height * share)));
}

}  // namespace acuguide::ui::metrics
