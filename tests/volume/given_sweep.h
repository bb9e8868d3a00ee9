#pragma once

#include "acquisition/frame_source.h"
#include "volume/sweep.h"

#include <memory>
#include <utility>
#include <vector>

namespace acuguide::volume {

/// A recorded source of frames given beforehand.
class GivenSweep : public acquisition::FrameSource {
 public:
  explicit GivenSweep(std::shared_ptr<const std::vector<Frame>> frames) : frames_(std::move(frames)) {
    info_.name = "sweep.mha";
    info_.frameCount = static_cast<std::int64_t>(frames_->size());
  }
  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    if (next_ == frames_->size()) return std::nullopt;
    return (*frames_)[next_++];
  }

 private:
  acquisition::SourceInfo info_;
  std::shared_ptr<const std::vector<Frame>> frames_;
  std::size_t next_ = 0;
};

inline OpenSweep opening(std::vector<Frame> frames) {
  const auto shared = std::make_shared<const std::vector<Frame>>(std::move(frames));
  return [shared] { return std::make_unique<GivenSweep>(shared); };
}

inline void nobody(std::int64_t /*done*/) {}

}  // namespace acuguide::volume
