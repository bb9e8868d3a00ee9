#include "outcomes/number_text.h"

#include <array>
#include <charconv>

namespace acuguide::outcomes {

std::string fixedText(double value, int decimals) {
  std::array<char, 400> digits;  // the longest double in fixed notation has 309 digits before the point
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals)
          .ptr;
  std::string text(digits.data(), end);
  if (text.starts_with('-') && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string pText(double p) {
  if (p < 0.001) return "p<0.001";
  return "p=" + fixedText(p, p < 0.1 ? 3 : 2);
}

std::string intervalText(const WelchResult& result) {
  return fixedText(result.difference, 2) + " (" + fixedText(result.low, 2) + " to " +
         fixedText(result.high, 2) + ")";
}

}  // namespace acuguide::outcomes
