#pragma once

#include "calibration/spatial/dot_finder.h"
#include "calibration/spatial/phantom.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace acuguide::calibration {

/// Where the image plane cuts each wire of a phantom: pointsPx[i] belongs to phantom.wires[i].
using WirePoints = std::vector<Eigen::Vector2d>;

/// Maps pixels (x, y, 1) of one frame to the phantom (mm), found from that frame's dots alone: the image
/// plane is an affine plane, and each wire's dot must come to lie on its wire: two linear equations a wire,
/// and no tracker is needed. Three N-wires determine the plane; with two, one tilt along the wires stays open
/// and the smallest is taken.
struct ImagePlane {
  Eigen::Matrix3d pixelToPhantom;  ///< columns: mm per px in x, in y, origin
  double rmsMm = 0.0;              ///< distance of the dots from their wires

  Eigen::Vector2d spacingMm() const { return {pixelToPhantom.col(0).norm(), pixelToPhantom.col(1).norm()}; }
  /// Spacings alike, axes at right angles, within what an ultrasound picture can have.
  bool plausible() const;
};
std::optional<ImagePlane> fitImagePlane(const Phantom& phantom, const WirePoints& points);

/// Where `plane` cuts the wire, px; nothing when it runs along it.
std::optional<Eigen::Vector2d> cutPx(const Eigen::Matrix3d& pixelToPhantom, const Wire& wire);

/// A reading of one frame: which dot is which wire. `mirroredX`, `mirroredY` tell the readings of one set of
/// dots apart: the first wire of the first N is left of its last one or not, the first N is above the last
/// one or not.
struct Labelling {
  WirePoints points;
  ImagePlane plane;
  bool mirroredX = false, mirroredY = false;
  int key() const { return (mirroredX ? 1 : 0) + (mirroredY ? 2 : 0); }
};

/// The best reading for each key() that fits the phantom; none when the dots show no such pattern. Symmetric
/// phantoms have several; the tracker tells which one holds.
std::vector<Labelling> labelDots(const Phantom& phantom, const std::vector<Dot>& dots);

}  // namespace acuguide::calibration
