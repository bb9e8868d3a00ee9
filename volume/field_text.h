#pragma once

#include <Eigen/Core>

#include <string>

namespace acuguide::volume {

/// A 4x4 matrix as PLUS writes it in headers: 16 numbers, row by row, that read back the same.
std::string matrixText(const Eigen::Matrix4d& matrix);

/// `word` at the end of `text`, after `between` where there is something before it.
inline void addWord(std::string& text, const std::string& word, const char* between = " ") {
  if (!text.empty()) text += between;
  text += word;
}

}  // namespace acuguide::volume
