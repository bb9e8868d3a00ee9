#include "ui/scene/picture_scene.h"

#include "ui/scene/corridor_overlay.h"
#include "ui/scene/danger_overlay.h"
#include "ui/scene/needle_overlay.h"
#include "ui/scene/orientation_overlay.h"
#include "ui/scene/picture_notice.h"
#include "ui/scene/plane_overlay.h"
#include "ui/scene/ruler_overlay.h"
#include "ui/scene/state_frame.h"
#include "ui/scene/target_overlay.h"

#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkRenderer.h>

namespace acuguide::ui {
namespace {

using navigation::GuidanceSnapshot;
using navigation::PictureState;

/// The plan's tolerance in picture pixels, where the scale is known.
std::optional<double> tolerancePx(const GuidanceSnapshot& snapshot) {
  if (!snapshot.plan || !snapshot.frame || !snapshot.frame->geometry.spacingMm) return std::nullopt;
  return snapshot.plan->targetToleranceMm / snapshot.frame->geometry.spacingMm->mean();
}

void drawGuidance(const GuidanceSnapshot& snapshot, const Overlays& overlays, Canvas& canvas) {
  if (!snapshot.guidance) return;
  const planning::Guidance& guidance = *snapshot.guidance;
  if (overlays.corridor) drawCorridor(guidance.corridorPx, canvas);
  if (overlays.dangers && snapshot.plan) drawDangers(*snapshot.plan, guidance, canvas);
  if (overlays.target && guidance.target) drawTarget(*guidance.target, tolerancePx(snapshot), canvas);
}

}  // namespace

Canvas drawOverlays(const GuidanceSnapshot& snapshot, const Overlays& overlays, const PictureLayout& layout,
                    double now) {
  Canvas canvas;
  canvas.layout = layout;
  // Nothing found in a picture that is too old may be shown as if it were there now.
  const bool trusted =
      snapshot.frame && snapshot.picture != PictureState::None && snapshot.picture != PictureState::Stale;
  if (snapshot.frame) {
    if (overlays.ruler) drawRuler(snapshot.frame->geometry, snapshot.analysis.region, canvas);
    if (overlays.orientation) drawOrientation(snapshot.analysis.region, canvas);
  }
  if (trusted) {
    if (overlays.planes) drawPlanes(snapshot.analysis.planes, canvas);
    drawGuidance(snapshot, overlays, canvas);
    if (overlays.needle) drawNeedle(snapshot.needle, canvas);
    if (snapshot.guidance && overlays != Overlays::none()) drawStateFrame(snapshot.guidance->state, canvas);
  }
  drawPictureNotice(snapshot, now, canvas);
  return canvas;
}

struct PictureScene::Stage {
  vtkNew<vtkRenderer> renderer;
};

PictureScene::PictureScene()
    : stage_(std::make_unique<Stage>()), picture_(renderer()), ink_(renderer()), labels_(renderer()) {
  const palette::Colour background = palette::kBackground;
  stage_->renderer->SetBackground(background.red / 255.0, background.green / 255.0, background.blue / 255.0);
  stage_->renderer->SetBackgroundAlpha(1);  // else a window grabbed as an image is blended with nothing
  stage_->renderer->InteractiveOff();
  stage_->renderer->SetAutomaticLightCreation(false);
}

PictureScene::~PictureScene() = default;

vtkRenderer* PictureScene::renderer() const { return stage_->renderer; }

void PictureScene::update(const GuidanceSnapshot& snapshot, const Overlays& overlays,
                          const PictureLayout& layout, double now) {
  picture_.update(snapshot.frame, layout);
  const Canvas canvas = drawOverlays(snapshot, overlays, layout, now);
  ink_.update(canvas.ink, layout.view.height);
  labels_.update(canvas);

  // World coordinates are device pixels, counted from the bottom left corner.
  const double x = layout.view.width / 2.0;
  const double y = layout.view.height / 2.0;
  vtkCamera* camera = stage_->renderer->GetActiveCamera();
  camera->ParallelProjectionOn();
  camera->SetPosition(x, y, 10);
  camera->SetFocalPoint(x, y, 0);
  camera->SetViewUp(0, 1, 0);
  camera->SetParallelScale(y);
  camera->SetClippingRange(1, 20);
}

}  // namespace acuguide::ui
