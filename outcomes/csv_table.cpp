#include "outcomes/csv_table.h"

#include "core/error.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace acuguide::outcomes {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string::npos ? std::string()
                                    : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool holds(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace

CsvTable::CsvTable(const std::filesystem::path& path) : name_(path.string()) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || std::filesystem::is_directory(path) || !(text << file.rdbuf()))
    throw Error(name_, "cannot be read, or is empty",
                "give a CSV file with a heading line; 'acuguide outcomes export' writes one");
  std::string content = text.str();
  if (content.starts_with("\xEF\xBB\xBF")) content.erase(0, 3);
  parse(content);
  if (rows_.empty()) throw Error(name_, "has no heading line", "name the columns in the first line");
  for (const std::string& cell : rows_.front().cells) heading_.push_back(trimmed(cell));
  rows_.erase(rows_.begin());
  for (std::size_t i = 0; i < heading_.size(); ++i)
    if (std::find(heading_.begin(), heading_.begin() + static_cast<std::ptrdiff_t>(i), heading_[i]) !=
        heading_.begin() + static_cast<std::ptrdiff_t>(i))
      throw Error(name_, "the column \"" + heading_[i] + "\" is there twice", "name each column once");
  for (std::size_t row = 0; row < rows_.size(); ++row)
    if (rows_[row].cells.size() != heading_.size())
      throw Error(where(row),
                  "has " + std::to_string(rows_[row].cells.size()) + " cells, the heading " +
                      std::to_string(heading_.size()),
                  "separate the cells by commas and quote those that hold one");
}

void CsvTable::parse(std::string_view text) {
  std::size_t line = 1;
  Row row{line, {""}};
  bool quoted = false;
  const auto endRow = [&] {
    if (row.cells.size() > 1 || !row.cells.front().empty()) rows_.push_back(std::move(row));
    row = {line, {""}};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        row.cells.back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        row.cells.back() += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.cells.emplace_back();
    } else if (c == '\n') {
      endRow();
    } else if (c != '\r') {
      row.cells.back() += c;
    }
  }
  if (quoted)
    throw Error(name_ + " line " + std::to_string(row.line), "a quote is opened and not closed",
                "close it, or double a quote that is meant as one");
  endRow();
}

std::optional<std::size_t> CsvTable::indexOf(std::string_view column) const {
  const auto found = std::ranges::find(heading_, column);
  if (found == heading_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - heading_.begin());
}

void CsvTable::requireColumns(const std::vector<std::string_view>& required,
                              const std::vector<std::string_view>& optional) const {
  for (const std::string_view column : required)
    if (!indexOf(column))
      throw Error(name_, "has no column \"" + std::string(column) + "\"",
                  "the first line must name " + joined(required) + "; it may name " + joined(optional));
  for (const std::string& column : heading_)
    if (!holds(required, column) && !holds(optional, column))
      throw Error(name_, "the column \"" + column + "\" is not known",
                  "take it out, or call it one of " + joined(required) + ", " + joined(optional));
}

std::string CsvTable::cell(std::size_t row, std::string_view column) const {
  const auto index = indexOf(column);
  return index ? trimmed(rows_[row].cells[*index]) : std::string();
}

std::string CsvTable::where(std::size_t row) const {
  return name_ + " line " + std::to_string(rows_[row].line);
}

}  // namespace acuguide::outcomes
