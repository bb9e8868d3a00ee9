#include "volume/field_text.h"

#include "acquisition/sequence/text_numbers.h"

namespace acuguide::volume {

std::string matrixText(const Eigen::Matrix4d& matrix) {
  std::string text;
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 4; ++column) addWord(text, acquisition::numberText(matrix(row, column)));
  return text;
}

}  // namespace acuguide::volume
