#pragma once

#include "navigation/guidance_snapshot.h"
#include "ui/widgets/recording_control.h"

#include <QElapsedTimer>
#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace acuguide::ui {

class AlarmLine;
class ElidedLabel;

/// The one strip at the top of the window. What stands always: the menu, whether nerves and vessels are
/// looked for, sound, recording, and patient, side and point. Between them the alarm, or else the facts about
/// the stream (source, frame rate, age of the picture on the screen, scale), or both where there is room.
/// Numbers are renewed four times a second, so that they can be read.
class StatusStrip : public QFrame {
  Q_OBJECT
 public:
  explicit StatusStrip(QWidget* parent = nullptr);

  /// Puts a widget (the menu button) before everything else.
  void addLeading(QWidget* widget);
  void setAlarmLine(AlarmLine* alarmLine);

  /// Shows whether nerves and vessels are looked for; a click on it does the action. Without one it is not
  /// shown.
  void setStructuresAction(QAction* action);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  void setPlan(const planning::Plan* plan);
  void setRecording(const RecordingStatus& recording);
  /// Says how the sound is: "sound off (M)", "no audio device"; empty when it plays.
  void setSound(const QString& text);
  /// What lies behind the age: the stage times, shown as its tooltip.
  void setTimes(const QString& text);
  /// It grows with the window it stands in.
  void setWindowHeight(int height);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showStream(const navigation::GuidanceSnapshot& snapshot);
  void showStructures(const navigation::StructuresNow& structures);
  /// The facts give way to an alarm that needs their room.
  void arrange();

  QHBoxLayout* row_;
  AlarmLine* alarmLine_ = nullptr;
  QWidget* facts_;
  ElidedLabel* source_;
  QLabel* connection_;
  QLabel* rate_;
  QLabel* age_;
  QLabel* calibration_;
  bool searches_ = false;  ///< this window looks for nerves and vessels
  QToolButton* structures_;
  QLabel* sound_;
  QLabel* recording_;
  QLabel* plan_;
  QElapsedTimer renewed_;
  navigation::PictureState shownState_ = navigation::PictureState::None;
  navigation::StructuresState shownStructures_ = navigation::StructuresState::Off;
};

}  // namespace acuguide::ui
