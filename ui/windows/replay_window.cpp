#include "ui/windows/replay_window.h"

#include "recording/session_notes.h"
#include "ui/picture_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"
#include "ui/style/wording.h"
#include "ui/widgets/analysis_panel.h"
#include "ui/widgets/danger_read_out.h"
#include "ui/widgets/overlay_switches.h"
#include "ui/widgets/plan_panel.h"
#include "ui/widgets/read_out.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/transport_bar.h"
#include "ui/windows/companion.h"
#include "ui/windows/plan_control.h"
#include "ui/windows/review_panel.h"
#include "ui/windows/side_picture.h"

#include <QAction>
#include <QCloseEvent>
#include <QFutureWatcher>
#include <QInputDialog>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <exception>
#include <filesystem>
#include <mutex>
#include <utility>
#include <vector>

namespace acuguide::ui {

namespace {

constexpr int kSeekMs = 30;  ///< while scrubbing, at most one seek in this time

}  // namespace

/// Analysed frames on their way from the analysis thread to the timeline; none is lost, however busy the
/// window is.
class ReplayWindow::Samples {
 public:
  void add(const navigation::GuidanceSnapshot& snapshot) {
    const auto sample = sampleOf(snapshot);
    if (!sample) return;
    std::lock_guard lock(mutex_);
    waiting_.push_back(*sample);
  }
  std::vector<TimelineSample> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<TimelineSample> waiting_;
};

ReplayWindow::ReplayWindow(navigation::Navigator& navigator, WindowOptions options)
    : ReplayWindow(navigator, std::move(options), std::make_shared<Samples>()) {}

ReplayWindow::ReplayWindow(navigation::Navigator& navigator, WindowOptions options,
                           std::shared_ptr<Samples> samples)
    : InstrumentWindow(navigator, std::move(options), QStringLiteral("replay"),
                       [samples](const navigation::GuidanceSnapshot& snapshot) { samples->add(snapshot); }),
      samples_(std::move(samples)),
      readOut_(new ReadOut),
      danger_(new DangerReadOut),
      analysis_(new AnalysisPanel),
      planPanel_(new PlanPanel),
      timeline_(new Timeline),
      transport_(new TransportBar),
      seekTimer_(new QTimer(this)),
      tabs_(new QTabWidget),
      reviewPanel_(new ReviewPanel),
      beside_(new SidePicture) {
  setObjectName(QStringLiteral("replayWindow"));
  setWindowTitle(tr("acuguide – replay"));
  seekTimer_->setSingleShot(true);
  seekTimer_->setInterval(kSeekMs);
  connect(seekTimer_, &QTimer::timeout, this, [this] {
    if (seekTo_ >= 0) this->navigator().seek(std::exchange(seekTo_, -1));
  });
  connectTransport();
  makeReviewActions();
  planPanel_->setCompact();
  readOut_->setLines(1, 2);
  beside_->hide();
  auto* foot = new QWidget;
  auto* rows = new QVBoxLayout(foot);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(metrics::gap);
  rows->addWidget(timeline_);
  rows->addWidget(
      makeBar({transport_, makeButton(openAction()), makeButton(snapshotAction()), makeButton(recorded_)}));
  build({.panel = makeSide(),
         .panelShare = metrics::replayPanelShare,
         .underAll = foot,
         .besidePicture = beside_});
  showLoop();
}

ReplayWindow::~ReplayWindow() = default;

QWidget* ReplayWindow::makeSide() {
  auto* side = new QFrame;
  setRole(*side, "panel");
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  auto* frame = new QWidget;
  auto* rows = new QVBoxLayout(frame);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(metrics::gap);
  rows->addWidget(readOut_);
  rows->addWidget(danger_);
  rows->addStretch(1);
  rows->addWidget(analysis_);
  rows->addWidget(planPanel_);
  tabs_->setObjectName(QStringLiteral("replayTabs"));
  // Where the window is small the picture keeps its room, and the last lines are scrolled to.
  auto* scrolled = new QScrollArea;
  scrolled->setWidget(frame);
  scrolled->setWidgetResizable(true);
  scrolled->setFrameShape(QFrame::NoFrame);
  scrolled->setFocusPolicy(Qt::NoFocus);
  scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  tabs_->addTab(scrolled, tr("This frame"));
  tabs_->addTab(reviewPanel_, tr("Insertions"));
  tabs_->tabBar()->setFocusPolicy(Qt::NoFocus);
  tabs_->tabBar()->hide();  // until there is a session with a record
  column->addWidget(tabs_);
  connect(reviewPanel_, &ReviewPanel::chosen, this, &ReplayWindow::seekSoon);
  return side;
}

void ReplayWindow::makeReviewActions() {
  recorded_ = addKeyAction(tr("Recorded"), tr("What was said when it was recorded, beside today's analysis"),
                           {Qt::Key_V});
  recorded_->setCheckable(true);
  recorded_->setVisible(false);  // until there is a session with a record
  connect(recorded_, &QAction::triggered, this, &ReplayWindow::toggleRecorded);
  QAction* mark = addKeyAction(tr("Bookmark"), tr("Mark this frame"), {Qt::Key_B});
  connect(mark, &QAction::triggered, this, [this] { bookmark({}); });
  QAction* note = addKeyAction(tr("Note"), tr("Write a note at this frame"), {Qt::Key_N});
  connect(note, &QAction::triggered, this, &ReplayWindow::askForNote);
  QAction* next = addKeyAction(tr("Next event"), tr("Go to the next mark"), {Qt::CTRL | Qt::Key_Right});
  connect(next, &QAction::triggered, this, [this] { jumpToMark(true); });
  QAction* last = addKeyAction(tr("Last event"), tr("Go to the mark before"), {Qt::CTRL | Qt::Key_Left});
  connect(last, &QAction::triggered, this, [this] { jumpToMark(false); });
  connect(&overlaySwitches(), &OverlaySwitches::changed, beside_, &SidePicture::setOverlays);
  connect(wholeScreenAction(), &QAction::triggered, beside_, &SidePicture::setWhole);
}

void ReplayWindow::startReview() {
  review_.reset();
  takeReview(std::nullopt);
  using Result = std::pair<std::shared_ptr<SessionReview>, QString>;
  auto* watcher = new QFutureWatcher<Result>(this);
  const std::string source = navigator().source();
  connect(watcher, &QFutureWatcher<Result>::finished, this, [this, watcher, source] {
    watcher->deleteLater();
    if (source != navigator().source()) return;
    const auto [review, fault] = watcher->result();
    if (!fault.isEmpty()) say(fault);
    takeReview(review ? std::optional(*review) : std::nullopt);
  });
  watcher->setFuture(QtConcurrent::run([source, experts = options().experts] {
    try {
      auto review = reviewSession(source, experts);
      return Result(review ? std::make_shared<SessionReview>(std::move(*review)) : nullptr, QString());
    } catch (const std::exception& error) {
      return Result(nullptr, QString::fromStdString(error.what()));
    }
  }));
}

void ReplayWindow::takeReview(std::optional<SessionReview> review) {
  review_ = std::move(review);
  reviewPanel_->setReview(review_ ? &*review_ : nullptr);
  tabs_->tabBar()->setVisible(review_.has_value());
  recorded_->setVisible(review_.has_value());
  recorded_->setEnabled(review_ && review_->record.analysed && !comparing_);
  if (!review_) {
    tabs_->setCurrentIndex(0);
    return;
  }
  // The plan it was recorded with, where no other was given.
  if (!plans().plan() && review_->record.plan) plans().start(review_->record.plan);
  TimelineMarks marks{review_->marks, {}};
  for (const auto& one : review_->metrics.insertions)
    marks.insertions.emplace_back(one.insertion.firstFrame, one.insertion.lastFrame);
  timeline_->setMarks(std::move(marks));
  if (!review_->metrics.insertions.empty()) tabs_->setCurrentIndex(1);
  if (!options().compare.empty() && !comparing_) startCompare();
}

/// The second session is read whole before it is shown: its skin contact places it.
void ReplayWindow::startCompare() {
  comparing_ = true;
  recorded_->setEnabled(false);
  using Result = std::pair<std::shared_ptr<SessionReview>, QString>;
  auto* watcher = new QFutureWatcher<Result>(this);
  connect(watcher, &QFutureWatcher<Result>::finished, this, [this, watcher] {
    watcher->deleteLater();
    const auto [review, fault] = watcher->result();
    if (!review) {
      say(fault);
      return;
    }
    compared_ = *review;
    const bool aligned = review_ && review_->skinContact() && compared_->skinContact();
    const QString name = QString::fromStdString(std::filesystem::path(options().compare).filename().string());
    setCompanion(options().compare, aligned ? tr("%1, aligned at skin contact").arg(name)
                                            : tr("%1, from the beginning").arg(name));
  });
  watcher->setFuture(QtConcurrent::run([session = options().compare] {
    try {
      auto review = reviewSession(session, {});
      if (review) return Result(std::make_shared<SessionReview>(std::move(*review)), QString());
      return Result(nullptr, tr("%1: is no recorded session").arg(QString::fromStdString(session)));
    } catch (const std::exception& error) {
      return Result(nullptr, QString::fromStdString(error.what()));
    }
  }));
}

void ReplayWindow::setCompanion(const std::string& session, const QString& title) {
  companion_ = std::make_unique<Companion>(session);
  connect(companion_.get(), &Companion::ready, this, &ReplayWindow::besideReady);
  connect(companion_.get(), &Companion::failed, this, [this](const QString& why) { say(why); });
  beside_->setTitle(title);
  beside_->setOverlays(picture().overlays());
  beside_->show();
  besideFrame_ = -1;
  if (const auto& frame = pump().current()->frame) showBeside(frame->index);
}

void ReplayWindow::toggleRecorded() {
  if (companion_) {
    companion_.reset();
    beside_->hide();
  } else if (review_) {
    setCompanion(navigator().source(), tr("As recorded"));
  }
  recorded_->setChecked(companion_ != nullptr);
}

void ReplayWindow::showBeside(std::int64_t frame) {
  if (!companion_) return;
  std::int64_t wanted = frame;
  if (comparing_ && review_ && compared_) {
    const bool aligned = review_->skinContact() && compared_->skinContact();
    const double from = aligned ? review_->secondsOf(*review_->skinContact()) : 0.0;
    const double to = aligned ? compared_->secondsOf(*compared_->skinContact()) : 0.0;
    wanted = compared_->frameAt(review_->secondsOf(frame) - from + to);
  }
  if (wanted == besideFrame_) return;
  besideFrame_ = wanted;
  companion_->show(wanted);
}

void ReplayWindow::besideReady(const std::shared_ptr<const navigation::GuidanceSnapshot>& snapshot) {
  const std::optional<SessionReview>& of = comparing_ ? compared_ : review_;
  QString moment;
  if (of && snapshot->frame) {
    const double now = of->secondsOf(snapshot->frame->index);
    const auto contact = of->skinContact();
    moment = comparing_ && contact
                 ? tr("%1 s after skin contact").arg(now - of->secondsOf(*contact), 0, 'f', 1)
                 : wording::timeCode(now);
  }
  beside_->setSnapshot(snapshot, moment);
}

void ReplayWindow::bookmark(const QString& note) {
  const auto& frame = pump().current()->frame;
  if (!frame || !review_) {
    say(tr("Only recorded sessions keep bookmarks and notes"));
    return;
  }
  try {
    const auto event = recording::addSessionNote(review_->record.folder, frame->index,
                                                 note.isEmpty() ? "bookmark" : "note", note.toStdString());
    review_->record.events.push_back(event);
    timeline_->addMark({frame->index,
                        note.isEmpty() ? TimelineMark::Kind::Bookmark : TimelineMark::Kind::Note,
                        note.isEmpty() ? tr("bookmark") : note});
    say(tr("Marked frame %1").arg(frame->index + 1));
  } catch (const std::exception& error) {
    say(QString::fromStdString(error.what()));
  }
}

void ReplayWindow::askForNote() {
  navigator().setPaused(true);
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Note"));
  dialog->setLabelText(tr("Note at this frame"));
  connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
    if (!text.trimmed().isEmpty()) bookmark(text.trimmed());
  });
  dialog->show();
}

