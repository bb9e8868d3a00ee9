#pragma once

#include "acquisition/text_table.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::outcomes {

/// A table read by acquisition::TextTable whose columns go by the names in its first line.
class CsvTable {
 public:
  /// Throws Error: see TextTable; no heading, a row with more or fewer cells than the heading, a column
  /// twice.
  explicit CsvTable(const std::filesystem::path& path);

  std::size_t rows() const { return table_.rows().size(); }
  /// Throws Error when a column of `required` is not there, or one there is neither in it nor in `optional`.
  void requireColumns(const std::vector<std::string_view>& required,
                      const std::vector<std::string_view>& optional) const;
  /// Without spaces around it; empty where there is no such column.
  std::string cell(std::size_t row, std::string_view column) const;
  /// "FILE line 7", for messages.
  std::string where(std::size_t row) const;

 private:
  const std::vector<std::string>& heading() const { return table_.heading(); }
  std::optional<std::size_t> indexOf(std::string_view column) const;

  std::string name_;
  acquisition::TextTable table_;
};

}  // namespace acuguide::outcomes
