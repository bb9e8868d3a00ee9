#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/source_catalog.h"
#include "core/clock.h"
#include "test_frames.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace acuguide::acquisition {

/// A live source the test drives; shared between the test and the sources opened from it.
class Puppet {
 public:
  void push(int picture) {
    const std::scoped_lock lock(mutex_);
    pictures_.push_back(picture);
    changed_.notify_all();
  }
  void fail() {
    const std::scoped_lock lock(mutex_);
    failing_ = true;
    changed_.notify_all();
  }
  /// No source opens until back().
  void goAway() {
    const std::scoped_lock lock(mutex_);
    away_ = failing_ = true;
    changed_.notify_all();
  }
  void comeBack() {
    const std::scoped_lock lock(mutex_);
    away_ = failing_ = false;
  }
  void heedInterrupts(bool heed) { heedInterrupts_ = heed; }
  void release() {
    const std::scoped_lock lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }
  int opened() const { return opened_; }
  int destroyed() const { return destroyed_; }

  static SourceOpener opener(const std::shared_ptr<Puppet>& puppet) {
    return [puppet](const std::string& name) { return std::make_unique<Source>(puppet, name); };
  }

 private:
  class Source : public FrameSource {
   public:
    Source(std::shared_ptr<Puppet> puppet, const std::string& name) : puppet_(std::move(puppet)) {
      info_.name = name;
      info_.live = true;
      const std::scoped_lock lock(puppet_->mutex_);
      if (puppet_->away_) throw SourceUnavailable(name, "is not there", "wait");
      puppet_->failing_ = false;
      ++puppet_->opened_;
    }
    ~Source() override { ++puppet_->destroyed_; }

    const SourceInfo& info() const override { return info_; }

    std::optional<Frame> read() override {
      std::unique_lock lock(puppet_->mutex_);
      puppet_->changed_.wait(lock, [this] {
        return !puppet_->pictures_.empty() || puppet_->failing_ || interrupted_ || puppet_->released_;
      });
      if (puppet_->failing_) throw SourceUnavailable(info_.name, "went away", "wait");
      if (puppet_->pictures_.empty()) return std::nullopt;
      Frame frame;
      frame.pixels = noisePicture(puppet_->pictures_.front());
      puppet_->pictures_.pop_front();
      frame.index = next_++;
      frame.time = static_cast<double>(frame.index);
      frame.arrival = monotonicSeconds();
      return frame;
    }

    void interrupt() noexcept override {
      const std::scoped_lock lock(puppet_->mutex_);
      interrupted_ = puppet_->heedInterrupts_;
      puppet_->changed_.notify_all();
    }

   private:
    std::shared_ptr<Puppet> puppet_;
    SourceInfo info_;
    std::int64_t next_ = 0;
    bool interrupted_ = false;
  };

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<int> pictures_;
  bool failing_ = false, away_ = false, released_ = false;
  std::atomic<bool> heedInterrupts_ = true;
  std::atomic<int> opened_ = 0, destroyed_ = 0;
};

/// `count` frames, 10 ms apart unless told, that can be sought.
class Recording : public FrameSource {
 public:
  explicit Recording(std::int64_t count, bool seekable = true, double step = 0.01, std::int64_t failAt = -1)
      : step_(step), failAt_(failAt) {
    info_.name = "recording";
    info_.frameCount = count;
    info_.seekable = seekable;
  }
  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    if (next_ == failAt_) throw Error("recording", "is cut short", "copy it again");
    if (next_ >= *info_.frameCount) return std::nullopt;
    Frame frame;
    frame.pixels = noisePicture(static_cast<int>(next_), 8, 8);
    frame.index = next_++;
    frame.time = 1000.0 + static_cast<double>(frame.index) * step_;
    frame.arrival = monotonicSeconds();
    return frame;
  }
  void seek(std::int64_t index) override {
    if (!info_.seekable) FrameSource::seek(index);
    next_ = index;
  }

 private:
  SourceInfo info_;
  double step_;
  std::int64_t failAt_;
  std::int64_t next_ = 0;
};

}  // namespace acuguide::acquisition
