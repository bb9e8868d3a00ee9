#pragma once

#include "rendering/label.h"

#include <opencv2/core.hpp>

#include <map>
#include <string>
#include <utility>

namespace acuguide::rendering {

/// Labels as small pictures: the text with its dark halo, or on its plate. Keeps those in use.
class LabelRaster {
 public:
  /// CV_8UC4, RGBA with straight alpha, top row first; empty for an empty text. `unit`: device pixels per
  /// device-independent one. Good until the second forgetUnused() after it.
  const cv::Mat& pictureOf(const Label& label, double unit);

  /// Drops what was not asked for since the last call.
  void forgetUnused();

 private:
  struct Entry {
    cv::Mat picture;
    bool used = true;
  };
  const std::string& fontFile(const std::string& text, bool bold);

  std::map<std::string, Entry> cache_;
  std::map<std::pair<std::string, bool>, std::string> fontFiles_;
};

}  // namespace acuguide::rendering
