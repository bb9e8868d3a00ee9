#include "simulation/tissue_sampler.h"

#include "core/units.h"
#include "simulation/decibels.h"
#include "simulation/random.h"
#include "simulation/smooth_step.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {

namespace {

/// A mirror tilted by `angle` against the beam; tissue membranes are rough, so some light comes back at any
/// angle.
double mirror(double angle) {
  constexpr double kWidth = 0.28;  // rad
  return 0.10 + 0.90 * std::exp(-angle * angle / (2.0 * kWidth * kWidth));
}

/// Distance to the centre of the nearest bundle, in cells: bundles packed as in a nerve's cross-section, a
/// jittered hexagonal lattice.
double distanceToFascicle(double u, double v, std::uint64_t key) {
  const double rowHeight = 0.866;
  const auto row = static_cast<std::int64_t>(std::floor(v / rowHeight));
  double nearest = 10.0;
  for (std::int64_t j = row - 1; j <= row + 1; ++j) {
    const double shift = (j & 1) != 0 ? 0.5 : 0.0;
    const auto column = static_cast<std::int64_t>(std::floor(u - shift));
    for (std::int64_t i = column - 1; i <= column + 1; ++i) {
      const std::uint64_t bits = mixBits(key ^ mixBits(static_cast<std::uint64_t>(i * 7919 + j * 104729)));
      const double jitterU = static_cast<double>(bits & 0xFFFFU) / 65535.0 - 0.5;
      const double jitterV = static_cast<double>((bits >> 16) & 0xFFFFU) / 65535.0 - 0.5;
      const double du = u - (static_cast<double>(i) + 0.5 + shift + 0.3 * jitterU);
      const double dv = v - ((static_cast<double>(j) + 0.5) * rowHeight + 0.3 * jitterV);
      nearest = std::min(nearest, std::hypot(du, dv));
    }
  }
  return nearest;
}

}  // namespace

TissueSampler::TissueSampler(const Anatomy& anatomy, std::uint64_t seed)
    : anatomy_(anatomy),
      seed_(seed),
      coarse_(seed, 11),
      fine_(seed, 12),
      warp_(seed, 13),
      ridge_(seed, 14),
      ridgeFine_(seed, 15),
      membrane_(seed, 16) {
  for (std::size_t i = 0; i < anatomy_.boundaries.size(); ++i)
    curves_.emplace_back(anatomy_.boundaries[i], seed, 100 + i);
}

Echo TissueSampler::at(double x, double depth, double beamAngle) const {
  Echo echo{amplitude(-64.0), 0.0, 0.0};  // coupling gel
  for (std::size_t i = curves_.size(); i-- > 0;) {
    if (depth >= curves_[i].depthAt(x)) {
      echo = layerEcho(anatomy_.layers[i], x, depth);
      break;
    }
  }
  addMembranes(x, depth, beamAngle, echo);
  for (std::size_t i = 0; i < anatomy_.structures.size(); ++i)
    addStructure(anatomy_.structures[i], i, x, depth, echo);
  addBones(x, depth, beamAngle, echo);
  return echo;
}

Echo TissueSampler::layerEcho(const Layer& layer, double x, double depth) const {
  switch (layer.kind) {
    case LayerKind::Gel:
      return {amplitude(layer.echoDb), 0.0, -0.02};
    case LayerKind::Dermis:
      return {amplitude(layer.echoDb + 3.0 * coarse_.at(x / 2.5, depth / 0.5)), 0.0, 0.05};
    case LayerKind::Fat:
      return fatEcho(layer, x, depth);
    case LayerKind::Muscle:
      return muscleEcho(layer, x, depth);
  }
  return {};
}

// Fat lobules: dark, divided by thin bright septa that run mostly along the skin, some aslant, none all the
// way.
Echo TissueSampler::fatEcho(const Layer& layer, double x, double depth) const {
  const double bent = depth + 0.55 * warp_.at(x / 7.0, depth / 3.0) + 0.2 * warp_.at(x / 2.5, depth + 40.0);
  const double swayed = x + 3.5 * warp_.at(x / 9.0 + 60.0, depth / 4.0);
  const double along = septum(bent, 1.5, 0.13, x / 6.5, 3.0);
  const double rising = septum(0.55 * bent + 0.26 * swayed, 2.3, 0.15, x / 3.0 + 90.0, 51.0);
  const double falling = septum(0.60 * bent - 0.20 * swayed, 2.9, 0.15, x / 3.5 + 40.0, 77.0);
  const double lobule = 2.0 * coarse_.at(x / 5.0, depth / 1.8) + 1.5 * fine_.at(x / 1.5, depth / 0.6);
  const double bright = std::max({along, 0.6 * rising, 0.6 * falling});
  return {amplitude(layer.echoDb + lobule + 9.0 * bright), amplitude(layer.streakDb) * bright, 0.02};
}

