#pragma once

#include "navigation/navigator.h"

#include <QObject>

#include <functional>
#include <memory>

namespace acuguide::ui {

/// Brings the navigator's snapshots to the UI thread: each analysed frame wakes it at once (never more than
/// one wake-up waits), and a timer looks every 50 ms, so that a picture grown stale shows without any frame.
class SnapshotPump : public QObject {
  Q_OBJECT
 public:
  using Snapshot = std::shared_ptr<const navigation::GuidanceSnapshot>;
  using Tap = std::function<void(const navigation::GuidanceSnapshot&)>;

  /// `tap`, where given, sees every analysed frame, on the analysis thread; it must be quick and own what it
  /// uses. The navigator must outlive the pump.
  explicit SnapshotPump(navigation::Navigator& navigator, Tap tap = {}, QObject* parent = nullptr);
  ~SnapshotPump() override;

  const Snapshot& current() const { return current_; }

 signals:
  /// Something that is shown has changed: frame, freshness, plan, guidance.
  void changed(const std::shared_ptr<const acuguide::navigation::GuidanceSnapshot>& snapshot);
  /// Every look, changed or not: for ages, counts and clocks.
  void looked(const std::shared_ptr<const acuguide::navigation::GuidanceSnapshot>& snapshot);

 private:
  struct Bell;

  void look();

  navigation::Navigator& navigator_;
  std::shared_ptr<Bell> bell_;
  std::shared_ptr<void> subscription_;
  Snapshot current_;
};

}  // namespace acuguide::ui
