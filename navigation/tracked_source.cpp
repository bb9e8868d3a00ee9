#include "navigation/tracked_source.h"

#include "acquisition/pose_history.h"
#include "core/error.h"

#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>

namespace acuguide::navigation {

using acquisition::FrameSource;

/// Shared with its thread, which may hang in a driver's read() longer than anybody wants to wait.
struct TrackedSource::Listener {
  acquisition::SourceOpener open;
  std::string tracker;
  std::mutex mutex;
  std::condition_variable ended;
  bool ending = false, done = false;
  FrameSource* current = nullptr;  // while it may be interrupted
  acquisition::PoseHistory history;

  static void run(const std::shared_ptr<Listener>& self, std::unique_ptr<FrameSource> source) {
    while (true) {
      self->follow(std::move(source));
      std::unique_lock lock(self->mutex);
      if (self->ended.wait_for(lock, std::chrono::seconds(1), [&self] { return self->ending; })) break;
      lock.unlock();
      source = self->opened();
    }
    const std::lock_guard lock(self->mutex);
    self->done = true;
    self->ended.notify_all();
  }

  /// Null while the tracker is away.
  std::unique_ptr<FrameSource> opened() const {
    try {
      return open(tracker);
    } catch (...) {
      return nullptr;
    }
  }

  void follow(std::unique_ptr<FrameSource> source) {
    if (!source) return;
    {
      const std::lock_guard lock(mutex);
      if (ending) return;
      current = source.get();
    }
    try {
      while (const auto frame = source->read()) {
        const std::lock_guard lock(mutex);
        if (ending) break;
        for (const NamedPose& pose : frame->poses) history.add(pose, frame->arrival);
      }
    } catch (...) {
      // Gone: its poses grow old, and with them not valid.
    }
    const std::lock_guard lock(mutex);
    current = nullptr;
  }
};

TrackedSource::TrackedSource(std::unique_ptr<FrameSource> pictures, std::string tracker,
                             acquisition::SourceOpener openTracker)
    : SourceWrapper(std::move(pictures)), info_(source().info()), listener_(std::make_shared<Listener>()) {
  if (!info_.live)
    throw Error(info_.name, "is recorded, and a tracker's poses of now do not belong to its pictures",
                "leave out --tracker " + tracker + ", or give a live source");
  std::unique_ptr<FrameSource> opened = openTracker(tracker);
  info_.description += ", tracked by " + opened->info().description;
  listener_->open = std::move(openTracker);
  listener_->tracker = std::move(tracker);
  std::thread(&Listener::run, listener_, std::move(opened)).detach();
}

TrackedSource::~TrackedSource() {
  std::unique_lock lock(listener_->mutex);
  listener_->ending = true;
  if (listener_->current) listener_->current->interrupt();
  listener_->ended.notify_all();
  // A read() that never returns keeps its thread, with all that it needs.
  listener_->ended.wait_for(lock, std::chrono::seconds(1), [this] { return listener_->done; });
}

std::optional<Frame> TrackedSource::read() {
  auto frame = source().read();
  if (!frame) return frame;
  const std::lock_guard lock(listener_->mutex);
  std::vector<NamedPose> poses = listener_->history.at(frame->arrival);
  frame->poses.insert(frame->poses.end(), std::make_move_iterator(poses.begin()),
                      std::make_move_iterator(poses.end()));
  return frame;
}

acquisition::SourceCatalog withTracker(const acquisition::SourceCatalog& catalog, const std::string& tracker,
                                       const acquisition::SourceOpener& open) {
  return catalog.wrapped([tracker, open](std::unique_ptr<FrameSource> pictures) {
    return std::make_unique<TrackedSource>(std::move(pictures), tracker, open);
  });
}

}  // namespace acuguide::navigation
