#pragma once

#include "ui/windows/instrument_window.h"
#include "ui/windows/plan_control.h"

namespace acuguide::ui {

class BladeDial;
class ChecklistPanel;
class DangerReadOut;
class ElidedLabel;
class GuidanceSound;
class PlanPanel;
class PlanWindow;
class ReadOut;
class SpaceView;
class StepsLine;
class TargetMarker;
class ZonePrompt;

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
  void note(const std::string& kind, const std::string& detail);
  void showRecording();
  void clickPicture(double xPx, double yPx);
  void toggleStructures();
  /// The possible nerve or vessel that a key means: the one clicked, else the one named in the read-out, else
  /// the only one.
  const tracking::PossibleZone* meantZone(const navigation::GuidanceSnapshot& snapshot) const;
  void confirmZone();
  void dismissZone();
  void showZones(const navigation::GuidanceSnapshot& snapshot);
  void showProposal();
  void confirmPoint();
  void askChecklist();
  void openPlanWindow();
  /// Tells the navigator what people have said of the plan that is now in force.
  void showReadiness();
  void showBlade(const navigation::GuidanceSnapshot& snapshot);

  ReadOut* readOut_;
  BladeDial* dial_;
  ElidedLabel* blade_;
  DangerReadOut* danger_;
  SpaceView* space_;
  PlanPanel* planPanel_;
  StepsLine* steps_;
  TargetMarker* marker_;
  ZonePrompt* prompt_ = nullptr;
  GuidanceSound* sound_ = nullptr;
  QAction* freeze_ = nullptr;
  QAction* record_ = nullptr;
  QAction* confirm_ = nullptr;
  QAction* drop_ = nullptr;
  QAction* mute_ = nullptr;
  QAction* ask_ = nullptr;
  QAction* planning_ = nullptr;
  QAction* structures_ = nullptr;
  QAction* confirmZone_ = nullptr;
  QAction* dismissZone_ = nullptr;
  PlanWindow* planWindow_ = nullptr;
  QWidget* checklist_ = nullptr;
  ChecklistPanel* questions_ = nullptr;
  QPoint lastPress_;
  bool wasRecording_ = false;
  bool pointOpen_ = false;          ///< not confirmed, or its tissue is not recognised: Enter sets it
  PlanControl::PlanPtr confirmed_;  ///< the plan whose point was confirmed
  std::optional<navigation::Alarm> recordingFailed_;  ///< until the next recording begins
};

}  // namespace acuguide::ui
