#include "rendering/overlay_image.h"

#include "core/clock.h"
#include "rendering/picture_scene.h"

#include <opencv2/imgproc.hpp>

namespace acuguide::rendering {
namespace {

constexpr int kLeastWidthPx = 640;

int enlargement(int width) { return width >= kLeastWidthPx ? 1 : (kLeastWidthPx + width - 1) / width; }

}  // namespace

struct OverlayImageRenderer::Scene {
  PictureScene picture;
};

OverlayImageRenderer::OverlayImageRenderer() : scene_(std::make_unique<Scene>()) {}

OverlayImageRenderer::~OverlayImageRenderer() = default;

cv::Mat OverlayImageRenderer::render(const navigation::GuidanceSnapshot& snapshot, const Overlays& overlays) {
  if (!snapshot.frame || snapshot.frame->pixels.empty()) return {};
  const cv::Size size = snapshot.frame->pixels.size();
  const PictureLayout layout = PictureLayout::enlarged(size, enlargement(size.width));
  cv::Mat bgr;
  cv::cvtColor(scene_->picture.draw(snapshot, overlays, layout, monotonicSeconds()), bgr, cv::COLOR_BGRA2BGR);
  return bgr;
}

}  // namespace acuguide::rendering
