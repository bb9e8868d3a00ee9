#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace acuguide::recording {

/// A CSV file (RFC 4180 quoting, line ends "\n", numbers with a point whatever the locale), written a cell at
/// a time. What is unknown is an empty cell: none, NaN and infinities alike.
class CsvFile {
 public:
  /// Creates the file (replacing one of that name) with its heading line. Throws Error.
  CsvFile(std::filesystem::path path, std::string_view heading);

  CsvFile& text(std::string_view value);
  CsvFile& integer(std::int64_t value);
  /// At most `decimals` decimals, without trailing zeros.
  CsvFile& number(double value, int decimals = 3);
  CsvFile& number(const std::optional<double>& value, int decimals = 3);
  CsvFile& empty(int cells = 1);
  void endRow();

  /// Writes out what is buffered; throws Error when not all of the rows reached the file.
  void finish();

 private:
  void separate();

  std::filesystem::path path_;
  std::ofstream file_;
  std::string row_;
  bool rowBegun_ = false;
};

}  // namespace acuguide::recording
