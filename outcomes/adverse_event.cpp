#include "outcomes/adverse_event.h"

#include "core/error.h"
#include "outcomes/plain_number.h"

#include <algorithm>
#include <array>

namespace acuguide::outcomes {
namespace {

constexpr std::array<AdverseEventKind, 11> all{{
    {"none", "None", "", 0, true, false},
    {"bleeding", "Bleeding", "min", 3, true, false},
    {"bruise", "Bruise", "cm", 3, true, false},
    {"pain", "Pain", "h", 72, false, false},
    {"nerve_injury", "Nerve injury", "", 0, true, false},
    {"vessel_injury", "Vessel injury", "", 0, true, false},
    {"tendon_injury", "Tendon injury", "", 0, true, false},
    {"infection", "Infection", "", 0, true, false},
    {"syncope", "Syncope", "", 0, true, true},
    {"other_local", "Other, local", "", 0, true, false},
    {"other_systemic", "Other, systemic", "", 0, true, true},
}};

}  // namespace

bool AdverseEventKind::counts(double amount) const {
  if (code == "none") return false;
  if (unit.empty()) return true;
  return thresholdCounts ? amount >= threshold : amount > threshold;
}

std::span<const AdverseEventKind> adverseEventKinds() { return all; }

const AdverseEventKind& adverseEventKindNamed(std::string_view code, const std::string& where) {
  const auto found = std::ranges::find(all, code, &AdverseEventKind::code);
  if (found != all.end()) return *found;
  std::string known;
  for (const AdverseEventKind& kind : all) {
    if (!known.empty()) known += ", ";
    known += kind.code;
  }
  throw Error(where, "there is no kind of event \"" + std::string(code) + "\"", "take one of " + known);
}

double amountOf(const AdverseEventKind& kind, const std::string& text, const std::string& where) {
  const std::string unit(kind.unit);
  if (unit.empty()) {
    if (text.empty()) return 0;
    throw Error(where, std::string(kind.code) + " has no amount", "leave it out");
  }
  const auto amount = plainNumber(text);
  if (!amount || *amount < 0)
    throw Error(where, "\"" + text + "\" is no amount of " + std::string(kind.code),
                "give it in " + unit + ", 0 or more");
  return *amount;
}

}  // namespace acuguide::outcomes
