#include "apps/database_argument.h"
#include "apps/outcomes.h"
#include "apps/output_options.h"
#include "core/error.h"
#include "outcomes/measurement_csv.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct ScoreArguments {
  DatabaseArgument database;
  std::string csv, person, group, side, visit, scale, site, value, on, assessor, name, note, key;
  bool correct = false;
};

outcomes::Records recordsOf(const ScoreArguments& arguments) {
  outcomes::Records records;
  records.people.push_back({outcomes::checkedCode(arguments.person, "--person"),
                            outcomes::checkedLabel(arguments.group, "--group"),
                            outcomes::checkedSide(arguments.side, "--side")});
  if (arguments.scale.empty() && arguments.visit.empty() && arguments.value.empty()) return records;
  if (arguments.scale.empty() || arguments.visit.empty() || arguments.value.empty())
    throw Error("add", "a score needs a scale, a visit and a value", "give --scale, --visit and --value");
  const outcomes::Scale& scale = outcomes::scaleNamed(arguments.scale, "--scale");
  outcomes::Measurement one;
  one.person = arguments.person;
  one.visit = outcomes::visitNamed(arguments.visit, "--visit");
  one.scale = scale.code;
  one.site = outcomes::checkedSite(scale, arguments.site, "--site");
  one.score = outcomes::readScore(scale, arguments.value, "--value");
  one.on = outcomes::checkedDate(arguments.on, "--on");
  one.assessor = outcomes::checkedLabel(arguments.assessor, "--assessor");
  records.measurements.push_back(one);
  return records;
}

void say(const outcomes::AddedMeasurements& counts, std::size_t notMeasured, const std::string& database) {
  std::cout << "Added " << counts.added << " to " << database;
  if (counts.corrected > 0) std::cout << ", corrected " << counts.corrected;
  if (counts.alike > 0) std::cout << ", there already " << counts.alike;
  if (notMeasured > 0) std::cout << ", without a value " << notMeasured;
  std::cout << "\n";
}

int add(const ScoreArguments& arguments) {
  const bool identity = !arguments.name.empty() || !arguments.note.empty();
  if (identity && arguments.key.empty())
    throw Error("add", "names and notes are kept only sealed",
                "give --key FILE ('acuguide outcomes key' makes one), or leave them out");
  if (arguments.csv.empty() == arguments.person.empty())
    throw Error("add", "nothing says whose scores", "give --person CODE, or --csv FILE with many");
  if (!arguments.csv.empty()) {
    if (identity) throw Error("add", "a name with a table of people", "give --person with it");
    const auto read = outcomes::readMeasurements(arguments.csv);
    say(arguments.database.open(true).add(read.records, arguments.correct), read.notMeasured,
        arguments.database.text());
    return 0;
  }
  const outcomes::Records records = recordsOf(arguments);
  auto database = arguments.database.open(true);
  say(database.add(records, arguments.correct), 0, arguments.database.text());
  if (identity)
    database.seal(arguments.person, {arguments.name, arguments.note},
                  outcomes::SealingKey::read(arguments.key));
  return 0;
}

void addScores(CLI::App& outcomes, Run& run) {
  auto* command = outcomes.add_subcommand("add", "Adds people and their scores, one or a table of them");
  auto arguments = std::make_shared<ScoreArguments>();
  auto& a = *arguments;
  command->add_option("--csv", a.csv, "table of scores (docs/outcomes.md); all or nothing is added");
  command->add_option("--person", a.person, "code of the person, never a name");
  command->add_option("--group", a.group, "the group the person is in, such as treated or control");
  command->add_option("--side", a.side, "the affected side: left or right");
  command->add_option("--visit", a.visit, "baseline, first_session, 4_weeks or 6_months");
  command->add_option("--scale", a.scale, "see 'acuguide outcomes scales'");
  command->add_option("--site", a.site, "where on the body, for scales taken at several sites");
  command->add_option("--value", a.value, "the score, as a number or a grade");
  command->add_option("--on", a.on, "date, as 2026-11-25");
  command->add_option("--assessor", a.assessor, "code of who scored");
  command->add_flag("--correct", a.correct, "what is there otherwise was wrong; it is kept beside");
  command->add_option("--name", a.name, "the person's name, kept sealed; needs --key");
  command->add_option("--note", a.note, "a note on the person, kept sealed; needs --key");
  command->add_option("--key", a.key, "key file that names and notes are sealed with");
  a.database.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return add(*arguments); }; });
}

