#include "apps/source_words.h"

#include <algorithm>
#include <iostream>

namespace acuguide::apps {

void SourceWords::tell(const Frame& frame, const std::string& remark) {
  const std::scoped_lock lock(mutex_);
  if (!frame.geometry.whyNoScale.empty()) say("no millimetres: " + frame.geometry.whyNoScale);
  if (!remark.empty()) say(remark);
}

void SourceWords::say(const std::string& sentence) {
  constexpr std::size_t kMost = 20;  // a source that finds new words with every frame says nothing
  if (said_.size() >= kMost || std::ranges::find(said_, sentence) != said_.end()) return;
  said_.push_back(sentence);
  std::cerr << "acuguide: " << sentence << "\n";
}

}  // namespace acuguide::apps
