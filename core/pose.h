#pragma once

#include "core/limits.h"
#include "core/transform.h"

#include <Eigen/Core>

#include <string>
#include <string_view>

namespace acuguide {

/// True for a finite matrix whose three axes span space: all that can be asked of one that carries pixel
/// spacings.
bool spansSpace(const Eigen::Matrix4d& matrix);

/// True for a finite 4x4 matrix with the last row 0 0 0 1 whose upper left is a rotation: right-handed, its
/// axes of unit length within `tolerance` and at right angles as closely.
bool isRigid(const Eigen::Matrix4d& pose, double tolerance = limits::kRigidTolerance);

/// What makes a matrix no rigid pose, as the rest of a sentence ("is mirrored …"); empty when it is one.
std::string rigidityFault(const Eigen::Matrix4d& pose);

/// Whether a coordinate system counts in pixels ("Image", "ImagePixel", …): its poses carry the pixel spacing
/// and need not be rigid.
bool isPixelCoordinates(std::string_view name);

/// Why a pose must not be used, whatever its sender says of it: not rigid (with a scale of more than 1 %, a
/// mirrored axis, a matrix that is transposed), or, from and to pixel coordinates, not finite or flat. Empty
/// when it may be used. The one rule for every source of poses.
std::string poseFault(std::string_view from, std::string_view to, const Eigen::Matrix4d& matrix);

/// The pose a share (0..1) of the way from a to b: the rotation turned by its share, translation and whatever
/// else the axes carry (pixel spacings, a mirrored axis) in proportion; by polar decomposition (Higham 1986),
/// so that a pose that does not change stays exactly what it is. Of axes that do not span space the nearer
/// pose.
Eigen::Matrix4d poseBetween(const Eigen::Matrix4d& a, const Eigen::Matrix4d& b, double share);

/// Makes a valid pose that must not be used invalid and says why in NamedPose::fault.
void admitPose(NamedPose& pose);

}  // namespace acuguide
