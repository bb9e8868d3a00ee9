#pragma once

#include "navigation/guidance_snapshot.h"

#include <QElapsedTimer>
#include <QFrame>

#include <optional>
#include <vector>

class QLabel;
class QToolButton;

namespace acuguide::ui {

class ElidedLabel;

/// In the strip at the top of the window: the alarm of highest priority in plain words, how many more there
/// are, and whether its sound is silenced. Shown while it has something to say. Never a dialogue.
class AlarmLine : public QFrame {
  Q_OBJECT
 public:
  explicit AlarmLine(QWidget* parent = nullptr);

  /// Highest priority first.
  void setAlarms(const std::vector<navigation::Alarm>& alarms);

  /// Silences the sound of the alarms that stand now for two minutes. An alarm of a kind not among them ends
  /// the silence.
  void acknowledge();
  bool silenced() const;
  bool quiet() const { return alarms_.empty(); }
  /// What it says now with nothing left out, logical pixels.
  int wantedWidth() const;
  /// Priority of the sound that is due now; none when quiet or silenced.
  std::optional<navigation::AlarmPriority> sounding() const;

 signals:
  /// Another alarm stands, or none.
  void changed();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void showSilence();

  std::vector<navigation::Alarm> alarms_;
  std::vector<navigation::AlarmKind> silencedKinds_;
  QElapsedTimer silencedSince_;
  QLabel* mark_;
  ElidedLabel* sentence_;
  QLabel* more_;
  QLabel* silence_;
  QToolButton* acknowledge_;
};

}  // namespace acuguide::ui
