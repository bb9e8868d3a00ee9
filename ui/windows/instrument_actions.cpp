// The actions, menu, files and help of InstrumentWindow.
#include "ui/picture_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/alarm_line.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/help_dialog.h"
#include "ui/widgets/overlay_switches.h"
#include "ui/widgets/source_dialog.h"
#include "ui/widgets/start_page.h"
#include "ui/widgets/status_strip.h"
#include "ui/windows/instrument_window.h"
#include "ui/windows/plan_control.h"
#include "ui/windows/snapshot_files.h"

#include <QAction>
#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QtConcurrentRun>

#include <exception>

namespace acuguide::ui {

QAction* InstrumentWindow::addKeyAction(const QString& text, const QString& tip,
                                        const QList<QKeySequence>& keys) {
  auto* action = new QAction(text, this);
  action->setShortcuts(keys);
  action->setWhatsThis(tip);
  action->setToolTip(tr("%1 (%2)").arg(tip, keyText(*action)));
  listAction(action);
  return action;
}

void InstrumentWindow::listAction(QAction* action) {
  QMainWindow::addAction(action);
  listedActions_ << action;
}

QToolButton* InstrumentWindow::makeButton(QAction* action) {
  auto* button = new QToolButton;
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::TabFocus);
  // A button whose action is not for now is not shown.
  if (!action->isVisible()) button->hide();
  connect(action, &QAction::changed, button, [action, button] { button->setVisible(action->isVisible()); });
  return button;
}

QWidget* InstrumentWindow::makeBar(const QList<QWidget*>& widgets) {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(metrics::gap, 0, metrics::gap, metrics::gap);
  row->setSpacing(metrics::gap);
  for (QWidget* widget : widgets) row->addWidget(widget);
  row->addWidget(overlays_);
  barSpace_ = new QWidget;
  row->addWidget(barSpace_, 1);
  return bar;
}