void ReplayWindow::jumpToMark(bool forward) {
  const auto& frame = pump().current()->frame;
  if (!frame) return;
  std::optional<std::int64_t> nearest;
  const auto consider = [&](std::int64_t at) {
    if (forward ? at <= frame->index : at >= frame->index) return;
    if (!nearest || (forward ? at < *nearest : at > *nearest)) nearest = at;
  };
  for (const TimelineMark& mark : timeline_->marks().marks) consider(mark.frame);
  for (const auto& [from, to] : timeline_->marks().insertions) consider(from);
  if (nearest) seekSoon(*nearest);
}

void ReplayWindow::closeEvent(QCloseEvent* event) {
  companion_.reset();
  InstrumentWindow::closeEvent(event);
}

void ReplayWindow::connectTransport() {
  for (QAction* action : transport_->transportActions()) listAction(action);
  setInstrumentActions(QList<QAction*>{snapshotAction()} + transport_->transportActions());
  connect(transport_, &TransportBar::playToggled, this, &ReplayWindow::togglePlay);
  connect(transport_, &TransportBar::stepped, this, [this](qint64 frames) { navigator().step(frames); });
  connect(transport_, &TransportBar::speedChosen, this, [this](double factor) {
    navigator().setSpeed(factor);
    transport_->setSpeed(factor);
  });
  connect(transport_, &TransportBar::loopStartChosen, this, [this] { setLoopEdge(true); });
  connect(transport_, &TransportBar::loopEndChosen, this, [this] { setLoopEdge(false); });
  connect(transport_, &TransportBar::loopToggled, this, [this] {
    looping_ = !looping_;
    showLoop();
  });
  connect(timeline_, &Timeline::scrubbed, this, &ReplayWindow::seekSoon);
  connect(timeline_, &Timeline::loopChanged, this, [this] {
    looping_ = timeline_->loop().has_value();
    showLoop();
  });
}

