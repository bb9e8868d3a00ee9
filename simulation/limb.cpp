#include "simulation/limb.h"

#include "simulation/decibels.h"
#include "simulation/smooth_step.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {
namespace {

constexpr double kPressedDepth = 17.0;  ///< mm; what lies deeper gives no way: the bone
constexpr double kHalfWidth = 24.0;     ///< mm of fascia to either side

/// As a membrane's (tissue_sampler.cpp): a rough mirror tilted by `angle` against the beam.
double mirror(double cosine) {
  constexpr double kWidth = 0.28;  // rad
  const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
  return 0.10 + 0.90 * std::exp(-angle * angle / (2.0 * kWidth * kWidth));
}

}  // namespace

Limb::Limb(std::uint64_t seed, double pressed)
    : pressed_(pressed),
      coarse_(seed, 201, 1.0, {2.0, 1.2, 5.0}),
      fine_(seed, 202, 0.35, {0.35, 0.3, 1.4}),
      along_(seed, 203, 0.8, {1.6, 0.5, 3.0}),
      // Two that repeat after different lengths: their sum does not repeat within a limb.
      speckle_(seed, 204, 0.16, {0.22, 0.12, 0.4}),
      otherSpeckle_(seed, 205, 0.19, {0.22, 0.12, 0.4}) {}

Limb::Tube Limb::bone(double z) {
  const double bow = (z - 55.0) / 50.0;
  return {{2.0 + 2.0 * std::sin(z / 45.0), 26.0 + 3.0 * bow * bow}, 8.0 + 0.025 * z};
}

Limb::Tube Limb::vessel(double z) { return {{-9.0 + 1.5 * std::sin(z / 30.0), 17.0 - 0.04 * z}, 1.8}; }

Limb::Tube Limb::nerve(double z) { return {{12.0 + 2.0 * std::cos(z / 40.0), 12.5 + 0.03 * z}, 1.9}; }

double Limb::fascia(double x, double z) {
  return 6.5 + 0.9 * std::sin(z / 16.0 + 0.5) + 0.7 * std::cos(x / 12.0) + 0.02 * x;
}

Eigen::Vector3d Limb::pressed(const Eigen::Vector3d& rest) const {
  Eigen::Vector3d place = rest;
  if (rest.y() < kPressedDepth) place.y() += pressed_ * (kPressedDepth - rest.y());
  return place;
}

Eigen::Vector3d Limb::restOf(const Eigen::Vector3d& place) const {
  Eigen::Vector3d rest = place;
  if (place.y() < kPressedDepth) rest.y() = (place.y() - pressed_ * kPressedDepth) / (1.0 - pressed_);
  return rest;
}

Eigen::Vector2d Limb::scatterers(const Eigen::Vector3d& place) const {
  const Eigen::Vector3d rest = restOf(place);
  const auto one = speckle_.at(rest.x(), rest.y(), rest.z());
  const auto other = otherSpeckle_.at(rest.x(), rest.y(), rest.z());
  return std::sqrt(0.5) * Eigen::Vector2d(one[0] + other[0], one[1] + other[1]);
}

Echo Limb::at(const Eigen::Vector3d& place, const Eigen::Vector3d& beam) const {
  const Eigen::Vector3d rest = restOf(place);
  Echo echo = tissue(rest, beam);
  addBone(rest, beam, echo);
  return echo;
}

Echo Limb::tissue(const Eigen::Vector3d& rest, const Eigen::Vector3d& beam) const {
  const double x = rest.x(), y = rest.y(), z = rest.z();
  if (y < 0.0) return {amplitude(-64.0), 0.0, 0.0};  // gel
  const double coarse = coarse_.at(x, y, z)[0], fine = fine_.at(x, y, z)[0], along = along_.at(x, y, z)[0];
  Echo echo;
  const double fascia = Limb::fascia(x, z);
  if (y < 1.7) {
    echo = {amplitude(-30.0 + coarse), 0.0, 0.05};
  } else if (y < fascia) {  // fat with septa
    echo = {amplitude(-42.0 + 2.0 * coarse), amplitude(-24.0) * smoothStep(1.2, 2.4, along), 0.02};
  } else {  // muscle across its fibres: streaks of perimysium
    const double streak = smoothStep(0.8, 2.2, 0.7 * fine + 0.7 * along);
    echo = {amplitude(-45.0 + 2.5 * coarse + 18.0 * streak), amplitude(-26.0) * streak, 0.0};
  }
  const double offSkin = (y - 0.4) / 0.3, offFascia = (y - fascia) / 0.38;
  echo.specular += amplitude(-13.0 + fine) * std::exp(-offSkin * offSkin);
  const Eigen::Vector3d normal =
      Eigen::Vector3d(fascia - Limb::fascia(x + 1.0, z), 1.0, fascia - Limb::fascia(x, z + 1.0)).normalized();
  echo.specular +=
      amplitude(-7.0 + 1.5 * along) * mirror(normal.dot(beam)) * std::exp(-offFascia * offFascia);

  const auto section = [&](const Tube& tube) {
    const Eigen::Vector2d off(x - tube.centre.x(), y - tube.centre.y());
    const double edge = off.norm() - tube.radius;
    const double facing = std::abs(off.y()) / std::max(off.norm(), 1e-6);
    return std::pair(edge, 0.1 + 0.9 * smoothStep(0.4, 0.95, facing));
  };
  const auto replace = [](Echo& by, double edge, const Echo& inside) {
    const double share = smoothStep(0.12, -0.12, edge);
    by.diffuse += share * (inside.diffuse - by.diffuse);
    by.specular += share * (inside.specular - by.specular);
    by.attenuation += share * (inside.attenuation - by.attenuation);
  };
  if (const auto [edge, facing] = section(vessel(z)); edge < 1.0) {
    replace(echo, edge, {amplitude(-74.0), 0.0, -0.4});
    const double wall = std::exp(-std::pow((edge - 0.05) / 0.15, 2));
    echo.specular += amplitude(-13.0) * wall * facing;
    echo.diffuse += amplitude(-34.0) * wall;
  }
  if (const auto [edge, facing] = section(nerve(z)); edge < 1.0) {
    const double between = smoothStep(0.0, 1.2, fine_.at(x + 40.0, y, 0.2 * z)[0]);
    replace(echo, edge, {amplitude(-45.0 + 19.0 * between), 0.5 * amplitude(-24.0) * between, 0.0});
    const double sheath = std::exp(-std::pow(edge / 0.22, 2));
    echo.specular += amplitude(-17.0) * sheath * facing;
    echo.diffuse += amplitude(-26.0) * sheath;
  }
  return echo;
}

