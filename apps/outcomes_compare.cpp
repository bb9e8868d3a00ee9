#include "apps/database_argument.h"
#include "apps/drawing_application.h"
#include "apps/outcomes.h"
#include "apps/output_options.h"
#include "core/error.h"
#include "outcomes/comparison_text.h"
#include "outcomes/group_comparison.h"
#include "outcomes/measurement_csv.h"
#include "outcomes/printed_summary.h"
#include "report/comparison_plot.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

struct CompareArguments {
  std::vector<std::string> summaries, groups;
  bool notWhole = false;
  std::string from, scale, site, visit, csv, plot;
  DatabaseArgument database;
};

/// Options that mean something of scores alone: said, never silently left out.
void refuseWithSummaries(const CompareArguments& arguments) {
  const std::pair<const char*, bool> options[] = {
      {"--plot", !arguments.plot.empty()},   {"--csv", !arguments.csv.empty()},
      {"--scale", !arguments.scale.empty()}, {"--site", !arguments.site.empty()},
      {"--visit", !arguments.visit.empty()}, {"--groups", !arguments.groups.empty()}};
  for (const auto& [option, given] : options)
    if (given)
      throw Error("--summary", std::string("two printed groups have no scores that ") + option + " could use",
                  std::string("leave ") + option + " out, or give the scores with --from FILE.csv");
}

int compareSummaries(const CompareArguments& arguments) {
  refuseWithSummaries(arguments);
  const std::string where = "--summary";
  std::cout << outcomes::compareSummaries(outcomes::readPrintedSummary(arguments.summaries[0], where),
                                          outcomes::readPrintedSummary(arguments.summaries[1], where),
                                          !arguments.notWhole, where);
  return 0;
}

std::vector<const outcomes::Scale*> scalesIn(const outcomes::Records& records, const std::string& wanted) {
  if (!wanted.empty()) return {&outcomes::scaleNamed(wanted, "--scale")};
  std::vector<const outcomes::Scale*> found;
  for (const outcomes::Scale& scale : outcomes::scales())
    if (!outcomes::sitesOf(records, scale).empty()) found.push_back(&scale);
  return found;
}

std::vector<outcomes::GroupComparison> comparisonsOf(const outcomes::Records& records,
                                                     const CompareArguments& arguments,
                                                     const std::string& where) {
  const auto groups = arguments.groups.empty() ? outcomes::twoGroups(records, where)
                                               : std::pair(arguments.groups[0], arguments.groups[1]);
  std::optional<outcomes::Visit> only;
  if (!arguments.visit.empty()) only = outcomes::visitNamed(arguments.visit, "--visit");
  std::vector<outcomes::GroupComparison> comparisons;
  std::vector<Error> refused;
  for (const outcomes::Scale* scale : scalesIn(records, arguments.scale)) {
    auto sites = outcomes::sitesOf(records, *scale);
    if (!arguments.site.empty()) sites = {outcomes::checkedSite(*scale, arguments.site, "--site")};
    if (sites.empty()) sites = {""};
    for (const std::string& site : sites) {
      try {
        comparisons.push_back(outcomes::compareGroups(records, *scale, site, groups, only, where));
      } catch (const Error& why) {
        refused.push_back(why);
      }
    }
  }
  if (comparisons.empty() && !refused.empty()) throw refused.front();
  for (const Error& why : refused) std::cout << why.what() << ".\n\n";
  if (comparisons.empty()) throw Error(where, "holds no scores", "add some with 'acuguide outcomes add'");
  return comparisons;
}

int compare(const CompareArguments& arguments) {
  if (!arguments.summaries.empty()) return compareSummaries(arguments);
  const bool file = !arguments.from.empty();
  const outcomes::Records records =
      file ? outcomes::readMeasurements(arguments.from).records : arguments.database.open(false).records();
  const auto comparisons =
      comparisonsOf(records, arguments, file ? arguments.from : arguments.database.text());
  for (const outcomes::GroupComparison& one : comparisons)
    std::cout << (&one == &comparisons.front() ? "" : "\n") << outcomes::textOf(one);
  if (!arguments.csv.empty()) outcomes::writeComparisons(comparisons, arguments.csv);
  if (!arguments.plot.empty()) {
    const DrawingApplication application;
    report::writeComparisonPlot(comparisons, arguments.plot);
  }
  return 0;
}

}  // namespace

void addOutcomesCompare(CLI::App& outcomes, Run& run) {
  auto* command =
      outcomes.add_subcommand("compare", "Compares two groups: difference, interval, t, p, effect");
  auto arguments = std::make_shared<CompareArguments>();
  auto* summary = command->add_option("--summary", arguments->summaries,
                                      "two groups as printed, each \"MEAN,SD,N\"; no file is read");
  summary->expected(2);
  command->add_flag("--not-whole", arguments->notWhole,
                    "the scores behind the summaries are no whole numbers: take the means as printed");
  command->add_option("--from", arguments->from, "a CSV file of scores instead of the database")
      ->excludes(summary);
  command->add_option("--scale", arguments->scale, "this scale only (see 'outcomes scales')");
  command->add_option("--site", arguments->site, "this site only, of a scale taken at several");
  command->add_option("--visit", arguments->visit, "this visit only");
  command->add_option("--groups", arguments->groups, "first group and the one it is compared with")
      ->expected(2);
  addOutput(*command, "--csv", arguments->csv, "also write the comparisons as a table");
  addOutput(*command, "--plot", arguments->plot, "also draw them: FILE.png, FILE.pdf or FILE.html");
  arguments->database.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return compare(*arguments); }; });
}

}  // namespace acuguide::apps