void ReplayWindow::togglePlay() {
  // Asked anew: the window itself may not have seen the end yet.
  const auto now = navigator().snapshot();
  if (now->stream.connection == acquisition::Connection::Ended && !navigator().paused()) {
    navigator().seek(looping_ && timeline_->loop() ? timeline_->loop()->first : 0);
    return;
  }
  navigator().setPaused(!navigator().paused());
  transport_->setPlaying(!navigator().paused());
}

void ReplayWindow::seekSoon(std::int64_t frame) {
  seekTo_ = frame;
  timeline_->setCurrent(frame);
  if (!seekTimer_->isActive()) seekTimer_->start();
}

void ReplayWindow::setLoopEdge(bool start) {
  const auto& frame = pump().current()->frame;
  if (!frame) return;
  const Timeline::Range all{0, std::max<std::int64_t>(0, timeline_->frameCount() - 1)};
  Timeline::Range loop = timeline_->loop().value_or(all);
  (start ? loop.first : loop.second) = frame->index;
  timeline_->setLoop(loop);
}

void ReplayWindow::showLoop() {
  const auto& loop = timeline_->loop();
  QString range;
  if (looping_) {
    range = loop ? tr("%1–%2").arg(loop->first + 1).arg(loop->second + 1) : tr("all");
  }
  transport_->setLooping(looping_, range);
}

