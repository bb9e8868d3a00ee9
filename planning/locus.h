#pragma once

#include "planning/atlas.h"

#include <Eigen/Core>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::planning {

/// Landmarks and points that a locus names, in the order in which they are needed, each once; not its
/// segment.
std::vector<std::string> namesIn(const Locus& locus);

/// Where a name is (mm); none when it is not known.
using PlaceOf = std::function<std::optional<Eigen::Vector3d>(const std::string& name)>;
/// A segment's cun in this patient (mm); none when it is not known.
using CunOf = std::function<std::optional<double>(const std::string& segment)>;

/// The place of a locus; none when something it needs is not known, or where two landmarks that give a
/// direction coincide (within 1 mm).
std::optional<Eigen::Vector3d> placeOf(const Locus& locus, const PlaceOf& place, const CunOf& cun);

}  // namespace acuguide::planning
