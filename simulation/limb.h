#pragma once

#include "core/triangle_mesh.h"
#include "simulation/space_noise.h"
#include "simulation/tissue_sampler.h"

#include <Eigen/Core>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::simulation {

/// A piece of limb in three dimensions: skin, fat, deep fascia and muscle over a bone that is a tapered,
/// bowed cylinder, with an artery and a nerve along it. Its surfaces are known exactly.
///
/// Limb coordinates, mm: x across, y down from the skin, z along the limb from the sweep's start. What lies
/// where is stated for the tissue at rest; pressed() and its inverse move it as a probe does that presses
/// harder.
class Limb {
 public:
  static constexpr double kLengthMm = 100.0;

  /// `pressed`: the share by which the tissue over the bone is thinner than at rest.
  Limb(std::uint64_t seed, double pressed);

  /// How a point answers the pulse. `beam`: the direction of the sound there, a unit vector.
  Echo at(const Eigen::Vector3d& place, const Eigen::Vector3d& beam) const;
  /// In-phase and quadrature sums of the scatterers at a point, of unit power; they live in the tissue.
  Eigen::Vector2d scatterers(const Eigen::Vector3d& place) const;

  /// Where tissue that lies at `rest` is now, and back.
  Eigen::Vector3d pressed(const Eigen::Vector3d& rest) const;
  Eigen::Vector3d restOf(const Eigen::Vector3d& place) const;
  /// Depth of the skin, where the face lies, mm.
  double skin() const { return pressed(Eigen::Vector3d::Zero()).y(); }

  /// The true surfaces, as they are now, along `from` to `to` mm of the limb: "bone" (the part a probe above
  /// it can see: within 60 degrees of facing it), "fascia", "vessel", "nerve".
  std::vector<std::pair<std::string, TriangleMesh>> surfaces(double from, double to) const;
  /// Named points of the tissue, as they are now: on the axes of vessel and nerve and on the bone's crest.
  std::vector<std::pair<std::string, Eigen::Vector3d>> targets() const;

 private:
  struct Tube {
    Eigen::Vector2d centre;
    double radius;
  };
  static Tube bone(double z);
  static Tube vessel(double z);
  static Tube nerve(double z);
  static double fascia(double x, double z);
  TriangleMesh tubeMesh(Tube (*tube)(double), double from, double to, double halfAngle) const;
  TriangleMesh fasciaMesh(double from, double to) const;
  Echo tissue(const Eigen::Vector3d& rest, const Eigen::Vector3d& beam) const;
  void addBone(const Eigen::Vector3d& rest, const Eigen::Vector3d& beam, Echo& echo) const;

  double pressed_;
  Texture coarse_, fine_, along_;
  Speckle speckle_, otherSpeckle_;
};

}  // namespace acuguide::simulation
