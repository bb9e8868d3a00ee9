#include "ui/scene/picture_layer.h"

#include "ui/scene/pixel_texture.h"

#include <vtkActor.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>

#include <utility>

namespace acuguide::ui {

struct PictureLayer::Quad {
  vtkRenderer* renderer = nullptr;
  PixelTexture pixels;
  vtkNew<vtkActor> actor;
  vtkNew<vtkPolyDataMapper> mapper;
  vtkNew<vtkPolyData> rectangle;
  vtkNew<vtkPoints> corners;
};

PictureLayer::PictureLayer(vtkRenderer* renderer) : quad_(std::make_unique<Quad>()) {
  quad_->renderer = renderer;
  quad_->corners->SetNumberOfPoints(4);
  vtkNew<vtkFloatArray> textureAt;
  textureAt->SetNumberOfComponents(2);
  for (const auto& [u, v] : {std::pair{0.F, 0.F}, {1.F, 0.F}, {1.F, 1.F}, {0.F, 1.F}}) {
    const float uv[2] = {u, v};
    textureAt->InsertNextTuple(uv);
  }
  vtkNew<vtkCellArray> cells;
  const vtkIdType ids[4] = {0, 1, 2, 3};
  cells->InsertNextCell(4, ids);
  quad_->rectangle->SetPoints(quad_->corners);
  quad_->rectangle->SetPolys(cells);
  quad_->rectangle->GetPointData()->SetTCoords(textureAt);
  quad_->mapper->SetInputData(quad_->rectangle);
  quad_->actor->SetMapper(quad_->mapper);
  quad_->actor->SetTexture(quad_->pixels.texture());
  quad_->actor->GetProperty()->LightingOff();
  quad_->actor->VisibilityOff();
  renderer->AddActor(quad_->actor);
}

PictureLayer::~PictureLayer() { quad_->renderer->RemoveActor(quad_->actor); }

void PictureLayer::update(const std::shared_ptr<const Frame>& frame, const PictureLayout& layout) {
  quad_->actor->SetVisibility(frame != nullptr);
  if (!frame) return;
  quad_->pixels.show(frame);
  const cv::Rect2d place = layout.pictureRectangle();
  const double top = layout.view.height - place.y;
  const double bottom = top - place.height;
  quad_->corners->SetPoint(0, place.x, top, 0);
  quad_->corners->SetPoint(1, place.x + place.width, top, 0);
  quad_->corners->SetPoint(2, place.x + place.width, bottom, 0);
  quad_->corners->SetPoint(3, place.x, bottom, 0);
  quad_->corners->Modified();
}

}  // namespace acuguide::ui
