#pragma once

#include "planning/atlas.h"

#include <string>
#include <string_view>

namespace acuguide::planning {

/// Adds the acupoints of one limb's text to the atlas; throws Error. `where` names the text in errors.
void readAtlasPoints(std::string_view text, const std::string& where, Atlas& atlas);

/// That every name used is known, every code stands once, and no point is defined by itself; throws Error.
void checkAtlas(const Atlas& atlas, const std::string& where);

/// The texts of planning/atlas, checked.
Atlas readBuiltInAtlas();

}  // namespace acuguide::planning
