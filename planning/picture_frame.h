#pragma once

#include "core/frame.h"
#include "core/units.h"
#include "imaging/frame_analysis.h"
#include "planning/plan.h"

#include <Eigen/Core>

#include <optional>

namespace acuguide::planning {

/// Which side of the picture the transducer face is on, and how that is known.
struct ProbeChoice {
  imaging::ProbeSide side = imaging::ProbeSide::Top;
  bool assumed = false;  ///< neither the plan nor the picture says: the top, as is the custom
};

/// The plan's word first (a person gave it), then what the picture shows.
ProbeChoice chooseProbe(imaging::ProbeSide planned, imaging::ProbeSide seen);

/// The plane of the picture as the plan speaks of it: x lateral from the centre line of the imaging region,
/// positive to the picture's right; y depth from the transducer face on that line, positive away from the
/// probe. Millimetres with a known pixel spacing, else pixels. All geometry of the guidance is done here, so
/// that a probe at the bottom and pixels that are not square need no thought elsewhere.
class PictureFrame {
 public:
  /// None when the frame holds no ultrasound picture.
  static std::optional<PictureFrame> find(const ImageGeometry& geometry, const imaging::ImagingRegion& region,
                                          imaging::ProbeSide probe);

  bool scaled() const { return scaled_; }
  Eigen::Vector2d fromPx(const Eigen::Vector2d& px) const { return (px - originPx_).cwiseProduct(perPx_); }
  Eigen::Vector2d toPx(const Eigen::Vector2d& point) const { return originPx_ + point.cwiseQuotient(perPx_); }

  /// Length of a vector of this frame.
  ImageLength length(const Eigen::Vector2d& vector) const;
  /// `value` with the sign it has, measured along a direction of this frame.
  ImageLength along(double value, const Eigen::Vector2d& direction) const;

 private:
  Eigen::Vector2d originPx_ = Eigen::Vector2d::Zero();
  Eigen::Vector2d perPx_ =
      Eigen::Vector2d::Ones();  ///< (mm or px) per px; y negative with the probe at the bottom
  bool scaled_ = false;
};

}  // namespace acuguide::planning
