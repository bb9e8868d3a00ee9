#include "rendering/renderer_setup.h"

#include "rendering/palette.h"

#include <vtkLight.h>
#include <vtkNew.h>
#include <vtkRenderer.h>

#include <array>

namespace acuguide::rendering {
namespace {

void addLight(vtkRenderer* renderer, const std::array<double, 3>& from, double intensity) {
  vtkNew<vtkLight> light;
  light->SetLightTypeToCameraLight();
  light->SetPosition(from.data());
  light->SetFocalPoint(0, 0, 0);
  light->SetIntensity(intensity);
  renderer->AddLight(light);
}

}  // namespace

void setUpRenderer(vtkRenderer* renderer) {
  const palette::Colour background = palette::kBackground;
  renderer->SetBackground(background.red / 255.0, background.green / 255.0, background.blue / 255.0);
  renderer->SetBackgroundAlpha(1);  // else a window grabbed as an image is blended with nothing
  renderer->SetAutomaticLightCreation(false);
  addLight(renderer, {-0.6, 0.8, 1.0}, 0.8);
  addLight(renderer, {0.9, 0.1, 0.7}, 0.35);
  addLight(renderer, {0.0, -0.8, 0.3}, 0.15);
}

Pixels blankPixels(cv::Size size) {
  const palette::Colour ground = palette::kBackground;
  return {size, CV_8UC4, cv::Scalar(ground.blue, ground.green, ground.red, 255)};
}

}  // namespace acuguide::rendering
