#include "rendering/side_overlay.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QString>

namespace acuguide::rendering {
namespace {

constexpr double kLetterPx = 30;
constexpr double kStep = 1.25;  // from letter to letter, of their height
constexpr double kInsetPx = 4;

QString wordOf(planning::BodySide side) {
  return side == planning::BodySide::Left ? QCoreApplication::translate("SideOverlay", "LEFT")
                                          : QCoreApplication::translate("SideOverlay", "RIGHT");
}

}  // namespace

void drawBodySide(const planning::Plan& plan, Canvas& canvas) {
  if (plan.acupoint.empty()) return;
  const bool left = plan.side == planning::BodySide::Left;
  const cv::Rect2d picture = canvas.layout.pictureRectangle();
  const double size = canvas.units(kLetterPx), room = canvas.lines(palette::kStateFrameRoomPx);
  const double beside = left ? picture.x : canvas.layout.view.width - picture.x - picture.width;
  // Beside the picture where there is room, else on its very edge.
  const bool fits = beside - room >= size;
  const double away =
      fits ? room + (size + canvas.units(kInsetPx)) / 2 : -(canvas.units(kInsetPx) + size / 2);
  const double x = left ? picture.x - away : picture.x + picture.width + away;
  const QString word = wordOf(plan.side);
  double y = picture.y + picture.height / 2 - (static_cast<double>(word.size()) - 1) / 2 * kStep * size;
  for (const QChar letter : word) {
    canvas.labels.push_back({.text = QString(letter).toStdString(),
                             .colour = palette::kText,
                             .sizePx = size,
                             .bold = true,
                             .fixed = true,
                             .anchors = {{{x, y}, {0.5, 0.5}}}});
    y += kStep * size;
  }
}

}  // namespace acuguide::rendering
