#pragma once

#include <string>
#include <vector>

namespace acuguide::simulation {

struct ScenarioInfo {
  std::string name;         ///< "st36_in_plane", as in sim:NAME and `acuguide simulate NAME`
  std::string description;  ///< one line for people
};

/// What the simulator can show, in the order to list it.
std::vector<ScenarioInfo> scenarios();

}  // namespace acuguide::simulation
