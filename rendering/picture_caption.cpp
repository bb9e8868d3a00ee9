#include "rendering/picture_caption.h"

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {
namespace {

constexpr double kLeastColumn = 0.2;  // of the view's width: what large type needs beside the picture
constexpr double kRulerRoomPx = 62;   // beside the picture's left edge
constexpr double kGapPx = 12;

// Heights of the type, of the view's height.
constexpr double kStateShare = 0.055;
constexpr double kDistanceShare = 0.11;
constexpr double kOrderShare = 0.045;
constexpr double kGlyphShare = 0.075;
constexpr double kDangerShare = 0.035;
constexpr double kCornerShare = 0.05;

double columnLeft(const PictureLayout& layout) {
  const cv::Rect2d picture = layout.pictureRectangle();
  return picture.x + picture.width + layout.lineUnit * palette::kStateFrameRoomPx + layout.unit * kGapPx;
}

bool hasColumn(const PictureLayout& layout) {
  return layout.view.width - columnLeft(layout) >= kLeastColumn * layout.view.width;
}

void drawColumn(const Caption& caption, Canvas& canvas) {
  const double left = columnLeft(canvas.layout), height = canvas.layout.view.height;
  const double widest = canvas.layout.view.width - left - canvas.units(kGapPx);
  double y = canvas.lines(palette::kStateFrameRoomPx);
  const auto line = [&](const std::string& text, palette::Colour colour, double share, double gapAfter,
                        double indent = 0) {
    if (!text.empty())
      canvas.labels.push_back({.text = text,
                               .colour = colour,
                               .sizePx = share * height,
                               .bold = true,
                               .widestPx = widest - indent,
                               .fixed = true,
                               .anchors = {{{left + indent, y}, {0, 0}}}});
    y += (share + gapAfter) * height;
  };
  line(caption.state, caption.stateColour, kStateShare, 0.02);
  line(caption.distance, palette::kText, kDistanceShare, 0.02);
  double indent = 0;
  if (caption.glyph) {
    const double side = kGlyphShare * height;
    drawHintGlyph(*caption.glyph, {left, y + kOrderShare * height * 0.65 - side / 2, side, side},
                  canvas.beside);
    indent = side + canvas.units(kGapPx / 2);
  }
  line(caption.order, palette::kText, kOrderShare, 0.05, indent);
  line(caption.danger, caption.dangerColour, kDangerShare, 0);
}

void drawCorners(const Caption& caption, Canvas& canvas) {
  const cv::Rect2d room = canvas.uncovered();
  const double inset = canvas.units(kGapPx / 2), height = canvas.layout.view.height;
  const auto plate = [&](const std::string& text, palette::Colour colour, double share, bool left, int row) {
    if (text.empty()) return;
    const double x = left ? room.x + inset : room.x + room.width - inset;
    const double away = inset + row * 2 * kCornerShare * height;  // a plate is twice as high as its type
    const double side = left ? 0 : 1;
    canvas.labels.push_back(
        {.text = text,
         .colour = colour,
         .sizePx = share * height,
         .bold = true,
         .widestPx = 0.4 * room.width,
         .plate = palette::kPanel,
         .anchors = {{{x, room.y + room.height - away}, {side, 1}}, {{x, room.y + away}, {side, 0}}}});
  };
  const bool both = !caption.state.empty() && !caption.distance.empty();
  plate(caption.state + (both ? "  " : "") + caption.distance, caption.stateColour, kCornerShare, true, 0);
  plate(caption.order, palette::kText, kOrderShare, true, 1);
  plate(caption.danger, caption.dangerColour, kDangerShare, false, 0);
}

}  // namespace

void makeRoomForCaption(PictureLayout& layout) {
  const cv::Rect2d picture = layout.pictureRectangle();
  const double left =
      std::round(layout.lineUnit * palette::kStateFrameRoomPx + layout.unit * kRulerRoomPx) - picture.x;
  PictureLayout moved = layout;
  moved.origin.x() += left;
  if (left < 0 && hasColumn(moved)) layout = moved;
}

void drawCaption(const Caption& caption, Canvas& canvas) {
  if (hasColumn(canvas.layout)) {
    drawColumn(caption, canvas);
  } else {
    drawCorners(caption, canvas);
  }
}

}  // namespace acuguide::rendering
