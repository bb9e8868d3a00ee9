#include "rendering/solid.h"

#include <vtkPolyData.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>

namespace acuguide::rendering {

Solid::Solid(vtkRenderer* renderer, palette::Colour colour) : renderer_(renderer) {
  vtkProperty* property = actor_->GetProperty();
  property->SetColor(colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
  property->SetAmbient(0.15);
  property->SetDiffuse(0.85);
  property->SetSpecular(0.15);
  property->SetSpecularPower(20);
  mapper_->ScalarVisibilityOff();
  actor_->SetMapper(mapper_);
  actor_->VisibilityOff();
  renderer_->AddActor(actor_);
}

Solid::~Solid() { renderer_->RemoveActor(actor_); }

void Solid::show(vtkPolyData* surface, double opacity) {
  mapper_->SetInputData(surface);
  actor_->GetProperty()->SetOpacity(opacity);
  actor_->VisibilityOn();
}

void Solid::hide() { actor_->VisibilityOff(); }

void Solid::setUnlit() { actor_->GetProperty()->LightingOff(); }

}  // namespace acuguide::rendering
