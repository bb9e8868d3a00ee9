#pragma once

#include "simulation/anatomy.h"
#include "simulation/boundary_curve.h"
#include "simulation/noise_field.h"

#include <cstdint>
#include <vector>

namespace acuguide::simulation {

/// How a point of tissue answers the pulse.
struct Echo {
  double diffuse = 0.0;      ///< standard deviation of its scatterers' sum: speckle
  double specular = 0.0;     ///< amplitude of what reflects as a mirror: membranes, walls, bone
  double attenuation = 0.0;  ///< dB per mm and way there and back, beyond what the gain curve makes up for
};

/// Texture of living tissue, a function of the rest position: layers, membranes, septa, perimysium,
/// structures, bone. Amplitude 1 is the brightest grey.
class TissueSampler {
 public:
  TissueSampler(const Anatomy& anatomy, std::uint64_t seed);

  /// `x` lateral, `depth` below the skin's surface side of the face, mm. `beamAngle` is the direction of the
  /// beam there, radians from straight down (mirrors answer only beams that meet them squarely).
  Echo at(double x, double depth, double beamAngle) const;

  const std::vector<BoundaryCurve>& boundaries() const { return curves_; }

 private:
  struct Section;  ///< where a point lies in a structure's cross-section

  Echo layerEcho(const Layer& layer, double x, double depth) const;
  Echo fatEcho(const Layer& layer, double x, double depth) const;
  double septum(double across, double spacing, double width, double along, double family) const;
  Echo muscleEcho(const Layer& layer, double x, double depth) const;
  void addMembranes(double x, double depth, double beamAngle, Echo& echo) const;
  void addStructure(const Structure& structure, std::size_t index, double x, double depth, Echo& echo) const;
  void addVessel(const Section& section, double wallDb, double wallWidth, Echo& echo) const;
  void addNerve(const Section& section, std::uint64_t key, Echo& echo) const;
  void addTendon(const Section& section, double x, double depth, Echo& echo) const;
  void addBones(double x, double depth, double beamAngle, Echo& echo) const;

  Anatomy anatomy_;
  std::vector<BoundaryCurve> curves_;
  std::uint64_t seed_;
  NoiseField coarse_, fine_, warp_, ridge_, ridgeFine_, membrane_;
};

}  // namespace acuguide::simulation