struct SessionArguments {
  DatabaseArgument database;
  std::string session, person, kind, amount, detail, on;
};

/// The session as the database is to know it; the person as told, else by the session's plan.
outcomes::SessionEntry entryOf(const SessionArguments& arguments) {
  auto entry = outcomes::describeSession(arguments.session);
  if (!arguments.person.empty()) entry.person = outcomes::checkedCode(arguments.person, "--person");
  if (entry.person.empty()) throw Error(arguments.session, "its plan names no person", "give --person CODE");
  return entry;
}

int addSession(const SessionArguments& arguments) {
  const auto entry = entryOf(arguments);
  arguments.database.open(true).addSession(entry);
  std::cout << "Added the session of " << entry.startedUtc << " (" << entry.person << ") to "
            << arguments.database.text() << "\n";
  return 0;
}

int addEvent(const SessionArguments& arguments) {
  const auto& kind = outcomes::adverseEventKindNamed(arguments.kind, "--kind");
  outcomes::AdverseEvent event{arguments.kind, outcomes::amountOf(kind, arguments.amount, "--amount"),
                               outcomes::checkedLabel(arguments.detail, "--detail"),
                               outcomes::checkedDate(arguments.on, "--on")};
  auto database = arguments.database.open(true);
  auto entry = outcomes::describeSession(arguments.session);
  if (!database.session(entry.identity)) {
    entry = entryOf(arguments);
    database.addSession(entry);
  }
  database.addEvent(entry.identity, event);
  std::cout << kind.title << " noted; it "
            << (kind.counts(event.amount) ? "counts as an adverse event"
                                          : "does not count as an adverse event")
            << "\n";
  return 0;
}

void addSessions(CLI::App& outcomes, Run& run) {
  auto* session = outcomes.add_subcommand("session", "Ties a recorded session to a person");
  auto entry = std::make_shared<SessionArguments>();
  session->add_option("SESSION", entry->session, "recorded session")->required();
  session->add_option("--person", entry->person, "code of the person (default: as its plan says)");
  entry->database.addTo(*session);
  session->callback([&run, entry] { run = [entry] { return addSession(*entry); }; });

  auto* event = outcomes.add_subcommand("event", "Notes what happened after a session");
  auto noted = std::make_shared<SessionArguments>();
  event->add_option("SESSION", noted->session, "recorded session")->required();
  event->add_option("--person", noted->person, "code of the person, for a session not yet tied to one");
  event
      ->add_option("--kind", noted->kind,
                   "bleeding, bruise, pain, nerve_injury, vessel_injury, tendon_injury, infection, syncope, "
                   "other_local, other_systemic; or none, after looking")
      ->required();
  event->add_option("--amount", noted->amount, "bleeding in minutes, a bruise in cm, pain in hours");
  event->add_option("--detail", noted->detail, "a few words");
  event->add_option("--on", noted->on, "date, as 2026-11-25");
  noted->database.addTo(*event);
  event->callback([&run, noted] { run = [noted] { return addEvent(*noted); }; });
}

void addKey(CLI::App& outcomes, Run& run) {
  auto* command = outcomes.add_subcommand("key", "Makes a key to seal names and notes with");
  auto file = std::make_shared<std::string>();
  addOutput(*command, "--out", *file, "key file to make; keep it apart from the database")->required();
  command->callback([&run, file] {
    run = [file] {
      std::cout << "Key " << outcomes::SealingKey::make(*file).id() << " written to " << *file
                << "; without it nobody reads the names again, so keep a copy.\n";
      return 0;
    };
  });
}

}  // namespace

void addOutcomesAdd(CLI::App& outcomes, Run& run) {
  addScores(outcomes, run);
  addSessions(outcomes, run);
  addKey(outcomes, run);
}

}  // namespace acuguide::apps
