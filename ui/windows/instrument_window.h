#pragma once

#include "ui/windows/display_times.h"
#include "ui/windows/memory.h"
#include "ui/windows/snapshot_pump.h"
#include "ui/windows/window_options.h"

#include <QElapsedTimer>
#include <QMainWindow>

#include <optional>

class QAction;
class QHBoxLayout;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace acuguide::ui {

class AlarmLine;
class ElidedLabel;
class OverlaySwitches;
class PictureView;
class PlanControl;
class SourceControl;
class SourceDialog;
class StartPage;
class StatementPanel;
class StatusStrip;
class WindowWatchdog;

/// What the practitioner's and the trainer's window share: alarm line, status strip, the picture with its
/// overlays, the start page, opening of sources and plans, snapshots, help, and the memory of the last time.
class InstrumentWindow : public QMainWindow {
  Q_OBJECT
 public:
  ~InstrumentWindow() override;

  /// The whole window as it is now, views included. False when the file cannot be written.
  bool saveScreenshot(const QString& path);
  /// Frames shown, and how old they were then.
  const DisplayTimes& displayTimes() const { return displayTimes_; }

  void openSource(const QString& source);
  bool loadPlan(const QString& path);
  /// What happened or went wrong, in the bar at the bottom for some seconds.
  void say(const QString& sentence);

 signals:
  /// A frame has been drawn: its sequence number and its age then.
  void frameDisplayed(quint64 sequence, double ageSeconds);
  /// A snapshot has been saved as this file.
  void snapshotSaved(const QString& file);

 protected:
  /// `name`: "guide", "replay"; under it the layout is remembered. The navigator must outlive the window.
  InstrumentWindow(navigation::Navigator& navigator, WindowOptions options, const QString& name,
                   SnapshotPump::Tap tap = {});

  /// Called once by the derived window's constructor: puts everything in its place and opens the first
  /// source. `side`: the right panel; the others may be null.
  void build(QWidget* side, QWidget* underPicture, QWidget* underAll, QWidget* besidePicture = nullptr);

  /// Something shown has changed; label texts only.
  virtual void present(const navigation::GuidanceSnapshot& snapshot) = 0;
  /// Twenty times a second.
  virtual void tick(const navigation::GuidanceSnapshot& snapshot) = 0;
  /// What the picture and the alarm line show of a snapshot: all of it, where nothing is withheld on purpose.
  virtual SnapshotPump::Snapshot shown(const SnapshotPump::Snapshot& snapshot) const { return snapshot; }
  /// An alarm of the window's own, beside those of the snapshot.
  virtual std::optional<navigation::Alarm> ownAlarm() const { return std::nullopt; }
  /// The window's height has changed.
  virtual void setReadOutHeight(int height) = 0;

  /// An action with keys, in the window, in Help, and (with a button) in the bar.
  QAction* addKeyAction(const QString& text, const QString& tip, const QList<QKeySequence>& keys);
  QToolButton* addButton(QAction* action);
  /// A widget at the beginning of the bar.
  void addToBar(QWidget* widget);
  /// An action made elsewhere: its keys work in the window, and it is listed in Help.
  void listAction(QAction* action);
  QAction* openAction() const { return open_; }
  QAction* loadPlanAction() const { return loadPlan_; }
  QAction* snapshotAction() const { return snapshot_; }
  /// Actions that mean something only while there is a picture.
  void setInstrumentActions(const QList<QAction*>& actions) { instrumentActions_ = actions; }

  navigation::Navigator& navigator() { return navigator_; }
  const WindowOptions& options() const { return options_; }
  const SnapshotPump& pump() const { return *pump_; }
  PictureView& picture() { return *picture_; }
  OverlaySwitches& overlaySwitches() { return *overlays_; }
  PlanControl& plans() { return *plans_; }
  AlarmLine& alarmLine() { return *alarmLine_; }
  StatusStrip& statusStrip() { return *statusStrip_; }

  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void makeSharedActions();
  /// Type and panels grow with the window, as long as nobody has placed the splitter.
  void fitToSize();
  void makeMenu();
  void showSnapshot(const navigation::GuidanceSnapshot& snapshot);
  void lookAgain(const navigation::GuidanceSnapshot& snapshot);
  void showAlarms(const navigation::GuidanceSnapshot& snapshot);
  void choosePlan();
  void choosePlanToSave();
  void takeSnapshot();
  void showHelp();
  void showRecent();

  navigation::Navigator& navigator_;
  WindowOptions options_;
  QString name_;
  Memory memory_;
  DisplayTimes displayTimes_;
  SnapshotPump* pump_;
  SourceControl* sources_;
  PlanControl* plans_;

  AlarmLine* alarmLine_;
  StatusStrip* statusStrip_;
  StatementPanel* statement_;
  StartPage* startPage_;
  SourceDialog* sourceDialog_;
  PictureView* picture_;
  OverlaySwitches* overlays_;
  WindowWatchdog* watchdog_;
  std::optional<navigation::Alarm> failure_;  ///< of an event's handler that threw
  QElapsedTimer failureSince_;
  QStackedWidget* pages_;
  QSplitter* splitter_;
  bool splitterPlaced_ = false;
  QWidget* bar_;
  QHBoxLayout* barRow_;
  ElidedLabel* notice_;
  QElapsedTimer noticeSince_;
  QElapsedTimer staleDrawn_;
  QElapsedTimer timesShown_;

  QList<QAction*> listedActions_;
  QList<QAction*> instrumentActions_;
  QAction* open_ = nullptr;
  QAction* loadPlan_ = nullptr;
  QAction* savePlan_ = nullptr;
  QAction* undo_ = nullptr;
  QAction* snapshot_ = nullptr;
  QAction* acknowledge_ = nullptr;
  QAction* fullScreen_ = nullptr;
  QAction* help_ = nullptr;
  QAction* quit_ = nullptr;
};

}  // namespace acuguide::ui
