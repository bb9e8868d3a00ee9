#include "ui/windows/snapshot_pump.h"

#include <QMetaObject>
#include <QTimer>

#include <mutex>

namespace acuguide::ui {

namespace {

constexpr int kLookMs = 50;

bool looksTheSame(const navigation::GuidanceSnapshot& a, const navigation::GuidanceSnapshot& b) {
  return a.sequence == b.sequence && a.frame == b.frame && a.plan == b.plan && a.picture == b.picture &&
         a.stream.connection == b.stream.connection && a.stream.message == b.stream.message &&
         a.needle.state == b.needle.state && a.guidance.has_value() == b.guidance.has_value() &&
         (!a.guidance || a.guidance->state == b.guidance->state);
}

}  // namespace

/// What the analysis thread rings. A call under way may outlive the pump, and then rings nobody.
struct SnapshotPump::Bell {
  std::mutex mutex;
  SnapshotPump* pump = nullptr;
  bool rung = false;
  Tap tap;

  void ring(const navigation::GuidanceSnapshot& snapshot) {
    if (tap) tap(snapshot);
    std::lock_guard lock(mutex);
    if (pump == nullptr || rung) return;
    rung = true;
    QMetaObject::invokeMethod(pump, &SnapshotPump::look, Qt::QueuedConnection);
  }
};

SnapshotPump::SnapshotPump(navigation::Navigator& navigator, Tap tap, QObject* parent)
    : QObject(parent),
      navigator_(navigator),
      bell_(std::make_shared<Bell>()),
      current_(navigator.snapshot()) {
  bell_->pump = this;
  bell_->tap = std::move(tap);
  subscription_ = navigator_.subscribe([bell = bell_](const Snapshot& snapshot) { bell->ring(*snapshot); });
  auto* timer = new QTimer(this);
  timer->setTimerType(Qt::PreciseTimer);
  connect(timer, &QTimer::timeout, this, &SnapshotPump::look);
  timer->start(kLookMs);
}

SnapshotPump::~SnapshotPump() {
  subscription_.reset();
  std::lock_guard lock(bell_->mutex);
  bell_->pump = nullptr;
}

void SnapshotPump::look() {
  {
    std::lock_guard lock(bell_->mutex);
    bell_->rung = false;
  }
  const Snapshot before = current_;
  current_ = navigator_.snapshot();
  emit looked(current_);
  if (!looksTheSame(*before, *current_)) emit changed(current_);
}

}  // namespace acuguide::ui
