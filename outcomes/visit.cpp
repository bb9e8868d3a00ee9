#include "outcomes/visit.h"

#include "core/error.h"

#include <cctype>
#include <utility>

namespace acuguide::outcomes {
namespace {

struct Names {
  std::string_view name, title;
};
constexpr std::array<Names, 4> names{{{"baseline", "baseline"},
                                      {"first_session", "after first session"},
                                      {"4_weeks", "4 weeks"},
                                      {"6_months", "6 months"}}};

constexpr std::array<std::pair<std::string_view, Visit>, 12> spoken{
    {{"baseline", Visit::Baseline},
     {"first_session", Visit::FirstSession},
     {"after_first_session", Visit::FirstSession},
     {"after_the_first_session", Visit::FirstSession},
     {"after_first", Visit::FirstSession},
     {"4_weeks", Visit::FourWeeks},
     {"4weeks", Visit::FourWeeks},
     {"4w", Visit::FourWeeks},
     {"week_4", Visit::FourWeeks},
     {"6_months", Visit::SixMonths},
     {"6months", Visit::SixMonths},
     {"6m", Visit::SixMonths}}};

}  // namespace

std::string_view nameOf(Visit visit) { return names[static_cast<std::size_t>(visit)].name; }
std::string_view titleOf(Visit visit) { return names[static_cast<std::size_t>(visit)].title; }

Visit visitNamed(std::string_view name, const std::string& where) {
  std::string plain;
  for (const char c : name)
    plain += c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto& [said, visit] : spoken)
    if (plain == said) return visit;
  throw Error(where, "there is no visit \"" + std::string(name) + "\"",
              "take one of baseline, first_session, 4_weeks, 6_months");
}

}  // namespace acuguide::outcomes
