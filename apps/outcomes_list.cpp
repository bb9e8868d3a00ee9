#include "apps/database_argument.h"
#include "apps/outcomes.h"
#include "apps/output_options.h"
#include "core/error.h"
#include "outcomes/measurement_csv.h"
#include "outcomes/text_table.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

using Table = std::vector<std::vector<std::string>>;

struct Arguments {
  DatabaseArgument database;
  std::string person, scale, visit, key, out;
  bool people = false, sessions = false, corrections = false;
};

outcomes::Records chosen(outcomes::OutcomeDatabase& database, const Arguments& arguments) {
  outcomes::Records records = database.records(arguments.person);
  if (!arguments.person.empty() && records.people.empty())
    throw Error("--person", "nobody has the code " + arguments.person,
                "see 'acuguide outcomes list --people'");
  if (!arguments.scale.empty())
    std::erase_if(records.measurements, [code = outcomes::scaleNamed(arguments.scale, "--scale").code](
                                            const outcomes::Measurement& one) { return one.scale != code; });
  if (!arguments.visit.empty())
    std::erase_if(records.measurements, [visit = outcomes::visitNamed(arguments.visit, "--visit")](
                                            const outcomes::Measurement& one) { return one.visit != visit; });
  return records;
}

Table peopleTable(outcomes::OutcomeDatabase& database, const outcomes::Records& records,
                  const std::string& key) {
  Table table{{"person", "group", "side", "scores"}};
  if (!key.empty()) table[0].insert(table[0].end(), {"name", "note"});
  for (const outcomes::Person& person : records.people) {
    const auto scores = std::ranges::count(records.measurements, person.code, &outcomes::Measurement::person);
    table.push_back({person.code, person.group, person.side, std::to_string(scores)});
    if (key.empty()) continue;
    const auto identity = database.unseal(person.code, outcomes::SealingKey::read(key));
    table.back().insert(table.back().end(), {identity ? identity->name : "", identity ? identity->note : ""});
  }
  return table;
}

Table scoresTable(const outcomes::Records& records) {
  Table table{{"person", "visit", "scale", "site", "value", "on", "assessor"}};
  for (const outcomes::Measurement& one : records.measurements)
    table.push_back({one.person, std::string(nameOf(one.visit)), one.scale, one.site, one.score.written,
                     one.on, one.assessor});
  return table;
}

Table sessionsTable(outcomes::OutcomeDatabase& database, const std::string& person) {
  Table table{{"person", "started", "acupoint", "side", "events", "folder"}};
  for (const outcomes::SessionEntry& entry : database.sessions()) {
    if (!person.empty() && entry.person != person) continue;
    table.push_back({entry.person, entry.startedUtc, entry.acupoint, entry.side,
                     std::to_string(database.events(entry.identity).size()), entry.folder});
  }
  return table;
}

Table correctionsTable(outcomes::OutcomeDatabase& database, const std::string& person) {
  Table table{{"person", "visit", "scale", "site", "before", "after", "assessor", "when"}};
  for (const outcomes::Correction& one : database.corrections()) {
    if (!person.empty() && one.person != person) continue;
    table.push_back({one.person, std::string(nameOf(one.visit)), one.scale, one.site, one.before, one.after,
                     one.assessor, one.correctedUtc});
  }
  return table;
}

int list(const Arguments& arguments) {
  auto database = arguments.database.open(false);
  const outcomes::Records records = chosen(database, arguments);
  if (arguments.people || !arguments.key.empty())
    std::cout << outcomes::textTable(peopleTable(database, records, arguments.key));
  else if (arguments.sessions)
    std::cout << outcomes::textTable(sessionsTable(database, arguments.person));
  else if (arguments.corrections)
    std::cout << outcomes::textTable(correctionsTable(database, arguments.person));
  else
    std::cout << outcomes::textTable(scoresTable(records));
  return 0;
}

int exportScores(const Arguments& arguments) {
  auto database = arguments.database.open(false);
  const outcomes::Records records = chosen(database, arguments);
  outcomes::writeMeasurements(records, arguments.out);
  std::cout << "Wrote " << records.measurements.size() << " scores to " << arguments.out << "\n";
  return 0;
}

void addChoices(CLI::App& command, Arguments& arguments) {
  command.add_option("--person", arguments.person, "this person only");
  command.add_option("--scale", arguments.scale, "this scale only");
  command.add_option("--visit", arguments.visit, "this visit only");
  arguments.database.addTo(command);
}

int listScales() {
  Table table{{"scale", "range", "better", "title"}};
  for (const outcomes::Scale& scale : outcomes::scales()) {
    std::string range;
    for (const std::string_view grade : scale.grades) range.append(range.empty() ? "" : " ").append(grade);
    if (range.empty())
      range = std::to_string(static_cast<int>(scale.lowest)) + " to " +
              std::to_string(static_cast<int>(scale.highest));
    table.push_back(
        {std::string(scale.code), range, scale.higherIsBetter ? "more" : "less", std::string(scale.title)});
  }
  std::cout << outcomes::textTable(table);
  return 0;
}

}  // namespace

void addOutcomesList(CLI::App& outcomes, Run& run) {
  auto* listing = outcomes.add_subcommand("list", "Shows scores, people, sessions or corrections");
  auto shown = std::make_shared<Arguments>();
  addChoices(*listing, *shown);
  listing->add_flag("--people", shown->people, "the people and how many scores each has");
  listing->add_flag("--sessions", shown->sessions, "the sessions and how many events each has");
  listing->add_flag("--corrections", shown->corrections, "what was corrected, with what was there before");
  listing->add_option("--key", shown->key, "key file: the people with their sealed names and notes");
  listing->callback([&run, shown] { run = [shown] { return list(*shown); }; });

  auto* exporting =
      outcomes.add_subcommand("export", "Writes scores as CSV, to be read by 'add --csv' or others");
  auto written = std::make_shared<Arguments>();
  addChoices(*exporting, *written);
  addOutput(*exporting, "--out", written->out, "CSV file to write")->required();
  exporting->callback([&run, written] { run = [written] { return exportScores(*written); }; });

  auto* scales = outcomes.add_subcommand("scales", "Lists the scales with their ranges");
  scales->callback([&run] { run = listScales; });
}

}  // namespace acuguide::apps
