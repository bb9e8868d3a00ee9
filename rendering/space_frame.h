#pragma once

#include "navigation/guidance_snapshot.h"

#include <Eigen/Core>

namespace acuguide::rendering {

/// The space of the 3D view: x to the picture's right, y up (the picture's down is -y), z towards the viewer;
/// the origin is the middle of the transducer's face. Millimetres, or picture pixels where the spacing is not
/// known.
struct SpaceFrame {
  Eigen::Vector2d unitsPerPixel = Eigen::Vector2d::Ones();
  bool millimetres = false;
  cv::Rect region;   ///< the ultrasound picture proper
  cv::Size picture;  ///< the whole of it
  bool faceAtBottom = false;

  explicit SpaceFrame(const navigation::GuidanceSnapshot& snapshot);

  Eigen::Vector3d toSpace(const Eigen::Vector2d& px) const;
  double width() const { return region.width * unitsPerPixel.x(); }    ///< of the region
  double height() const { return region.height * unitsPerPixel.y(); }  ///< of the region
  /// Away from the tissue: up with the probe at the top of the picture.
  Eigen::Vector3d outwards() const { return Eigen::Vector3d(0, faceAtBottom ? -1 : 1, 0); }

  bool operator==(const SpaceFrame&) const = default;
};

}  // namespace acuguide::rendering
