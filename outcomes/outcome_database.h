#pragma once

#include "database/sql_connection.h"
#include "outcomes/adverse_event.h"
#include "outcomes/measurement.h"
#include "outcomes/seal.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::outcomes {

/// A recorded session as the database knows it.
struct SessionEntry {
  std::string
      identity;        ///< the recording's start on calendar and clock: the same however the folder is named
  std::string person;  ///< code
  std::string folder, startedUtc, side, acupoint;
  bool operator==(const SessionEntry&) const = default;
};

struct AddedMeasurements {
  std::size_t added = 0;
  std::size_t alike = 0;      ///< were there already, the same
  std::size_t corrected = 0;  ///< were there otherwise; what was there before is kept (corrections())
};

/// A score as it was before somebody corrected it.
struct Correction {
  std::string person;
  Visit visit = Visit::Baseline;
  std::string scale, site, before, after, assessor, correctedUtc;
};

/// A name and a note, opened.
struct Identity {
  std::string name, note;
};

/// What is kept of people over months: scores, sessions, adverse events; in an SQLite file of one's own or in
/// a PostgreSQL database that several rooms share. Each function is one transaction: it happens whole or not
/// at all, and two programs that write at once lose nothing. Every function throws Error when the database
/// refuses.
class OutcomeDatabase {
 public:
  /// Makes file and tables where they are not there yet.
  explicit OutcomeDatabase(const database::DatabaseAddress& address);

  /// A score that is there otherwise is an Error, with nothing added, unless `correct`. A person's group and
  /// side are filled in where they were empty, and else treated like a score.
  AddedMeasurements add(const Records& records, bool correct = false);
  /// Everybody, by code, and all scores by person, scale, site and visit. `person`: only this one.
  Records records(const std::string& person = {});
  std::vector<Correction> corrections();

  /// Adds the person where needed; a session that is there already keeps its events. Throws Error when it is
  /// another person's.
  void addSession(const SessionEntry& entry);
  std::optional<SessionEntry> session(const std::string& identity);
  std::vector<SessionEntry> sessions();

  void addEvent(const std::string& sessionIdentity, const AdverseEvent& event);
  std::vector<AdverseEvent> events(const std::string& sessionIdentity);

  /// Keeps a name and a note sealed with the key; what is empty is left as it was. Throws Error when nobody
  /// has that code.
  void seal(const std::string& person, const Identity& identity, const SealingKey& key);
  /// None where none was kept. Throws Error when they were sealed with another key, or changed since.
  std::optional<Identity> unseal(const std::string& person, const SealingKey& key);

 private:
  qlonglong idOf(const Person& person, bool correct);
  void addScore(qlonglong person, const Measurement& one, bool correct, AddedMeasurements& counts);
  qlonglong sessionId(const std::string& identity);

  database::SqlConnection connection_;
};

/// The session folder's own account of itself, for addSession(); side and acupoint are those of its last
/// plan. Throws Error when the folder is no session.
SessionEntry describeSession(const std::filesystem::path& folder);

}  // namespace acuguide::outcomes
