#include "rendering/state_frame.h"

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {
namespace {

using guidance::GuidanceState;

/// Four bars between the rectangle `inside` and the one `width` larger on each side, broken into dashes where
/// asked.
void drawBars(const cv::Rect2d& inside, double width, palette::Colour colour, double dash, Canvas& canvas) {
  const cv::Rect2d outer(inside.x - width, inside.y - width, inside.width + 2 * width,
                         inside.height + 2 * width);
  const auto bar = [&](cv::Rect2d area, bool horizontal) {
    const double length = horizontal ? area.width : area.height;
    // An odd number of equal pieces, so that every corner is inked.
    const int pieces = dash > 0 ? static_cast<int>(length / dash / 2) * 2 + 1 : 1;
    for (int i = 0; i < pieces; i += 2) {
      cv::Rect2d piece = area;
      (horizontal ? piece.x : piece.y) += length * i / pieces;
      (horizontal ? piece.width : piece.height) = length / pieces;
      canvas.beside.rectangle(piece, colour);
    }
  };
  bar({outer.x, outer.y, outer.width, width}, true);
  bar({outer.x, inside.y + inside.height, outer.width, width}, true);
  bar({outer.x, inside.y, width, inside.height}, false);
  bar({inside.x + inside.width, inside.y, width, inside.height}, false);
}

}  // namespace

void drawStateFrame(GuidanceState state, Canvas& canvas) {
  const double room = canvas.lines(palette::kStateFrameRoomPx);
  const cv::Rect2d inside = canvas.uncovered();
  const double width = canvas.lines(palette::kStateFramePx);
  switch (state) {
    case GuidanceState::NoNeedle:
      break;
    case GuidanceState::Approach:
      drawBars(inside, width / 2, palette::kApproach, 0, canvas);
      break;
    case GuidanceState::OnCourse:
      drawBars(inside, width, palette::kOnCourse, 0, canvas);
      break;
    case GuidanceState::OffCourse:
      drawBars(inside, width, palette::kOffCourse, canvas.lines(36), canvas);
      break;
    case GuidanceState::AtTarget: {
      const double bar = std::round(room * 0.37);
      drawBars(inside, bar, palette::kOnCourse, 0, canvas);
      const double grow = room - bar;
      drawBars({inside.x - grow, inside.y - grow, inside.width + 2 * grow, inside.height + 2 * grow}, bar,
               palette::kOnCourse, 0, canvas);
      break;
    }
    case GuidanceState::Stop:
      drawBars(inside, room, palette::kStop, 0, canvas);
      break;
  }
}

}  // namespace acuguide::rendering
