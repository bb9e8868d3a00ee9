#pragma once

#include "acquisition/stream/feed.h"
#include "acquisition/stream/feed_statistics.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace acuguide::acquisition {

/// What the user asked of a recorded source.
struct PlaybackControl {
  bool paused = false;
  double speed = 1.0;
  std::optional<std::int64_t> seekTo;
  int stepsAhead = 0;  ///< frames to release although paused
};

/// What a Feed and its threads share. Everything below `mutex` is guarded by it. Threads hold this by
/// shared_ptr, so that one stuck in a driver can outlive the Feed.
struct FeedState {
  FeedState(std::string sourceText, SourceOpener opener, FeedOptions feedOptions)
      : source(std::move(sourceText)), open(std::move(opener)), options(feedOptions) {
    status.source.name = source;
  }

  const std::string source;
  const SourceOpener open;
  const FeedOptions options;

  std::mutex mutex;
  std::condition_variable frameArrived;  ///< for take()
  std::condition_variable changed;       ///< for the threads: control, connection, stopping
  StreamStatus status;
  FeedStatistics statistics;
  std::shared_ptr<const Frame> newest;  ///< the mailbox: one slot
  PlaybackControl playback;
  std::int64_t lastIndex = -1;  ///< of the last frame delivered
  double lastTime = 0.0;
  std::int64_t lastEpoch = 0;
  bool stopping = false;
  int threads = 0;  ///< running for this feed, those left behind included
};

}  // namespace acuguide::acquisition
