#include "rendering/picture_scene.h"

#include "rendering/corridor_overlay.h"
#include "rendering/danger_overlay.h"
#include "rendering/ink_raster.h"
#include "rendering/muscle_overlay.h"
#include "rendering/needle_overlay.h"
#include "rendering/orientation_overlay.h"
#include "rendering/picture_notice.h"
#include "rendering/plane_overlay.h"
#include "rendering/point_overlay.h"
#include "rendering/ruler_overlay.h"
#include "rendering/side_overlay.h"
#include "rendering/state_frame.h"
#include "rendering/target_overlay.h"

namespace acuguide::rendering {
namespace {

using navigation::GuidanceSnapshot;

/// The plan's tolerance in picture pixels, where the scale is known.
std::optional<double> tolerancePx(const GuidanceSnapshot& snapshot) {
  if (!snapshot.plan || !snapshot.frame || !snapshot.frame->geometry.spacingMm) return std::nullopt;
  return snapshot.plan->targetToleranceMm / snapshot.frame->geometry.spacingMm->mean();
}

void drawGuidance(const GuidanceSnapshot& snapshot, const Overlays& overlays, Canvas& canvas) {
  const guidance::Guidance* guidance = navigation::drawnGuidance(snapshot);
  if (guidance == nullptr) return;
  if (overlays.corridor) drawCorridor(guidance->corridorPx, canvas);
  if (overlays.dangers && snapshot.plan) drawDangers(*snapshot.plan, *guidance, canvas);
  if (overlays.target && guidance->target) drawTarget(*guidance->target, tolerancePx(snapshot), canvas);
}

}  // namespace

Canvas drawOverlays(const GuidanceSnapshot& snapshot, const Overlays& overlays, const PictureLayout& layout,
                    double now) {
  Canvas canvas;
  canvas.layout = layout;
  // What may no longer be shown is not in the snapshot (navigation::asOf): nothing is asked here.
  if (snapshot.frame) {
    if (overlays.ruler) drawRuler(snapshot.frame->geometry, snapshot.analysis->region, canvas);
    if (overlays.orientation) drawOrientation(snapshot.analysis->region, canvas);
    if (overlays.planes) drawPlanes(snapshot.analysis->planes, canvas);
    if (overlays.muscle) drawMuscle(*snapshot.analysis, snapshot.frame->geometry, canvas);
    if (overlays.dangers)
      drawPossible(snapshot.structures.zones, navigation::drawnGuidance(snapshot), canvas);
    drawGuidance(snapshot, overlays, canvas);
    if (overlays.target) drawPoint(snapshot, canvas);
    if (overlays.needle) {
      drawNeedle(snapshot.needle, canvas);
      const guidance::Guidance* guidance = navigation::drawnGuidance(snapshot);
      if (guidance != nullptr && guidance->blade.clock)
        drawBlade(snapshot.needle, *guidance->blade.clock, canvas);
    }
    if (overlays.needle && snapshot.trackedNeedle) drawTrackedNeedle(*snapshot.trackedNeedle, canvas);
    // Side and frame of the state are no overlays: nothing switches them off.
    if (snapshot.plan) drawBodySide(*snapshot.plan, canvas);
    if (const auto state = navigation::shownState(snapshot)) drawStateFrame(*state, canvas);
  }
  drawPictureNotice(snapshot, now, canvas);
  return canvas;
}

const Pixels& PictureScene::draw(const GuidanceSnapshot& snapshot, const Overlays& overlays,
                                 const PictureLayout& layout, double now, const Caption& caption) {
  const palette::Colour ground = palette::kBackground;
  drawn_.create(layout.view, CV_8UC4);
  drawn_.setTo(cv::Scalar(ground.blue, ground.green, ground.red, 255));
  if (snapshot.frame) picture_.draw(*snapshot.frame, layout, drawn_);
  Canvas canvas = drawOverlays(snapshot, overlays, layout, now);
  if (!caption.empty()) drawCaption(caption, canvas);
  const cv::Rect2d seen = layout.pictureRectangle();
  drawInk(canvas.ink, drawn_,
          cv::Rect(cv::Point(cvRound(seen.x), cvRound(seen.y)),
                   cv::Point(cvRound(seen.x + seen.width), cvRound(seen.y + seen.height))));
  drawInk(canvas.beside, drawn_);
  labels_.draw(canvas, drawn_);
  return drawn_;
}

}  // namespace acuguide::rendering
