#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::outcomes {

/// A CSV file (RFC 4180 quoting; LF or CRLF; a byte order mark is skipped) in memory, its columns by the
/// names in the first line. Empty lines are left out.
class CsvTable {
 public:
  /// Throws Error: not there, no heading, a row with more or fewer cells than the heading, an open quote, a
  /// column twice.
  explicit CsvTable(const std::filesystem::path& path);

  std::size_t rows() const { return rows_.size(); }
  /// Throws Error when a column of `required` is not there, or one there is neither in it nor in `optional`.
  void requireColumns(const std::vector<std::string_view>& required,
                      const std::vector<std::string_view>& optional) const;
  /// Without spaces around it; empty where there is no such column.
  std::string cell(std::size_t row, std::string_view column) const;
  /// "FILE line 7", for messages.
  std::string where(std::size_t row) const;

 private:
  struct Row {
    std::size_t line = 0;
    std::vector<std::string> cells;
  };
  std::optional<std::size_t> indexOf(std::string_view column) const;
  void parse(std::string_view text);

  std::string name_;
  std::vector<std::string> heading_;
  std::vector<Row> rows_;
};

}  // namespace acuguide::outcomes
