#include "ui/windows/practice_window.h"

#include "ui/picture_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"
#include "ui/style/wording.h"
#include "ui/widgets/metrics_panel.h"
#include "ui/windows/plan_control.h"

#include <QAction>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <exception>

namespace acuguide::ui {

namespace {

constexpr double kMmPerPixel = 0.05, kDegreesPerPixel = 0.1;  ///< of a drag
constexpr double kStepMm = 0.5, kStepDegrees = 1.0;           ///< of a key or a notch of the wheel

}  // namespace

PracticeWindow::PracticeWindow(navigation::Navigator& navigator, WindowOptions options,
                               PracticeControl control, std::optional<assessment::ExpertBands> experts)
    : InstrumentWindow(navigator, std::move(options), QStringLiteral("practice")),
      control_(std::move(control)),
      task_(new QLabel),
      verdict_(new QLabel),
      metrics_(new MetricsPanel) {
  setObjectName(QStringLiteral("practiceWindow"));
  setWindowTitle(tr("acuguide – practice"));
  metrics_->setExperts(std::move(experts));
  makeActions();
  picture().installEventFilter(this);
  build({.panel = makeSide(),
         .panelShare = metrics::replayPanelShare,
         .underAll = makeBar({makeButton(finish_), makeButton(again_), makeButton(help_)})});
  showTask();
}

QWidget* PracticeWindow::makeSide() {
  auto* side = new QFrame;
  setRole(*side, "panel");
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  column->setSpacing(metrics::gap);
  setRole(*task_, "label");
  task_->setObjectName(QStringLiteral("practiceTask"));
  task_->setWordWrap(true);
  setRole(*verdict_, "heading");
  verdict_->setObjectName(QStringLiteral("practiceVerdict"));
  verdict_->setWordWrap(true);
  auto* table = new QScrollArea;
  table->setWidget(metrics_);
  table->setWidgetResizable(true);
  table->setFrameShape(QFrame::NoFrame);
  table->setFocusPolicy(Qt::NoFocus);
  table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  column->addWidget(task_);
  column->addWidget(verdict_);
  column->addWidget(table, 1);
  return side;
}

void PracticeWindow::makeActions() {
  finish_ = addKeyAction(tr("Finish"), tr("The insertion is over: show overlays and score"),
                         {Qt::Key_Return, Qt::Key_Enter});
  connect(finish_, &QAction::triggered, this, &PracticeWindow::finish);
  again_ = addKeyAction(tr("New limb"), tr("Another limb, another point"), {QKeySequence::New});
  connect(again_, &QAction::triggered, this, &PracticeWindow::restart);
  help_ = addKeyAction(tr("Hints"), tr("Show the overlays while practising"), {Qt::Key_H});
  help_->setCheckable(true);
  connect(help_, &QAction::triggered, this, [this] { picture().setSnapshot(shown(pump().current())); });
  addMove(tr("Advance"), tr("Along the shaft, deeper"), Qt::Key_Down, kStepMm, 0);
  addMove(tr("Withdraw"), tr("Along the shaft, out"), Qt::Key_Up, -kStepMm, 0);
  addMove(tr("Steeper"), tr("Turn the blade about the skin"), Qt::Key_Right, 0, kStepDegrees);
  addMove(tr("Shallower"), tr("Turn the blade about the skin"), Qt::Key_Left, 0, -kStepDegrees);
  setInstrumentActions({snapshotAction(), finish_, again_, help_});
}

void PracticeWindow::addMove(const QString& text, const QString& tip, Qt::Key key, double mm, double turn) {
  QAction* action = addKeyAction(text, tip, {key});
  connect(action, &QAction::triggered, this, [this, mm, turn] {
    if (!finished_) control_.move(mm, turn);
  });
}

void PracticeWindow::finish() {
  if (finished_) return;
  finished_ = true;
  finish_->setEnabled(false);
  navigator().setFrozen(true);
  try {
    const auto metrics = control_.finish();
    metrics_->setInsertion(metrics);
    verdict_->setText(metrics ? tr("Score") : tr("The blade never went in"));
  } catch (const std::exception& error) {
    verdict_->setText(QString::fromStdString(error.what()));
  }
  picture().setSnapshot(shown(pump().current()));
}

void PracticeWindow::restart() {
  try {
    if (!finished_) control_.finish();
    const PracticeRound round = control_.begin();
    plans().start(round.plan);
    navigator().setFrozen(false);
    openSource(QString::fromStdString(round.source));
  } catch (const std::exception& error) {
    say(QString::fromStdString(error.what()));
    return;
  }
  finished_ = false;
  finish_->setEnabled(true);
  help_->setChecked(false);
  metrics_->setInsertion(std::nullopt);
  verdict_->clear();
  showTask();
}

void PracticeWindow::showTask() {
  if (const auto& plan = plans().plan())
    task_->setText(
        tr("Reach the target: %1. Drag up and down to advance and withdraw, left and right to turn; the "
           "wheel moves by 0.5 mm.")
            .arg(wording::planSummary(*plan)));
}

/// Nothing of the analysis before the end, unless it is asked for.
SnapshotPump::Snapshot PracticeWindow::shown(const SnapshotPump::Snapshot& snapshot) const {
  if (finished_ || (help_ != nullptr && help_->isChecked())) return snapshot;
  auto bare = std::make_shared<navigation::GuidanceSnapshot>();
  bare->sequence = snapshot->sequence;
  bare->frame = snapshot->frame;
  bare->picture = snapshot->picture;
  bare->stream = snapshot->stream;
  bare->ownAnalysis().region = snapshot->analysis->region;
  for (const navigation::Alarm& alarm : snapshot->alarms) {
    using navigation::AlarmKind;
    if (alarm.kind == AlarmKind::PictureStale || alarm.kind == AlarmKind::SourceLost ||
        alarm.kind == AlarmKind::SourceFailed)
      bare->alarms.push_back(alarm);
  }
  return bare;
}

void PracticeWindow::present(const navigation::GuidanceSnapshot&) {}

void PracticeWindow::tick(const navigation::GuidanceSnapshot&) {}

void PracticeWindow::setReadOutHeight(int) {}

bool PracticeWindow::eventFilter(QObject* watched, QEvent* event) {
  if (watched != &picture() || finished_) return InstrumentWindow::eventFilter(watched, event);
  if (event->type() == QEvent::MouseButtonPress) {
    held_ = static_cast<QMouseEvent*>(event)->position();
  } else if (event->type() == QEvent::MouseButtonRelease) {
    held_.reset();
  } else if (event->type() == QEvent::MouseMove && held_) {
    const QPointF now = static_cast<QMouseEvent*>(event)->position(), by = now - *held_;
    held_ = now;
    control_.move(kMmPerPixel * by.y(), kDegreesPerPixel * by.x());
  } else if (event->type() == QEvent::Wheel) {
    control_.move(-kStepMm * static_cast<QWheelEvent*>(event)->angleDelta().y() / 120.0, 0);
  }
  return InstrumentWindow::eventFilter(watched, event);
}

}  // namespace acuguide::ui
