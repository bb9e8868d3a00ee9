#include "recording/recorder.h"

#include "core/clock.h"
#include "core/error.h"
#include "core/give_way.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <exception>
#include <future>
#include <limits>
#include <mutex>
#include <thread>

namespace acuguide::recording {
namespace {

/// One thing to write: a snapshot, or an event with its moment.
struct Item {
  std::shared_ptr<const navigation::GuidanceSnapshot> snapshot;
  SessionEvent event;
  double at = 0.0;

  std::size_t bytes() const {
    return snapshot ? snapshot->frame->pixels.total() * snapshot->frame->pixels.elemSize() : 0;
  }
};

}  // namespace

struct Recorder::Shared {
  Shared(std::filesystem::path where, RecorderOptions chosen)
      : folder(std::move(where)), options(std::move(chosen)) {}

  const std::filesystem::path folder;
  const RecorderOptions options;

  mutable std::mutex mutex;
  std::condition_variable changed;
  std::deque<Item> queue;
  std::size_t queuedBytes = 0;
  RecorderStatus status;
  double lastDrop = -std::numeric_limits<double>::infinity();
  std::shared_ptr<const acquisition::DiskClock> diskClock;
  double idleAt = 0.0, diskAtIdle = 0.0;  ///< when the queue was last empty, and the disk's clock then
  bool stopping = false;

  std::string notedAlarm;  ///< the writer thread's own

  std::thread thread;

