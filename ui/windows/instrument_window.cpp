#include "ui/windows/instrument_window.h"

#include "navigation/snapshot_names.h"
#include "ui/picture_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"
#include "ui/widgets/alarm_line.h"
#include "ui/widgets/field_focus.h"
#include "ui/widgets/overlay_switches.h"
#include "ui/widgets/share_splitter.h"
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
#include <QScreen>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
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
      splitter_(new ShareSplitter),
      notice_(new Toast(this)) {
  FieldFocus::install();
  setAcceptDrops(true);
  picture_->setObjectName(QStringLiteral("picture"));
  picture_->installEventFilter(this);
  makeSharedActions();

  if (auto* application = qobject_cast<SafeApplication*>(QCoreApplication::instance()))
    connect(application, &SafeApplication::failed, this, [this](const QString& why) {
      raiseAlarm({navigation::AlarmKind::AnalysisFailed, navigation::AlarmPriority::High, why.toStdString()});
    });
  connect(pump_, &SnapshotPump::changed, this, [this](const auto& snapshot) { showSnapshot(*snapshot); });
  connect(pump_, &SnapshotPump::looked, this, [this](const auto& snapshot) { lookAgain(*snapshot); });
  connect(sources_, &SourceControl::said, this, [this](const QString& sentence) { say(sentence); });
  connect(sources_, &SourceControl::opened, this, [this](const QString& source) {
    memory_.addSource(source);
    plans_->dropProposal();
    showRecent();
  });
  connect(plans_, &PlanControl::said, this, [this](const QString& sentence) { say(sentence); });
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

void InstrumentWindow::build(const Places& places) {
  auto* left = new QWidget;
  auto* leftColumn = new QVBoxLayout(left);
  leftColumn->setContentsMargins(0, 0, 0, 0);
  leftColumn->setSpacing(0);
  auto* pictures = new QHBoxLayout;
  pictures->setSpacing(metrics::gap);
  pictures->addWidget(picture_, 1);
  if (places.besidePicture != nullptr) pictures->addWidget(places.besidePicture, 1);
  leftColumn->addLayout(pictures, 1);
  if (places.underPicture != nullptr) leftColumn->addWidget(places.underPicture);

  panel_ = places.panel;
  panelShares_ = {memory_.panelShare(name_, false).value_or(places.panelShare),
                  memory_.panelShare(name_, true).value_or(places.stackedShare)};
  mayStack_ = places.stackedShare > 0;
  splitter_->setObjectName(QStringLiteral("panelSplitter"));
  splitter_->setHandleWidth(metrics::gap / 2);
  splitter_->addWidget(left);
  splitter_->addWidget(places.panel);
  connect(splitter_, &ShareSplitter::placed, this,
          [this](double share) { panelShares_[stacked() ? 1 : 0] = share; });

  auto* instrument = new QWidget;
  auto* instrumentColumn = new QVBoxLayout(instrument);
  instrumentColumn->setContentsMargins(0, 0, 0, 0);
  instrumentColumn->setSpacing(metrics::gap);
  instrumentColumn->addWidget(splitter_, 1);
  if (places.underAll != nullptr) instrumentColumn->addWidget(places.underAll);
  pages_->insertWidget(kStartPage, startPage_);
  pages_->insertWidget(kInstrumentPage, instrument);

  auto* page = new QWidget;
  page->setObjectName(QStringLiteral("page"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  statusStrip_->setAlarmLine(alarmLine_);
  column->addWidget(statusStrip_);
  column->addWidget(statement_);
  column->addWidget(pages_, 1);
  setCentralWidget(page);
  notice_->setParent(page);
  page->setFocusPolicy(Qt::ClickFocus);
  page->setFocus();  // no button has it at first
  statement_->setVisible(!memory_.statementSeen());
  makeMenu();
  showRecent();

  // Else the layout's minimum for type as large as it is now would keep the window from getting smaller.
  setMinimumSize(metrics::leastWindowWidth, metrics::leastWindowHeight);
  resize(QSize(1280, 720).boundedTo(screen()->availableSize()));
  restoreGeometry(memory_.geometry(name_));
  fitToSize();
  if (options_.plan) plans_->start(options_.plan);
  const QString first =
      options_.source.empty() ? memory_.lastSource() : QString::fromStdString(options_.source);
  if (!first.isEmpty()) openSource(first);
  showSnapshot(*pump_->current());
}

void InstrumentWindow::showAsLeft() {
  if (memory_.geometry(name_).isEmpty()) {
    setGeometry(screen()->availableGeometry());  // where nothing manages windows, this is all
    setWindowState(windowState() | Qt::WindowMaximized);
  }
  QMainWindow::show();
}

bool InstrumentWindow::stacked() const { return splitter_->orientation() == Qt::Vertical; }

bool InstrumentWindow::showsPicture() const { return pages_->currentIndex() == kInstrumentPage; }

void InstrumentWindow::choosePage() {
  QWidget* page = ownPage_ != nullptr ? ownPage_ : pages_->widget(instrument_ ? kInstrumentPage : kStartPage);
  if (page == pages_->currentWidget()) return;
  pages_->setCurrentWidget(page);
  placeNotice();
}

void InstrumentWindow::showOwnPage(QWidget* page) {
  ownPage_ = page;
  if (page != nullptr && pages_->indexOf(page) < 0) pages_->addWidget(page);
  choosePage();
}

void InstrumentWindow::showSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  using acquisition::Connection;
  const bool hasSource = !navigator_.source().empty();
  const bool failed = hasSource && !snapshot.frame && snapshot.stream.connection == Connection::Failed;
  const bool instrument = snapshot.frame || (hasSource && !failed);
  startPage_->setError(failed ? QString::fromStdString(snapshot.stream.message) : QString());
  instrument_ = instrument;
  choosePage();
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
  statusStrip_->setPlan(snapshot.plan ? snapshot.plan.get() : plans_->plan().get());
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
  std::erase_if(raised_, [](const Raised& raised) { return raised.since.elapsed() >= kFailureMs; });
  for (const Raised& raised : raised_) alarms.push_back(raised.alarm);
  std::stable_sort(alarms.begin(), alarms.end(),
                   [](const auto& a, const auto& b) { return a.priority > b.priority; });
  alarmLine_->setAlarms(alarms);
}

void InstrumentWindow::raiseAlarm(navigation::Alarm alarm) {
  const auto before =
      std::erase_if(raised_, [&](const Raised& raised) { return raised.alarm.kind == alarm.kind; });
  if (before == 0 && options_.recording.note)
    options_.recording.note("alarm_on", std::string(navigation::nameOf(alarm.kind)) + ": " + alarm.detail);
  raised_.push_back({std::move(alarm), {}});
  raised_.back().since.start();
}

bool InstrumentWindow::saveScreenshot(const QString& path) { return saveWindowPicture(*this, path); }

void InstrumentWindow::openSource(const QString& source) { sources_->open(source); }

bool InstrumentWindow::loadPlan(const QString& path) {
  if (!plans_->load(path)) return false;
  memory_.addPlan(path);
  showRecent();
  return true;
}

void InstrumentWindow::say(const QString& sentence, std::vector<Toast::Action> actions) {
  notice_->say(sentence, std::move(actions));
  placeNotice();
  if (sentence.isEmpty()) {
    noticeSince_.invalidate();
  } else {
    noticeSince_.start();
  }
}

QRect InstrumentWindow::onPage(const QWidget& widget, const QRect& rectangle) const {
  return {widget.mapTo(centralWidget(), rectangle.topLeft()), rectangle.size()};
}

QRect InstrumentWindow::noticePlace() const {
  if (showsPicture() && barSpace_ != nullptr) return onPage(*barSpace_, barSpace_->rect());
  const QRect page = centralWidget()->rect();
  const int row = metrics::pixels(height(), metrics::rowShare, 2 * metrics::labelText);
  return page.adjusted(metrics::gap, page.height() - row - metrics::gap, -metrics::gap, -metrics::gap);
}

void InstrumentWindow::placeNotice() {
  if (!notice_->isHidden()) notice_->setGeometry(noticePlace());
}

void InstrumentWindow::closeEvent(QCloseEvent* event) {
  memory_.setGeometry(name_, saveGeometry());
  for (const bool under : {false, true})
    if (!under || mayStack_) memory_.setPanelShare(name_, under, panelShares_[under ? 1 : 0]);
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

bool InstrumentWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::Move) placeNotice();
  return QMainWindow::eventFilter(watched, event);
}

void InstrumentWindow::fitToSize() {
  const bool stack = mayStack_ && height() > width();
  splitter_->setOrientation(stack ? Qt::Vertical : Qt::Horizontal);
  panel_->setMinimumWidth(stack ? 0 : metrics::leastPanelWidth);
  splitter_->setShare(panelShares_[stack ? 1 : 0]);
  splitter_->setLeast(stack ? 0 : metrics::leastPanelWidth);
  statusStrip_->setWindowHeight(height());
  notice_->setTextPixels(metrics::pixels(height(), metrics::reasonTextShare, metrics::labelText));
  setReadOutHeight(height());
  placeNotice();
}

}  // namespace acuguide::ui
