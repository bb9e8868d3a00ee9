#pragma once

#include "guidance/guidance.h"
#include "planning/picture_frame.h"

#include <variant>

namespace acuguide::guidance {

/// Where the plan's target is in this picture, or why that is not known: NoTarget (its plane is not seen at
/// that place) or NoScale (the plan gives millimetres, the picture has none). A target on a plane at lateral
/// 0 and offset 0 needs no scale: the centre line is known in pixels.
std::variant<TargetInPicture, GuidanceReason> locateTarget(const planning::Target& target,
                                                           const planning::PictureFrame& frame,
                                                           const imaging::FrameAnalysis& analysis);

/// The same for a target that is tied to tissue: where that tissue is now. On a plane: that plane where the
/// tissue is, or the tissue itself where the plane is not seen or another one has taken its name.
TargetInPicture followTarget(const planning::Target& target, const tracking::AnchoredPoint& anchor,
                             const planning::PictureFrame& frame, const imaging::FrameAnalysis& analysis);

/// Whether a full-image pixel lies where the probe insonifies.
bool insideRegion(const imaging::ImagingRegion& region, const Eigen::Vector2d& px);

}  // namespace acuguide::guidance
