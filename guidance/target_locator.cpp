#include "guidance/target_locator.h"

#include <cmath>

namespace acuguide::guidance {
namespace {

using Located = std::variant<TargetInPicture, GuidanceReason>;

struct Locator {
  const planning::PictureFrame& frame;
  const imaging::FrameAnalysis& analysis;

  Located at(const Eigen::Vector2d& px, std::string source) const {
    TargetInPicture target;
    target.px = px;
    target.source = std::move(source);
    if (frame.scaled()) target.depthMm = frame.fromPx(px).y();
    return target;
  }

  Located operator()(const planning::TargetAtDepth& target) const {
    if (!frame.scaled()) return GuidanceReason::NoScale;
    return at(frame.toPx({target.point.lateralMm, target.point.depthMm}), "depth");
  }

  Located operator()(const planning::TargetAtPlane& target) const {
    if (!frame.scaled() && (target.lateralMm != 0 || target.offsetMm != 0)) return GuidanceReason::NoScale;
    const double x = frame.toPx({target.lateralMm, 0.0}).x();
    const imaging::TissuePlane* plane = analysis.plane(target.plane);
    const std::optional<double> ridge = plane ? imaging::ridgeAt(*plane, x) : std::nullopt;
    if (!ridge) return GuidanceReason::NoTarget;
    return at(below({x, *ridge}, target.offsetMm), std::string(imaging::nameOf(target.plane)));
  }

  Eigen::Vector2d below(const Eigen::Vector2d& px, double mm) const {
    return frame.toPx(frame.fromPx(px) + Eigen::Vector2d(0, mm));
  }

  Located operator()(const planning::TargetAtPixel& target) const { return at(target.px, "pixel"); }
};

}  // namespace

Located locateTarget(const planning::Target& target, const planning::PictureFrame& frame,
                     const imaging::FrameAnalysis& analysis) {
  return std::visit(Locator{frame, analysis}, target);
}

TargetInPicture followTarget(const planning::Target& target, const tracking::AnchoredPoint& anchor,
                             const planning::PictureFrame& frame, const imaging::FrameAnalysis& analysis) {
  // A plane farther than this from the tissue that lay on it is another plane: share of the region's height.
  constexpr double kSamePlane = 0.06;
  const Locator locator{frame, analysis};
  Eigen::Vector2d px = anchor.px;
  std::string source = std::holds_alternative<planning::TargetAtPixel>(target) ? "pixel" : "depth";
  if (const auto* on = std::get_if<planning::TargetAtPlane>(&target)) {
    source = imaging::nameOf(on->plane);
    const imaging::TissuePlane* plane = analysis.plane(on->plane);
    const std::optional<double> ridge = plane ? imaging::ridgeAt(*plane, px.x()) : std::nullopt;
    if (ridge) {
      const Eigen::Vector2d onPlane = locator.below({px.x(), *ridge}, on->offsetMm);
      if (std::abs(onPlane.y() - px.y()) < kSamePlane * analysis.region.bounds.height) px = onPlane;
    }
  }
  TargetInPicture followed = std::get<TargetInPicture>(locator.at(px, source));
  followed.sigmaPx = anchor.sigmaPx;
  followed.sure = anchor.sure;
  return followed;
}

bool insideRegion(const imaging::ImagingRegion& region, const Eigen::Vector2d& px) {
  if (!px.allFinite()) return false;
  const cv::Point2d at(std::round(px.x()), std::round(px.y()));
  const cv::Rect& box = region.bounds;
  if (!cv::Rect2d(box).contains(at)) return false;
  if (region.mask.size() != box.size() || region.mask.type() != CV_8UC1) return true;
  return region.mask.at<unsigned char>(static_cast<int>(at.y) - box.y, static_cast<int>(at.x) - box.x) != 0;
}

}  // namespace acuguide::guidance
