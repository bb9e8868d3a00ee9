#pragma once

#include <QFrame>

#include <cstdint>
#include <optional>

class QAction;
class QLabel;
class QToolButton;

namespace acuguide::ui {

/// Playing a recording: play and pause, single and ten steps, speed, loop, and where it stands. Sends wishes;
/// what it shows is set from outside.
class TransportBar : public QFrame {
  Q_OBJECT
 public:
  explicit TransportBar(QWidget* parent = nullptr);

  void setPlaying(bool playing);
  void setSpeed(double factor);
  double speed() const { return speed_; }
  /// `frame` counts from 0; none before the first. `count` none where the source does not know it.
  void setPosition(std::optional<std::int64_t> frame, double seconds, std::optional<std::int64_t> count);
  void setSeekable(bool seekable);
  void setLooping(bool looping, const QString& range);

  /// All actions with their keys.
  QList<QAction*> transportActions() const { return actions_; }

 signals:
  void playToggled();
  void stepped(qint64 frames);
  void speedChosen(double factor);
  void loopStartChosen();
  void loopEndChosen();
  void loopToggled();

 private:
  QAction* add(const char* name, const QString& text, const QString& tip, const QKeySequence& key);
  void changeSpeed(int by);

  QList<QAction*> actions_;
  QAction* play_;
  QAction* loop_;
  QLabel* speedLabel_;
  QLabel* position_;
  QLabel* loopLabel_;
  double speed_ = 1.0;
};

}  // namespace acuguide::ui