// One of a family of lines at whole multiples of `spacing`; each comes and goes along its length.
double TissueSampler::septum(double across, double spacing, double width, double along, double family) const {
  const double line = std::round(across / spacing);
  const double off = (across - line * spacing) / (0.5 * width);
  if (std::abs(off) > 3.0) return 0.0;
  return std::exp(-off * off) * smoothStep(-0.05, 0.65, membrane_.at(along, family + 17.3 * line));
}

// Fascicles: dark, with perimysium as streaks along the fibres, bright in proportion to how much of it there
// is.
Echo TissueSampler::muscleEcho(const Layer& layer, double x, double depth) const {
  const double angle = radians(layer.fibreAngleDeg);
  const double along = x * std::cos(angle) - depth * std::sin(angle);
  double across = x * std::sin(angle) + depth * std::cos(angle);
  across += 0.8 * warp_.at(x / 16.0, depth / 16.0) + 0.22 * warp_.at(along / 5.0, across / 2.5);
  const double s = across / layer.streakSpacing, t = along / layer.streakLength;
  const double value = 0.62 * ridge_.at(t, 2.1 * s) + 0.42 * ridgeFine_.at(1.9 * t, 4.3 * s) +
                       0.30 * fine_.at(4.5 * t, 7.0 * s) + 0.22 * coarse_.at(x / 9.0, depth / 6.0);
  const double streak = std::clamp((value + 0.02) / 0.72, 0.0, 1.0);
  const double texture = 2.5 * coarse_.at(x / 11.0, depth / 7.0) + 2.0 * fine_.at(2.0 * t, 3.1 * s);
  const double rise = layer.streakDb - layer.echoDb;
  return {amplitude(layer.echoDb + texture + 0.85 * rise * streak),
          amplitude(layer.streakDb) * streak * streak * streak, 0.0};
}

void TissueSampler::addMembranes(double x, double depth, double beamAngle, Echo& echo) const {
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    const Boundary& boundary = anatomy_.boundaries[i];
    if (!boundary.membrane) continue;
    const double off = depth - curves_[i].depthAt(x);
    if (std::abs(off) > 2.0 * boundary.thickness + 0.5) continue;
    const double along = x / 6.0, key = 20.0 * static_cast<double>(i);
    const double half = 0.5 * boundary.thickness * (1.0 + 0.35 * membrane_.at(along, key + 0.5));
    const double profile = std::exp(-std::pow(std::abs(off) / half, 3));
    // Made of sheets: bright threads a little apart, each uneven along its way.
    const double sheets = 4.5 * ridgeFine_.at(x / 5.0, off / 0.22 + 7.0 * static_cast<double>(i));
    const double level = boundary.echoDb - 2.0 + sheets + 2.5 * membrane_.at(x / 4.0, key + 5.5) +
                         2.0 * membrane_.at(x / 0.9, key + 9.5);
    const double facing = mirror(std::atan(curves_[i].slopeAt(x)) + beamAngle);
    echo.specular += amplitude(level) * facing * profile;
    const double haze = std::exp(-std::abs(off) / (0.5 * boundary.thickness + 0.1));
    echo.diffuse += amplitude(level - 7.0) * profile + amplitude(level - 21.0) * haze;
  }
}

struct TissueSampler::Section {
  double u, v;    ///< mm along the structure's axes from its centre
  double edge;    ///< mm outside the outline, roughly
  double inside;  ///< 1 in the structure, 0 outside, with a soft edge
  double facing;  ///< 1 where the outline lies across the beam
  double size;    ///< mm, the smaller half axis

  void replace(Echo& echo, const Echo& by) const {
    echo.diffuse += inside * (by.diffuse - echo.diffuse);
    echo.specular += inside * (by.specular - echo.specular);
    echo.attenuation += inside * (by.attenuation - echo.attenuation);
  }
  double rim(double offset, double width) const { return std::exp(-std::pow((edge - offset) / width, 2)); }
};

