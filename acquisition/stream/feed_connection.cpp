#include "acquisition/stream/feed_connection.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/gated_source.h"
#include "acquisition/stream/playback.h"
#include "core/clock.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace acuguide::acquisition {
namespace {

std::chrono::steady_clock::time_point clockTime(double seconds) {
  return std::chrono::steady_clock::time_point(
      std::chrono::duration_cast<std::chrono::steady_clock::duration>(
          std::chrono::duration<double>(seconds)));
}

}  // namespace

void FeedConnection::start() {
  lastSign_ = monotonicSeconds();
  ++feed_->threads;
  std::thread([self = shared_from_this()] { self->run(); }).detach();
}

double FeedConnection::longestSilence() const {
  const double twoFrames = info_.nominalFramesPerSecond ? 2.0 / *info_.nominalFramesPerSecond : 0.0;
  return std::max(feed_->options.silenceSeconds, twoFrames);
}

void FeedConnection::interrupt() noexcept {
  const std::scoped_lock lock(sourceMutex_);
  if (source_) source_->interrupt();
}

void FeedConnection::run() {
  std::shared_ptr<FrameSource> source;
  bool isOpen = false;
  try {
    source = gated(feed_->open(feed_->source));
    if (!source) throw Error(feed_->source, "cannot be opened", "check what is given as source");
    {
      const std::scoped_lock lock(sourceMutex_);
      source_ = source;
    }
    {
      const std::scoped_lock lock(feed_->mutex);
      info_ = source->info();
      open_ = isOpen = true;
      lastSign_ = monotonicSeconds();
      if (!over()) feed_->status.source = info_;
    }
    feed_->changed.notify_all();
    if (source->info().live) {
      deliverLive(*source);
    } else {
      deliverRecorded(*source);
    }
  } catch (const SourceUnavailable& error) {
    finish(End::Lost, error.what());
  } catch (const std::exception& error) {
    finish(isOpen && source->info().live ? End::Lost : End::Failed, error.what());
  } catch (...) {  // a driver's own kind
    finish(isOpen ? End::Lost : End::Failed, feed_->source + ": failed for a reason it does not say");
  }
  {
    const std::scoped_lock lock(sourceMutex_);
    source_.reset();
  }
  source.reset();  // closing may take its time, or hang: only this thread waits
  {
    const std::scoped_lock lock(feed_->mutex);
    --feed_->threads;
  }
  feed_->changed.notify_all();
}

void FeedConnection::finish(End end, const std::string& message) {
  {
    const std::scoped_lock lock(feed_->mutex);
    end_ = end;
    // What it says of being interrupted is not why it was left.
    if (!leftBehind_) message_ = message;
  }
  feed_->changed.notify_all();
}

void FeedConnection::deliverLive(FrameSource& source) {
  while (true) {
    std::optional<Frame> frame = source.read();
    if (!frame) break;
    const std::scoped_lock lock(feed_->mutex);
    if (over()) return;
    feed_->status.damaged += source.damaged() - std::exchange(damaged_, source.damaged());
    publish(std::move(*frame), source.remark());
  }
  if (source.info().finite) {
    finish(End::Ended, "");
  } else {
    finish(End::Lost, source.info().name + ": its sender stopped; waiting for it to come back");
  }
}

// A source opened again counts from 0 and has a time line of its own; consumers see one stream, in which each
// connection is an epoch.
void FeedConnection::keepIncreasing(Frame& frame) {
  if (!delivered_ && feed_->lastIndex >= 0) {
    indexShift_ = feed_->lastIndex + 1 - frame.index;
    epochShift_ = feed_->lastEpoch + 1 - frame.epoch;
    const double away = std::max(frame.arrival - feed_->status.lastArrival, 1e-6);
    timeShift_ = feed_->lastTime + away - frame.time;
  }
  frame.index += indexShift_;
  frame.time += timeShift_;
  frame.epoch += epochShift_;
}

// With feed_->mutex held.
void FeedConnection::publish(Frame frame, const std::string& remark) {
  StreamStatus& status = feed_->status;
  if (info_.live) keepIncreasing(frame);
  if (!delivered_ && status.delivered > 0 && info_.live) {
    ++status.reconnections;
    feed_->statistics.restart();
  }
  delivered_ = true;
  lastSign_ = monotonicSeconds();
  status.connection = Connection::Running;
  status.message.clear();
  status.lastArrival = frame.arrival;
  ++status.delivered;
  if (feed_->newest) ++status.skipped;
  feed_->lastIndex = frame.index;
  feed_->lastTime = frame.time;
  feed_->lastEpoch = frame.epoch;
  status.remark = remark;
  feed_->newest = std::make_shared<const Frame>(std::move(frame));
  feed_->statistics.add(feed_->newest, info_);
  feed_->frameArrived.notify_all();
  feed_->changed.notify_all();
}

