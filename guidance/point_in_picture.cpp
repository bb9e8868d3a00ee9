#include "guidance/point_in_picture.h"

#include "core/pose_chain.h"
#include "planning/blade_direction.h"

#include <Eigen/Geometry>
#include <Eigen/LU>

#include <cmath>

namespace acuguide::guidance {
namespace {

using Eigen::Matrix4d;
using Eigen::Vector2d;
using Eigen::Vector3d;

/// The picture as a plane in space, mm.
struct PicturePlane {
  Vector3d origin, right, down;  ///< per pixel
  Vector3d through;              ///< unit

  static std::optional<PicturePlane> of(const Matrix4d& imageToFrame) {
    PicturePlane plane{imageToFrame.topRightCorner<3, 1>(), imageToFrame.block<3, 1>(0, 0),
                       imageToFrame.block<3, 1>(0, 1), Vector3d::Zero()};
    const Vector3d normal = plane.right.cross(plane.down);
    if (!normal.allFinite() || normal.norm() < 1e-12) return std::nullopt;
    plane.through = normal.normalized();
    return plane;
  }

  /// Pixels of the foot of the perpendicular.
  Vector2d footOf(const Vector3d& offset) const {
    Eigen::Matrix2d gram;
    gram << right.dot(right), right.dot(down), right.dot(down), down.dot(down);
    return gram.inverse() * Vector2d(right.dot(offset), down.dot(offset));
  }
};

bool isInside(const imaging::ImagingRegion& region, const Vector2d& px) {
  const cv::Point at(static_cast<int>(std::lround(px.x())), static_cast<int>(std::lround(px.y())));
  if (!px.allFinite() || px.cwiseAbs().maxCoeff() > 1e6 || !region.bounds.contains(at)) return false;
  if (region.mask.size() != region.bounds.size() || region.mask.type() != CV_8UC1) return true;
  return region.mask.at<unsigned char>(at.y - region.bounds.y, at.x - region.bounds.x) != 0;
}

NotPlaced whyNot(const std::vector<NamedPose>& poses, const ComposedPose& chain, const std::string& frame) {
  if (chain.state == PoseState::Invalid) return {WhyNotPlaced::PoseInvalid, chain.invalid};
  for (const NamedPose& pose : poses) {
    if (pose.from == "Image" || pose.to == "Image") return {WhyNotPlaced::NotTracked, "ImageTo" + frame};
  }
  return {WhyNotPlaced::NotCalibrated, "ImageToProbe"};
}

}  // namespace

std::variant<PointInPicture, NotPlaced> placeInPicture(const planning::PointInSpace& point,
                                                       const std::vector<NamedPose>& poses,
                                                       const imaging::ImagingRegion& region) {
  const ComposedPose chain = composePose(poses, "Image", point.frame);
  if (chain.state != PoseState::Valid) return whyNot(poses, chain, point.frame);
  const auto plane = PicturePlane::of(chain.matrix);
  if (!plane) return NotPlaced{WhyNotPlaced::NotCalibrated, "ImageToProbe"};
  const Vector3d offset = point.mm - plane->origin;
  PointInPicture seen;
  seen.px = plane->footOf(offset);
  seen.throughMm = offset.dot(plane->through);
  const double centre = region.bounds.x + (region.bounds.width - 1) / 2.0;
  seen.rightMm = (seen.px.x() - centre) * plane->right.norm();
  seen.radius95Mm = point.radius95Mm;
  seen.inPlane = std::abs(seen.throughMm) <= beamHalfMm;
  seen.inRegion = isInside(region, seen.px);
  return seen;
}

std::optional<double> trackedBlade(const std::vector<NamedPose>& poses, imaging::ProbeSide probe,
                                   const NeedleFrame& needle) {
  const ComposedPose chain = composePose(poses, "Image", needle.name);
  if (chain.state != PoseState::Valid) return std::nullopt;
  const auto plane = PicturePlane::of(chain.matrix);  // as the needle sees it
  if (!plane) return std::nullopt;
  // The plan's plane: right stays right, depth runs away from the probe.
  const double away = probe == imaging::ProbeSide::Bottom ? -1.0 : 1.0;
  const Vector3d right = plane->right.normalized();
  const Vector3d down = plane->through.cross(right);
  const auto inPicture = [&](const Vector3d& direction) -> Vector3d {
    return {direction.dot(right), away * direction.dot(down), away * direction.dot(plane->through)};
  };
  return planning::clockOf(inPicture(needle.edge), inPicture(needle.shaft));
}

}  // namespace acuguide::guidance
