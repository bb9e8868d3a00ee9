#include "acquisition/feed_connection.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/playback.h"
#include "core/clock.h"

#include <algorithm>
#include <chrono>
#include <thread>

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
    source = feed_->open(feed_->source);
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
    message_ = message;
  }
  feed_->changed.notify_all();
}

void FeedConnection::deliverLive(FrameSource& source) {
  while (true) {
    std::optional<Frame> frame = source.read();
    if (!frame) break;
    const std::scoped_lock lock(feed_->mutex);
    if (over()) return;
    publish(std::move(*frame));
  }
  if (source.info().finite) {
    finish(End::Ended, "");
  } else {
    finish(End::Lost, source.info().name + ": its sender stopped; waiting for it to come back");
  }
}

// A source opened again counts from 0 and has a time line of its own; consumers see one stream.
void FeedConnection::keepIncreasing(Frame& frame) {
  if (!delivered_ && feed_->lastIndex >= 0) {
    indexShift_ = feed_->lastIndex + 1 - frame.index;
    const double away = std::max(frame.arrival - feed_->status.lastArrival, 1e-6);
    timeShift_ = feed_->lastTime + away - frame.time;
  }
  frame.index += indexShift_;
  frame.time += timeShift_;
  if (feed_->lastIndex >= 0 && frame.time <= feed_->lastTime) frame.time = feed_->lastTime + 1e-6;
}

// With feed_->mutex held.
void FeedConnection::publish(Frame frame) {
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

void FeedConnection::deliverRecorded(FrameSource& source) {
  const SourceInfo info = source.info();
  PlaybackPace pace(1.0 / info.nominalFramesPerSecond.value_or(kAssumedFramesPerSecond));
  PlaybackControl& playback = feed_->playback;
  std::optional<Frame> pending;
  bool releaseNow = false;
  bool deliveredInThisPass = false;
  std::unique_lock lock(feed_->mutex);
  while (!over()) {
    if (playback.seekTo) {
      const std::int64_t last = info.frameCount ? *info.frameCount - 1 : *playback.seekTo;
      const std::int64_t target =
          std::clamp<std::int64_t>(*playback.seekTo, 0, std::max<std::int64_t>(last, 0));
      playback.seekTo.reset();
      if (!info.seekable) continue;
      lock.unlock();
      source.seek(target);
      lock.lock();
      pending.reset();
      pace.restart();
      releaseNow = true;
    }
    const bool held = playback.paused && !releaseNow && playback.stepsAhead == 0;
    if (held) {
      feed_->changed.wait(
          lock, [&] { return over() || !playback.paused || playback.seekTo || playback.stepsAhead > 0; });
      pace.resume(monotonicSeconds());
      continue;
    }
    if (!pending) {
      lock.unlock();
      std::string failure;
      try {
        pending = source.read();
      } catch (const std::exception& error) {
        failure = error.what();
      }
      lock.lock();
      if (!pending && failure.empty() && feed_->options.loop && deliveredInThisPass) {
        deliveredInThisPass = false;
        if (!info.seekable) {
          end_ = End::Again;
          feed_->changed.notify_all();
          return;
        }
        lock.unlock();
        source.seek(0);
        lock.lock();
      } else if (!pending) {
        waitAtEnd(lock, failure.empty() ? Connection::Ended : Connection::Failed, failure);
      }
      continue;
    }
    const double now = monotonicSeconds();
    const bool step = playback.stepsAhead > 0;
    const double due = releaseNow || step ? now : pace.due(pending->time, playback.speed, now);
    if (due > now) {
      // Woken by the user or by time: either way look at everything again.
      feed_->changed.wait_until(lock, clockTime(due));
      continue;
    }
    pending->arrival = now;
    pace.released(pending->time, due, now);
    publish(std::move(*pending));
    pending.reset();
    releaseNow = false;
    deliveredInThisPass = true;
    if (step) --playback.stepsAhead;
  }
}

}  // namespace acuguide::acquisition
