#include "rendering/plane_overlay.h"

#include <QtCore/QCoreApplication>

namespace acuguide::rendering {
namespace {

using imaging::PlaneLabel;
using imaging::PlaneVertex;
using imaging::TissuePlane;

constexpr float kLongestStepPx = 8;  // imaging::TissuePlane: a wider gap is a break
constexpr double kFaintOpacity = 0.7;

struct Look {
  const char* letter;
  double width;
  double opacity;
};

Look lookOf(PlaneLabel label) {
  switch (label) {
    case PlaneLabel::SuperficialAponeurosis:
      return {QT_TRANSLATE_NOOP("PlaneOverlay", "S"), palette::kPlaneLinePx, 1};
    case PlaneLabel::DeepAponeurosis:
      return {QT_TRANSLATE_NOOP("PlaneOverlay", "D"), palette::kPlaneLinePx, 1};
    case PlaneLabel::Bone:
      return {QT_TRANSLATE_NOOP("PlaneOverlay", "B"), palette::kPlaneLinePx * 1.5, 1};
    case PlaneLabel::Skin:
    case PlaneLabel::Fascia:
      break;
  }
  return {nullptr, palette::kPlaneLinePx * 0.6, kFaintOpacity};
}

std::vector<std::vector<Eigen::Vector2d>> unbrokenPieces(const TissuePlane& plane,
                                                         const PictureLayout& layout) {
  std::vector<std::vector<Eigen::Vector2d>> pieces;
  const PlaneVertex* last = nullptr;
  for (const PlaneVertex& vertex : plane.vertices) {
    if (last == nullptr || vertex.x - last->x > kLongestStepPx + 0.01F) pieces.emplace_back();
    pieces.back().push_back(layout.toView({vertex.x, vertex.ridge}));
    last = &vertex;
  }
  return pieces;
}

Label letterAt(const Eigen::Vector2d& end, const char* letter, const Canvas& canvas) {
  const double step = canvas.units(6);
  const Eigen::Vector2d right = end + Eigen::Vector2d(step, 0);
  return {.text = QCoreApplication::translate("PlaneOverlay", letter).toStdString(),
          .colour = palette::kPlaneLetter,
          .sizePx = canvas.units(palette::kPictureLabelPx),
          .bold = true,
          .anchors = {{right, {0, 0.5}},
                      {end + Eigen::Vector2d(0, -step), {1, 1}},
                      {end + Eigen::Vector2d(0, step), {1, 0}},
                      {end + Eigen::Vector2d(-4 * step, -step), {1, 1}},
                      {end + Eigen::Vector2d(-4 * step, step), {1, 0}}}};
}

}  // namespace

void drawPlanes(const std::vector<TissuePlane>& planes, Canvas& canvas) {
  for (const TissuePlane& plane : planes) {
    if (plane.vertices.empty()) continue;
    const Look look = lookOf(plane.label);
    Stroke stroke = canvas.stroke(palette::kPlane, look.width);
    stroke.opacity = look.opacity;
    const auto pieces = unbrokenPieces(plane, canvas.layout);
    for (const auto& piece : pieces) canvas.ink.polyline(piece, stroke);
    if (look.letter != nullptr) canvas.labels.push_back(letterAt(pieces.back().back(), look.letter, canvas));
  }
}

}  // namespace acuguide::rendering
