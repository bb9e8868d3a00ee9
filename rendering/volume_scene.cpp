#include "rendering/volume_scene.h"

#include "core/units.h"
#include "rendering/orbit_camera.h"
#include "rendering/renderer_setup.h"

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCleanPolyData.h>
#include <vtkColorTransferFunction.h>
#include <vtkFixedPointVolumeRayCastMapper.h>
#include <vtkImageData.h>
#include <vtkImageProperty.h>
#include <vtkImageResize.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkOutlineSource.h>
#include <vtkPiecewiseFunction.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace acuguide::rendering {
namespace {

constexpr double kFasciaOpacity = 0.25;     ///< it lies over all else
constexpr double kLongestRendered = 160.0;  ///< voxels an edge: a processor draws it while one turns it

void paint(vtkActor& actor, palette::Colour colour) {
  actor.GetProperty()->SetColor(colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

vtkSmartPointer<vtkActor> actorOf(const VolumeStructure& surface) {
  vtkNew<vtkPoints> points;
  for (const auto& vertex : surface.mesh.vertices) points->InsertNextPoint(vertex.data());
  vtkNew<vtkCellArray> triangles;
  for (const auto& [a, b, c] : surface.mesh.triangles) {
    const vtkIdType corners[3] = {a, b, c};
    triangles->InsertNextCell(3, corners);
  }
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  data->SetPolys(triangles);
  vtkNew<vtkCleanPolyData> joined;  // STL has each corner once for each triangle
  joined->SetInputData(data);
  vtkNew<vtkPolyDataNormals> normals;
  normals->SetInputConnection(joined->GetOutputPort());
  normals->SplittingOff();
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputConnection(normals->GetOutputPort());
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  paint(*actor, surface.colour);
  if (surface.id.starts_with("fascia")) actor->GetProperty()->SetOpacity(kFasciaOpacity);
  return actor;
}

/// Patient's LPS to the scene, whose y is up: the head is up, and one looks at the patient's front.
vtkSmartPointer<vtkMatrix4x4> standing() {
  auto matrix = vtkSmartPointer<vtkMatrix4x4>::New();
  const double rows[16] = {1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1};
  matrix->DeepCopy(rows);
  return matrix;
}

}  // namespace

struct VolumeScene::Parts {
  vtkNew<vtkRenderer> renderer;
  OrbitCamera camera{renderer};
  vtkNew<vtkImageData> image;
  std::vector<vtkSmartPointer<vtkActor>> surfaces;
  std::array<vtkSmartPointer<vtkImageSliceMapper>, 3> planes;
  std::array<vtkSmartPointer<vtkImageSlice>, 3> slices;
  Eigen::Vector3d middle, half;  ///< of the volume, mm in its coordinates
  cv::Size view{4, 3};

  Eigen::Vector3d inScene(const Eigen::Vector3d& lps) const { return {lps.x(), lps.z(), -lps.y()}; }
};

VolumeScene::VolumeScene(const volume::Volume& volume, const std::vector<VolumeStructure>& structures)
    : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  setUpRenderer(parts.renderer);
  const volume::VolumeGrid& grid = volume.grid;
  vtkNew<vtkUnsignedCharArray> levels;
  levels->SetArray(const_cast<std::uint8_t*>(volume.grey.data()), static_cast<vtkIdType>(volume.grey.size()),
                   1);  // not copied; VTK only reads it
  parts.image->SetDimensions(grid.size.data());
  parts.image->SetSpacing(grid.spacingMm.data());
  parts.image->SetOrigin(grid.originMm.data());
  parts.image->GetPointData()->SetScalars(levels);

  double longest = 1;
  for (std::size_t a = 0; a < 3; ++a) {
    longest = std::max(longest, double(grid.size[a]));
    const auto i = static_cast<Eigen::Index>(a);
    parts.middle[i] = grid.originMm[a] + 0.5 * (grid.size[a] - 1) * grid.spacingMm[a];
    parts.half[i] = 0.5 * grid.size[a] * grid.spacingMm[a];
  }
  vtkNew<vtkImageResize> coarser;
  coarser->SetInputData(parts.image);
  const double factor = std::min(1.0, kLongestRendered / longest);
  coarser->SetResizeMethodToMagnificationFactors();
  coarser->SetMagnificationFactors(factor, factor, factor);
  vtkNew<vtkFixedPointVolumeRayCastMapper> mapper;
  mapper->SetInputConnection(coarser->GetOutputPort());
  vtkNew<vtkPiecewiseFunction> opacity;
  opacity->AddPoint(70, 0.0);
  opacity->AddPoint(140, 0.02);
  opacity->AddPoint(255, structures.empty() ? 0.35 : 0.12);
  vtkNew<vtkColorTransferFunction> colour;
  colour->AddRGBPoint(0, 0, 0, 0);
  colour->AddRGBPoint(120, 0.55, 0.45, 0.4);
  colour->AddRGBPoint(255, 1, 0.96, 0.9);
  vtkNew<vtkVolume> body;
  body->SetMapper(mapper);
  body->GetProperty()->SetScalarOpacity(opacity);
  body->GetProperty()->SetColor(colour);
  body->GetProperty()->SetInterpolationTypeToLinear();
  body->GetProperty()->SetScalarOpacityUnitDistance(grid.spacingMm[0] / factor);
  const auto upright = standing();
  body->SetUserMatrix(upright);
  parts.renderer->AddViewProp(body);

  vtkNew<vtkOutlineSource> frame;
  const Eigen::Vector3d first = parts.middle - parts.half, last = parts.middle + parts.half;
  frame->SetBounds(first.x(), last.x(), first.y(), last.y(), first.z(), last.z());
  vtkNew<vtkPolyDataMapper> edges;
  edges->SetInputConnection(frame->GetOutputPort());
  vtkNew<vtkActor> box;
  box->SetMapper(edges);
  paint(*box, palette::kMuted);
  box->GetProperty()->LightingOff();
  box->SetUserMatrix(upright);
  parts.renderer->AddActor(box);

  for (const VolumeStructure& structure : structures) {
    if (structure.mesh.triangles.empty()) continue;
    parts.surfaces.push_back(actorOf(structure));
    parts.surfaces.back()->SetUserMatrix(upright);
    parts.renderer->AddActor(parts.surfaces.back());
  }
  for (std::size_t a = 0; a < 3; ++a) {
    auto& plane = parts.planes[a] = vtkSmartPointer<vtkImageSliceMapper>::New();
    plane->SetInputData(parts.image);
    plane->SetOrientation(static_cast<int>(a));
    auto& slice = parts.slices[a] = vtkSmartPointer<vtkImageSlice>::New();
    slice->SetMapper(plane);
    slice->SetUserMatrix(upright);
    slice->VisibilityOff();
    parts.renderer->AddViewProp(slice);
  }
  setSlices({grid.size[0] / 2, grid.size[1] / 2, grid.size[2] / 2});
  setWindowLevel(255, 127.5);
  resetView();
}

VolumeScene::~VolumeScene() = default;

vtkRenderer* VolumeScene::renderer() const { return parts_->renderer; }

void VolumeScene::showSurfaces(bool shown) {
  for (const auto& surface : parts_->surfaces) surface->SetVisibility(shown ? 1 : 0);
}

void VolumeScene::showSlices(bool shown) {
  for (const auto& slice : parts_->slices) slice->SetVisibility(shown ? 1 : 0);
}

void VolumeScene::setSlices(const std::array<int, 3>& voxel) {
  for (std::size_t a = 0; a < 3; ++a) parts_->planes[a]->SetSliceNumber(voxel[a]);
}

void VolumeScene::setWindowLevel(double window, double level) {
  for (const auto& slice : parts_->slices) {
    slice->GetProperty()->SetColorWindow(window);
    slice->GetProperty()->SetColorLevel(level);
  }
}

void VolumeScene::fitInto(cv::Size view) {
  if (std::exchange(parts_->view, view) != view && !parts_->camera.movedByHand()) resetView();
}

void VolumeScene::turn(double right, double up) { parts_->camera.turn(right, up); }
void VolumeScene::approach(double factor) { parts_->camera.approach(factor); }
void VolumeScene::pan(double right, double up) { parts_->camera.pan(right, up); }

// From before, a little above and to the side; as near as the ball about the volume allows.
void VolumeScene::resetView() {
  Parts& parts = *parts_;
  const double radius = parts.half.norm();
  const double narrow = std::min(1.0, double(parts.view.width) / parts.view.height);
  const double halfAngle = std::atan(narrow * std::tan(radians(OrbitCamera::viewAngleDeg) / 2));
  parts.camera.lookAt(parts.inScene(parts.middle), {-0.45, 0.35, 1.0}, radius / std::sin(halfAngle),
                      2 * radius);
}

std::array<std::optional<Eigen::Vector2d>, 6> VolumeScene::directionsInView() const {
  const Parts& parts = *parts_;
  const double beside = 0.06 * parts.half.norm();
  const Eigen::Map<const Eigen::Vector3d> forward(
      parts.renderer->GetActiveCamera()->GetDirectionOfProjection());
  std::array<std::optional<Eigen::Vector2d>, 6> places;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto axis = static_cast<Eigen::Index>(i / 2);
    const Eigen::Vector3d direction = (i % 2 == 0 ? -1.0 : 1.0) * Eigen::Vector3d::Unit(axis);
    if (parts.inScene(direction).dot(forward) > 0.7) continue;
    const Eigen::Vector3d place = parts.middle + (parts.half[axis] + beside) * direction;
    places[i] = parts.camera.inView(parts.inScene(place), parts.view);
  }
  return places;
}

}  // namespace acuguide::rendering
