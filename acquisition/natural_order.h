#pragma once

#include <string_view>

namespace acuguide::acquisition {

/// Orders names the way people number files: runs of digits compare by their value ("frame2" before
/// "frame10"), everything else by its bytes.
bool naturalLess(std::string_view a, std::string_view b);

}  // namespace acuguide::acquisition
