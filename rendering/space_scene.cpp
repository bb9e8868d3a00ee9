#include "rendering/space_scene.h"

#include "rendering/dashes.h"
#include "rendering/label_layer.h"
#include "rendering/needle_model.h"
#include "rendering/orbit_camera.h"
#include "rendering/pixel_texture.h"
#include "rendering/probe_model.h"
#include "rendering/renderer_setup.h"
#include "rendering/solid.h"
#include "rendering/space_floor.h"
#include "rendering/space_frame.h"

#include <QtCore/QCoreApplication>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkSphereSource.h>
#include <vtkTubeFilter.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

namespace acuguide::rendering {
namespace {

using navigation::GuidanceSnapshot;
using navigation::PictureState;

constexpr double kTubeShare = 0.007;    // radius of outlines, of the picture's width
constexpr double kDashShare = 0.03;     // dash and gap of what is only possible
constexpr double kTargetShare = 0.024;  // radius of the target
constexpr double kStaleBrightness = 0.35;

using Path = std::vector<Eigen::Vector3d>;

vtkSmartPointer<vtkPolyData> tubesAlong(const std::vector<Path>& paths, double radius) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> lines;
  for (const Path& path : paths) {
    lines->InsertNextCell(static_cast<int>(path.size()));
    for (const Eigen::Vector3d& point : path) lines->InsertCellPoint(points->InsertNextPoint(point.data()));
  }
  vtkNew<vtkPolyData> along;
  along->SetPoints(points);
  along->SetLines(lines);
  vtkNew<vtkTubeFilter> tubes;
  tubes->SetInputData(along);
  tubes->SetRadius(radius);
  tubes->SetNumberOfSides(10);
  tubes->Update();
  return tubes->GetOutput();
}

vtkSmartPointer<vtkPolyData> outline(Path corners, double radius) {
  corners.push_back(corners.front());
  return tubesAlong({corners}, radius);
}

}  // namespace

struct SpaceScene::Stage {
  vtkNew<vtkRenderer> renderer;
  PixelTexture pixels;
  vtkNew<vtkActor> plane;
  vtkNew<vtkPolyDataMapper> planeMapper;
  Solid edge{renderer, palette::kMuted};
  ProbeModel probe{renderer};
  NeedleModel needle{renderer};
  SpaceFloor floor{renderer};
  Solid target{renderer, palette::kTarget};
  std::vector<std::unique_ptr<Solid>> dangers, possible;
  LabelLayer labels;
  std::optional<SpaceFrame> frame;
  cv::Size view{1, 1};
  OrbitCamera camera{renderer};

  void placePlane();
  void placeDangers(const guidance::Guidance* guidance);
  void placePossible(std::span<const tracking::PossibleZone> zones);
  Path inSpace(const std::vector<Eigen::Vector2d>& outlinePx) const;
  void placeTarget(const guidance::Guidance* guidance);
};

SpaceScene::SpaceScene() : stage_(std::make_unique<Stage>()) {
  vtkRenderer* renderer = stage_->renderer;
  setUpRenderer(renderer);
  stage_->planeMapper->ScalarVisibilityOff();
  stage_->plane->SetMapper(stage_->planeMapper);
  stage_->plane->SetTexture(stage_->pixels.texture());
  stage_->plane->GetProperty()->LightingOff();
  stage_->plane->VisibilityOff();
  stage_->edge.setUnlit();
  renderer->AddActor(stage_->plane);
}

SpaceScene::~SpaceScene() = default;

vtkRenderer* SpaceScene::renderer() const { return stage_->renderer; }

void SpaceScene::update(const GuidanceSnapshot& snapshot, cv::Size view) {
  Stage& stage = *stage_;
  const SpaceFrame frame(snapshot);
  const bool resized = stage.view != view;
  stage.view = view;
  if (stage.frame != frame) {
    stage.frame = frame;
    stage.placePlane();
    stage.probe.place(frame);
    stage.floor.place(frame);
    resetView();
  } else if (resized && !stage.camera.movedByHand()) {
    resetView();
  }
  // What may no longer be shown is not in the snapshot (navigation::asOf): nothing is asked here.
  stage.plane->SetVisibility(snapshot.frame != nullptr);
  if (snapshot.frame) stage.pixels.show(snapshot.frame);
  const double brightness = snapshot.picture == PictureState::Stale ? kStaleBrightness : 1.0;
  stage.plane->GetProperty()->SetColor(brightness, brightness, brightness);
  const guidance::Guidance* guidance = navigation::drawnGuidance(snapshot);
  stage.placeDangers(guidance);
  stage.placePossible(snapshot.structures.zones);
  stage.placeTarget(guidance);
  stage.needle.place(snapshot.needle, snapshot.plan.get(), frame);
  stage.renderer->ResetCameraClippingRange();
}

