#pragma once

#include "calibration/spatial/fixed_feature.h"
#include "calibration/spatial/spatial_observations.h"
#include "calibration/watch.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// What a point phantom is in the images: a spot, or the place where two long wires cross.
enum class PointLook { Spot, Crossing };

/// What one sweep shows of a point or a wall, frame by frame: a sighting, or the reason for none.
struct FeatureSightings {
  std::vector<FeatureSighting> sightings;
  std::map<std::int64_t, std::string> left;  ///< frame, reason
};

// All of these tell the watch of every frame and throw Cancelled when it asks for the end.

/// The strongest spot, or crossing, of each frame.
FeatureSightings strongestPoints(PointLook look, const std::vector<TrackedPicture>& pictures,
                                 const Watch& watch);

/// The spot or crossing nearest to where a first solution expects the point, to a fraction of a pixel.
FeatureSightings pointsNear(PointLook look, const std::vector<TrackedPicture>& pictures,
                            const FixedFeatureSolution& solution, const Watch& watch);

/// The wall's line, at three places across the part of the image that moves.
FeatureSightings wallLines(const std::vector<TrackedPicture>& pictures, const Watch& watch);

}  // namespace acuguide::calibration
