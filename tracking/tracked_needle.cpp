#include "tracking/tracked_needle.h"

#include "core/pose_chain.h"

#include <cmath>

namespace acuguide::tracking {
namespace {

constexpr double kShownMm = 40.0;    // of the shaft
constexpr double kBeamHalfMm = 1.0;  // half the beam's thickness

struct InPicture {
  Eigen::Vector2d px;
  double throughMm;
};

/// A point given in the picture's frame, whose third axis has no pixels of its own: `scale` is its mm.
InPicture footOf(const Eigen::Vector4d& point, double scale) { return {point.head<2>(), point.z() * scale}; }

}  // namespace

std::optional<TrackedNeedle> trackedNeedle(const std::vector<NamedPose>& poses) {
  ComposedPose chain = composePose(poses, "NeedleTip", "Image");
  if (chain.state == PoseState::Unknown) chain = composePose(poses, "NeedleShaft", "Image");
  const ComposedPose toProbe = composePose(poses, "Image", "Probe");
  if (chain.state != PoseState::Valid || toProbe.state != PoseState::Valid) return std::nullopt;
  const double throughScale = toProbe.matrix.col(2).head<3>().norm();
  const InPicture tip = footOf(chain.matrix * Eigen::Vector4d(0, 0, 0, 1), throughScale);
  const InPicture shaft = footOf(chain.matrix * Eigen::Vector4d(0, 0, -kShownMm, 1), throughScale);
  TrackedNeedle needle;
  needle.tipPx = tip.px;
  needle.tipThroughMm = tip.throughMm;
  needle.shaftPx = shaft.px;
  needle.shaftThroughMm = shaft.throughMm;
  needle.tipInPlane = std::abs(tip.throughMm) <= kBeamHalfMm;
  return needle;
}

std::optional<double> disagreementMm(const NeedleTrack& seen, const TrackedNeedle& tracked,
                                     const std::optional<Eigen::Vector2d>& spacingMm) {
  if (seen.state != NeedleState::Observed || !spacingMm) return std::nullopt;
  const Eigen::Vector2d apart = (seen.tipPx - tracked.tipPx).cwiseProduct(*spacingMm);
  return std::hypot(apart.norm(), tracked.tipThroughMm);
}

}  // namespace acuguide::tracking
