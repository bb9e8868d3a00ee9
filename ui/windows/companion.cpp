#include "ui/windows/companion.h"

#include "session/recorded_analysis.h"
#include "session/session_source.h"

#include <QMetaObject>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace acuguide::ui {

using SnapshotPtr = std::shared_ptr<const navigation::GuidanceSnapshot>;

struct Companion::Reader {
  std::string session;
  Companion* owner = nullptr;
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<std::int64_t> wanted;
  bool stopping = false;
  std::thread thread;

  void run() {
    try {
      session::SessionSource source(session, session);
      session::RecordedAnalysis recorded(session);
      while (const auto frame = next()) deliver(read(source, recorded, *frame));
    } catch (const std::exception& error) {
      QMetaObject::invokeMethod(
          owner, [owner = owner, text = QString::fromStdString(error.what())] { emit owner->failed(text); },
          Qt::QueuedConnection);
    }
  }

  std::optional<std::int64_t> next() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return wanted || stopping; });
    if (stopping) return std::nullopt;
    return std::exchange(wanted, std::nullopt);
  }

  static SnapshotPtr read(session::SessionSource& source, session::RecordedAnalysis& recorded,
                          std::int64_t frame) {
    source.seek(std::clamp<std::int64_t>(frame, 0, *source.info().frameCount - 1));
    auto read = source.read();
    if (!read) return nullptr;
    auto snapshot = recorded.at(std::make_shared<const Frame>(std::move(*read)));
    snapshot.picture = navigation::PictureState::Paused;
    snapshot.sequence = static_cast<std::uint64_t>(snapshot.frame->index) + 1;
    return std::make_shared<const navigation::GuidanceSnapshot>(std::move(snapshot));
  }

  void deliver(SnapshotPtr snapshot) {
    if (!snapshot) return;
    QMetaObject::invokeMethod(
        owner, [owner = owner, snapshot = std::move(snapshot)] { emit owner->ready(snapshot); },
        Qt::QueuedConnection);
  }
};

Companion::Companion(std::string session, QObject* parent)
    : QObject(parent), reader_(std::make_shared<Reader>()) {
  reader_->session = std::move(session);
  reader_->owner = this;
  reader_->thread = std::thread([reader = reader_] { reader->run(); });
}

Companion::~Companion() {
  {
    const std::lock_guard lock(reader_->mutex);
    reader_->stopping = true;
  }
  reader_->changed.notify_one();
  reader_->thread.join();
}

void Companion::show(std::int64_t frame) {
  {
    const std::lock_guard lock(reader_->mutex);
    reader_->wanted = frame;
  }
  reader_->changed.notify_one();
}

}  // namespace acuguide::ui
