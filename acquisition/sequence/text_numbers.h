#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::acquisition {

// Numbers in file headers, always with a decimal point whatever the program's locale is.

std::string_view trimmed(std::string_view text);

/// The whole text as one number (nan and inf included), else nullopt.
std::optional<double> numberIn(std::string_view text);
std::optional<std::int64_t> wholeNumberIn(std::string_view text);

/// White-space separated numbers; nullopt when one of them is none.
std::optional<std::vector<double>> numbersIn(std::string_view text);

std::vector<std::string_view> wordsIn(std::string_view text);

std::string lowerCase(std::string_view text);

/// The shortest text that reads back as the same double.
std::string numberText(double value);

}  // namespace acuguide::acquisition
