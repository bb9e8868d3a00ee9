#include "rendering/points_scene.h"

#include "core/units.h"
#include "rendering/label_layer.h"
#include "rendering/orbit_camera.h"
#include "rendering/renderer_setup.h"
#include "rendering/solid.h"

#include <Eigen/Geometry>
#include <vtkLineSource.h>
#include <vtkRenderer.h>
#include <vtkSphereSource.h>
#include <vtkTubeFilter.h>

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {
namespace {

// Shares of the size of what is seen.
constexpr double kPointShare = 0.009;
constexpr double kLandmarkShare = 0.005;
constexpr double kRulerShare = 0.002;
constexpr double kErrorOpacity = 0.22;

vtkSmartPointer<vtkPolyData> ball(const Eigen::Vector3d& centre, double radius) {
  vtkNew<vtkSphereSource> sphere;
  sphere->SetCenter(centre.x(), centre.y(), centre.z());
  sphere->SetRadius(radius);
  sphere->SetThetaResolution(28);
  sphere->SetPhiResolution(20);
  sphere->Update();
  return sphere->GetOutput();
}

vtkSmartPointer<vtkPolyData> rod(const Eigen::Vector3d& from, const Eigen::Vector3d& to, double radius) {
  vtkNew<vtkLineSource> line;
  line->SetPoint1(from.x(), from.y(), from.z());
  line->SetPoint2(to.x(), to.y(), to.z());
  vtkNew<vtkTubeFilter> tube;
  tube->SetInputConnection(line->GetOutputPort());
  tube->SetRadius(radius);
  tube->SetNumberOfSides(12);
  tube->Update();
  return tube->GetOutput();
}

/// The same places, whatever is chosen or in hand.
bool samePlaces(const PointsInSpace& a, const PointsInSpace& b) {
  const auto same = [](const PointsInSpace::Place& one, const PointsInSpace::Place& other) {
    return one.mm == other.mm && one.name == other.name;
  };
  return std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(), same) &&
         std::equal(a.landmarks.begin(), a.landmarks.end(), b.landmarks.begin(), b.landmarks.end(), same);
}

}  // namespace

struct PointsScene::Stage {
  vtkNew<vtkRenderer> renderer;
  OrbitCamera camera{renderer};
  std::vector<std::unique_ptr<Solid>> solids;
  LabelLayer labels;
  PointsInSpace shown;
  Eigen::AlignedBox3d extent;
  cv::Size view{1, 1};

  double size() const { return extent.isEmpty() ? 1.0 : std::max(extent.diagonal().norm(), 10.0); }
  void add(palette::Colour colour, vtkPolyData* surface, double opacity = 1) {
    solids.push_back(std::make_unique<Solid>(renderer, colour));
    solids.back()->show(surface, opacity);
  }
  void build();
  Eigen::Vector2d inView(const Eigen::Vector3d& mm) const { return camera.inView(mm, view); }
};

PointsScene::PointsScene() : stage_(std::make_unique<Stage>()) {
  setUpRenderer(stage_->renderer);
  stage_->renderer->SetUseDepthPeeling(true);  // error spheres lie within one another
}

PointsScene::~PointsScene() = default;

vtkRenderer* PointsScene::renderer() const { return stage_->renderer; }

void PointsScene::show(const PointsInSpace& points, cv::Size view) {
  Stage& stage = *stage_;
  const bool moved = !samePlaces(stage.shown, points);
  const bool resized = std::exchange(stage.view, view) != view;
  if (stage.shown != points || stage.solids.empty()) {
    stage.shown = points;
    stage.build();
  }
  if (moved || (resized && !stage.camera.movedByHand())) resetView();
}

void PointsScene::Stage::build() {
  solids.clear();
  extent.setEmpty();
  for (const auto* places : {&shown.points, &shown.landmarks})
    for (const auto& place : *places) extent.extend(place.mm);
  for (const auto& [from, to] : shown.rulers) add(palette::kMuted, rod(from, to, kRulerShare * size()));
  for (const auto& place : shown.landmarks) add(palette::kMuted, ball(place.mm, kLandmarkShare * size()));
  for (const auto& place : shown.points) {
    const palette::Colour colour = place.chosen || place.inHand ? palette::kTarget : palette::kAccent;
    add(colour, ball(place.mm, (place.inHand ? 1.5 : 1.0) * kPointShare * size()));
    if (place.radius95Mm > 0) add(colour, ball(place.mm, place.radius95Mm), kErrorOpacity);
  }
}

