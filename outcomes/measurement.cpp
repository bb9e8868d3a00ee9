#include "outcomes/measurement.h"

#include "core/error.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>

namespace acuguide::outcomes {
namespace {

constexpr std::size_t longest = 64;

bool isPlain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
}

int numberAt(std::string_view text, std::size_t at, std::size_t length) {
  int value = -1;
  const char* begin = text.data() + at;
  const auto [end, fault] = std::from_chars(begin, begin + length, value);
  return fault == std::errc() && end == begin + length ? value : -1;
}

}  // namespace

std::string checkedCode(std::string_view text, const std::string& where) {
  const bool folder = text == "." || text == "..";  // which a folder named by the code would be
  if (text.empty() || text.size() > longest || !std::ranges::all_of(text, isPlain) || folder)
    throw Error(where, "\"" + std::string(text) + "\" is no code",
                "give letters, digits, '.', '_' and '-', at most 64, other than . and .. (never a name)");
  return std::string(text);
}

std::string checkedSide(std::string_view text, const std::string& where) {
  if (text.empty() || text == "left" || text == "right") return std::string(text);
  throw Error(where, "\"" + std::string(text) + "\" is no side", "give left or right");
}

std::string checkedDate(std::string_view text, const std::string& where) {
  if (text.empty()) return {};
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const int day = numberAt(text, 8, 2), month = numberAt(text, 5, 2), year = numberAt(text, 0, 4);
    if (year >= 1900 && month > 0 && day > 0 &&
        std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                    std::chrono::day(static_cast<unsigned>(day)))
            .ok())
      return std::string(text);
  }
  throw Error(where, "\"" + std::string(text) + "\" is no date", "give it as 2026-11-25");
}

std::string checkedLabel(std::string_view text, const std::string& where) {
  const bool printable =
      std::ranges::none_of(text, [](char c) { return std::iscntrl(static_cast<unsigned char>(c)) != 0; });
  if (text.size() <= longest && printable) return std::string(text);
  throw Error(where, "the text is too long or runs over several lines", "give at most 64 bytes on one line");
}

std::string checkedSite(const Scale& scale, std::string_view text, const std::string& where) {
  if (!scale.hasSites && !text.empty())
    throw Error(where, std::string(scale.code) + " is not taken at sites", "leave the site out");
  return checkedLabel(text, where);
}

}  // namespace acuguide::outcomes
