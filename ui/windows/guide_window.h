#pragma once

#include "ui/windows/instrument_window.h"
#include "ui/windows/plan_control.h"

class QBoxLayout;

namespace acuguide::ui {

class ActionGrid;
class BladeDial;
class ChecklistCard;
class DangerReadOut;
class FitLabel;
class GuidanceSound;
class PlanPanel;
class PlanWindow;
class PointsBar;
class ReadOut;
class SittingControl;
class SittingPage;
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
  QRect noticePlace() const override;
  std::optional<navigation::Alarm> ownAlarm() const override { return recordingFailed_; }
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makePanel();
  QWidget* makeFoot();
  void makeButtons();
  /// The picture alone, with the words of the read-out in it.
  void showPictureOnly(bool only);
  void showCaption(const navigation::GuidanceSnapshot& snapshot);
  /// In space, where a tracker says how the probe lies and there is room, or where it was asked for.
  void showSpace();
  void makeActions();
  void toggleFreeze();
  void toggleRecording();
  void note(const std::string& kind, const std::string& detail);
  /// Where the recording that has just ended can be looked at.
  void sayRecorded(const RecordingStatus& recorded);
  void writeReport(const std::string& session);
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
  void takeAnswers();
  /// The checklist in the panel, or what guides.
  void showCard(bool shown);
  void askSide();
  void takeSide(bool meant);
  void planSitting();
  void showSitting();
  /// The sitting's point in hand becomes the plan.
  void showPoint();
  void keepPlan();
  void goOn(bool back);
  void openPlanWindow();
  /// Tells the navigator what people have said of the plan that is now in force.
  void showReadiness();
  void showBlade(const navigation::GuidanceSnapshot& snapshot);

  ReadOut* readOut_;
  BladeDial* dial_;
  FitLabel* blade_;
  DangerReadOut* danger_;
  SpaceView* space_;
  PlanPanel* planPanel_;
  StepsLine* steps_;
  TargetMarker* marker_;
  ActionGrid* grid_;
  QBoxLayout* panelRow_ = nullptr;
  QWidget* panel_ = nullptr;
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
  QAction* pictureOnly_ = nullptr;
  QAction* spaceAsked_ = nullptr;
  std::optional<bool> spaceWanted_;  ///< none: as there is a tracker and room
  bool tracked_ = false;
  PlanWindow* planWindow_ = nullptr;
  ChecklistCard* checklist_ = nullptr;
  QWidget* rest_ = nullptr;  ///< of the panel; not shown while something is asked
  SittingControl* sitting_ = nullptr;
  SittingPage* sittingPage_ = nullptr;
  PointsBar* points_ = nullptr;
  QAction* next_ = nullptr;
  QAction* previous_ = nullptr;
  QAction* newSitting_ = nullptr;
  QWidget* foot_ = nullptr;
  QPoint lastPress_;
  bool wasRecording_ = false;
  bool pointOpen_ = false;          ///< not confirmed, or its tissue is not recognised: Enter sets it
  PlanControl::PlanPtr confirmed_;  ///< the plan whose point was confirmed
  std::optional<navigation::Alarm> recordingFailed_;  ///< until the next recording begins
};

}  // namespace acuguide::ui
