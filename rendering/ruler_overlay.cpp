#include "rendering/ruler_overlay.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {
namespace {

constexpr double kTickPx = 5;
constexpr double kLongTickPx = 10;
constexpr double kTextPx = 13;
constexpr double kClosestNumbersPx = 60;
constexpr double kRoomOutsidePx = 60;

/// The least of 1, 2, 5, 10, 20, 50 ... for which numbers do not crowd.
double numberStep(double viewPerUnit, double least) {
  double decade = 1;
  while (true) {
    for (const double step : {1.0, 2.0, 5.0}) {
      if (step * decade * viewPerUnit >= least) return step * decade;
    }
    decade *= 10;
  }
}

}  // namespace

cv::Rect2d regionInView(const imaging::ImagingRegion& region, const PictureLayout& layout) {
  const cv::Rect inside = region.bounds & layout.shown;
  return inside.empty() ? layout.pictureRectangle() : layout.toView(inside);
}

void drawRuler(const ImageGeometry& geometry, const imaging::ImagingRegion& region, Canvas& canvas) {
  const cv::Rect2d area = regionInView(region, canvas.layout);
  const bool millimetres = geometry.spacingMm && geometry.spacingMm->y() > 0;
  const double viewPerUnit = canvas.layout.scale.y() / (millimetres ? geometry.spacingMm->y() : 1.0);
  if (area.height < canvas.units(kClosestNumbersPx)) return;
  const bool fromBottom = region.probe == imaging::ProbeSide::Bottom;
  const double face = fromBottom ? area.y + area.height : area.y;
  const double down = fromBottom ? -1 : 1;
  // Beside the picture (and its frame) where there is room, else just inside its edge.
  const cv::Rect2d picture = canvas.layout.pictureRectangle();
  const double frame = area.x - picture.x < canvas.units(1) ? canvas.lines(palette::kStateFrameRoomPx) : 0;
  const bool outside = area.x - frame >= canvas.units(kRoomOutsidePx);
  const double side = outside ? -1 : 1;
  const double x =
      outside ? area.x - frame - canvas.units(3) : std::max(area.x, canvas.uncovered().x) + canvas.units(3);

  const double step = numberStep(viewPerUnit, canvas.units(kClosestNumbersPx));
  const double tick = step / 5 * viewPerUnit;
  const Stroke stroke = canvas.stroke(palette::kText, palette::kRulerLinePx);
  canvas.beside.line({x, area.y}, {x, area.y + area.height}, stroke);
  const int ticks = static_cast<int>(area.height / tick + 1e-6);
  for (int i = 0; i <= ticks; ++i) {
    const bool numbered = i % 5 == 0;
    const double y = face + down * i * tick;
    const double length = canvas.units(numbered ? kLongTickPx : kTickPx);
    canvas.beside.line({x, y}, {x + side * length, y}, stroke);
    const double halfText = canvas.units(kTextPx) / 2;
    if (!numbered || i == 0 || y < halfText || y > canvas.layout.view.height - halfText) continue;
    std::string text = std::to_string(std::lround(i / 5 * step));
    if (i == 5) {
      text += millimetres ? QCoreApplication::translate("RulerOverlay", " mm").toStdString()
                          : QCoreApplication::translate("RulerOverlay", " px").toStdString();
    }
    canvas.labels.push_back(
        {.text = text,
         .sizePx = canvas.units(kTextPx),
         .fixed = true,
         .anchors = {{{x + side * (length + canvas.units(4)), y}, {outside ? 1.0 : 0.0, 0.5}}}});
  }
}

}  // namespace acuguide::rendering
