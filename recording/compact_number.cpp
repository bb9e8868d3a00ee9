#include "recording/compact_number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace acuguide::recording {

void appendNumber(std::string& text, double value, int decimals) {
  if (!std::isfinite(value)) return;
  std::array<char, 400> digits;  // the longest double in fixed notation has 309 digits before the point
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals)
          .ptr;
  std::string_view shown(digits.data(), static_cast<std::size_t>(end - digits.data()));
  if (shown.find('.') != std::string_view::npos) {
    shown = shown.substr(0, shown.find_last_not_of('0') + 1);
    if (shown.back() == '.') shown.remove_suffix(1);
  }
  text += shown == "-0" ? "0" : shown;
}

}  // namespace acuguide::recording
