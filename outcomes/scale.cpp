#include "outcomes/scale.h"

#include "acquisition/text_table.h"
#include "core/error.h"
#include "outcomes/plain_number.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::outcomes {
namespace {

constexpr std::array<std::string_view, 6> ashworthGrades{"0", "1", "1+", "2", "3", "4"};

constexpr std::array<Scale, 5> all{{
    {"ueda_upper", "Ueda (Shangtianmin) grade, upper limb", 0, 12, true, true, false, {}},
    {"ueda_lower", "Ueda (Shangtianmin) grade, lower limb", 0, 12, true, true, false, {}},
    {"neuro_deficit", "Neurological deficit scale", 0, 45, false, false, false, {}},
    {"barthel", "Activities of daily living (Barthel index)", 0, 100, true, false, false, {}},
    {"ashworth", "Modified Ashworth", 0, 5, false, true, true, ashworthGrades},
}};

constexpr std::array<std::array<std::string_view, 2>, 6> otherNames{{{"adl", "barthel"},
                                                                     {"mas", "ashworth"},
                                                                     {"modified_ashworth", "ashworth"},
                                                                     {"nds", "neuro_deficit"},
                                                                     {"shangtianmin_upper", "ueda_upper"},
                                                                     {"shangtianmin_lower", "ueda_lower"}}};

std::string rangeOf(const Scale& scale) {
  if (scale.grades.empty())
    return "a whole number from " + std::to_string(static_cast<int>(scale.lowest)) + " to " +
           std::to_string(static_cast<int>(scale.highest));
  std::string text = "one of";
  for (const std::string_view grade : scale.grades)
    text += (grade == scale.grades.front() ? " " : ", ") + std::string(grade);
  return text;
}

}  // namespace

std::span<const Scale> scales() { return all; }

const Scale& scaleNamed(std::string_view name, const std::string& where) {
  for (const auto& [other, code] : otherNames)
    if (name == other) name = code;
  const auto found = std::ranges::find(all, name, &Scale::code);
  if (found != all.end()) return *found;
  std::string known;
  for (const Scale& scale : all) known += (known.empty() ? "" : ", ") + std::string(scale.code);
  throw Error(where, "there is no scale \"" + std::string(name) + "\"", "take one of " + known);
}

Score readScore(const Scale& scale, std::string_view text, const std::string& where) {
  if (!scale.grades.empty()) {
    const auto found = std::ranges::find(scale.grades, text);
    if (found != scale.grades.end())
      return {static_cast<double>(found - scale.grades.begin()), std::string(text)};
    throw Error(where, "\"" + std::string(text) + "\" is no grade of " + std::string(scale.code),
                "give " + rangeOf(scale));
  }
  const auto value = plainNumber(text);
  const std::string instead = "give " + rangeOf(scale);
  if (!value)
    throw Error(where, "\"" + std::string(text) + "\" is no number (" + std::string(scale.code) + ")",
                instead + (acquisition::hasDecimalComma(text) ? ", with a decimal point" : ""));
  if (*value < scale.lowest || *value > scale.highest)
    throw Error(where, std::string(text) + " is outside " + std::string(scale.code), instead);
  if (*value != std::floor(*value))
    throw Error(where, std::string(text) + " is no whole grade of " + std::string(scale.code), instead);
  return {*value, std::to_string(static_cast<int>(*value))};
}

}  // namespace acuguide::outcomes
