#include "recording/csv_file.h"

#include "core/error.h"
#include "core/utf8_text.h"
#include "recording/compact_number.h"

namespace acuguide::recording {

CsvFile::CsvFile(std::filesystem::path path, std::string_view heading)
    : path_(std::move(path)), file_(path_, std::ios::binary | std::ios::trunc) {
  if (!file_) throw Error(path_.string(), "cannot be written", "choose a folder you may write to");
  file_ << heading << '\n';
}

void CsvFile::separate() {
  if (rowBegun_) row_ += ',';
  rowBegun_ = true;
}

CsvFile& CsvFile::text(std::string_view raw) {
  separate();
  const std::string value = utf8Text(raw);  // names of files need not be
  if (value.find_first_of(",\"\r\n") == std::string::npos) {
    row_ += value;
    return *this;
  }
  row_ += '"';
  for (const char c : value) {
    if (c == '"') row_ += '"';
    row_ += c;
  }
  row_ += '"';
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
  file_.flush();
  if (!file_)
    throw Error(path_.string(), "not all rows could be written", "free space on the disk and run again");
}

}  // namespace acuguide::recording
