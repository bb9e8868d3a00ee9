#pragma once

#include "acquisition/frame_source.h"

#include <memory>
#include <utility>

namespace acuguide::acquisition {

/// A source whose frames are another's, changed on their way by read(). All else is the other's own.
class SourceWrapper : public FrameSource {
 public:
  explicit SourceWrapper(std::unique_ptr<FrameSource> source) : source_(std::move(source)) {}

  const SourceInfo& info() const override { return source_->info(); }
  void seek(std::int64_t index) override { source_->seek(index); }
  void interrupt() noexcept override { source_->interrupt(); }
  std::int64_t damaged() const override { return source_->damaged(); }
  std::string remark() const override { return source_->remark(); }

 protected:
  FrameSource& source() { return *source_; }

 private:
  std::unique_ptr<FrameSource> source_;
};

}  // namespace acuguide::acquisition
