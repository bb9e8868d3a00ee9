#pragma once

#include "core/whole_file.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace acuguide::recording {

/// A cell as it stands in a CSV file: quoted where it holds a comma, a quote or a line end (RFC 4180), and
/// with an apostrophe before what a spreadsheet would take for a formula (a leading =, @, tab or line end; +
/// or - before anything but a number).
std::string csvCell(std::string_view value);
/// The value of a cell whose quotes have been taken off: without that apostrophe.
std::string fromCsvCell(std::string_view cell);

/// A CSV file (RFC 4180 quoting, line ends "\n", numbers with a point whatever the locale), written a cell at
/// a time. What is unknown is an empty cell: none, NaN and infinities alike.
class CsvFile {
 public:
  /// Begins the file with its heading line; it is there when it is whole (WholeFile), after finish(). Throws
  /// Error.
  CsvFile(std::filesystem::path path, std::string_view heading);

  CsvFile& text(std::string_view value);
  CsvFile& integer(std::int64_t value);
  /// At most `decimals` decimals, without trailing zeros.
  CsvFile& number(double value, int decimals = 3);
  CsvFile& number(const std::optional<double>& value, int decimals = 3);
  CsvFile& empty(int cells = 1);
  void endRow();

  /// Puts the whole table in its place; throws Error when not all of the rows reached the disk.
  void finish();

 private:
  void separate();

  std::filesystem::path path_;
  WholeFile whole_;
  std::ofstream file_;
  std::string row_;
  bool rowBegun_ = false;
};

}  // namespace acuguide::recording
