#include "ui/scene/label_layer.h"

#include "ui/scene/label_placer.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkRenderer.h>
#include <vtkTexture.h>
#include <vtkTexturedActor2D.h>

#include <cstring>

namespace acuguide::ui {
namespace {

constexpr int kLayer = 2;  // above the ink

}  // namespace

/// One rectangle with a label's picture on it.
struct LabelLayer::Sprite {
  vtkNew<vtkTexturedActor2D> actor;
  vtkNew<vtkPolyDataMapper2D> mapper;
  vtkNew<vtkPolyData> rectangle;
  vtkNew<vtkPoints> corners;
  vtkNew<vtkTexture> texture;
  vtkNew<vtkImageData> image;
  const std::uint8_t* shown = nullptr;  // the raster's picture that the texture holds
  cv::Mat held;                         // keeps it alive, so that its address stays its own

  Sprite() {
    corners->SetNumberOfPoints(4);
    vtkNew<vtkFloatArray> textureAt;
    textureAt->SetNumberOfComponents(2);
    for (const auto& [u, v] : {std::pair{0.F, 0.F}, {1.F, 0.F}, {1.F, 1.F}, {0.F, 1.F}}) {
      const float uv[2] = {u, v};
      textureAt->InsertNextTuple(uv);
    }
    vtkNew<vtkCellArray> cells;
    const vtkIdType ids[4] = {0, 1, 2, 3};
    cells->InsertNextCell(4, ids);
    rectangle->SetPoints(corners);
    rectangle->SetPolys(cells);
    rectangle->GetPointData()->SetTCoords(textureAt);
    texture->SetInputDataObject(image);
    texture->InterpolateOff();
    texture->SetColorModeToDirectScalars();
    mapper->SetInputData(rectangle);
    actor->SetMapper(mapper);
    actor->SetTexture(texture);
    actor->SetLayerNumber(kLayer);
  }

  void show(const cv::Mat& picture, const cv::Rect2d& place, int viewHeight) {
    if (picture.data != shown) {
      image->SetDimensions(picture.cols, picture.rows, 1);
      image->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
      for (int row = 0; row < picture.rows; ++row) {
        std::memcpy(image->GetScalarPointer(0, picture.rows - 1 - row, 0), picture.ptr(row),
                    static_cast<std::size_t>(picture.cols) * 4);
      }
      image->Modified();
      held = picture;
      shown = picture.data;
    }
    const double top = viewHeight - place.y;
    const double bottom = top - place.height;
    corners->SetPoint(0, place.x, bottom, 0);
    corners->SetPoint(1, place.x + place.width, bottom, 0);
    corners->SetPoint(2, place.x + place.width, top, 0);
    corners->SetPoint(3, place.x, top, 0);
    corners->Modified();
    actor->VisibilityOn();
  }
};

LabelLayer::LabelLayer(vtkRenderer* renderer) : renderer_(renderer) {}

LabelLayer::~LabelLayer() {
  for (const auto& sprite : sprites_) renderer_->RemoveActor2D(sprite->actor);
}

void LabelLayer::update(const Canvas& canvas) {
  std::vector<cv::Mat> pictures;
  std::vector<cv::Size> sizes;
  for (const Label& label : canvas.labels) {
    pictures.push_back(raster_.pictureOf(label, canvas.layout.unit));
    sizes.push_back(pictures.back().size());
  }
  raster_.forgetUnused();
  const std::vector<cv::Rect2d> places =
      placeLabels(canvas.labels, sizes, canvas.keepClear, canvas.uncovered());
  for (std::size_t i = 0; i < std::max(pictures.size(), sprites_.size()); ++i) {
    if (i < pictures.size() && !pictures[i].empty()) {
      sprite(i).show(pictures[i], places[i], canvas.layout.view.height);
    } else if (i < sprites_.size()) {
      sprites_[i]->actor->VisibilityOff();
    }
  }
}

LabelLayer::Sprite& LabelLayer::sprite(std::size_t index) {
  while (sprites_.size() <= index) {
    sprites_.push_back(std::make_unique<Sprite>());
    renderer_->AddActor2D(sprites_.back()->actor);
  }
  return *sprites_[index];
}

}  // namespace acuguide::ui
