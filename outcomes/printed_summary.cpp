#include "outcomes/printed_summary.h"

#include "core/error.h"
#include "outcomes/plain_number.h"

#include <cmath>
#include <string_view>
#include <vector>

namespace acuguide::outcomes {
namespace {

std::vector<std::string_view> partsOf(std::string_view text) {
  std::vector<std::string_view> parts;
  for (auto comma = text.find(','); comma != std::string_view::npos; comma = text.find(',')) {
    parts.push_back(text.substr(0, comma));
    text.remove_prefix(comma + 1);
  }
  parts.push_back(text);
  return parts;
}

int decimalsOf(std::string_view number) {
  const auto point = number.find('.');
  if (point == std::string_view::npos) return 0;
  return static_cast<int>(number.find_last_of("0123456789") - point);
}

/// Looks for the whole totals whose n-th rounds to the printed mean.
void findTotal(PrintedSummary& summary, std::string_view mean) {
  const double n = static_cast<double>(summary.printed.n);
  const double half = 0.5 * std::pow(10.0, -decimalsOf(mean)) * (1 + 1e-9);
  const double lowest = std::ceil((summary.printed.mean - half) * n - 1e-9);
  const double highest = std::floor((summary.printed.mean + half) * n + 1e-9);
  summary.impossible = lowest > highest;
  if (lowest == highest) summary.total = std::llround(lowest);
}

}  // namespace

GroupSummary PrintedSummary::exact() const {
  GroupSummary group = printed;
  if (total) group.mean = static_cast<double>(*total) / static_cast<double>(printed.n);
  return group;
}

PrintedSummary readPrintedSummary(const std::string& text, const std::string& where) {
  const auto parts = partsOf(text);
  const std::string place = where + " \"" + text + "\"";
  if (parts.size() != 3)
    throw Error(place, "is not three numbers", "give MEAN,SD,N, for example \"8.86,2.86,51\"");
  double numbers[3];
  for (int i = 0; i < 3; ++i) {
    const auto number = plainNumber(parts[static_cast<std::size_t>(i)]);
    if (!number)
      throw Error(place, "\"" + std::string(parts[static_cast<std::size_t>(i)]) + "\" is no number",
                  "give MEAN,SD,N, for example \"8.86,2.86,51\"");
    numbers[i] = *number;
  }
  if (numbers[1] < 0) throw Error(place, "the standard deviation is negative", "give 0 or more");
  if (numbers[2] != std::floor(numbers[2]) || numbers[2] < 0 || numbers[2] > 1e9)
    throw Error(place, "the number of people is no whole number", "give how many there were");
  if (numbers[2] == 0) throw Error(place, "the group is empty", "give groups of at least 2");
  if (numbers[2] == 1)
    throw Error(place, "a group of 1 has no spread, and so no interval", "give groups of at least 2");
  PrintedSummary summary;
  summary.printed = {numbers[0], numbers[1], static_cast<std::int64_t>(numbers[2])};
  findTotal(summary, parts[0]);
  return summary;
}

}  // namespace acuguide::outcomes