void InstrumentWindow::makeSharedActions() {
  open_ = addKeyAction(tr("Open…"), tr("Open a source: device, recording, scanner, simulator"),
                       {QKeySequence::Open});
  connect(open_, &QAction::triggered, this,
          [this] { sourceDialog_->showPage(SourceDialog::Page::Recording); });
  loadPlan_ = addKeyAction(tr("Plan…"), tr("Load a plan"), {QKeySequence(Qt::CTRL | Qt::Key_L)});
  connect(loadPlan_, &QAction::triggered, this, &InstrumentWindow::choosePlan);
  savePlan_ = addKeyAction(tr("Save plan…"), tr("Save the plan as it is now"), {QKeySequence::Save});
  connect(savePlan_, &QAction::triggered, this, &InstrumentWindow::choosePlanToSave);
  undo_ = addKeyAction(tr("Undo"), tr("Take back the last change of plan or target"), {QKeySequence::Undo});
  connect(undo_, &QAction::triggered, plans_, &PlanControl::undo);
  snapshot_ =
      addKeyAction(tr("Snapshot"), tr("Save the picture, with overlays and as it came in"), {Qt::Key_S});
  connect(snapshot_, &QAction::triggered, this, &InstrumentWindow::takeSnapshot);
  acknowledge_ = addKeyAction(tr("Silence alarm"), tr("Silence the alarm sound for 2 minutes"), {Qt::Key_A});
  connect(acknowledge_, &QAction::triggered, alarmLine_, &AlarmLine::acknowledge);

  for (QAction* action : overlays_->overlayActions()) {
    action->setWhatsThis(action->toolTip().section(QStringLiteral(" ("), 0, 0));
    listAction(action);
  }
  wholeScreen_ =
      addKeyAction(tr("Whole screen"),
                   tr("The whole screen that the source gives; again: its imaging region"), {Qt::Key_W});
  wholeScreen_->setCheckable(true);
  connect(wholeScreen_, &QAction::triggered, this, [this](bool whole) {
    plans_->dropProposal();  // its mark would no longer lie where it was put
    picture_->setWhole(whole);
  });
  fullScreen_ = addKeyAction(tr("Full screen"), tr("Full screen and back"), {QKeySequence(Qt::Key_F11)});
  connect(fullScreen_, &QAction::triggered, this,
          [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  help_ =
      addKeyAction(tr("Help"), tr("Keys, meaning of lines and colours, about"), {QKeySequence(Qt::Key_F1)});
  connect(help_, &QAction::triggered, this, &InstrumentWindow::showHelp);
  quit_ = addKeyAction(tr("Quit"), tr("End the program"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
  connect(quit_, &QAction::triggered, this, &QWidget::close);

  const auto showPlan = [this] {
    undo_->setEnabled(plans_->canUndo());
    savePlan_->setEnabled(plans_->plan() != nullptr);
  };
  connect(plans_, &PlanControl::changed, this, showPlan);
  showPlan();
}

void InstrumentWindow::makeMenu() {
  auto* menu = new QMenu(this);
  menu->addAction(open_);
  QMenu* recentSources = menu->addMenu(tr("Recent sources"));
  connect(recentSources, &QMenu::aboutToShow, this, [this, recentSources] {
    recentSources->clear();
    for (const QString& source : memory_.recentSources()) {
      connect(recentSources->addAction(source), &QAction::triggered, this,
              [this, source] { openSource(source); });
    }
  });
  menu->addSeparator();
  menu->addAction(loadPlan_);
  QMenu* recentPlans = menu->addMenu(tr("Recent plans"));
  connect(recentPlans, &QMenu::aboutToShow, this, [this, recentPlans] {
    recentPlans->clear();
    for (const QString& plan : memory_.recentPlans()) {
      connect(recentPlans->addAction(plan), &QAction::triggered, this, [this, plan] { loadPlan(plan); });
    }
  });
  menu->addAction(savePlan_);
  menu->addAction(undo_);
  menu->addSeparator();
  QMenu* overlays = menu->addMenu(tr("Overlays"));
  for (QAction* action : overlays_->overlayActions()) overlays->addAction(action);
  for (QAction* action : instrumentActions_) menu->addAction(action);
  menu->addSeparator();
  for (QAction* action : {wholeScreen_, fullScreen_, help_, quit_}) menu->addAction(action);

  auto* button = new QToolButton;
  button->setObjectName(QStringLiteral("menuButton"));
  button->setText(QStringLiteral("☰"));
  button->setToolTip(tr("Menu"));
  button->setMenu(menu);
  button->setPopupMode(QToolButton::InstantPopup);
  button->setFocusPolicy(Qt::TabFocus);
  setRole(*button, "plain");
  statusStrip_->addLeading(button);
}

void InstrumentWindow::showRecent() {
  const QStringList recent = memory_.recentSources();
  startPage_->setRecent(recent);
  sourceDialog_->setRecent(recent);
}

void InstrumentWindow::choosePlan() {
  askForFile(this, FileWanted::Open, tr("Load a plan"), tr("Plans (*.json)"),
             [this](const QString& path) { loadPlan(path); });
}

void InstrumentWindow::choosePlanToSave() {
  askForFile(
      this, FileWanted::Save, tr("Save the plan"), tr("Plans (*.json)"),
      [this](const QString& path) {
        if (plans_->save(path)) memory_.addPlan(path);
      },
      QStringLiteral("json"));
}

void InstrumentWindow::takeSnapshot() {
  const SnapshotPump::Snapshot shown = pump_->current();
  if (!shown->frame) return;
  using Saved = std::pair<bool, QString>;  // the file, or why there is none
  auto* watcher = new QFutureWatcher<Saved>(this);
  connect(watcher, &QFutureWatcher<Saved>::finished, this, [this, watcher] {
    watcher->deleteLater();
    const auto [saved, text] = watcher->result();
    say(saved ? tr("Saved %1").arg(text) : text);
    if (saved) emit snapshotSaved(text);
  });
  // Writing PNG files takes longer than a frame: not on this thread.
  watcher->setFuture(QtConcurrent::run(
      [folder = options_.snapshotFolder, picture = picture_->drawn(), frame = shown->frame] {
        try {
          const auto files = saveSnapshot(folder.empty() ? defaultSnapshotFolder() : folder, picture, *frame);
          return Saved(true, QString::fromStdString(files.shown.string()));
        } catch (const std::exception& error) {
          return Saved(false, QString::fromStdString(error.what()));
        }
      }));
}

void InstrumentWindow::showHelp() {
  // The keys of the procedure first.
  QList<QAction*> actions = instrumentActions_;
  for (QAction* action : listedActions_) {
    if (!actions.contains(action)) actions << action;
  }
  auto* dialog = new HelpDialog(actions, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->show();
}

}  // namespace acuguide::ui
