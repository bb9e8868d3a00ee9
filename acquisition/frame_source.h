#pragma once

#include "core/error.h"
#include "core/frame.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::acquisition {

/// What a source is, known once it is open.
struct SourceInfo {
  std::string name;                        ///< as the user gave it, shown in the status strip
  std::string description;                 ///< "V4L2 640x480 YUYV 30 fps", "MetaImage sequence, 190 frames"
  bool live = false;                       ///< frames come when they come; else they wait to be read
  std::optional<std::int64_t> frameCount;  ///< recorded sources that know it
  std::optional<double> nominalFramesPerSecond;  ///< what the device or file states
  bool seekable = false;
  /// A live source that comes to an end of its own (a pipeline playing a file). Of any other live source the
  /// end means that its sender went away, and a Feed opens it again. Recorded sources always end.
  bool finite = false;
};

/// Thrown by live sources where waiting may help: a device not plugged in, a sender that went away or does
/// not answer. A Feed tries again. Any other Error on the first opening is final.
class SourceUnavailable : public Error {
 public:
  using Error::Error;
};

/// One stream of frames: capture device, pipeline, file, network peer, simulator. Opening happens in the
/// constructor (or factory) and throws Error. A FrameSource is used from one thread at a time, save
/// interrupt().
///
/// Recorded sources stream: memory does not grow with the length of the file.
class FrameSource {
 public:
  virtual ~FrameSource() = default;

  virtual const SourceInfo& info() const = 0;

  /// The next frame, in order; blocks until there is one. std::nullopt: the stream has ended (a file's end, a
  /// peer that closed). Throws Error when the rest cannot be read (a truncated file, a device that went
  /// away); frames delivered before stay good. Sets index, time, arrival, decodeSeconds.
  virtual std::optional<Frame> read() = 0;

  /// The next read() returns frame `index`. Only where info().seekable; throws Error when out of range.
  virtual void seek(std::int64_t index);

  /// Asks a blocked read() in another thread to return soon (nullopt). Best effort; callers must not rely on
  /// it alone.
  virtual void interrupt() noexcept {}

  /// What came since opening and was dropped because it was damaged (messages of a network peer). For the
  /// thread that reads.
  virtual std::int64_t damaged() const { return 0; }

  /// What people should know of how the frames since opening had to be read ("the sender's clock cannot be
  /// used …"); phrases joined by "; ", empty when there is nothing. May change with each read(); for the
  /// thread that reads.
  virtual std::string remark() const { return {}; }
};

}  // namespace acuguide::acquisition
