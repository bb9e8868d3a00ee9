#include "ui/widgets/timeline.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/timeline_painter.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace acuguide::ui {

namespace {

constexpr double kNameWidth = 132;
constexpr double kFewestShown = 10;
constexpr double kMarkReach = 5;  ///< pixels beside a mark that still mean it
constexpr qsizetype kMostTexts = 6;
constexpr int kFillMs = 200;  ///< the tracks are drawn again at most this often while frames come in

}  // namespace

Timeline::Timeline(QWidget* parent) : QFrame(parent), fill_(new QTimer(this)) {
  setObjectName(QStringLiteral("timeline"));
  setRole(*this, "panel");
  setFixedHeight(static_cast<int>(timelineHeight()) + metrics::gap);
  fill_->setSingleShot(true);
  fill_->setInterval(kFillMs);
  connect(fill_, &QTimer::timeout, this, &Timeline::redrawTracks);
  setToolTip(tr("Drag: scrub. Wheel: zoom. Shift+wheel: move. Shift+drag: loop. Double click: all"));
}

QRectF Timeline::plot() const {
  return {kNameWidth, metrics::gap / 2.0, std::max(10.0, width() - kNameWidth - metrics::panelPadding),
          timelineHeight()};
}

void Timeline::setFrameCount(std::int64_t frames) {
  if (frames == frames_) return;
  const bool all = shown_ >= static_cast<double>(frames_);
  frames_ = frames;
  if (all) {
    showAll();
  } else {
    keepInside();
  }
}

void Timeline::setFramesPerSecond(std::optional<double> rate) {
  if (rate == rate_) return;
  rate_ = rate;
  redrawTracks();
}

void Timeline::setCurrent(std::int64_t frame) {
  if (frame == current_) return;
  current_ = frame;
  // The playhead stays in view while it moves on by itself.
  const auto at = static_cast<double>(frame);
  if (loopAnchor_ < 0 && (at < first_ || at >= first_ + shown_)) {
    first_ = at - shown_ * 0.1;
    keepInside();
  }
  update();
}

void Timeline::setLoop(std::optional<Range> loop) {
  if (loop && loop->first > loop->second) std::swap(loop->first, loop->second);
  if (loop == loop_) return;
  loop_ = loop;
  update();
  emit loopChanged();
}

void Timeline::clear() {
  data_.clear();
  marks_ = {};
  current_ = -1;
  setLoop(std::nullopt);
  redrawTracks();
}

void Timeline::setMarks(TimelineMarks marks) {
  marks_ = std::move(marks);
  redrawTracks();
}

void Timeline::addMark(TimelineMark mark) {
  marks_.marks.push_back(std::move(mark));
  redrawTracks();
}

/// The tool tip names the mark under the pointer.
bool Timeline::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QFrame::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QStringList texts;
  for (const TimelineMark& mark : marks_.marks)
    if (std::abs(xOf(mark.frame) - help->pos().x()) <= kMarkReach && texts.size() < kMostTexts)
      texts << mark.text;
  QToolTip::showText(help->globalPos(), texts.isEmpty() ? toolTip() : texts.join(QLatin1Char('\n')), this);
  return true;
}

void Timeline::add(const TimelineSample& sample) {
  data_.add(sample);
  if (sample.frame >= frames_) setFrameCount(sample.frame + 1);
  if (!fill_->isActive()) fill_->start();
}

Timeline::Range Timeline::view() const {
  const auto first = static_cast<std::int64_t>(std::floor(first_));
  return {first, static_cast<std::int64_t>(std::ceil(first_ + shown_)) - 1};
}

void Timeline::showAll() {
  first_ = 0.0;
  shown_ = std::max(1.0, static_cast<double>(frames_));
  redrawTracks();
}

void Timeline::zoom(double factor, double aboutX) {
  const double share = std::clamp((aboutX - plot().left()) / plot().width(), 0.0, 1.0);
  const double about = first_ + share * shown_;
  shown_ /= factor;
  keepInside();
  first_ = about - share * shown_;
  keepInside();
}

void Timeline::keepInside() {
  const auto all = std::max(1.0, static_cast<double>(frames_));
  shown_ = std::clamp(shown_, std::min(kFewestShown, all), all);
  first_ = std::clamp(first_, 0.0, all - shown_);
  redrawTracks();
}

void Timeline::redrawTracks() {
  tracksOld_ = true;
  update();
}

std::int64_t Timeline::frameAt(double x) const {
  const double share = (x - plot().left()) / plot().width();
  const auto frame = static_cast<std::int64_t>(std::floor(first_ + share * shown_));
  return std::clamp<std::int64_t>(frame, 0, std::max<std::int64_t>(0, frames_ - 1));
}

double Timeline::xOf(std::int64_t frame) const {
  return plot().left() + (static_cast<double>(frame) + 0.5 - first_) / shown_ * plot().width();
}

void Timeline::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  if (tracksOld_) {
    const double ratio = devicePixelRatioF();
    tracks_ = QPixmap(size() * ratio);
    tracks_.setDevicePixelRatio(ratio);
    tracks_.fill(toQt(rendering::palette::kPanel));
    QPainter painter(&tracks_);
    TimelinePainter{data_, marks_, plot(), first_, shown_, rate_}.draw(painter);
    tracksOld_ = false;
  }
  QPainter painter(this);
  painter.drawPixmap(0, 0, tracks_);
  painter.setClipRect(plot());
  if (loop_) {
    const double half = plot().width() / shown_ / 2;
    const QRectF range(QPointF(xOf(loop_->first) - half, plot().top()),
                       QPointF(xOf(loop_->second) + half, plot().bottom()));
    QColor tint = toQt(rendering::palette::kAccent);
    tint.setAlpha(40);
    painter.fillRect(range, tint);
    painter.setPen(QPen(toQt(rendering::palette::kAccent), 2));
    painter.drawLine(range.topLeft(), range.bottomLeft());
    painter.drawLine(range.topRight(), range.bottomRight());
  }
  if (current_ >= 0) {
    painter.setPen(QPen(toQt(rendering::palette::kNeedle), 2));
    painter.drawLine(QPointF(xOf(current_), plot().top()), QPointF(xOf(current_), plot().bottom()));
  }
}

void Timeline::resizeEvent(QResizeEvent*) { redrawTracks(); }

void Timeline::scrubTo(double x) {
  if (frames_ > 0) emit scrubbed(frameAt(x));
}

void Timeline::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (event->modifiers() & Qt::ShiftModifier) {
    loopAnchor_ = frameAt(event->position().x());
    setLoop(Range{loopAnchor_, loopAnchor_});
  } else {
    scrubTo(event->position().x());
  }
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) return;
  if (loopAnchor_ >= 0) {
    setLoop(Range{loopAnchor_, frameAt(event->position().x())});
  } else {
    scrubTo(event->position().x());
  }
}

void Timeline::mouseReleaseEvent(QMouseEvent*) {
  if (loopAnchor_ >= 0 && loop_ && loop_->first == loop_->second) setLoop(std::nullopt);
  loopAnchor_ = -1;
}

void Timeline::mouseDoubleClickEvent(QMouseEvent*) { showAll(); }

void Timeline::wheelEvent(QWheelEvent* event) {
  const QPoint turned = event->angleDelta();
  if (event->modifiers() & Qt::ShiftModifier || turned.x() != 0) {
    const int by = turned.x() != 0 ? turned.x() : turned.y();
    first_ -= by / 120.0 * shown_ * 0.1;
    keepInside();
  } else {
    zoom(std::pow(1.25, turned.y() / 120.0), event->position().x());
  }
  event->accept();
}

}  // namespace acuguide::ui
