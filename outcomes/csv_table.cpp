#include "outcomes/csv_table.h"

#include "core/error.h"
#include "recording/csv_file.h"

#include <algorithm>

namespace acuguide::outcomes {
namespace {

bool holds(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace

CsvTable::CsvTable(const std::filesystem::path& path) : name_(path.string()), table_(path) {
  if (rows() == 0 && heading().empty())
    throw Error(name_, "is empty",
                "give a CSV file with a heading line; 'acuguide outcomes export' writes one");
  if (heading().empty())
    throw Error(where(0), "is data, and the heading line is missing", "name the columns in the first line");
  for (std::size_t i = 0; i < heading().size(); ++i)
    if (indexOf(heading()[i]) != i)
      throw Error(name_, "the column \"" + heading()[i] + "\" is there twice", "name each column once");
  for (std::size_t row = 0; row < rows(); ++row)
    if (table_.rows()[row].cells.size() != heading().size())
      throw Error(where(row),
                  "has " + std::to_string(table_.rows()[row].cells.size()) + " cells, the heading " +
                      std::to_string(heading().size()),
                  "separate the cells by commas and quote those that hold one");
}

std::optional<std::size_t> CsvTable::indexOf(std::string_view column) const {
  const auto found = std::ranges::find(heading(), column);
  if (found == heading().end()) return std::nullopt;
  return static_cast<std::size_t>(found - heading().begin());
}

void CsvTable::requireColumns(const std::vector<std::string_view>& required,
                              const std::vector<std::string_view>& optional) const {
  for (const std::string_view column : required)
    if (!indexOf(column))
      throw Error(name_, "has no column \"" + std::string(column) + "\"",
                  "the first line must name " + joined(required) + "; it may name " + joined(optional));
  for (const std::string& column : heading())
    if (!holds(required, column) && !holds(optional, column))
      throw Error(name_, "the column \"" + column + "\" is not known",
                  "take it out, or call it one of " + joined(required) + ", " + joined(optional));
}

std::string CsvTable::cell(std::size_t row, std::string_view column) const {
  const auto index = indexOf(column);
  return index ? recording::fromCsvCell(table_.rows()[row].cells[*index]) : std::string();
}

std::string CsvTable::where(std::size_t row) const { return table_.where(table_.rows()[row]); }

}  // namespace acuguide::outcomes
