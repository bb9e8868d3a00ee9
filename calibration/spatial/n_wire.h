#pragma once

#include "calibration/spatial/wire_labels.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace acuguide::calibration {

/// The wires of one frame, seen and tracked.
struct WireObservation {
  std::int64_t frame = 0;  ///< number in its sequence
  double time = 0.0;       ///< s
  Eigen::Matrix4d probeToPhantom = Eigen::Matrix4d::Identity();
  WirePoints points;
};

/// Where the middle wire of the i-th N is cut, in phantom coordinates, from the picture alone: the three
/// points lie on one line, and the middle one parts it as the outer wires' plane is parted (Pagoulatos et
/// al., Ultrasound Med Biol 27 (2001) 1219; Chen et al., 35 (2009) 1079).
Eigen::Vector3d middleWirePoint(const Phantom& phantom, std::size_t pattern, const WirePoints& points);

/// The closed-form N-wire solution as PLUS computes it: linear least squares from the pixels of the middle
/// wires to their positions at the probe, each row of the matrix by itself, equations beyond three standard
/// deviations left out until there are none. Its z column is normal to the others and as long as their mean;
/// axes need not be at right angles. Throws Error with fewer than four points or when they lie on a line.
Eigen::Matrix4d closedFormImageToProbe(const Phantom& phantom,
                                       const std::vector<WireObservation>& observations);

/// The same made robust against whole frames that are wrong (misread, or with a wild pose): solved again on
/// the better 60 % of the frames until they no longer change.
Eigen::Matrix4d trimmedImageToProbe(const Phantom& phantom, const std::vector<WireObservation>& observations);

}  // namespace acuguide::calibration
