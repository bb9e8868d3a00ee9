#include "recording/csv_file.h"

#include "core/error.h"
#include "core/utf8_text.h"
#include "recording/compact_number.h"

#include <charconv>
#include <cmath>

namespace acuguide::recording {
namespace {

bool isNumber(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

bool isFormula(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("=@\t\r\n").find(text.front()) != std::string_view::npos) return true;
  return (text.front() == '+' || text.front() == '-') && text.size() > 1 && !isNumber(text);
}

}  // namespace

std::string csvCell(std::string_view value) {
  std::string text(isFormula(value) ? 1 : 0, '\'');
  text += value;
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string fromCsvCell(std::string_view cell) {
  if (cell.starts_with('\'') && isFormula(cell.substr(1))) cell.remove_prefix(1);
  return std::string(cell);
}

CsvFile::CsvFile(std::filesystem::path path, std::string_view heading)
    : path_(std::move(path)),
      whole_(path_, "the table"),
      file_(whole_.part(), std::ios::binary | std::ios::trunc) {
  if (!file_) throw Error(path_.string(), "cannot be written", "choose a folder you may write to");
  file_ << heading << '\n';
}

void CsvFile::separate() {
  if (rowBegun_) row_ += ',';
  rowBegun_ = true;
}

CsvFile& CsvFile::text(std::string_view raw) {
  separate();
  row_ += csvCell(utf8Text(raw));  // names of files need not be UTF-8
  return *this;
}

CsvFile& CsvFile::integer(std::int64_t value) {
  separate();
  row_ += std::to_string(value);
  return *this;
}

CsvFile& CsvFile::number(double value, int decimals) {
  separate();
  appendNumber(row_, value, decimals);
  return *this;
}

CsvFile& CsvFile::number(const std::optional<double>& value, int decimals) {
  return value ? number(*value, decimals) : empty();
}

CsvFile& CsvFile::empty(int cells) {
  for (int i = 0; i < cells; ++i) separate();
  return *this;
}

void CsvFile::endRow() {
  row_ += '\n';
  file_ << row_;
  row_.clear();
  rowBegun_ = false;
}

void CsvFile::finish() {
  file_.close();
  if (!file_)
    throw Error(path_.string(), "not all rows could be written", "free space on the disk and run again");
  whole_.commit();
}

}  // namespace acuguide::recording
