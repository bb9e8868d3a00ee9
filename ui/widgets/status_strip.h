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

class ElidedLabel;

/// One line of facts about the stream: source, frame rate, age of the picture on the screen, frames skipped,
/// late and repeated, scale, whether nerves and vessels are looked for,
/// recording, sound. Numbers are renewed four times a second, so that they can be
/// read.
class StatusStrip : public QFrame {
  Q_OBJECT
 public:
  explicit StatusStrip(QWidget* parent = nullptr);

  /// Puts a widget (the menu button) before everything else.
  void addLeading(QWidget* widget);

  /// Shows whether nerves and vessels are looked for; a click on it does the action. Without one it is not
  /// shown.
  void setStructuresAction(QAction* action);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  void setRecording(const RecordingStatus& recording);
  /// Says how the sound is: "sound off (M)", "no audio device"; empty when it plays.
  void setSound(const QString& text);
  /// What lies behind the age: the stage times, shown as its tooltip.
  void setTimes(const QString& text);

 private:
  void showStream(const navigation::GuidanceSnapshot& snapshot);
  void showStructures(const navigation::StructuresNow& structures);

  QHBoxLayout* row_;
  ElidedLabel* source_;
  QLabel* connection_;
  QLabel* rate_;
  QLabel* age_;
  QLabel* skipped_;
  QLabel* late_;
  QLabel* repeated_;
  QLabel* calibration_;
  bool searches_ = false;  ///< this window looks for nerves and vessels
  QToolButton* structures_;
  QLabel* sound_;
  QLabel* recording_;
  QElapsedTimer renewed_;
  navigation::PictureState shownState_ = navigation::PictureState::None;
  navigation::StructuresState shownStructures_ = navigation::StructuresState::Off;
};

}  // namespace acuguide::ui
