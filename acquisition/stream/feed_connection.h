#pragma once

#include "acquisition/stream/feed_state.h"

#include <memory>

namespace acuguide::acquisition {

/// One attempt to read the source: opens it, delivers its frames to the feed's mailbox, ends. Runs on a
/// thread of its own that may get stuck in a driver for ever; it is then left behind and delivers no more.
class FeedConnection : public std::enable_shared_from_this<FeedConnection> {
 public:
  enum class End {
    NotYet,
    Ended,   ///< a finite live source is over
    Again,   ///< a looping source that cannot seek: open it again at once
    Lost,    ///< may come back
    Failed,  ///< cannot come back
  };

  explicit FeedConnection(std::shared_ptr<FeedState> feed) : feed_(std::move(feed)) {}

  /// Starts the thread. With feed->mutex held.
  void start();

  // With feed->mutex held.
  End end() const { return end_; }
  const std::string& message() const { return message_; }
  bool open() const { return open_; }
  bool live() const { return info_.live; }
  double lastSign() const { return lastSign_; }  ///< monotonicSeconds() of start, opening or the last frame
  double longestSilence() const;
  void leaveBehind() { leftBehind_ = true; }

  /// Asks the source to come back from a blocked read(). Without feed->mutex.
  void interrupt() noexcept;

 private:
  void run();
  void deliverLive(FrameSource& source);
  void deliverRecorded(FrameSource& source);
  struct Playing;
  void goWhereAsked(std::unique_lock<std::mutex>& lock, Playing& playing);
  bool fetch(std::unique_lock<std::mutex>& lock, Playing& playing);
  void releaseWhenDue(std::unique_lock<std::mutex>& lock, Playing& playing);
  bool over() const { return leftBehind_ || feed_->stopping; }
  void publish(Frame frame, const std::string& remark);
  void keepIncreasing(Frame& frame);
  void finish(End end, const std::string& message);
  void waitAtEnd(std::unique_lock<std::mutex>& lock, Connection connection, const std::string& message);

  std::shared_ptr<FeedState> feed_;

  std::mutex sourceMutex_;  ///< guards only the pointer, for interrupt()
  std::shared_ptr<FrameSource> source_;

  // Guarded by feed_->mutex.
  SourceInfo info_;
  bool open_ = false;
  bool leftBehind_ = false;
  bool delivered_ = false;
  double lastSign_ = 0.0;
  End end_ = End::NotYet;
  std::string message_;
  std::int64_t indexShift_ = 0;
  double timeShift_ = 0.0;
  std::int64_t epochShift_ = 0;
  std::int64_t damaged_ = 0;  ///< what the source had counted at its last frame
};

}  // namespace acuguide::acquisition
