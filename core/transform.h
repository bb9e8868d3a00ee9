#pragma once

#include <Eigen/Geometry>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide {

/// Coordinate frames, used as tags only. Image: px, x right, y down, centre of the first pixel at (0,0). All
/// others: mm.
namespace frames {
struct Image;
struct Probe;
struct Reference;
struct Tracker;
struct Needle;
}  // namespace frames

/// Maps points of frame From to frame To. Composition reads as in the field's tools:
///   imageToTracker = probeToTracker * imageToProbe;
/// Affine, because image frames carry the pixel spacing.
template <class From, class To>
struct Transform {
  Eigen::Affine3d matrix = Eigen::Affine3d::Identity();

  Transform<To, From> inverse() const { return {matrix.inverse()}; }
  Eigen::Vector3d operator*(const Eigen::Vector3d& point) const { return matrix * point; }
};

template <class From, class Via, class To>
Transform<From, To> operator*(const Transform<Via, To>& second, const Transform<From, Via>& first) {
  return {second.matrix * first.matrix};
}

/// A pose as it came with a frame, named by its frames as in PLUS ("ProbeToTracker"): from + "To" + to.
struct NamedPose {
  std::string from;
  std::string to;
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();  ///< mm
  bool valid = false;                                    ///< PLUS status OK; an INVALID pose must not be used
  std::string fault = {};  ///< why it is not valid, where more is known than that

  std::string name() const { return from + "To" + to; }
};

/// The valid pose of that name, if there is one.
std::optional<Eigen::Matrix4d> findPose(const std::vector<NamedPose>& poses, std::string_view name);

}  // namespace acuguide
