#include "acquisition/stream/feed.h"

#include "acquisition/stream/feed_connection.h"
#include "acquisition/stream/feed_state.h"
#include "core/clock.h"

#include <algorithm>
#include <exception>
#include <thread>

namespace acuguide::acquisition {
namespace {

using Lock = std::unique_lock<std::mutex>;

/// Watches over the connections of one feed: notices silence, opens again. Never calls into a source, except
/// interrupt(), so it cannot get stuck the way a connection can.
class FeedSupervisor {
 public:
  explicit FeedSupervisor(std::shared_ptr<FeedState> feed) : feed_(std::move(feed)) {}

  void run() {
    Lock lock(feed_->mutex);
    connect();
    while (!feed_->stopping) {
      using End = FeedConnection::End;
      const End end = connection_->end();
      if (end == End::NotYet) {
        watch(lock);
      } else if (end == End::Again) {
        connect();
      } else if (end == End::Ended || (end == End::Failed && !cameBefore_)) {
        rest(lock, end == End::Ended ? Connection::Ended : Connection::Failed);
      } else {
        reconnect(lock);
      }
    }
    lock.unlock();
    connection_->interrupt();
    lock.lock();
    --feed_->threads;
    feed_->changed.notify_all();
  }

 private:
  void connect() {
    connection_ = std::make_shared<FeedConnection>(feed_);
    connection_->start();
  }

  void waitFor(Lock& lock, double seconds) {
    feed_->changed.wait_for(lock, std::chrono::duration<double>(std::max(seconds, 0.001)));
  }

  /// Until the connection ends or falls silent.
  void watch(Lock& lock) {
    constexpr double kLongestOpening = 15.0;
    if (connection_->open()) {
      if (!connection_->live()) {
        feed_->changed.wait(lock);
        return;
      }
      cameBefore_ = true;
      if (feed_->status.connection == Connection::Running) pause_ = feed_->options.reconnectSeconds;
    }
    const double patience = connection_->open() ? connection_->longestSilence() : kLongestOpening;
    const double silence = monotonicSeconds() - connection_->lastSign();
    if (silence < patience) {
      waitFor(lock, patience - silence);
      return;
    }
    markLost(connection_->open() ? "no picture comes any more; waiting for it to come back"
                                 : "does not answer; waiting for it to come back");
    if (silence < patience + pause_) {  // it may come back by itself, with nothing to open again
      waitFor(lock, patience + pause_ - silence);
      return;
    }
    leave(lock);
    reconnect(lock);
  }

  void markLost(const std::string& reason) {
    feed_->status.connection = Connection::Lost;
    feed_->status.message = feed_->source + ": " + reason;
  }

  /// Gives the connection a moment to end by itself, so that it lets go of its device.
  void leave(Lock& lock) {
    connection_->leaveBehind();
    const std::shared_ptr<FeedConnection> left = connection_;
    const int threads = feed_->threads;
    lock.unlock();
    left->interrupt();
    lock.lock();
    feed_->changed.wait_for(lock, std::chrono::milliseconds(200),
                            [&] { return feed_->stopping || feed_->threads < threads; });
  }

  void reconnect(Lock& lock) {
    constexpr double kLongestPause = 2.0;
    constexpr int kMostThreads = 5;  // this one and four stuck ones
    feed_->status.connection = Connection::Lost;
    if (!connection_->message().empty()) feed_->status.message = connection_->message();
    const auto pause = std::chrono::duration<double>(pause_);
    feed_->changed.wait_for(lock, pause, [&] { return feed_->stopping; });
    pause_ = std::min(2.0 * pause_, kLongestPause);
    feed_->changed.wait(lock, [&] { return feed_->stopping || feed_->threads < kMostThreads; });
    if (!feed_->stopping) connect();
  }

  void rest(Lock& lock, Connection connection) {
    feed_->status.connection = connection;
    feed_->status.message = connection_->message();
    feed_->changed.wait(lock, [&] { return feed_->stopping; });
  }

  std::shared_ptr<FeedState> feed_;
  std::shared_ptr<FeedConnection> connection_;
  bool cameBefore_ = false;  ///< a live source that could be opened once: no failure is final
  double pause_ = feed_->options.reconnectSeconds;
};

}  // namespace

Feed::Feed(std::string source, SourceOpener open, FeedOptions options)
    : state_(std::make_shared<FeedState>(std::move(source), std::move(open), options)) {
  state_->threads = 1;
  std::thread([state = state_] {
    try {
      FeedSupervisor(state).run();
    } catch (const std::exception& error) {  // no more threads, no more memory
      const std::scoped_lock lock(state->mutex);
      state->status.connection = Connection::Failed;
      state->status.message = state->source + ": cannot be followed (" + error.what() + ")";
      --state->threads;
      state->changed.notify_all();
    }
  }).detach();
}

Feed::~Feed() {
  Lock lock(state_->mutex);
  state_->stopping = true;
  state_->changed.notify_all();
  state_->frameArrived.notify_all();
  // Long enough for any well-behaved source to close; a stuck one is left behind.
  state_->changed.wait_for(lock, std::chrono::milliseconds(500), [this] { return state_->threads == 0; });
}

std::shared_ptr<const Frame> Feed::take(std::chrono::milliseconds timeout) {
  Lock lock(state_->mutex);
  state_->frameArrived.wait_for(lock, timeout, [this] { return state_->newest != nullptr; });
  return std::exchange(state_->newest, nullptr);
}

StreamStatus Feed::status() const {
  const std::scoped_lock lock(state_->mutex);
  StreamStatus status = state_->status;
  status.repeated = state_->statistics.repeated();
  status.late = state_->statistics.late();
  status.framesPerSecond = state_->statistics.framesPerSecond(monotonicSeconds());
  return status;
}

void Feed::setPaused(bool paused) {
  const std::scoped_lock lock(state_->mutex);
  state_->playback.paused = paused;
  state_->playback.stepsAhead = 0;
  state_->changed.notify_all();
}

bool Feed::paused() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->playback.paused;
}

void Feed::setSpeed(double factor) {
  const std::scoped_lock lock(state_->mutex);
  state_->playback.speed = std::clamp(factor, 0.1, 8.0);
  state_->changed.notify_all();
}

void Feed::seek(std::int64_t index) {
  const std::scoped_lock lock(state_->mutex);
  state_->playback.seekTo = std::max<std::int64_t>(index, 0);
  state_->changed.notify_all();
}

void Feed::step(std::int64_t frames) {
  const std::scoped_lock lock(state_->mutex);
  PlaybackControl& playback = state_->playback;
  playback.paused = true;
  // One ahead needs no seeking, which not every source can.
  if (frames == 1 && !playback.seekTo) {
    ++playback.stepsAhead;
  } else {
    const std::int64_t from = playback.seekTo.value_or(state_->lastIndex + playback.stepsAhead);
    playback.stepsAhead = 0;
    playback.seekTo = std::max<std::int64_t>(from + frames, 0);
  }
  state_->changed.notify_all();
}

}  // namespace acuguide::acquisition
