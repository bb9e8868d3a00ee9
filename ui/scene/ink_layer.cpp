#include "ui/scene/ink_layer.h"

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkRenderer.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnsignedCharArray.h>

namespace acuguide::ui {
namespace {

constexpr int kLayer = 1;  // above the picture, below the labels

}  // namespace

struct InkLayer::Mesh {
  vtkRenderer* renderer = nullptr;
  vtkNew<vtkActor2D> actor;
  vtkNew<vtkPolyDataMapper2D> mapper;
};

InkLayer::InkLayer(vtkRenderer* renderer) : mesh_(std::make_unique<Mesh>()) {
  mesh_->renderer = renderer;
  mesh_->mapper->SetColorModeToDirectScalars();
  mesh_->mapper->SetScalarModeToUsePointData();
  mesh_->actor->SetMapper(mesh_->mapper);
  mesh_->actor->SetLayerNumber(kLayer);
  renderer->AddActor2D(mesh_->actor);
}

InkLayer::~InkLayer() { mesh_->renderer->RemoveActor2D(mesh_->actor); }

void InkLayer::update(const Ink& ink, int viewHeight) {
  const auto vertexCount = static_cast<vtkIdType>(ink.vertices().size());
  const auto indexCount = static_cast<vtkIdType>(ink.triangles().size());
  mesh_->actor->SetVisibility(indexCount > 0);
  if (indexCount == 0) return;

  vtkNew<vtkPoints> points;
  points->SetDataTypeToFloat();
  points->SetNumberOfPoints(vertexCount);
  vtkNew<vtkUnsignedCharArray> colours;
  colours->SetNumberOfComponents(4);
  colours->SetNumberOfTuples(vertexCount);
  for (vtkIdType i = 0; i < vertexCount; ++i) {
    const Ink::Vertex& vertex = ink.vertices()[static_cast<std::size_t>(i)];
    points->SetPoint(i, vertex.x, static_cast<float>(viewHeight) - vertex.y,
                     0);  // VTK counts from the bottom
    colours->SetTypedTuple(i, vertex.rgba.data());
  }
  vtkNew<vtkTypeInt32Array> connectivity;
  connectivity->SetNumberOfValues(indexCount);
  for (vtkIdType i = 0; i < indexCount; ++i)
    connectivity->SetValue(i, static_cast<vtkTypeInt32>(ink.triangles()[static_cast<std::size_t>(i)]));
  vtkNew<vtkCellArray> triangles;
  triangles->SetData(3, connectivity);

  vtkNew<vtkPolyData> mesh;
  mesh->SetPoints(points);
  mesh->SetPolys(triangles);
  mesh->GetPointData()->SetScalars(colours);
  mesh_->mapper->SetInputData(mesh);
}

}  // namespace acuguide::ui
