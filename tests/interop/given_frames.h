#pragma once

#include "acquisition/frame_source.h"

#include <utility>
#include <vector>

namespace acuguide::interop {

/// A recorded source of frames given one by one.
class GivenFrames : public acquisition::FrameSource {
 public:
  explicit GivenFrames(std::vector<Frame> frames) : frames_(std::move(frames)) {
    info_.name = "frames";
    info_.frameCount = static_cast<std::int64_t>(frames_.size());
    info_.seekable = true;
  }
  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    if (next_ == frames_.size()) return std::nullopt;
    return frames_[next_++];
  }
  void seek(std::int64_t index) override { next_ = static_cast<std::size_t>(index); }

 private:
  acquisition::SourceInfo info_;
  std::vector<Frame> frames_;
  std::size_t next_ = 0;
};

}  // namespace acuguide::interop
