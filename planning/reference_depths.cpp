#include "planning/reference_depths.h"

#include <algorithm>
#include <array>

namespace acuguide::planning {
namespace {

constexpr std::array<ReferenceDepth, 40> table{{
    {"LI15", 0.5, 1.0}, {"LI14", 0.5, 1.5}, {"LI11", 1.0, 1.5}, {"LI10", 0.5, 0.8}, {"LI4", 0.5, 1.0},
    {"TE14", 0.5, 1.0}, {"TE13", 0.5, 1.0}, {"TE5", 0.5, 1.0},  {"TE4", 0.3, 0.5},  {"PC6", 0.5, 1.0},
    {"PC7", 0.3, 0.5},  {"PC3", 0.5, 1.0},  {"LU5", 0.5, 1.0},  {"HT1", 0.3, 0.5},  {"HT3", 0.5, 0.7},
    {"SI9", 0.5, 1.0},  {"GB30", 1.5, 2.5}, {"GB31", 1.0, 1.5}, {"GB34", 1.0, 1.5}, {"GB39", 0.5, 0.8},
    {"GB40", 0.5, 1.0}, {"ST31", 1.0, 2.0}, {"ST32", 1.0, 1.5}, {"ST33", 1.0, 1.2}, {"ST34", 0.5, 1.0},
    {"ST36", 1.0, 1.5}, {"ST37", 0.5, 1.2}, {"ST40", 0.5, 1.2}, {"ST41", 0.5, 0.7}, {"SP6", 0.5, 1.0},
    {"SP9", 0.5, 1.2},  {"SP10", 0.7, 1.2}, {"BL36", 0.8, 2.0}, {"BL37", 0.8, 1.5}, {"BL40", 0.5, 1.0},
    {"BL56", 0.5, 1.0}, {"BL57", 0.5, 1.5}, {"BL60", 0.5, 1.0}, {"KI3", 0.5, 0.8},  {"LR3", 0.5, 0.8},
}};

}  // namespace

std::span<const ReferenceDepth> referenceDepths() { return table; }

const ReferenceDepth* referenceDepth(std::string_view acupoint) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const ReferenceDepth& d) { return d.acupoint == acupoint; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace acuguide::planning