void TissueSampler::addStructure(const Structure& structure, std::size_t index, double x, double depth,
                                 Echo& echo) const {
  const double angle = radians(structure.angleDeg);
  const double dx = x - structure.centre.x(), dz = depth - structure.centre.y();
  Section section{};
  section.u = dx * std::cos(angle) - dz * std::sin(angle);
  section.v = dx * std::sin(angle) + dz * std::cos(angle);
  section.size = structure.radii.minCoeff();
  const double reach = std::hypot(section.u / structure.radii.x(), section.v / structure.radii.y());
  if (reach > 1.0 + 1.2 / section.size) return;
  section.edge = (reach - 1.0) * section.size;
  section.inside = smoothStep(0.12, -0.12, section.edge);
  const double steepness =
      std::abs(section.v) / (std::abs(section.u) * structure.radii.y() / structure.radii.x() + 1e-3);
  section.facing = 0.06 + 0.94 * smoothStep(0.5, 2.6, steepness);
  switch (structure.kind) {
    case StructureKind::Artery:
      addVessel(section, -13.0, 0.14, echo);
      break;
    case StructureKind::Vein:
      addVessel(section, -20.0, 0.09, echo);
      break;
    case StructureKind::Nerve:
      addNerve(section, seed_ + index, echo);
      break;
    case StructureKind::Tendon:
      addTendon(section, x, depth, echo);
      break;
  }
}

// Blood hardly echoes and hardly weakens the sound, so that what lies behind a vessel is brighter.
void TissueSampler::addVessel(const Section& section, double wallDb, double wallWidth, Echo& echo) const {
  section.replace(echo, {amplitude(-74.0), 0.0, -0.5});
  const double wall = section.rim(0.05, wallWidth);
  echo.specular += amplitude(wallDb) * wall * section.facing;
  echo.diffuse += amplitude(-34.0) * wall;
}

// Honeycomb: dark fascicles in bright epineurium, a bright sheath round them.
void TissueSampler::addNerve(const Section& section, std::uint64_t key, Echo& echo) const {
  const double cell = std::clamp(0.5 * section.size, 0.65, 1.2);
  const double between = smoothStep(0.30, 0.52, distanceToFascicle(section.u / cell, section.v / cell, key));
  section.replace(echo, {amplitude(-45.0 + 19.0 * between), 0.5 * amplitude(-24.0) * between, 0.0});
  const double sheath = section.rim(0.0, 0.22);
  echo.specular += amplitude(-17.0) * sheath * section.facing;
  echo.diffuse += amplitude(-26.0) * sheath;
}

void TissueSampler::addTendon(const Section& section, double x, double depth, Echo& echo) const {
  const double fibrils = smoothStep(0.0, 0.5, ridgeFine_.at(x / 0.9, depth / 0.3));
  section.replace(echo, {amplitude(-29.0 + 9.0 * fibrils), amplitude(-19.0) * fibrils, 0.06});
  echo.specular += amplitude(-18.0) * section.rim(0.0, 0.2) * section.facing;
}

void TissueSampler::addBones(double x, double depth, double beamAngle, Echo& echo) const {
  for (const Bone& bone : anatomy_.bones) {
    const auto surface = surfaceDepth(bone, x);
    if (!surface || depth < *surface - 1.0) continue;
    const double below = depth - *surface;
    const double tilt = std::asin(std::clamp((x - bone.top.x()) / bone.radius, -1.0, 1.0));
    const double facing = std::pow(mirror(0.75 * (tilt + beamAngle)), 2);
    // Cortex: a broad bright line, then what rings inside it; the sound itself ends here.
    const double ringing = std::exp(-std::max(below, 0.0) / 0.55);
    const double rough = 2.0 * membrane_.at(x / 2.0, 3.5) + 1.5 * membrane_.at(x / 0.7, 4.5);
    echo.specular += amplitude(-1.0 + rough) * facing * std::exp(-std::pow(std::abs(below) / 0.33, 3));
    if (below > 0.0) {
      echo.diffuse = amplitude(-14.0) * facing * ringing + amplitude(-25.0);
      echo.specular += amplitude(-14.0) * ringing * facing;
      echo.attenuation = 14.0;
    }
  }
}

}  // namespace acuguide::simulation
