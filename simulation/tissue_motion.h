#pragma once

#include "simulation/anatomy.h"
#include "simulation/blade.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace acuguide::simulation {

/// How probe and tissue move. All are amplitudes; the movements are periodic and start at zero displacement.
struct MotionOptions {
  double slideMm = 0.0, slideHz = 0.12;              ///< probe along the skin, in plane
  double rockDeg = 0.0, rockHz = 0.10;               ///< probe rocking in plane
  double elevationMm = 0.0, elevationHz = 0.08;      ///< probe across the plane: speckle changes
  double compression = 0.010, compressionHz = 0.15;  ///< share of the depth
  double breathingMm = 0.15, breathingHz = 0.27;     ///< lateral drag of deep tissue
  double pulseHz = 1.15;
  double pulseShare = 0.07;  ///< systolic growth of an artery's radius
};

/// The displacement of tissue at one moment. Maps between the picture as seen and the tissue at rest, both mm
/// in the picture plane.
class TissueMotion {
 public:
  /// `structures` are in the picture plane, at rest; vessels among them beat and give way.
  TissueMotion(const MotionOptions& options, const std::vector<Structure>& structures);

  /// Moves on to a moment. The blade, when there is one, is given in the tissue at rest.
  void moveTo(double time, const std::optional<BladePose>& bladeAtRest);

  Eigen::Vector2d restOf(const Eigen::Vector2d& seen) const;
  Eigen::Vector2d seenOf(const Eigen::Vector2d& rest) const;

  /// The blade as seen: carried by the tissue it sits in, straight.
  const std::optional<BladePose>& blade() const { return bladeSeen_; }
  double elevation() const { return elevation_; }  ///< mm out of the plane at rest
  /// Systolic growth of this structure's radii, as a factor.
  double growthOf(const Structure& structure) const;

 private:
  Eigen::Vector2d carried(const Eigen::Vector2d& seen) const;
  Eigen::Vector2d seenWithoutBlade(const Eigen::Vector2d& rest) const;

  MotionOptions options_;
  std::vector<Structure> vessels_;
  double slide_ = 0, rock_ = 0, elevation_ = 0, compression_ = 0, breathing_ = 0, systole_ = 0;
  std::optional<BladePose> bladeSeen_;
};

}  // namespace acuguide::simulation
