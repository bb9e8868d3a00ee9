#include "ui/windows/instrument_window.h"

#include "ui/picture_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/alarm_line.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_focus.h"
#include "ui/widgets/overlay_switches.h"
#include "ui/widgets/source_dialog.h"
#include "ui/widgets/start_page.h"
#include "ui/widgets/statement_panel.h"
#include "ui/widgets/status_strip.h"
#include "ui/window_picture.h"
#include "ui/windows/plan_control.h"
#include "ui/windows/safe_application.h"
#include "ui/windows/source_control.h"
#include "ui/windows/window_watchdog.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPixmap>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace acuguide::ui {

namespace {

constexpr qint64 kNoticeMs = 10'000;
constexpr qint64 kStaleRedrawMs = 500;
constexpr qint64 kTimesMs = 1000;
constexpr qint64 kFailureMs = 10'000;
constexpr int kStartPage = 0;
constexpr int kInstrumentPage = 1;

/// A file that is dropped on the window is a plan when it says so by its ending, else a source.
QString droppedFile(const QMimeData& data) {
  const QList<QUrl> urls = data.urls();
  return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

QString timesText(const navigation::Navigator::Times& times, const DisplayTimes& display) {
  const auto line = [](const QString& stage, const StageTimes::Summary& time) {
    return InstrumentWindow::tr("%1: median %2 ms, p95 %3 ms, max %4 ms")
        .arg(stage)
        .arg(time.median * 1000.0, 0, 'f', 1)
        .arg(time.p95 * 1000.0, 0, 'f', 1)
        .arg(time.max * 1000.0, 0, 'f', 1);
  };
  return QStringList{InstrumentWindow::tr("Age of the picture on the screen"),
                     line(InstrumentWindow::tr("decoding"), times.decode),
                     line(InstrumentWindow::tr("imaging"), times.imaging),
                     line(InstrumentWindow::tr("tracking"), times.tracking),
                     line(InstrumentWindow::tr("guidance"), times.guidance),
                     line(InstrumentWindow::tr("frame to screen"), display.ages())}
      .join(QLatin1Char('\n'));
}

}  // namespace

InstrumentWindow::InstrumentWindow(navigation::Navigator& navigator, WindowOptions options,
                                   const QString& name, SnapshotPump::Tap tap)
    : navigator_(navigator),
      options_(std::move(options)),
      name_(name),
      memory_(options_.remember, options_.settingsFile),
      pump_(new SnapshotPump(navigator, std::move(tap), this)),
      sources_(new SourceControl(navigator, options_.sources.catalog, this)),
      plans_(new PlanControl(navigator, this)),
      alarmLine_(new AlarmLine),
      statusStrip_(new StatusStrip),
      statement_(new StatementPanel),
      startPage_(new StartPage),
      sourceDialog_(new SourceDialog(options_.sources, this)),
      picture_(new PictureView),
      overlays_(new OverlaySwitches),
      watchdog_(new WindowWatchdog(
          [note = options_.recording.note](double seconds) {
            if (note) note("window_late", QString::number(seconds, 'f', 1).toStdString() + " s");
          },
          WindowWatchdog::kPatienceSeconds, this)),
      pages_(new QStackedWidget),
      splitter_(new QSplitter(Qt::Horizontal)),
      bar_(new QWidget),
      barRow_(new QHBoxLayout(bar_)),
      notice_(new ElidedLabel(Qt::ElideMiddle)) {
  FieldFocus::install();
  setAcceptDrops(true);
  picture_->setObjectName(QStringLiteral("picture"));
  notice_->setObjectName(QStringLiteral("notice"));
  notice_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  notice_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  barRow_->setContentsMargins(0, 0, 0, 0);
  barRow_->setSpacing(metrics::gap);
  makeSharedActions();

  if (auto* application = qobject_cast<SafeApplication*>(QCoreApplication::instance()))
    connect(application, &SafeApplication::failed, this, [this](const QString& why) {
      failure_ = navigation::Alarm{navigation::AlarmKind::AnalysisFailed, navigation::AlarmPriority::High,
                                   why.toStdString()};
      failureSince_.start();
    });
  connect(pump_, &SnapshotPump::changed, this, [this](const auto& snapshot) { showSnapshot(*snapshot); });
  connect(pump_, &SnapshotPump::looked, this, [this](const auto& snapshot) { lookAgain(*snapshot); });
  connect(sources_, &SourceControl::said, this, &InstrumentWindow::say);
  connect(sources_, &SourceControl::opened, this, [this](const QString& source) {
    memory_.addSource(source);
    plans_->dropProposal();
    showRecent();
  });
  connect(plans_, &PlanControl::said, this, &InstrumentWindow::say);
  connect(overlays_, &OverlaySwitches::changed, picture_, &PictureView::setOverlays);
  connect(startPage_, &StartPage::choosePage, sourceDialog_, &SourceDialog::showPage);
  connect(startPage_, &StartPage::chosen, this, &InstrumentWindow::openSource);
  connect(startPage_, &StartPage::benchAsked, this, [this] {
    if (options_.openBench) options_.openBench();
  });
  startPage_->setBench(static_cast<bool>(options_.openBench));
  connect(sourceDialog_, &SourceDialog::chosen, this, &InstrumentWindow::openSource);
  connect(statement_, &StatementPanel::understood, this, [this] {
    memory_.setStatementSeen();
    statement_->setVisible(false);
  });
  connect(picture_, &PictureView::displayed, this, [this](quint64 sequence, double age) {
    displayTimes_.add(sequence, age);
    emit frameDisplayed(sequence, age);
  });
}

InstrumentWindow::~InstrumentWindow() = default;

void InstrumentWindow::build(QWidget* side, QWidget* underPicture, QWidget* underAll,
                             QWidget* besidePicture) {
  auto* left = new QWidget;
  auto* leftColumn = new QVBoxLayout(left);
  leftColumn->setContentsMargins(0, 0, 0, 0);
  leftColumn->setSpacing(metrics::gap);
  auto* pictures = new QHBoxLayout;
  pictures->setSpacing(metrics::gap);
  pictures->addWidget(picture_, 1);
  if (besidePicture != nullptr) pictures->addWidget(besidePicture, 1);
  leftColumn->addLayout(pictures, 1);
  if (underPicture != nullptr) leftColumn->addWidget(underPicture);

  side->setMinimumWidth(metrics::panelMinimumWidth);
  splitter_->setChildrenCollapsible(false);
  splitter_->setHandleWidth(metrics::gap);
  splitter_->addWidget(left);
  splitter_->addWidget(side);
  splitter_->setStretchFactor(0, 1);
  splitter_->setStretchFactor(1, 0);
  connect(splitter_, &QSplitter::splitterMoved, this, [this] { splitterPlaced_ = true; });

  auto* instrument = new QWidget;
  auto* instrumentColumn = new QVBoxLayout(instrument);
  instrumentColumn->setContentsMargins(0, 0, 0, 0);
  instrumentColumn->setSpacing(metrics::gap);
  instrumentColumn->addWidget(splitter_, 1);
  if (underAll != nullptr) instrumentColumn->addWidget(underAll);
  pages_->insertWidget(kStartPage, startPage_);
  pages_->insertWidget(kInstrumentPage, instrument);

  barRow_->addWidget(overlays_);
  barRow_->addWidget(notice_, 1);

  auto* page = new QWidget;
  page->setObjectName(QStringLiteral("page"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(alarmLine_);
  column->addWidget(statusStrip_);
  column->addWidget(statement_);
  auto* inset = new QVBoxLayout;
  inset->setContentsMargins(metrics::gap, metrics::gap, metrics::gap, metrics::gap);
  inset->setSpacing(metrics::gap);
  inset->addWidget(pages_, 1);
  inset->addWidget(bar_);
  column->addLayout(inset, 1);
  setCentralWidget(page);
  page->setFocusPolicy(Qt::ClickFocus);
  page->setFocus();  // no button has it at first
  statement_->setVisible(!memory_.statementSeen());
  makeMenu();
  showRecent();

  // Else the layout's minimum for type as large as it is now would keep the window from getting smaller.
  setMinimumSize(metrics::smallestWindowWidth, metrics::smallestWindowHeight);
  resize(1280, 720);
  restoreGeometry(memory_.geometry(name_));
  splitterPlaced_ = splitter_->restoreState(memory_.splitter(name_));
  fitToSize();
  if (options_.plan) plans_->start(options_.plan);
  const QString first =
      options_.source.empty() ? memory_.lastSource() : QString::fromStdString(options_.source);
  if (!first.isEmpty()) openSource(first);
  showSnapshot(*pump_->current());
}

void InstrumentWindow::showSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  using acquisition::Connection;
  const bool hasSource = !navigator_.source().empty();
  const bool failed = hasSource && !snapshot.frame && snapshot.stream.connection == Connection::Failed;
  const bool instrument = snapshot.frame || (hasSource && !failed);
  startPage_->setError(failed ? QString::fromStdString(snapshot.stream.message) : QString());
  pages_->setCurrentIndex(instrument ? kInstrumentPage : kStartPage);
  overlays_->setVisible(instrument);
  for (QAction* action : instrumentActions_) action->setVisible(instrument);
  snapshot_->setEnabled(snapshot.frame != nullptr);
  picture_->setSnapshot(shown(pump_->current()));
  showAlarms(*shown(pump_->current()));
  present(snapshot);
}

void InstrumentWindow::lookAgain(const navigation::GuidanceSnapshot& snapshot) {
  showAlarms(*shown(pump_->current()));
  statusStrip_->setSnapshot(snapshot);
  if (noticeSince_.isValid() && noticeSince_.elapsed() > kNoticeMs) say({});
  // The words over a stale picture tell its age, which goes on growing without any frame.
  const bool stale = snapshot.picture == navigation::PictureState::Stale;
  if (stale && (!staleDrawn_.isValid() || staleDrawn_.elapsed() > kStaleRedrawMs)) {
    picture_->update();
    staleDrawn_.start();
  }
  if (!timesShown_.isValid() || timesShown_.elapsed() > kTimesMs) {
    statusStrip_->setTimes(timesText(navigator_.times(), displayTimes_));
    timesShown_.start();
  }
  tick(snapshot);
}

void InstrumentWindow::showAlarms(const navigation::GuidanceSnapshot& snapshot) {
  std::vector<navigation::Alarm> alarms = snapshot.alarms;
  if (const auto own = ownAlarm()) alarms.push_back(*own);
  if (const auto late = watchdog_->alarm()) alarms.push_back(*late);
  if (failure_ && failureSince_.elapsed() < kFailureMs) alarms.push_back(*failure_);
  std::stable_sort(alarms.begin(), alarms.end(),
                   [](const auto& a, const auto& b) { return a.priority > b.priority; });
  alarmLine_->setAlarms(alarms);
}

bool InstrumentWindow::saveScreenshot(const QString& path) { return saveWindowPicture(*this, path); }

void InstrumentWindow::openSource(const QString& source) { sources_->open(source); }

bool InstrumentWindow::loadPlan(const QString& path) {
  if (!plans_->load(path)) return false;
  memory_.addPlan(path);
  showRecent();
  return true;
}

void InstrumentWindow::say(const QString& sentence) {
  notice_->setText(sentence);
  if (sentence.isEmpty()) {
    noticeSince_.invalidate();
  } else {
    noticeSince_.start();
  }
}

void InstrumentWindow::closeEvent(QCloseEvent* event) {
  memory_.setLayout(name_, saveGeometry(), splitter_->saveState());
  QMainWindow::closeEvent(event);
}

void InstrumentWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!droppedFile(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void InstrumentWindow::dropEvent(QDropEvent* event) {
  const QString file = droppedFile(*event->mimeData());
  if (file.isEmpty()) return;
  event->acceptProposedAction();
  if (file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) {
    loadPlan(file);
  } else {
    openSource(file);
  }
}

void InstrumentWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  fitToSize();
}

void InstrumentWindow::fitToSize() {
  setReadOutHeight(height());
  if (splitterPlaced_) return;
  const int panel = static_cast<int>(width() * metrics::panelShare);
  splitter_->setSizes({width() - panel, panel});
}

}  // namespace acuguide::ui
