#pragma once

#include <string>
#include <vector>

namespace acuguide::outcomes {

/// Rows of cells set in columns of equal width for a terminal, two spaces between them. The first column is
/// set left, the others right. Widths count characters of UTF-8, not bytes.
std::string textTable(const std::vector<std::vector<std::string>>& rows);

}  // namespace acuguide::outcomes
