#include "outcomes/outcome_database.h"

#include "core/error.h"
#include "database/sql_transaction.h"
#include "outcomes/outcome_schema.h"

#include <QtCore/QByteArray>
#include <QtCore/QVariant>

#include <chrono>
#include <ctime>
#include <initializer_list>
#include <map>

namespace acuguide::outcomes {
namespace {

using database::SqlConnection;
using database::SqlTransaction;

QString text(std::string_view value) {
  return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

std::string text(const QVariant& value) { return value.toString().toStdString(); }

QSqlQuery execute(SqlConnection& connection, const std::string& sql,
                  std::initializer_list<QVariant> values = {}) {
  QSqlQuery query = connection.prepare(sql);
  for (const QVariant& value : values) query.addBindValue(value);
  connection.execute(query);
  return query;
}

/// ISO 8601, to the second.
QString now() {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char stamp[32];
  std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return stamp;
}

/// In PostgreSQL others wait for this row until the transaction ends; in SQLite they wait already.
std::string held(const SqlConnection& connection, const std::string& select) {
  return select + (connection.isPostgresql() ? " FOR UPDATE" : "");
}

QVariant blob(const std::string& value, const std::string& place, const SealingKey& key) {
  const auto bytes = sealed(value, place, key);
  return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

std::string unblob(const QVariant& value, const std::string& place, const SealingKey& key,
                   const std::string& where) {
  const QByteArray bytes = value.toByteArray();
  if (bytes.isEmpty()) return {};
  return opened({bytes.begin(), bytes.end()}, place, key, where);
}

std::string placeOf(const std::string& person, const char* field) {
  return "acuguide.identity/1|" + person + "|" + field;
}

Measurement measurementIn(const QSqlQuery& row) {
  const std::string where = "measurement of " + text(row.value(0));
  return {text(row.value(0)), visitNamed(text(row.value(1)), where),         text(row.value(2)),
          text(row.value(3)), {row.value(5).toDouble(), text(row.value(4))}, text(row.value(6)),
          text(row.value(7))};
}

}  // namespace

OutcomeDatabase::OutcomeDatabase(const database::DatabaseAddress& address) : connection_(address) {
  if (!connection_.isPostgresql()) connection_.run("PRAGMA foreign_keys = ON");
  prepareOutcomeSchema(connection_);
}

qlonglong OutcomeDatabase::idOf(const Person& person, bool correct) {
  execute(connection_,
          "INSERT INTO person (code,arm,side,added_utc) VALUES (?,?,?,?) ON CONFLICT (code) DO NOTHING",
          {text(person.code), text(person.group), text(person.side), now()});
  QSqlQuery known = execute(connection_, held(connection_, "SELECT id,arm,side FROM person WHERE code=?"),
                            {text(person.code)});
  known.next();
  const qlonglong id = known.value(0).toLongLong();
  const std::string group = text(known.value(1)), side = text(known.value(2));
  known.finish();
  const auto settle = [&](const char* column, const std::string& there, const std::string& said) {
    if (said.empty() || said == there) return;
    if (!there.empty() && !correct)
      throw Error(connection_.path(),
                  person.code + " has \"" + there + "\" already, and not \"" + said + "\"",
                  "say --correct if what is there is wrong");
    execute(connection_, std::string("UPDATE person SET ") + column + "=? WHERE id=?", {text(said), id});
  };
  settle("arm", group, person.group);
  settle("side", side, person.side);
  return id;
}

void OutcomeDatabase::addScore(qlonglong person, const Measurement& one, bool correct,
                               AddedMeasurements& counts) {
  const QSqlQuery added =
      execute(connection_,
              "INSERT INTO measurement (person,visit,scale,site,grade,score,taken_on,assessor,added_utc)"
              " VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (person,visit,scale,site) DO NOTHING",
              {person, text(nameOf(one.visit)), text(one.scale), text(one.site), text(one.score.written),
               one.score.rank, text(one.on), text(one.assessor), now()});
  if (added.numRowsAffected() > 0) {
    ++counts.added;
    return;
  }
  QSqlQuery there = execute(
      connection_,
      held(connection_,
           "SELECT id,grade,score FROM measurement WHERE person=? AND visit=? AND scale=? AND site=?"),
      {person, text(nameOf(one.visit)), text(one.scale), text(one.site)});
  there.next();
  const qlonglong id = there.value(0).toLongLong();
  const std::string before = text(there.value(1));
  const double score = there.value(2).toDouble();
  there.finish();
  if (before == one.score.written) {
    ++counts.alike;
    return;
  }
  if (!correct)
    throw Error(connection_.path(),
                one.person + " has " + before + " on " + one.scale + " at " + std::string(nameOf(one.visit)) +
                    " already, and not " + one.score.written + " (nothing was added)",
                "say --correct if what is there is wrong; it is kept beside the correction");
  execute(connection_,
          "INSERT INTO correction (measurement,old_grade,old_score,new_grade,assessor,corrected_utc)"
          " VALUES (?,?,?,?,?,?)",
          {id, text(before), score, text(one.score.written), text(one.assessor), now()});
  execute(connection_, "UPDATE measurement SET grade=?,score=?,taken_on=?,assessor=? WHERE id=?",
          {text(one.score.written), one.score.rank, text(one.on), text(one.assessor), id});
  ++counts.corrected;
}

AddedMeasurements OutcomeDatabase::add(const Records& records, bool correct) {
  SqlTransaction transaction(connection_);
  std::map<std::string, qlonglong>
      ids;  // in the order of codes: two writers never wait for each other crosswise
  std::map<std::string, Person> people;
  for (const Measurement& one : records.measurements) people[one.person].code = one.person;
  for (const Person& person : records.people) people[person.code] = person;
  for (const auto& [code, person] : people) ids[code] = idOf(person, correct);
  AddedMeasurements counts;
  for (const Measurement& one : records.measurements) addScore(ids.at(one.person), one, correct, counts);
  transaction.commit();
  return counts;
}

Records OutcomeDatabase::records(const std::string& person) {
  Records records;
  const std::string only = person.empty() ? "" : " WHERE p.code=?";
  const auto select = [&](const std::string& columns, const std::string& order) {
    const std::string sql = "SELECT " + columns + only + " ORDER BY " + order;
    return person.empty() ? execute(connection_, sql) : execute(connection_, sql, {text(person)});
  };
  SqlTransaction transaction(connection_, SqlTransaction::Kind::Reading);
  QSqlQuery people = select("p.code,p.arm,p.side FROM person p", "p.code");
  while (people.next())
    records.people.push_back({text(people.value(0)), text(people.value(1)), text(people.value(2))});
  people.finish();
  QSqlQuery scores = select(
      "p.code,m.visit,m.scale,m.site,m.grade,m.score,m.taken_on,m.assessor"
      " FROM measurement m JOIN person p ON p.id=m.person",
      "p.code,m.scale,m.site,CASE m.visit WHEN 'baseline' THEN 0 WHEN 'first_session' THEN 1"
      " WHEN '4_weeks' THEN 2 ELSE 3 END");
  while (scores.next()) records.measurements.push_back(measurementIn(scores));
  return records;
}

std::vector<Correction> OutcomeDatabase::corrections() {
  std::vector<Correction> all;
  QSqlQuery rows = execute(connection_,
                           "SELECT p.code,m.visit,m.scale,m.site,c.old_grade,c.new_grade,c.assessor,"
                           "c.corrected_utc FROM correction c JOIN measurement m ON m.id=c.measurement"
                           " JOIN person p ON p.id=m.person ORDER BY c.id");
  while (rows.next())
    all.push_back({text(rows.value(0)), visitNamed(text(rows.value(1)), "correction"), text(rows.value(2)),
                   text(rows.value(3)), text(rows.value(4)), text(rows.value(5)), text(rows.value(6)),
                   text(rows.value(7))});
  return all;
}

void OutcomeDatabase::addSession(const SessionEntry& entry) {
  SqlTransaction transaction(connection_);
  const qlonglong person = idOf({entry.person, "", ""}, false);
  const QSqlQuery added =
      execute(connection_,
              "INSERT INTO session (identity,person,folder,started_utc,side,acupoint,added_utc) VALUES"
              " (?,?,?,?,?,?,?) ON CONFLICT (identity) DO NOTHING",
              {text(entry.identity), person, text(entry.folder), text(entry.startedUtc), text(entry.side),
               text(entry.acupoint), now()});
  if (added.numRowsAffected() == 0) {
    QSqlQuery there =
        execute(connection_, "SELECT p.code FROM session s JOIN person p ON p.id=s.person WHERE s.identity=?",
                {text(entry.identity)});
    const std::string owner = there.next() ? text(there.value(0)) : std::string();
    if (owner != entry.person)
      throw Error(entry.folder, "the session is " + owner + "'s already, and not " + entry.person + "'s",
                  "check the code of the person");
  }
  transaction.commit();
}

std::optional<SessionEntry> OutcomeDatabase::session(const std::string& identity) {
  for (const SessionEntry& entry : sessions())
    if (entry.identity == identity) return entry;
  return std::nullopt;
}

std::vector<SessionEntry> OutcomeDatabase::sessions() {
  std::vector<SessionEntry> all;
  QSqlQuery rows =
      execute(connection_,
              "SELECT s.identity,p.code,s.folder,s.started_utc,s.side,s.acupoint"
              " FROM session s JOIN person p ON p.id=s.person ORDER BY p.code,s.started_utc,s.id");
  while (rows.next())
    all.push_back({text(rows.value(0)), text(rows.value(1)), text(rows.value(2)), text(rows.value(3)),
                   text(rows.value(4)), text(rows.value(5))});
  return all;
}

qlonglong OutcomeDatabase::sessionId(const std::string& identity) {
  QSqlQuery row = execute(connection_, "SELECT id FROM session WHERE identity=?", {text(identity)});
  if (!row.next())
    throw Error(connection_.path(), "does not know the session",
                "add it with 'acuguide outcomes session SESSION --person CODE'");
  return row.value(0).toLongLong();
}

void OutcomeDatabase::addEvent(const std::string& sessionIdentity, const AdverseEvent& event) {
  SqlTransaction transaction(connection_);
  execute(connection_,
          "INSERT INTO adverse_event (session,kind,amount,detail,seen_on,added_utc) VALUES (?,?,?,?,?,?)",
          {sessionId(sessionIdentity), text(event.kind), event.amount, text(event.detail), text(event.on),
           now()});
  transaction.commit();
}

std::vector<AdverseEvent> OutcomeDatabase::events(const std::string& sessionIdentity) {
  std::vector<AdverseEvent> all;
  QSqlQuery rows = execute(connection_,
                           "SELECT e.kind,e.amount,e.detail,e.seen_on FROM adverse_event e JOIN session s ON"
                           " s.id=e.session WHERE s.identity=? ORDER BY e.id",
                           {text(sessionIdentity)});
  while (rows.next())
    all.push_back({text(rows.value(0)), rows.value(1).toDouble(), text(rows.value(2)), text(rows.value(3))});
  return all;
}

void OutcomeDatabase::seal(const std::string& person, const Identity& identity, const SealingKey& key) {
  SqlTransaction transaction(connection_);
  QSqlQuery row =
      execute(connection_, held(connection_, "SELECT id FROM person WHERE code=?"), {text(person)});
  if (!row.next())
    throw Error(connection_.path(), "nobody has the code " + person, "add a score of theirs first");
  const qlonglong id = row.value(0).toLongLong();
  row.finish();
  const auto before = unseal(person, key);  // with another key nothing is mixed: this throws
  const Identity merged{identity.name.empty() && before ? before->name : identity.name,
                        identity.note.empty() && before ? before->note : identity.note};
  execute(connection_,
          "INSERT INTO identity (person,key_id,name,note,sealed_utc) VALUES (?,?,?,?,?) ON CONFLICT (person)"
          " DO UPDATE SET name=excluded.name,note=excluded.note,sealed_utc=excluded.sealed_utc",
          {id, text(key.id()), blob(merged.name, placeOf(person, "name"), key),
           blob(merged.note, placeOf(person, "note"), key), now()});
  transaction.commit();
}

std::optional<Identity> OutcomeDatabase::unseal(const std::string& person, const SealingKey& key) {
  QSqlQuery row =
      execute(connection_,
              "SELECT i.key_id,i.name,i.note FROM identity i JOIN person p ON p.id=i.person WHERE p.code=?",
              {text(person)});
  if (!row.next()) return std::nullopt;
  const std::string where = connection_.path() + ", name of " + person;
  if (text(row.value(0)) != key.id())
    throw Error(where, "was sealed with the key " + text(row.value(0)) + ", and this is " + key.id(),
                "give the key it was sealed with");
  return Identity{unblob(row.value(1), placeOf(person, "name"), key, where),
                  unblob(row.value(2), placeOf(person, "note"), key, where)};
}

}  // namespace acuguide::outcomes