void Limb::addBone(const Eigen::Vector3d& rest, const Eigen::Vector3d& beam, Echo& echo) const {
  const Tube tube = bone(rest.z());
  const Eigen::Vector2d off(rest.x() - tube.centre.x(), rest.y() - tube.centre.y());
  const double below = tube.radius - off.norm();
  if (below < -1.0) return;
  const Eigen::Vector3d inward(-off.x() / off.norm(), -off.y() / off.norm(), 0.0);
  const double facing =
      std::pow(mirror(std::cos(0.75 * std::acos(std::clamp(inward.dot(beam), -1.0, 1.0)))), 2);
  // As TissueSampler's: a broad bright line, then what rings inside it; the sound itself ends here.
  const double ringing = std::exp(-std::max(below, 0.0) / 0.55);
  const double rough = 1.5 * along_.at(rest.x(), rest.y(), rest.z())[0];
  echo.specular += amplitude(-1.0 + rough) * facing * std::exp(-std::pow(std::abs(below) / 0.33, 3));
  if (below > 0.0) {
    echo.diffuse = amplitude(-14.0) * facing * ringing + amplitude(-25.0);
    echo.specular += amplitude(-14.0) * ringing * facing;
    echo.attenuation = 14.0;
  }
}

TriangleMesh Limb::tubeMesh(Tube (*tube)(double), double from, double to, double halfAngle) const {
  TriangleMesh mesh;
  constexpr int kRound = 72;
  const int rings = std::max(2, static_cast<int>(std::ceil(to - from)) + 1);
  for (int ring = 0; ring < rings; ++ring) {
    const double z = from + (to - from) * ring / (rings - 1);
    const Tube here = tube(z);
    for (int i = 0; i <= kRound; ++i) {
      const double angle = halfAngle * (2.0 * i / kRound - 1.0);
      const Eigen::Vector3d point = pressed({here.centre.x() + here.radius * std::sin(angle),
                                             here.centre.y() - here.radius * std::cos(angle), z});
      mesh.vertices.push_back(
          {static_cast<float>(point.x()), static_cast<float>(point.y()), static_cast<float>(point.z())});
    }
  }
  for (int ring = 0; ring + 1 < rings; ++ring) {
    for (int i = 0; i < kRound; ++i) {
      const auto a = static_cast<std::uint32_t>(ring * (kRound + 1) + i), b = a + kRound + 1;
      mesh.triangles.push_back({a, a + 1, b});
      mesh.triangles.push_back({b, a + 1, b + 1});
    }
  }
  return mesh;
}

TriangleMesh Limb::fasciaMesh(double from, double to) const {
  TriangleMesh mesh;
  const int rows = static_cast<int>(std::ceil(to - from)) + 1, columns = static_cast<int>(2 * kHalfWidth) + 1;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const double z = from + (to - from) * row / (rows - 1), x = column - kHalfWidth;
      const Eigen::Vector3d point = pressed({x, fascia(x, z), z});
      mesh.vertices.push_back(
          {static_cast<float>(point.x()), static_cast<float>(point.y()), static_cast<float>(point.z())});
    }
  }
  for (int row = 0; row + 1 < rows; ++row) {
    for (int column = 0; column + 1 < columns; ++column) {
      const auto a = static_cast<std::uint32_t>(row * columns + column),
                 b = a + static_cast<std::uint32_t>(columns);
      mesh.triangles.push_back({a, a + 1, b});
      mesh.triangles.push_back({b, a + 1, b + 1});
    }
  }
  return mesh;
}

std::vector<std::pair<std::string, TriangleMesh>> Limb::surfaces(double from, double to) const {
  constexpr double kSeen = std::numbers::pi / 3.0;
  return {{"bone", tubeMesh(bone, from, to, kSeen)},
          {"fascia", fasciaMesh(from, to)},
          {"vessel", tubeMesh(vessel, from, to, std::numbers::pi)},
          {"nerve", tubeMesh(nerve, from, to, std::numbers::pi)}};
}

std::vector<std::pair<std::string, Eigen::Vector3d>> Limb::targets() const {
  std::vector<std::pair<std::string, Eigen::Vector3d>> points;
  for (const int z : {20, 35, 50, 65, 80}) {
    const Tube artery = vessel(z), median = nerve(z), shaft = bone(z);
    std::string at = "_";
    at += std::to_string(z);
    points.emplace_back("vessel" + at, pressed({artery.centre.x(), artery.centre.y(), double(z)}));
    points.emplace_back("nerve" + at, pressed({median.centre.x(), median.centre.y(), double(z)}));
    points.emplace_back("bone" + at, pressed({shaft.centre.x(), shaft.centre.y() - shaft.radius, double(z)}));
  }
  return points;
}

}  // namespace acuguide::simulation
