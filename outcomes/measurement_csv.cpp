#include "outcomes/measurement_csv.h"

#include "core/error.h"
#include "outcomes/csv_table.h"
#include "outcomes/plain_number.h"
#include "recording/csv_file.h"

#include <map>
#include <system_error>
#include <tuple>

namespace acuguide::outcomes {
namespace {

/// The people of a file, put together from their rows.
class People {
 public:
  void add(const Person& person, const std::string& where) {
    const auto [at, fresh] = places_.try_emplace(person.code, people_.size());
    if (fresh) people_.push_back(Person{person.code, {}, {}});
    Person& known = people_[at->second];
    fill(known.group, person.group, person.code + " is in group ", where);
    fill(known.side, person.side, "the side of " + person.code + " is ", where);
  }
  const std::vector<Person>& all() const { return people_; }

 private:
  static void fill(std::string& known, const std::string& said, const std::string& what,
                   const std::string& where) {
    if (said.empty()) return;
    if (!known.empty() && known != said)
      throw Error(where, what + known + " on a line above, and " + said + " here", "make them alike");
    known = said;
  }

  std::vector<Person> people_;
  std::map<std::string, std::size_t> places_;
};

Measurement measurementIn(const CsvTable& table, std::size_t row, const Scale& scale) {
  const std::string where = table.where(row);
  Measurement measurement;
  measurement.person = checkedCode(table.cell(row, "person"), where);
  measurement.visit = visitNamed(table.cell(row, "visit"), where);
  measurement.scale = scale.code;
  measurement.site = checkedSite(scale, table.cell(row, "site"), where);
  measurement.score = readScore(scale, table.cell(row, "value"), where);
  measurement.on = checkedDate(table.cell(row, "on"), where);
  measurement.assessor = checkedLabel(table.cell(row, "assessor"), where);
  const std::string rank = table.cell(row, "rank");
  if (!rank.empty() && plainNumber(rank) != measurement.score.rank)
    throw Error(where, "the rank " + rank + " is not that of " + measurement.score.written,
                "leave the column rank out");
  return measurement;
}

}  // namespace

ReadRecords readMeasurements(const std::filesystem::path& path) {
  const CsvTable table(path);
  table.requireColumns({"person", "visit", "scale", "value"},
                       {"group", "side", "site", "rank", "on", "assessor"});
  ReadRecords read;
  People people;
  std::map<std::tuple<std::string, Visit, std::string, std::string>, std::string> seen;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string where = table.where(row);
    people.add({checkedCode(table.cell(row, "person"), where), checkedLabel(table.cell(row, "group"), where),
                checkedSide(table.cell(row, "side"), where)},
               where);
    const Scale& scale = scaleNamed(table.cell(row, "scale"), where);
    if (table.cell(row, "value").empty()) {
      visitNamed(table.cell(row, "visit"), where);
      ++read.notMeasured;
      continue;
    }
    const Measurement one = measurementIn(table, row, scale);
    const auto [at, fresh] = seen.try_emplace({one.person, one.visit, one.scale, one.site}, where);
    if (!fresh)
      throw Error(where, "gives the same score as " + at->second + " once more", "keep one of the two");
    read.records.measurements.push_back(one);
  }
  read.records.people = people.all();
  return read;
}

void writeMeasurements(const Records& records, const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && std::filesystem::file_size(path, ignored) != 0)
    throw Error(path.string(), "is there already",
                "name a new file; a table of scores may have been typed by hand and is never replaced");
  std::map<std::string, Person> people;
  for (const Person& person : records.people) people[person.code] = person;
  recording::CsvFile file(path, "person,group,side,visit,scale,site,value,rank,on,assessor");
  for (const Measurement& one : records.measurements) {
    const Person& person = people[one.person];
    file.text(one.person).text(person.group).text(person.side).text(nameOf(one.visit)).text(one.scale);
    file.text(one.site).text(one.score.written).number(one.score.rank).text(one.on).text(one.assessor);
    file.endRow();
  }
  file.finish();
}

}  // namespace acuguide::outcomes
