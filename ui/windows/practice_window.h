#pragma once

#include "assessment/expert_band.h"
#include "assessment/metrics.h"
#include "ui/windows/instrument_window.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

class QLabel;
class QStackedWidget;

namespace acuguide::ui {

class MetricsPanel;

/// One insertion to practise.
struct PracticeRound {
  std::string source;
  std::shared_ptr<const planning::Plan> plan;
};

/// What the practice window asks of whoever makes the limbs and keeps the recordings. On the UI thread; may
/// throw Error.
struct PracticeControl {
  std::function<PracticeRound()> begin;                 ///< another limb, and its recording
  std::function<void(double mm, double degrees)> move;  ///< along the shaft, about the skin
  std::function<std::optional<assessment::InsertionMetrics>()>
      finish;  ///< ends the recording and measures it
};

/// `acuguide practice`: the simulator as a trainer. Mouse and keys move the blade; overlays, guidance and
/// alarms are withheld until the end (H shows them), then the metrics are shown, the same as of any session.
class PracticeWindow : public InstrumentWindow {
  Q_OBJECT
 public:
  /// `options` open the first round. The navigator must outlive the window.
  PracticeWindow(navigation::Navigator& navigator, WindowOptions options, PracticeControl control,
                 std::optional<assessment::ExpertBands> experts);

  /// Ends the round and shows the score.
  void finish();
  bool finished() const { return finished_; }

 protected:
  void present(const navigation::GuidanceSnapshot& snapshot) override;
  void tick(const navigation::GuidanceSnapshot& snapshot) override;
  SnapshotPump::Snapshot shown(const SnapshotPump::Snapshot& snapshot) const override;
  void setReadOutHeight(int height) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeSide();
  void makeActions();
  void addMove(const QString& text, const QString& tip, Qt::Key key, double mm, double degrees);
  void restart();
  void showTask();

  PracticeControl control_;
  QLabel* task_;
  QLabel* verdict_;
  MetricsPanel* metrics_;
  QAction* finish_ = nullptr;
  QAction* again_ = nullptr;
  QAction* help_ = nullptr;
  bool finished_ = false;
  std::optional<QPointF> held_;  ///< where the mouse was last while it moves the blade
};

}  // namespace acuguide::ui
