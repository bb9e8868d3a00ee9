#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::acquisition {

struct TextTableOptions {
  bool comments = false;  ///< rows that begin with # are left out
  /// Rows of numbers: commas, semicolons, tabs, spaces and brackets all separate, and empty cells are left
  /// out. Otherwise the table has one separator, which its first row shows: a semicolon, else a tab, else a
  /// comma.
  bool anySeparator = false;
};

/// The one reader of CSV: landmarks, matrices, measurements. RFC 4180 quoting, any line ends, a UTF-8 byte
/// order mark is skipped, empty rows are left out, cells come without the spaces around them.
///
/// The first row is a heading only when every cell holds something and none of them is a number. Any other
/// first row is data, so that a slip of the pen in it is told and never silently dropped.
class TextTable {
 public:
  struct Row {
    std::size_t line = 0;  ///< in the file, from 1
    std::vector<std::string> cells;
  };

  /// Throws Error: no such file, not text (UTF-16 too), a quote that is not closed.
  explicit TextTable(const std::filesystem::path& path, TextTableOptions options = {});

  const std::vector<std::string>& heading() const { return heading_; }  ///< empty when there is none
  const std::vector<Row>& rows() const { return rows_; }                ///< without the heading

  /// "FILE line 7", for messages.
  std::string where(const Row& row) const;
  /// Throws Error with the line: not a number, or one written with a decimal comma.
  double number(const Row& row, std::size_t cell) const;

 private:
  void parse(std::string_view text, const TextTableOptions& options);

  std::string name_;
  std::vector<std::string> heading_;
  std::vector<Row> rows_;
};

/// "0,25": a number as spreadsheet programs write it in many languages.
bool hasDecimalComma(std::string_view text);

}  // namespace acuguide::acquisition