  void run(std::promise<void> ready);
  void record(SessionWriter& writer);
  void write(SessionWriter& writer, const Item& item);
  std::optional<Item> next(double until);
  void letTheScreenGoFirst(const Item& item);
  bool done() const;
  void report(const SessionWriter& writer);
  void noteAlarm(SessionWriter& writer);
  std::optional<navigation::Alarm> alarm() const;
  bool skipsNow() const;
  bool fillsNow() const;
  void drop();
  void fail(const std::string& reason);
};

/// The writer thread. The session is made here because a database connection belongs to its thread.
void Recorder::Shared::run(std::promise<void> ready) {
  giveWayForAMoment();  // the queue can wait, guidance cannot
  std::unique_ptr<SessionWriter> writer;
  try {
    writer = std::make_unique<SessionWriter>(folder, options.writer);
  } catch (...) {
    ready.set_exception(std::current_exception());
    return;
  }
  {
    const std::lock_guard lock(mutex);
    diskClock = writer->diskClock();
    idleAt = monotonicSeconds();
    diskAtIdle = diskClock->seconds(idleAt);
  }
  ready.set_value();
  try {
    record(*writer);
  } catch (const std::exception& error) {
    fail(error.what());
    const std::int64_t written = writer->framesWritten();
    writer->abandon(error.what());
    const std::lock_guard lock(mutex);
    status.framesDropped += written - writer->framesWritten();
  }
  report(*writer);
}

void Recorder::Shared::record(SessionWriter& writer) {
  double nextCommit = monotonicSeconds() + options.commitSeconds;
  std::int64_t droppedBefore = 0;
  while (!done()) {
    if (const std::optional<Item> item = next(nextCommit)) {
      letTheScreenGoFirst(*item);
      write(writer, *item);
    }
    const bool firstFrame = writer.framesCommitted() == 0 && writer.framesWritten() > 0;
    if (!firstFrame && monotonicSeconds() < nextCommit) continue;
    const std::int64_t dropped = [this] {
      const std::lock_guard lock(mutex);
      return status.framesDropped;
    }();
    if (dropped != droppedBefore)
      writer.write({"frames_dropped", std::to_string(dropped - droppedBefore)}, monotonicSeconds());
    droppedBefore = dropped;
    noteAlarm(writer);
    writer.commit();
    report(writer);
    nextCommit = monotonicSeconds() + options.commitSeconds;
  }
  writer.finish();
}

/// A frame that the disk refused counts among the dropped.
void Recorder::Shared::write(SessionWriter& writer, const Item& item) {
  if (!item.snapshot) {
    writer.write(item.event, item.at);
    return;
  }
  const std::int64_t before = writer.framesWritten();
  try {
    writer.write(*item.snapshot);
  } catch (...) {
    if (writer.framesWritten() == before) {
      const std::lock_guard lock(mutex);
      ++status.framesDropped;
    }
    throw;
  }
}

/// The oldest waiting item; none when none comes before `until`.
std::optional<Item> Recorder::Shared::next(double until) {
  std::unique_lock lock(mutex);
  if (queue.empty()) {
    idleAt = monotonicSeconds();
    diskAtIdle = diskClock->seconds(idleAt);
  }
  const auto patience = std::chrono::duration<double>(until - monotonicSeconds());
  changed.wait_for(lock, patience, [this] { return !queue.empty() || stopping; });
  if (queue.empty()) return std::nullopt;
  Item item = std::move(queue.front());
  queue.pop_front();
  queuedBytes -= item.bytes();
  return item;
}

/// A frame that has just come is about to be drawn: its compression, which takes part of both processors,
/// would slow that. There is time until the next one; where frames wait already there is none.
void Recorder::Shared::letTheScreenGoFirst(const Item& item) {
  constexpr double drawnWithinSeconds = 0.015;
  if (!item.snapshot) return;
  const double left = item.snapshot->frame->arrival + drawnWithinSeconds - monotonicSeconds();
  if (left <= 0) return;
  std::unique_lock lock(mutex);
  changed.wait_for(lock, std::chrono::duration<double>(std::min(left, drawnWithinSeconds)),
                   [this] { return !queue.empty() || stopping; });
}

bool Recorder::Shared::done() const {
  const std::lock_guard lock(mutex);
  return stopping && queue.empty();
}

void Recorder::Shared::report(const SessionWriter& writer) {
  const std::optional<double> left = writer.secondsLeft();
  const std::lock_guard lock(mutex);
  status.framesWritten = writer.framesWritten();
  status.framesCommitted = writer.framesCommitted();
  status.seconds = writer.seconds();
  status.diskSecondsLeft = left;
}

/// Alarms that begin and end, into the session. That frames are skipped, or the disk fills, is named so
/// there.
void Recorder::Shared::noteAlarm(SessionWriter& writer) {
  std::string now;
  {
    const std::lock_guard lock(mutex);
    if (skipsNow()) {
      now = "recording_skips: " + status.dropReason;
    } else if (fillsNow()) {
      now = "disk_filling";
    }
  }
  if (now == notedAlarm) return;
  const double at = monotonicSeconds();
  if (!notedAlarm.empty()) writer.write({"alarm_off", notedAlarm}, at);
  if (!now.empty()) writer.write({"alarm_on", now}, at);
  notedAlarm = now;
}

/// With the mutex held. What the writer has waited for since it last kept up is the reason.
void Recorder::Shared::drop() {
  ++status.framesDropped;
  lastDrop = monotonicSeconds();
  if (!diskClock || status.failed || stopping) return;
  const double disk = diskClock->seconds(lastDrop) - diskAtIdle;
  status.dropReason = disk > 0.5 * (lastDrop - idleAt) ? diskTooSlow : computerTooBusy;
}

bool Recorder::Shared::skipsNow() const {
  return !status.dropReason.empty() && monotonicSeconds() - lastDrop <= options.dropAlarmSeconds;
}

bool Recorder::Shared::fillsNow() const {
  return !stopping && status.diskSecondsLeft && *status.diskSecondsLeft < options.diskAlarmSeconds;
}

/// With the mutex held.
std::optional<navigation::Alarm> Recorder::Shared::alarm() const {
  using navigation::Alarm, navigation::AlarmKind, navigation::AlarmPriority;
  if (status.failed) return Alarm{AlarmKind::RecordingFailed, AlarmPriority::High, status.message};
  if (skipsNow()) return Alarm{AlarmKind::RecordingFailed, AlarmPriority::Medium, status.dropReason};
  if (fillsNow())
    return Alarm{AlarmKind::RecordingFailed, AlarmPriority::Medium,
                 "the disk will be full in " + std::to_string(std::lround(*status.diskSecondsLeft)) + " s"};
  return std::nullopt;
}

void Recorder::Shared::fail(const std::string& reason) {
  const std::lock_guard lock(mutex);
  status.failed = true;
  status.message = reason;
  for (const Item& item : queue) status.framesDropped += item.snapshot ? 1 : 0;
  queue.clear();
  queuedBytes = 0;
}

Recorder::Recorder(const std::filesystem::path& folder, RecorderOptions options)
    : shared_(std::make_unique<Shared>(folder, std::move(options))) {
  std::promise<void> ready;
  std::future<void> made = ready.get_future();
  shared_->thread = std::thread(
      [shared = shared_.get(), promise = std::move(ready)]() mutable { shared->run(std::move(promise)); });
  try {
    made.get();
  } catch (...) {
    shared_->thread.join();
    throw;
  }
}

Recorder::~Recorder() { finish(); }

void Recorder::offer(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot) {
  if (!snapshot || !snapshot->frame) return;
  Item item{std::move(snapshot), {}, 0.0};
  const std::size_t bytes = item.bytes();
  {
    const std::lock_guard lock(shared_->mutex);
    const bool full = shared_->queue.size() >= shared_->options.queueFrames ||
                      shared_->queuedBytes + bytes > shared_->options.queueBytes;
    if (full || shared_->stopping || shared_->status.failed) {
      shared_->drop();
      return;
    }
    shared_->queuedBytes += bytes;
    shared_->queue.push_back(std::move(item));
  }
  shared_->changed.notify_one();
}

void Recorder::note(SessionEvent event) {
  {
    const std::lock_guard lock(shared_->mutex);
    if (shared_->stopping || shared_->status.failed) return;
    shared_->queue.push_back({nullptr, std::move(event), monotonicSeconds()});
  }
  shared_->changed.notify_one();
}

RecorderStatus Recorder::finish() {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->stopping = true;
  }
  shared_->changed.notify_one();
  if (shared_->thread.joinable()) shared_->thread.join();
  return status();
}

RecorderStatus Recorder::status() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->status;
}

std::optional<navigation::Alarm> Recorder::alarm() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->alarm();
}

}  // namespace acuguide::recording
