#include "outcomes/muscle_change.h"

#include "core/error.h"
#include "outcomes/number_text.h"
#include "outcomes/text_table.h"

#include <algorithm>
#include <cmath>

namespace acuguide::outcomes {
namespace {

// Least changes of the medial gastrocnemius that are not chance when another day's pictures are measured:
// May, Locke and Kingsley, PLoS ONE 2021, 10.1371/journal.pone.0258014. For other muscles we know none.
constexpr double leastThicknessMm = 3.2;
constexpr double leastPennationDeg = 6.4;
constexpr double leastFascicleMm = 12.1;

void add(std::vector<MuscleChange>& changes, const std::string& quantity, const std::string& unit,
         int decimals, const std::optional<Measured>& before, const std::optional<Measured>& after,
         double known) {
  if (!before || !after) return;
  const double chance = 1.96 * std::hypot(before->sd, after->sd);
  changes.push_back({quantity, unit, decimals, before->value, after->value, std::max(known, chance)});
}

void refuseUnusable(const MuscleMeasurement& measurement, const std::string& where) {
  if (measurement.usable()) return;
  throw Error(where, measurement.source + " is not to be used (" + measurement.reasons.front() + ")",
              "measure it again");
}

}  // namespace

bool MuscleChange::real() const { return std::abs(difference()) >= least; }

std::vector<MuscleChange> compareMuscles(const MuscleMeasurement& before, const MuscleMeasurement& after,
                                         const std::string& where) {
  refuseUnusable(before, where);
  refuseUnusable(after, where);
  if (!before.muscle.empty() && !after.muscle.empty() && before.muscle != after.muscle)
    throw Error(where, "one is of \"" + before.muscle + "\", the other of \"" + after.muscle + "\"",
                "compare measurements of one muscle of one side");
  std::vector<MuscleChange> changes;
  add(changes, "thickness", " mm", 1, before.thicknessMm, after.thicknessMm, leastThicknessMm);
  add(changes, "pennation", "°", 0, before.pennationDeg, after.pennationDeg, leastPennationDeg);
  add(changes, "fascicle", " mm", 0, before.fascicleMm, after.fascicleMm, leastFascicleMm);
  if (changes.empty()) throw Error(where, "have no quantity in common", "measure both again");
  return changes;
}

std::string describe(const std::vector<MuscleChange>& changes) {
  std::vector<std::vector<std::string>> rows{{"", "before", "after", "change", "needed", ""}};
  for (const MuscleChange& change : changes) {
    const auto text = [&change](double value) { return fixedText(value, change.decimals) + change.unit; };
    std::string verdict = "no change that can be claimed";
    if (change.real()) verdict = change.difference() > 0 ? "more" : "less";
    std::string difference(change.difference() > 0 ? "+" : "");
    difference += text(change.difference());
    rows.push_back(
        {change.quantity, text(change.before), text(change.after), difference, text(change.least), verdict});
  }
  return textTable(rows) +
         "needed: what is more of two: the least change of the medial gastrocnemius that is not chance on "
         "another "
         "day\n(PLoS ONE 2021, 10.1371/journal.pone.0258014; of other muscles it is not known), and what "
         "these two "
         "measurements'\nown errors make of chance\n";
}

}  // namespace acuguide::outcomes
