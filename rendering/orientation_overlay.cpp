#include "rendering/orientation_overlay.h"

#include "rendering/ruler_overlay.h"

#include <QtCore/QCoreApplication>

namespace acuguide::rendering {
namespace {

constexpr double kInsetPx = 22;
constexpr double kDotPx = 5.5;

}  // namespace

void drawOrientation(const imaging::ImagingRegion& region, Canvas& canvas) {
  const cv::Rect2d area = regionInView(region, canvas.layout) & canvas.uncovered();
  const double inset = canvas.units(kInsetPx);
  const bool atBottom = region.probe == imaging::ProbeSide::Bottom;
  const double y = atBottom ? area.y + area.height - inset : area.y + inset;
  const Eigen::Vector2d dot(area.x + inset, y);
  canvas.ink.disc(dot, canvas.units(kDotPx), palette::kAccent, canvas.units(palette::kHaloPx));
  canvas.keep(dot, canvas.units(kDotPx + 3));

  Label left{.text = QCoreApplication::translate("OrientationOverlay", "L").toStdString(),
             .sizePx = canvas.units(palette::kPictureLabelPx),
             .bold = true,
             .fixed = true,
             .anchors = {{dot + Eigen::Vector2d(canvas.units(kDotPx + 6), 0), {0, 0.5}}}};
  Label right = left;
  right.text = QCoreApplication::translate("OrientationOverlay", "R").toStdString();
  right.anchors = {{{area.x + area.width - inset, y}, {0.5, 0.5}}};
  canvas.labels.push_back(std::move(left));
  canvas.labels.push_back(std::move(right));
}

}  // namespace acuguide::rendering
