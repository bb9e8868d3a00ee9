#pragma once

#include "acquisition/source_catalog.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace acuguide::acquisition {

enum class Connection {
  Connecting,  ///< opening for the first time
  Running,     ///< frames come
  Lost,        ///< the source went away or is silent; opening it again by itself
  Ended,       ///< a recorded source came to its end
  Failed       ///< could not be opened and cannot come back (a file that is not one)
};

/// How a stream has done so far.
struct StreamStatus {
  Connection connection = Connection::Connecting;
  std::string message;         ///< reason of Lost and Failed, in one sentence
  std::string remark;          ///< FrameSource::remark() of the newest frame
  SourceInfo source;           ///< of the current connection
  std::int64_t delivered = 0;  ///< frames handed over
  std::int64_t skipped = 0;    ///< frames the consumer never saw, because a newer one won
  std::int64_t repeated =
      0;  ///< frames with the same pixels as the one before (a frozen scanner, a slow grabber)
  std::int64_t late = 0;     ///< gaps longer than 1.5 nominal (else median) frame times
  std::int64_t damaged = 0;  ///< messages that were no such or failed their checksum, and were dropped
  std::int64_t reconnections = 0;
  double framesPerSecond = 0.0;  ///< measured over the last second
  double lastArrival = 0.0;      ///< monotonicSeconds() of the newest frame; 0 before the first
};

struct FeedOptions {
  double silenceSeconds = 0.4;  ///< a live source silent for this long counts as Lost (the design asks < 0.5
                                ///< s); twice its nominal frame time where that is longer
  double reconnectSeconds = 0.25;  ///< pause between attempts to open again, doubling up to 2 s
  bool loop = false;               ///< start a recorded source again at its end
};

struct FeedState;

/// One source on its own thread, newest frame wins (one-slot mailbox); recorded sources are paced by their
/// own time stamps and can be paused, stepped and sought. Thread-safe.
///
/// Live sources that fall silent, fail or lose their sender are Lost and opened again until they are back;
/// index and time of the frames go on increasing across connections. Recorded sources deliver the index and
/// time of the recording, which go back only where one seeks or loops; a pause in the recording is kept up to
/// 5 s. `arrival` of a recorded frame is the moment it was released.
///
/// An open() or read() that blocks for ever blocks neither callers nor the destructor: its thread is left
/// behind with all it needs, at most four of them at a time.
class Feed {
 public:
  /// Returns at once; opening happens on the feed's thread. `open` must be callable more than once, from any
  /// thread, and own what it uses: a call that hangs outlives the feed.
  Feed(std::string source, SourceOpener open, FeedOptions options = {});
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  /// The newest frame not yet taken, waiting up to `timeout` for one; null when none came.
  std::shared_ptr<const Frame> take(std::chrono::milliseconds timeout);

  StreamStatus status() const;

  // Recorded sources only; ignored by live ones.
  void setPaused(bool paused);
  bool paused() const;
  void setSpeed(double factor);    ///< 1 = as recorded; 0.1 to 8
  void seek(std::int64_t index);   ///< delivers that frame (the last one, if beyond), also while paused
  void step(std::int64_t frames);  ///< relative to the last delivered frame, pauses

 private:
  std::shared_ptr<FeedState> state_;
};

}  // namespace acuguide::acquisition
