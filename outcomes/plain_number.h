#pragma once

#include <optional>
#include <string_view>

namespace acuguide::outcomes {

/// The number that the whole text is (decimal point whatever the locale, spaces around it allowed); none for
/// anything else, NaN and infinities among it.
std::optional<double> plainNumber(std::string_view text);

}  // namespace acuguide::outcomes