void ReplayWindow::keepLoop(const navigation::GuidanceSnapshot& snapshot) {
  if (!looping_ || navigator().paused() || !snapshot.frame || seekTo_ >= 0) return;
  const bool ended = snapshot.picture == navigation::PictureState::Ended;
  const auto& loop = timeline_->loop();
  if (ended || (loop && snapshot.frame->index >= loop->second)) seekSoon(loop ? loop->first : 0);
}

void ReplayWindow::present(const navigation::GuidanceSnapshot& snapshot) {
  transport_->setVisible(snapshot.frame != nullptr);
  const auto& source = snapshot.stream.source;
  if (navigator().source() != timelineOf_) {
    timelineOf_ = navigator().source();
    samples_->take();
    timeline_->clear();
    timeline_->setFrameCount(0);
    if (!comparing_) {
      companion_.reset();
      beside_->hide();
      recorded_->setChecked(false);
    }
    startReview();
  }
  if (source.frameCount) timeline_->setFrameCount(*source.frameCount);
  timeline_->setFramesPerSecond(source.nominalFramesPerSecond);
  for (const TimelineSample& sample : samples_->take()) timeline_->add(sample);
  if (snapshot.frame && seekTo_ < 0) timeline_->setCurrent(snapshot.frame->index);

  readOut_->setSnapshot(snapshot);
  danger_->setSnapshot(snapshot);
  analysis_->setSnapshot(snapshot);
  planPanel_->setPlan(plans().plan().get());
  transport_->setPosition(snapshot.frame ? std::optional(snapshot.frame->index) : std::nullopt,
                          snapshot.frame ? snapshot.frame->time : 0.0, source.frameCount);
  transport_->setSeekable(source.seekable);
  if (snapshot.frame) {
    reviewPanel_->setFrame(snapshot.frame->index);
    showBeside(snapshot.frame->index);
  }
  keepLoop(snapshot);
}

void ReplayWindow::tick(const navigation::GuidanceSnapshot& snapshot) {
  const bool ended = snapshot.stream.connection == acquisition::Connection::Ended;
  transport_->setPlaying(snapshot.frame && !navigator().paused() && !ended);
}

void ReplayWindow::setReadOutHeight(int height) {
  const int least = metrics::pixels(height, metrics::reasonTextShare, metrics::labelText);
  const int smaller = metrics::pixels(height, metrics::compactReadOutShare, 0);
  readOut_->setTextSizes(smaller, least);
  danger_->setTextSizes(smaller, least);
}

}  // namespace acuguide::ui
