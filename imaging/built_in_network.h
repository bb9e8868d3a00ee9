#pragma once

#include <opencv2/dnn.hpp>

#include <cstddef>
#include <string>

/// Puts the file `path` (a string literal) into the program's read-only data, between the labels
/// acuguide_NAME_begin and acuguide_NAME_end, which it declares. Once a program for each name.
#define ACUGUIDE_BUILT_IN(name, path)              \
  asm(".pushsection .rodata\n"                     \
      ".balign 16\n"                               \
      "acuguide_" #name                            \
      "_begin:\n"                                  \
      ".incbin \"" path                            \
      "\"\n"                                       \
      "acuguide_" #name                            \
      "_end:\n"                                    \
      ".byte 0\n"                                  \
      ".popsection\n");                            \
  /* NOLINTBEGIN(readability-identifier-naming) */ \
  extern "C" const char acuguide_##name##_begin[]; \
  extern "C" const char acuguide_##name##_end[];   \
  /* NOLINTEND(readability-identifier-naming) */

namespace acuguide::imaging {

/// The network of the ONNX `file`, or where that is empty the built-in one between `begin` and `end`; run by
/// OpenCV on the CPU. Throws cv::Exception when OpenCV does not read it.
inline cv::dnn::Net readNetwork(const char* begin, const char* end, const std::string& file = {}) {
  cv::dnn::Net net = file.empty() ? cv::dnn::readNetFromONNX(begin, static_cast<std::size_t>(end - begin))
                                  : cv::dnn::readNetFromONNX(file);
  net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  return net;
}

}  // namespace acuguide::imaging
