#pragma once

#include "ui/widgets/toast.h"
#include "ui/windows/display_times.h"
#include "ui/windows/memory.h"
#include "ui/windows/snapshot_pump.h"
#include "ui/windows/window_options.h"

#include <QElapsedTimer>
#include <QMainWindow>

#include <array>
#include <optional>
#include <vector>

class QAction;
class QStackedWidget;
class QToolButton;

namespace acuguide::ui {

class AlarmLine;
class OverlaySwitches;
class PictureView;
class PlanControl;
class ShareSplitter;
class SourceControl;
class SourceDialog;
class StartPage;
class StatementPanel;
class StatusStrip;
class WindowWatchdog;

/// What the practitioner's and the trainer's window share: the strip of alarm and status, the picture, the
/// start page, opening of sources and plans, snapshots, help, and the memory of the last time.
class InstrumentWindow : public QMainWindow {
  Q_OBJECT
 public:
  ~InstrumentWindow() override;

  /// Shows the window where it was left, maximised the first time.
  void showAsLeft();
  /// The whole window as it is now, views included. False when the file cannot be written.
  bool saveScreenshot(const QString& path);
  /// Frames shown, and how old they were then.
  const DisplayTimes& displayTimes() const { return displayTimes_; }

  void openSource(const QString& source);
  bool loadPlan(const QString& path);
  /// What happened or went wrong, under the picture for some seconds, with what can be done about it.
  void say(const QString& sentence, std::vector<Toast::Action> actions = {});
  /// Shows an alarm for some seconds, of something that is over as soon as it is noticed, and notes it in the
  /// recording.
  void raiseAlarm(navigation::Alarm alarm);

 signals:
  /// A frame has been drawn: its sequence number and its age then.
  void frameDisplayed(quint64 sequence, double ageSeconds);
  /// A snapshot has been saved as this file.
  void snapshotSaved(const QString& file);

 protected:
  /// `name`: "guide", "replay"; under it the layout is remembered. The navigator must outlive the window.
  InstrumentWindow(navigation::Navigator& navigator, WindowOptions options, const QString& name,
                   SnapshotPump::Tap tap = {});

  /// What lies where. The panel stands beside the picture; under it in a window that is higher than wide,
  /// where `stackedShare` is given. All but the panel may be null.
  struct Places {
    QWidget* panel = nullptr;
    double panelShare = 0.25, stackedShare = 0;
    QWidget* underPicture = nullptr;
    QWidget* underAll = nullptr;
    QWidget* besidePicture = nullptr;
  };
  /// Called once by the derived window's constructor: puts everything in its place and opens the first
  /// source.
  void build(const Places& places);

  /// Something shown has changed; label texts only.
  virtual void present(const navigation::GuidanceSnapshot& snapshot) = 0;
  /// Twenty times a second.
  virtual void tick(const navigation::GuidanceSnapshot& snapshot) = 0;
  /// What the picture and the alarm line show of a snapshot: all of it, where nothing is withheld on purpose.
  virtual SnapshotPump::Snapshot shown(const SnapshotPump::Snapshot& snapshot) const { return snapshot; }
  /// An alarm of the window's own, beside those of the snapshot.
  virtual std::optional<navigation::Alarm> ownAlarm() const { return std::nullopt; }
  /// The window's height has changed, or the panel has come to stand under the picture.
  virtual void setReadOutHeight(int height) = 0;
  /// Where messages stand, on the central widget; under the picture, where there is a place for them.
  virtual QRect noticePlace() const;
  /// A rectangle of a widget, on the central widget.
  QRect onPage(const QWidget& widget, const QRect& rectangle) const;
  /// The panel stands under the picture.
  bool stacked() const;

  /// An action with keys, in the window and in Help.
  QAction* addKeyAction(const QString& text, const QString& tip, const QList<QKeySequence>& keys);
  /// A button with the action's text, and its key in the tool tip.
  QToolButton* makeButton(QAction* action);
  /// A row of them for the foot of the window, with the switches of the overlays and a place for messages.
  QWidget* makeBar(const QList<QWidget*>& widgets);
  /// An action made elsewhere: its keys work in the window, and it is listed in Help.
  void listAction(QAction* action);
  QAction* openAction() const { return open_; }
  QAction* loadPlanAction() const { return loadPlan_; }
  QAction* snapshotAction() const { return snapshot_; }
  QAction* wholeScreenAction() const { return wholeScreen_; }
  /// Actions that mean something only while there is a picture.
  void setInstrumentActions(const QList<QAction*>& actions) { instrumentActions_ = actions; }

  navigation::Navigator& navigator() { return navigator_; }
  const WindowOptions& options() const { return options_; }
  const SnapshotPump& pump() const { return *pump_; }
  PictureView& picture() { return *picture_; }
  const PictureView& picture() const { return *picture_; }
  OverlaySwitches& overlaySwitches() { return *overlays_; }
  PlanControl& plans() { return *plans_; }
  AlarmLine& alarmLine() { return *alarmLine_; }
  StatusStrip& statusStrip() { return *statusStrip_; }
  StartPage& startPage() { return *startPage_; }
  /// The page with the picture is shown, not the start page or one of the window's own.
  bool showsPicture() const;
  /// A page of the window's own, over start page and picture until it is taken away (null).
  void showOwnPage(QWidget* page);

  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeSharedActions();
  /// Type and panels grow with the window.
  void fitToSize();
  void placeNotice();
  void choosePage();
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
  struct Raised {
    navigation::Alarm alarm;
    QElapsedTimer since;
  };
  std::vector<Raised> raised_;
  QStackedWidget* pages_;
  QWidget* ownPage_ = nullptr;
  bool instrument_ = false;  ///< there is a source to be shown
  ShareSplitter* splitter_;
  QWidget* panel_ = nullptr;
  std::array<double, 2> panelShares_{};  ///< beside the picture, stacked
  bool mayStack_ = false;
  Toast* notice_;
  QWidget* barSpace_ = nullptr;  ///< where the bar's messages stand
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
  QAction* wholeScreen_ = nullptr;
  QAction* fullScreen_ = nullptr;
  QAction* help_ = nullptr;
  QAction* quit_ = nullptr;
};

}  // namespace acuguide::ui
