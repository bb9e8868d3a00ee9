#include "planning/body_side.h"

#include "core/error.h"

#include <Eigen/Geometry>

#include <cmath>
#include <optional>

namespace acuguide::planning {
namespace {

// Volume of the unit triad below which noise may have turned it over: three directions less than about 20
// degrees out of one plane.
constexpr double kLeastVolume = 0.3;

std::optional<Eigen::Vector3d> direction(const std::pair<std::string, std::string>& pair,
                                         const PatientLandmarks& patient) {
  const auto a = patient.landmarks.find(pair.first), b = patient.landmarks.find(pair.second);
  if (a == patient.landmarks.end() || b == patient.landmarks.end()) return std::nullopt;
  const Eigen::Vector3d way = b->second.mm - a->second.mm;
  if (way.norm() < 1) return std::nullopt;
  return way.normalized();
}

/// > 0 on a right limb; none when the landmarks are not all there.
std::optional<double> volume(const Handedness& hand, const PatientLandmarks& patient) {
  const auto distal = direction(hand.distal, patient), lateral = direction(hand.lateral, patient),
             anterior = direction(hand.anterior, patient);
  if (!distal || !lateral || !anterior) return std::nullopt;
  return anterior->cross(*lateral).dot(*distal);
}

}  // namespace

SideFinding checkSide(const Atlas& atlas, const PatientLandmarks& patient, BodySide side,
                      const std::string& where) {
  SideFinding finding{SideCheck::CannotTell,
                      "the landmarks given cannot tell left from right; the side is taken as named"};
  for (const Handedness& hand : atlas.handedness) {
    const auto seen = volume(hand, patient);
    if (!seen || std::abs(*seen) < kLeastVolume) continue;
    const BodySide shown = *seen > 0 ? BodySide::Right : BodySide::Left;
    if (shown != side)
      throw Error(
          where,
          "the landmarks lie as on a " + std::string(nameOf(shown)) + " limb, but the side named is " +
              std::string(nameOf(side)),
          "check the side, and that medial and lateral are not swapped and the frame is not mirrored");
    finding = {SideCheck::Agrees, "the landmarks lie as on a " + std::string(nameOf(side)) + " limb"};
  }
  return finding;
}

}  // namespace acuguide::planning
