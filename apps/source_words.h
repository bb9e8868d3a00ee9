#pragma once

#include "core/frame.h"

#include <mutex>
#include <string>
#include <vector>

namespace acuguide::apps {

/// Says on stderr, once each, what people should know of a source while its frames come: why there are no
/// millimetres, and how it has to be read (FrameSource::remark()). Thread-safe.
class SourceWords {
 public:
  void tell(const Frame& frame, const std::string& remark);

 private:
  void say(const std::string& sentence);

  std::mutex mutex_;
  std::vector<std::string> said_;
};

}  // namespace acuguide::apps
