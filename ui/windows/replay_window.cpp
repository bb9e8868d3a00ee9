#include "ui/windows/replay_window.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/analysis_panel.h"
#include "ui/widgets/danger_read_out.h"
#include "ui/widgets/plan_panel.h"
#include "ui/widgets/read_out.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/transport_bar.h"
#include "ui/windows/plan_control.h"

#include <QAction>
#include <QTimer>
#include <QVBoxLayout>

#include <mutex>
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
      readOut_(new ReadOut(ReadOut::Size::Compact)),
      danger_(new DangerReadOut),
      analysis_(new AnalysisPanel),
      planPanel_(new PlanPanel),
      timeline_(new Timeline),
      transport_(new TransportBar),
      seekTimer_(new QTimer(this)) {
  setObjectName(QStringLiteral("replayWindow"));
  setWindowTitle(tr("acuguide – replay"));
  seekTimer_->setSingleShot(true);
  seekTimer_->setInterval(kSeekMs);
  connect(seekTimer_, &QTimer::timeout, this, [this] {
    if (seekTo_ >= 0) this->navigator().seek(std::exchange(seekTo_, -1));
  });
  connectTransport();
  addToBar(transport_);
  addButton(openAction());
  addButton(snapshotAction());
  planPanel_->setCompact();
  build(makeSide(), nullptr, timeline_);
  showLoop();
}

ReplayWindow::~ReplayWindow() = default;

QWidget* ReplayWindow::makeSide() {
  auto* side = new QFrame;
  setRole(*side, "panel");
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  column->setSpacing(metrics::gap);
  column->addWidget(readOut_);
  column->addWidget(danger_);
  column->addStretch(1);
  column->addWidget(analysis_);
  column->addWidget(planPanel_);
  return side;
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
  keepLoop(snapshot);
}

void ReplayWindow::tick(const navigation::GuidanceSnapshot& snapshot) {
  const bool ended = snapshot.stream.connection == acquisition::Connection::Ended;
  transport_->setPlaying(snapshot.frame && !navigator().paused() && !ended);
}

void ReplayWindow::setReadOutHeight(int height) {
  readOut_->setWindowHeight(height);
  danger_->setWindowHeight(static_cast<int>(height * metrics::compactReadOut));
}

}  // namespace acuguide::ui
