#pragma once

#include "ui/windows/instrument_window.h"

namespace acuguide::ui {

class BladeDial;
class DangerReadOut;
class GuidanceSound;
class PlanPanel;
class ReadOut;
class SpaceView;
class StepsLine;
class TargetMarker;

/// The practitioner's window (`acuguide guide`): the live picture and what the hand has to do, readable from
/// two metres, every action on a single key.
class GuideWindow : public InstrumentWindow {
  Q_OBJECT
 public:
  /// Opens the options' source, or the last one. The navigator must outlive the window.
  explicit GuideWindow(navigation::Navigator& navigator, WindowOptions options = {});
  ~GuideWindow() override;

 protected:
  void present(const navigation::GuidanceSnapshot& snapshot) override;
  void tick(const navigation::GuidanceSnapshot& snapshot) override;
  void setReadOutHeight(int height) override;
  std::optional<navigation::Alarm> ownAlarm() const override { return recordingFailed_; }
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeSide();
  void makeActions();
  void toggleFreeze();
  void toggleRecording();
  void showRecording();
  void showProposal();

  ReadOut* readOut_;
  BladeDial* dial_;
  DangerReadOut* danger_;
  SpaceView* space_;
  PlanPanel* planPanel_;
  StepsLine* steps_;
  TargetMarker* marker_;
  GuidanceSound* sound_ = nullptr;
  QAction* freeze_ = nullptr;
  QAction* record_ = nullptr;
  QAction* confirm_ = nullptr;
  QAction* drop_ = nullptr;
  QAction* mute_ = nullptr;
  QPoint lastPress_;
  bool wasRecording_ = false;
  bool targetUnsure_ = false;  ///< its tissue is not recognised: Enter sets it again
  std::optional<navigation::Alarm> recordingFailed_;  ///< until the next recording begins
};

}  // namespace acuguide::ui
