#include "ui/overlay_image.h"

#include "core/clock.h"
#include "core/error.h"
#include "ui/scene/picture_scene.h"

#include <opencv2/imgproc.hpp>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkUnsignedCharArray.h>

#include <X11/Xlib.h>
#include <memory>

namespace acuguide::ui {
namespace {

constexpr int kLeastWidthPx = 640;

int enlargement(int width) { return width >= kLeastWidthPx ? 1 : (kLeastWidthPx + width - 1) / width; }

/// VTK ends the program when there is no display; an Error is kinder.
void requireDisplay() {
  const std::unique_ptr<Display, decltype(&XCloseDisplay)> display(XOpenDisplay(nullptr), &XCloseDisplay);
  if (!display) {
    throw Error("overlay pictures", "no X display can be reached",
                "set DISPLAY, or install Xvfb for a display of the program's own");
  }
}

}  // namespace

struct OverlayImageRenderer::Scene {
  PictureScene picture;
  vtkNew<vtkRenderWindow> window;
  vtkNew<vtkUnsignedCharArray> pixels;
};

OverlayImageRenderer::OverlayImageRenderer() {
  requireDisplay();
  scene_ = std::make_unique<Scene>();
  scene_->window->SetShowWindow(false);
  scene_->window->SetUseOffScreenBuffers(true);
  scene_->window->SetMultiSamples(0);
  scene_->window->AddRenderer(scene_->picture.renderer());
}

OverlayImageRenderer::~OverlayImageRenderer() = default;

cv::Mat OverlayImageRenderer::render(const navigation::GuidanceSnapshot& snapshot, const Overlays& overlays) {
  if (!snapshot.frame || snapshot.frame->pixels.empty()) return {};
  const cv::Size size = snapshot.frame->pixels.size();
  const PictureLayout layout = PictureLayout::enlarged(size, enlargement(size.width));
  scene_->window->SetSize(layout.view.width, layout.view.height);
  scene_->picture.update(snapshot, overlays, layout, monotonicSeconds());
  scene_->window->Render();
  scene_->window->GetPixelData(0, 0, layout.view.width - 1, layout.view.height - 1, 0, scene_->pixels);
  const cv::Mat rgb(layout.view, CV_8UC3, scene_->pixels->GetPointer(0));
  cv::Mat upright;
  cv::cvtColor(rgb, upright, cv::COLOR_RGB2BGR);
  cv::flip(upright, upright, 0);
  return upright;
}

}  // namespace acuguide::ui