void SpaceScene::Stage::placePlane() {
  const double right = frame->region.x + frame->region.width - 0.5;
  const double bottom = frame->region.y + frame->region.height - 0.5;
  const Path corners{frame->toSpace({frame->region.x - 0.5, frame->region.y - 0.5}),
                     frame->toSpace({right, frame->region.y - 0.5}), frame->toSpace({right, bottom}),
                     frame->toSpace({frame->region.x - 0.5, bottom})};
  const double u0 = static_cast<double>(frame->region.x) / frame->picture.width;
  const double v0 = static_cast<double>(frame->region.y) / frame->picture.height;
  const double u1 = (right + 0.5) / frame->picture.width;
  const double v1 = (bottom + 0.5) / frame->picture.height;
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  vtkNew<vtkFloatArray> textureAt;
  textureAt->SetNumberOfComponents(2);
  cells->InsertNextCell(4);
  for (const Eigen::Vector3d& corner : corners)
    cells->InsertCellPoint(points->InsertNextPoint(corner.data()));
  for (const auto& [u, v] : {std::pair{u0, v0}, {u1, v0}, {u1, v1}, {u0, v1}})
    textureAt->InsertNextTuple2(u, v);
  vtkNew<vtkPolyData> rectangle;
  rectangle->SetPoints(points);
  rectangle->SetPolys(cells);
  rectangle->GetPointData()->SetTCoords(textureAt);
  planeMapper->SetInputData(rectangle);
  edge.show(outline(corners, kTubeShare * 0.5 * frame->width()));
}

Path SpaceScene::Stage::inSpace(const std::vector<Eigen::Vector2d>& outlinePx) const {
  Path corners;
  for (const Eigen::Vector2d& px : outlinePx) corners.push_back(frame->toSpace(px));
  return corners;
}

void SpaceScene::Stage::placeDangers(const guidance::Guidance* guidance) {
  const std::size_t count = guidance != nullptr ? guidance->dangerOutlinesPx.size() : 0;
  while (dangers.size() < count) dangers.push_back(std::make_unique<Solid>(renderer, palette::kDanger));
  for (std::size_t i = 0; i < dangers.size(); ++i) {
    dangers[i]->hide();
    if (i >= count || guidance->dangerOutlinesPx[i].size() < 3) continue;
    dangers[i]->show(outline(inSpace(guidance->dangerOutlinesPx[i]), kTubeShare * frame->width()));
  }
}

void SpaceScene::Stage::placePossible(std::span<const tracking::PossibleZone> zones) {
  while (possible.size() < zones.size())
    possible.push_back(std::make_unique<Solid>(renderer, palette::kDanger));
  for (std::size_t i = 0; i < possible.size(); ++i) {
    possible[i]->hide();
    if (i >= zones.size() || zones[i].outlinePx.size() < 3) continue;
    possible[i]->show(tubesAlong(dashesAlong(inSpace(zones[i].outlinePx), kDashShare * frame->width()),
                                 kTubeShare * frame->width()));
  }
}

void SpaceScene::Stage::placeTarget(const guidance::Guidance* guidance) {
  target.hide();
  if (guidance == nullptr || !guidance->target) return;
  const Eigen::Vector3d centre = frame->toSpace(guidance->target->px);
  vtkNew<vtkSphereSource> sphere;
  sphere->SetCenter(centre.x(), centre.y(), centre.z());
  sphere->SetRadius(kTargetShare * frame->width());
  sphere->SetThetaResolution(32);
  sphere->SetPhiResolution(24);
  sphere->Update();
  target.show(sphere->GetOutput());
}

void SpaceScene::drawLabels(const GuidanceSnapshot& snapshot, double unit, Pixels& onto) {
  const SpaceFrame frame(snapshot);
  const cv::Size view = onto.size();
  Canvas canvas;
  canvas.layout = PictureLayout::enlarged(view, 1);
  canvas.layout.unit = canvas.layout.lineUnit = unit;
  const double inset = canvas.units(10);
  const QString scale =
      frame.millimetres
          ? QCoreApplication::translate("SpaceScene", "grid %1 mm").arg(SpaceFloor::spacing(frame), 0, 'f', 0)
          : QCoreApplication::translate("SpaceScene", "grid %1 px, no scale")
                .arg(SpaceFloor::spacing(frame), 0, 'f', 0);
  canvas.labels.push_back({.text = scale.toStdString(),
                           .colour = palette::kMuted,
                           .sizePx = canvas.units(palette::kControlTextPx),
                           .fixed = true,
                           .anchors = {{{view.width - inset, view.height - inset}, {1, 1}}}});
  if (snapshot.picture == PictureState::Stale) {
    canvas.labels.push_back({.text = QCoreApplication::translate("SpaceScene", "STALE").toStdString(),
                             .colour = palette::kNeedle,
                             .sizePx = canvas.units(palette::kPictureLabelPx),
                             .bold = true,
                             .fixed = true,
                             .plate = palette::kAlarmPlate,
                             .anchors = {{{inset, inset}, {0, 0}}}});
  }
  stage_->labels.draw(canvas, onto);
}

void SpaceScene::turn(double right, double up) { stage_->camera.turn(right, up); }

void SpaceScene::approach(double factor) { stage_->camera.approach(factor); }

void SpaceScene::resetView() {
  if (!stage_->frame) return;
  const SpaceFrame& frame = *stage_->frame;
  const double reach = 0.5 * frame.width();  // of the probe that is worth seeing
  const double height = frame.height() + reach;
  const Eigen::Vector3d middle = frame.outwards() * (reach - frame.height()) / 2;
  // Far enough that neither the height nor the probe's width is cut off.
  const double aspect = static_cast<double>(stage_->view.width) / stage_->view.height;
  const double extent = std::max(height, 1.2 * frame.width() / aspect) * 1.12;
  const double distance =
      extent / 2 / std::tan(radians(OrbitCamera::viewAngleDeg) / 2) + 0.25 * frame.width();
  stage_->camera.lookAt(middle, {0.45, 0.26, 1}, distance, frame.width() + frame.height());
}

}  // namespace acuguide::rendering
