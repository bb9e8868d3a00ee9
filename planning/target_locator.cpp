#include "planning/target_locator.h"

namespace acuguide::planning {
namespace {

using Located = std::variant<TargetInPicture, GuidanceReason>;

struct Locator {
  const PictureFrame& frame;
  const imaging::FrameAnalysis& analysis;

  Located at(const Eigen::Vector2d& px, std::string source) const {
    TargetInPicture target{px, std::nullopt, std::move(source)};
    if (frame.scaled()) target.depthMm = frame.fromPx(px).y();
    return target;
  }

  Located operator()(const TargetAtDepth& target) const {
    if (!frame.scaled()) return GuidanceReason::NoScale;
    return at(frame.toPx({target.point.lateralMm, target.point.depthMm}), "depth");
  }

  Located operator()(const TargetAtPlane& target) const {
    if (!frame.scaled() && (target.lateralMm != 0 || target.offsetMm != 0)) return GuidanceReason::NoScale;
    const double x = frame.toPx({target.lateralMm, 0.0}).x();
    const imaging::TissuePlane* plane = analysis.plane(target.plane);
    const std::optional<double> ridge = plane ? imaging::ridgeAt(*plane, x) : std::nullopt;
    if (!ridge) return GuidanceReason::NoTarget;
    const Eigen::Vector2d onPlane = frame.fromPx({x, *ridge});
    return at(frame.toPx(onPlane + Eigen::Vector2d(0, target.offsetMm)),
              std::string(imaging::nameOf(target.plane)));
  }

  Located operator()(const TargetAtPixel& target) const { return at(target.px, "pixel"); }
};

}  // namespace

Located locateTarget(const Target& target, const PictureFrame& frame,
                     const imaging::FrameAnalysis& analysis) {
  return std::visit(Locator{frame, analysis}, target);
}

}  // namespace acuguide::planning