void PointsScene::drawLabels(double unit, Pixels& onto) {
  const Stage& stage = *stage_;
  Canvas canvas;
  canvas.layout = PictureLayout::enlarged(onto.size(), 1);
  canvas.layout.unit = canvas.layout.lineUnit = unit;
  std::vector<cv::Rect2d> taken;
  // A name that would lie on one more wanted is left out, unless it must be there: coming nearer shows it.
  const auto name = [&](const PointsInSpace::Place& place, palette::Colour colour, double sizePx, bool bold) {
    const Eigen::Vector2d at = stage.inView(place.mm);
    const double beside = canvas.units(9);
    const cv::Size2d about(canvas.units(0.62 * sizePx * static_cast<double>(place.name.size())),
                           canvas.units(1.3 * sizePx));
    const cv::Rect2d right(at.x() + beside, at.y() - about.height / 2, about.width, about.height);
    const cv::Rect2d left(at.x() - beside - about.width, right.y, about.width, about.height);
    const auto free = [&](const cv::Rect2d& box) {
      const bool inside = box.x >= 0 && box.br().x <= onto.cols;
      return inside && std::none_of(taken.begin(), taken.end(),
                                    [&](const cv::Rect2d& o) { return (box & o).area() > 0; });
    };
    const bool atRight = free(right);
    if (!bold && !atRight && !free(left)) return;
    taken.push_back(atRight ? right : left);
    canvas.labels.push_back(
        {.text = place.name,
         .colour = colour,
         .sizePx = canvas.units(sizePx),
         .bold = bold,
         .fixed = true,
         .anchors = {{{at.x() + (atRight ? beside : -beside), at.y()}, {atRight ? 0.0 : 1.0, 0.5}}}});
  };
  // The most wanted first: they get the better places.
  for (const auto& place : stage.shown.points)
    if (place.inHand) name(place, palette::kTarget, palette::kPictureLabelPx, true);
  for (const auto& place : stage.shown.points)
    if (!place.inHand)
      name(place, place.chosen ? palette::kTarget : palette::kAccent, palette::kControlTextPx, place.chosen);
  for (const auto& place : stage.shown.landmarks)
    name(place, palette::kMuted, palette::kControlTextPx, false);
  const bool empty = stage.shown.points.empty() && stage.shown.landmarks.empty();
  const double inset = canvas.units(10);
  const LabelAnchor corner{{inset, onto.rows - inset}, {0, 1}};
  const LabelAnchor middle{{onto.cols / 2.0, onto.rows / 2.0}, {0.5, 0.5}};
  if (!stage.shown.note.empty())
    canvas.labels.push_back({.text = stage.shown.note,
                             .colour = palette::kMuted,
                             .sizePx = canvas.units(palette::kControlTextPx),
                             .widestPx = onto.cols - 2 * inset,
                             .fixed = true,
                             .anchors = {empty ? middle : corner}});
  stage_->labels.draw(canvas, onto);
}

std::optional<std::string> PointsScene::pointAt(const Eigen::Vector2d& px, double reach) const {
  std::optional<std::string> nearest;
  for (const auto& place : stage_->shown.points) {
    const double away = (stage_->inView(place.mm) - px).norm();
    if (away > reach) continue;
    reach = away;
    nearest = place.name;
  }
  return nearest;
}

void PointsScene::turn(double right, double up) { stage_->camera.turn(right, up); }

void PointsScene::approach(double factor) { stage_->camera.approach(factor); }

void PointsScene::resetView() {
  const Stage& stage = *stage_;
  if (stage.extent.isEmpty()) return;
  const double aspect = static_cast<double>(stage.view.width) / stage.view.height;
  const Eigen::Vector3d sides = stage.extent.sizes();
  const double deep = std::hypot(sides.y(), sides.z());
  const double seen = std::max({deep, sides.x() / aspect, 20.0}) * 1.2;
  const double distance = seen / 2 / std::tan(radians(OrbitCamera::viewAngleDeg) / 2) + deep / 2;
  stage_->camera.lookAt(stage.extent.center(), {0.12, 0.35, 1}, distance, stage.size());
}

}  // namespace acuguide::rendering