// The recording is over, or its rest cannot be read: what came before can still be sought.
void FeedConnection::waitAtEnd(std::unique_lock<std::mutex>& lock, Connection connection,
                               const std::string& message) {
  if (over()) return;
  feed_->status.connection = connection;
  feed_->status.message = message;
  feed_->playback.stepsAhead = 0;
  feed_->changed.wait(lock, [this] { return over() || feed_->playback.seekTo; });
}

/// Where the playing of a recording stands.
struct FeedConnection::Playing {
  FrameSource& source;
  const SourceInfo& info;
  PlaybackPace pace;
  std::optional<Frame> pending = {};  ///< read, not yet due
  bool releaseNow = false;            ///< sought: due at once, also while paused
  bool deliveredInThisPass = false;   ///< an empty recording is not looped
};

void FeedConnection::deliverRecorded(FrameSource& source) {
  const SourceInfo info = source.info();
  const double usualGap = 1.0 / info.nominalFramesPerSecond.value_or(kAssumedFramesPerSecond);
  Playing playing{.source = source, .info = info, .pace = PlaybackPace(usualGap)};
  PlaybackControl& playback = feed_->playback;
  std::unique_lock lock(feed_->mutex);
  while (!over()) {
    goWhereAsked(lock, playing);
    if (playback.paused && !playing.releaseNow && playback.stepsAhead == 0) {
      feed_->changed.wait(lock);
      playing.pace.resume(monotonicSeconds());
    } else if (playing.pending) {
      releaseWhenDue(lock, playing);
    } else if (!fetch(lock, playing)) {
      return;
    }
  }
}

void FeedConnection::goWhereAsked(std::unique_lock<std::mutex>& lock, Playing& playing) {
  const std::optional<std::int64_t> asked = std::exchange(feed_->playback.seekTo, std::nullopt);
  if (!asked || !playing.info.seekable) return;
  const std::int64_t last =
      playing.info.frameCount ? std::max<std::int64_t>(*playing.info.frameCount - 1, 0) : *asked;
  lock.unlock();
  playing.source.seek(std::clamp<std::int64_t>(*asked, 0, last));
  lock.lock();
  playing.pending.reset();
  playing.pace.restart();
  playing.releaseNow = true;
}

/// Reads the next frame, or does what is to be done at the end. False when this connection is over.
bool FeedConnection::fetch(std::unique_lock<std::mutex>& lock, Playing& playing) {
  lock.unlock();
  std::string failure;
  try {
    playing.pending = playing.source.read();
  } catch (const std::exception& error) {
    failure = error.what();
  }
  lock.lock();
  if (playing.pending) return true;
  const bool again = feed_->options.loop && failure.empty() && playing.deliveredInThisPass;
  if (!again) {
    waitAtEnd(lock, failure.empty() ? Connection::Ended : Connection::Failed, failure);
    return true;
  }
  playing.deliveredInThisPass = false;
  if (!playing.info.seekable) {
    end_ = End::Again;
    return false;
  }
  lock.unlock();
  playing.source.seek(0);
  lock.lock();
  return true;
}

void FeedConnection::releaseWhenDue(std::unique_lock<std::mutex>& lock, Playing& playing) {
  PlaybackControl& playback = feed_->playback;
  const double time = playing.pending->time;
  const double now = monotonicSeconds();
  const bool step = playback.stepsAhead > 0;
  const double due = playing.releaseNow || step ? now : playing.pace.due(time, playback.speed, now);
  if (due > now) {
    // Woken by the user or by time: either way everything is looked at again.
    feed_->changed.wait_until(lock, clockTime(due));
    return;
  }
  playing.pending->arrival = now;
  playing.pace.released(time, due, now);
  publish(std::move(*playing.pending), playing.source.remark());
  playing.pending.reset();
  playing.releaseNow = false;
  playing.deliveredInThisPass = true;
  if (step) --playback.stepsAhead;
}

}  // namespace acuguide::acquisition
