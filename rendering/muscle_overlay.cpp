#include "rendering/muscle_overlay.h"

#include "imaging/muscle_architecture.h"

#include <QtCore/QCoreApplication>

#include <array>
#include <cmath>
#include <cstdio>

namespace acuguide::rendering {
namespace {

using imaging::MuscleArchitecture;

constexpr double kWithin95 = 1.96;    // standard deviations that hold 95 %
constexpr double kJawPx = 7;          // half of a caliper's jaw
constexpr double kFibreShare = 0.16;  // half of the piece of fibre drawn, of the picture's width

std::string thicknessOf(const MuscleArchitecture& muscle) {
  const bool scaled = muscle.thickness.mm.has_value();
  const double value = scaled ? *muscle.thickness.mm : muscle.thickness.px;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), scaled ? "%.1f \u00b1 %.1f mm" : "%.0f \u00b1 %.0f px", value,
                kWithin95 * imaging::thicknessErrorShare * value);
  return text.data();
}

std::string pennationOf(double pennation) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.0f \u00b1 %.0f\u00b0", degrees(pennation),
                degrees(kWithin95 * imaging::pennationError));
  return text.data();
}

/// Beside a place, to its right (`side` 1) or its left (-1) where there is room.
Label beside(const Eigen::Vector2d& at, int side, std::string text, const Canvas& canvas) {
  const double gap = canvas.units(10);
  const auto anchor = [&](int where, double down) {
    return LabelAnchor{at + Eigen::Vector2d(where * gap, down * gap),
                       {where > 0 ? 0.0 : 1.0, 0.5 - down / 4}};
  };
  return {.text = std::move(text),
          .colour = palette::kPlaneLetter,
          .sizePx = canvas.units(palette::kPictureLabelPx),
          .bold = true,
          .anchors = {anchor(side, 0), anchor(side, -2), anchor(side, 2), anchor(-side, 0), anchor(-side, -2),
                      anchor(-side, 2)}};
}

void drawCaliper(const Eigen::Vector2d& from, const Eigen::Vector2d& to, Canvas& canvas) {
  const Stroke stroke = canvas.stroke(palette::kPlaneLetter, palette::kPlaneLinePx);
  const Eigen::Vector2d along = (to - from).normalized();
  const Eigen::Vector2d jaw = canvas.units(kJawPx) * Eigen::Vector2d(-along.y(), along.x());
  canvas.ink.line(from, to, stroke);
  for (const Eigen::Vector2d& end : {from, to}) canvas.ink.line(end - jaw, end + jaw, stroke);
}

}  // namespace

void drawMuscle(const imaging::FrameAnalysis& analysis, const ImageGeometry& geometry, Canvas& canvas) {
  const auto muscle = imaging::muscleArchitecture(analysis, geometry.spacingMm);
  if (!muscle) {
    const cv::Rect2d room = canvas.uncovered();
    canvas.labels.push_back(
        {.text = QCoreApplication::translate("MuscleOverlay", "muscle \u2013: no two fasciae").toStdString(),
         .colour = palette::kPlaneLetter,
         .sizePx = canvas.units(palette::kPictureLabelPx),
         .bold = true,
         .anchors = {{{room.x + room.width / 2, room.y + room.height - canvas.units(24)}, {0.5, 1}}}});
    return;
  }
  const PictureLayout& layout = canvas.layout;
  const Eigen::Vector2d from = layout.toView(muscle->thicknessAt.fromPx);
  const Eigen::Vector2d to = layout.toView(muscle->thicknessAt.toPx);
  drawCaliper(from, to, canvas);
  // Above the fibres' line, which crosses the caliper's middle.
  const bool rising = muscle->pennation && analysis.fibres->angle > 0;
  canvas.labels.push_back(beside(from + 0.25 * (to - from), rising ? -1 : 1, thicknessOf(*muscle), canvas));
  if (!muscle->pennation) return;
  const Eigen::Vector2d centrePx = (muscle->thicknessAt.fromPx + muscle->thicknessAt.toPx) / 2;
  const Eigen::Vector2d halfPx =
      kFibreShare * analysis.region.bounds.width *
      Eigen::Vector2d(std::cos(analysis.fibres->angle), -std::sin(analysis.fibres->angle));
  canvas.ink.line(layout.toView(centrePx - halfPx), layout.toView(centrePx + halfPx),
                  canvas.stroke(palette::kPlaneLetter, palette::kPlaneLinePx));
  canvas.labels.push_back(
      beside(layout.toView(centrePx + halfPx), 1, pennationOf(*muscle->pennation), canvas));
}

}  // namespace acuguide::rendering
