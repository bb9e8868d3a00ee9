#pragma once

#include "assessment/metrics.h"
#include "planning/picture_frame.h"
#include "recording/session_record.h"

#include <optional>
#include <string_view>
#include <vector>

namespace acuguide::assessment {

/// What the pictures say of the needle, in millimetres of the picture (planning::PictureFrame: x lateral from
/// the centre line, y below the probe face). Only frames in which it was seen and the scale is known.
NeedlePath pathInPictures(const recording::SessionRecord& record);

/// Depth of the tip below the probe face, one a frame; NaN where it is not seen, or has no scale.
std::vector<double> tipDepths(const recording::SessionRecord& record, const NeedlePath& path);

/// The tracked needle of a session, or none where the session has no such pose. Throws Error where
/// `options.needlePose` was asked for and is not there.
std::optional<NeedlePath> pathOfPoses(const recording::SessionRecord& record, const MetricsOptions& options);

/// The record with the needle where the tracker says it was, in every frame whose poses tell how the picture
/// lies in the room: tip and shaft in the picture, tip depth, distance to the target and angle error are then
/// those of the tracked needle, whatever was taken for one in the picture. States and distances to dangers
/// stay as they were recorded. Frames without such poses stay as they are.
recording::SessionRecord withTrackedNeedle(recording::SessionRecord record, const MetricsOptions& options);

/// The shaft in a needle's own frame, towards the tip, by that frame's name: z where it begins with NeedleTip
/// or NeedleShaft (calibrate pivot writes them so), else x.
Eigen::Vector3d shaftAxisOf(std::string_view frame);

/// A recorded pose as a sample: the tip is the origin of the needle's frame.
NeedleSample sampleOf(const Eigen::Matrix4d& needle, const Eigen::Vector3d& axis);

/// How far the probe went and turned (degrees), in steps of half a millimetre and of one degree, so that the
/// tracker's trembling does not add up. None without poses of the probe in these frames.
struct ProbeMotion {
  double mm = 0.0, degrees = 0.0;
};
std::optional<ProbeMotion> probeMotion(const recording::SessionRecord& record, std::int64_t firstFrame,
                                       std::int64_t lastFrame);

/// Whether time was broken off after frame `before` and up to frame `now` (FrameRecord::broken).
bool brokenBetween(const recording::SessionRecord& record, std::int64_t before, std::int64_t now);

/// The picture frame of one recorded frame; none where there is no picture region.
std::optional<planning::PictureFrame> pictureFrameOf(const recording::SessionRecord& record,
                                                     const recording::FrameRecord& frame);

}  // namespace acuguide::assessment
