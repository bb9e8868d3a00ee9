#include "ui/windows/companion.h"

#include "recording/recorded_analysis.h"
#include "recording/session_source.h"

#include <QMetaObject>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace acuguide::ui {

using SnapshotPtr = std::shared_ptr<const navigation::GuidanceSnapshot>;

struct Companion::Reader {
  std::string session;
  Companion* owner = nullptr;
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<std::int64_t> wanted;
  SnapshotPtr found;  // not collected yet, with what went wrong
  QString problem;
  bool stopping = false;
  std::thread thread;

  void run() {
    try {
      recording::SessionSource source(session, session);
      recording::RecordedAnalysis recorded(session);
      while (const auto frame = next()) deliver(read(source, recorded, *frame), {});
    } catch (const std::exception& error) {
      deliver(nullptr, QString::fromStdString(error.what()));
    } catch (...) {
      deliver(nullptr, QStringLiteral("failed for a reason it does not say"));
    }
  }

  std::optional<std::int64_t> next() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return wanted || stopping; });
    if (stopping) return std::nullopt;
    return std::exchange(wanted, std::nullopt);
  }

  static SnapshotPtr read(recording::SessionSource& source, recording::RecordedAnalysis& recorded,
                          std::int64_t frame) {
    source.seek(std::clamp<std::int64_t>(frame, 0, *source.info().frameCount - 1));
    auto read = source.read();
    if (!read) return nullptr;
    auto snapshot = recorded.at(std::make_shared<const Frame>(std::move(*read)));
    snapshot.picture = navigation::PictureState::Paused;
    snapshot.sequence = static_cast<std::uint64_t>(snapshot.frame->index) + 1;
    return std::make_shared<const navigation::GuidanceSnapshot>(std::move(snapshot));
  }

  void deliver(SnapshotPtr snapshot, const QString& text) {
    {
      const std::lock_guard lock(mutex);
      found = std::move(snapshot);
      problem = text;
    }
    QMetaObject::invokeMethod(owner, &Companion::collect, Qt::QueuedConnection);
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

void Companion::collect() {
  SnapshotPtr found;
  QString problem;
  {
    const std::lock_guard lock(reader_->mutex);
    found = std::exchange(reader_->found, nullptr);
    problem = std::exchange(reader_->problem, {});
  }
  if (found) emit ready(found);
  if (!problem.isEmpty()) emit failed(problem);
}

void Companion::show(std::int64_t frame) {
  {
    const std::lock_guard lock(reader_->mutex);
    reader_->wanted = frame;
  }
  reader_->changed.notify_one();
}

}  // namespace acuguide::ui
