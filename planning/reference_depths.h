#pragma once

#include <span>
#include <string_view>

namespace acuguide::planning {

/// Textbook depth of a point for a filiform needle, in B-cun, perpendicular to the skin. For reference only:
/// no blade-specific table was found, and the depth of the tissue planes of this patient rules.
struct ReferenceDepth {
  std::string_view acupoint;
  double shallowCun = 0;  ///< least of the textbooks' ranges
  double deepCun = 0;     ///< most of the more careful textbook's range
};

/// Limb points used in acupotomy after stroke. Where two textbooks differ, the shallower range is given.
std::span<const ReferenceDepth> referenceDepths();

/// None when the point is not in the table.
const ReferenceDepth* referenceDepth(std::string_view acupoint);

/// Careful length of a cun for depths. 1 cun as textbooks print needle lengths is 25 mm; measured on segments
/// (12 cun of forearm, 16 cun of leg) it is 20 to 25 mm, and ST36's 1-1.5 cun against 22.2 +- 3.1 mm from the
/// skin to the interosseous membrane in 80 cadaver legs asks for the shorter one.
inline constexpr double referenceCunMm = 20.0;

}  // namespace acuguide::planning
