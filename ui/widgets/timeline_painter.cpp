#include "ui/widgets/timeline_painter.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::ui {

namespace {

constexpr double kRulerHeight = 20, kMarksHeight = 16, kBandHeight = 18, kCurveHeight = 32, kRowGap = 3;

/// A frame that was skipped shows what stood on the screen meanwhile: the one before it, if that is not long
/// ago.
constexpr std::int64_t kHeldFrames = 7;

QString tr(const char* text) { return QCoreApplication::translate("acuguide::ui::TimelinePainter", text); }

/// A step of the ruler that leaves room for its numbers: 1, 2 or 5 times a power of ten.
double niceStep(double atLeast) {
  const double power = std::pow(10.0, std::floor(std::log10(std::max(atLeast, 1e-6))));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= atLeast) return power * factor;
  }
  return power * 10.0;
}

double inUnit(const ImageLength& length, bool mm) { return mm && length.mm ? *length.mm : length.px; }

}  // namespace

double timelineHeight() {
  return kRulerHeight + kMarksHeight + 2 * kBandHeight + 2 * kCurveHeight + 5 * kRowGap;
}

template <class Each>
void TimelinePainter::forColumns(Each each) const {
  const int columns = static_cast<int>(plot.width());
  const double perColumn = shown / std::max(1, columns);
  for (int column = 0; column < columns; ++column) {
    const auto from = static_cast<std::int64_t>(std::floor(first + column * perColumn));
    const auto to =
        std::max(from + 1, static_cast<std::int64_t>(std::floor(first + (column + 1) * perColumn)));
    if (from >= data.end() + kHeldFrames) return;
    each(plot.left() + column, from, to);
  }
}

const TimelineSample* TimelinePainter::shownAt(std::int64_t frame) const {
  for (std::int64_t back = 0; back <= kHeldFrames; ++back) {
    if (const auto* sample = data.at(frame - back)) return sample;
  }
  return nullptr;
}

void TimelinePainter::draw(QPainter& painter) const {
  painter.setFont(textFont(metrics::controlText));
  double y = plot.top();
  const auto next = [&](double height) {
    const QRectF row(plot.left(), y, plot.width(), height);
    y += height + kRowGap;
    return row;
  };
  drawRuler(painter, next(kRulerHeight));
  const QRectF events = next(kMarksHeight), states = next(kBandHeight), seen = next(kBandHeight),
               depth = next(kCurveHeight), danger = next(kCurveHeight);
  for (const QRectF& row : {events, states, seen, depth, danger})
    painter.fillRect(row, toQt(rendering::palette::kBackground));
  const auto most = [](const std::optional<ImageLength>& length) {
    return length ? tr("to %1").arg(wording::length(*length)) : QString();
  };
  drawName(painter, events, tr("Events"), {});
  drawName(painter, states, tr("State"), {});
  drawName(painter, seen, tr("Tip seen"), {});
  drawName(painter, depth, tr("Tip depth"), most(data.deepest()));
  drawName(painter, danger, tr("Danger"), most(data.farthest()));
  drawMarks(painter, events);
  drawStates(painter, states);
  drawSeen(painter, seen);
  drawCurve(painter, depth, &TimelineSample::tipDepth, data.deepest(), true);
  drawCurve(painter, danger, &TimelineSample::danger, data.farthest(), false);
}

void TimelinePainter::drawName(QPainter& painter, const QRectF& row, const QString& name,
                               const QString& scale) const {
  const QRectF room(metrics::panelPadding, row.top(), plot.left() - 2 * metrics::panelPadding, row.height());
  const QFontMetrics type(painter.font());
  painter.setPen(toQt(rendering::palette::kText));
  const int vertical = scale.isEmpty() ? Qt::AlignVCenter : Qt::AlignTop;
  painter.drawText(room, Qt::AlignLeft | vertical,
                   type.elidedText(name, Qt::ElideRight, static_cast<int>(room.width())));
  if (scale.isEmpty()) return;
  painter.setPen(toQt(rendering::palette::kMuted));
  painter.drawText(room, Qt::AlignLeft | Qt::AlignBottom,
                   type.elidedText(scale, Qt::ElideRight, static_cast<int>(room.width())));
}

void TimelinePainter::drawRuler(QPainter& painter, const QRectF& row) const {
  const bool seconds = framesPerSecond && *framesPerSecond > 0.0;
  const double perUnit = seconds ? *framesPerSecond : 1.0;
  const double step =
      std::max(niceStep(shown / perUnit * 80.0 / std::max(1.0, plot.width())), seconds ? 0.01 : 1.0);
  for (double mark = std::ceil(first / perUnit / step) * step; mark * perUnit <= first + shown;
       mark += step) {
    const double x = xOf(mark * perUnit);
    painter.setPen(toQt(rendering::palette::kLine));
    painter.drawLine(QPointF(x, row.top()), QPointF(x, plot.bottom()));
    painter.setPen(toQt(rendering::palette::kMuted));
    const QString text = seconds ? tr("%1 s").arg(mark, 0, 'f',
                                                  step < 0.1   ? 2
                                                  : step < 1.0 ? 1
                                                               : 0)
                                 : QString::number(mark, 'f', 0);
    painter.drawText(QRectF(x + 4, row.top(), 76, row.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
  }
}

/// Insertions as bars with their number; on them bookmarks (a flag), notes (a page), alarms (a triangle), and
/// what else happened (a stroke).
void TimelinePainter::drawMarks(QPainter& painter, const QRectF& row) const {
  painter.save();
  painter.setClipRect(row);
  painter.setRenderHint(QPainter::Antialiasing);
  int number = 1;
  for (const auto& [from, to] : marks.insertions) {
    const QRectF bar(QPointF(xOf(static_cast<double>(from)), row.top() + 1),
                     QPointF(xOf(static_cast<double>(to) + 1), row.bottom() - 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(toQt(rendering::palette::kLine));
    painter.drawRoundedRect(bar, 3, 3);
    painter.setPen(toQt(rendering::palette::kMuted));
    painter.drawText(bar.adjusted(5, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, QString::number(number++));
  }
  for (const TimelineMark& mark : marks.marks) {
    const double x = xOf(static_cast<double>(mark.frame) + 0.5), y = row.center().y();
    using Kind = TimelineMark::Kind;
    painter.setPen(QPen(toQt(rendering::palette::kPanel), 1));
    painter.setBrush(toQt(mark.kind == Kind::Alarm   ? rendering::palette::kOffCourse
                          : mark.kind == Kind::Event ? rendering::palette::kMuted
                                                     : rendering::palette::kAccent));
    if (mark.kind == Kind::Bookmark)
      painter.drawPolygon(
          QPolygonF{{x - 1, y - 7}, {x + 8, y - 4}, {x + 1, y - 1}, {x + 1, y + 7}, {x - 1, y + 7}});
    else if (mark.kind == Kind::Note)
      painter.drawRect(QRectF(x - 4, y - 5, 8, 10));
    else if (mark.kind == Kind::Alarm)
      painter.drawPolygon(QPolygonF{{x, y - 5}, {x + 5, y + 5}, {x - 5, y + 5}});
    else
      painter.drawRect(QRectF(x - 1.5, y - 6, 3, 12));
  }
  painter.restore();
}

void TimelinePainter::drawStates(QPainter& painter, const QRectF& row) const {
  using State = std::optional<guidance::GuidanceState>;
  State running;
  double runStart = row.left();
  const auto finish = [&](double end) {
    if (running && *running != guidance::GuidanceState::NoNeedle) {
      const QString word = wording::stateWord(*running);
      painter.setPen(toQt(rendering::palette::kBackground));
      if (painter.fontMetrics().horizontalAdvance(word) + 8 < end - runStart) {
        painter.drawText(QRectF(runStart + 4, row.top(), end - runStart - 4, row.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, word);
      }
    }
    runStart = end;
  };
  double lastX = row.left();
  forColumns([&](double x, std::int64_t from, std::int64_t to) {
    State state;
    for (auto frame = from; frame < to; ++frame) {
      if (const auto* sample = shownAt(frame)) state = mostUrgent(state, sample->state);
    }
    if (state != running) {
      finish(x);
      running = state;
    }
    if (state) {
      const bool plain = *state == guidance::GuidanceState::NoNeedle;
      painter.fillRect(QRectF(x, row.top(), 1, row.height()),
                       plain ? toQt(rendering::palette::kLine) : colourOf(*state));
    }
    lastX = x + 1;
  });
  finish(lastX);
}

void TimelinePainter::drawSeen(QPainter& painter, const QRectF& row) const {
  // Full height: seen. Half height: predicted. A line at the bottom: analysed, and no needle. Nothing: not
  // analysed.
  forColumns([&](double x, std::int64_t from, std::int64_t to) {
    std::optional<tracking::NeedleState> needle;
    for (auto frame = from; frame < to; ++frame) {
      if (const auto* sample = shownAt(frame))
        needle = std::max(needle.value_or(sample->needle), sample->needle);
    }
    if (!needle) return;
    using tracking::NeedleState;
    const double height = *needle == NeedleState::Observed    ? row.height()
                          : *needle == NeedleState::Predicted ? row.height() / 2
                                                              : 2.0;
    painter.fillRect(QRectF(x, row.bottom() - height, 1, height), *needle == NeedleState::None
                                                                      ? toQt(rendering::palette::kLine)
                                                                      : toQt(rendering::palette::kMuted));
  });
}

void TimelinePainter::drawCurve(QPainter& painter, const QRectF& row,
                                std::optional<ImageLength> TimelineSample::*member,
                                const std::optional<ImageLength>& most, bool downwards) const {
  if (!most) return;
  const bool mm = most->mm.has_value();
  const double top = std::max(inUnit(*most, mm), 1e-6);
  const auto yOf = [&](double value) {
    const double share = std::clamp(value / top, 0.0, 1.0) * (row.height() - 4);
    return downwards ? row.top() + 2 + share : row.bottom() - 2 - share;
  };
  QPainterPath path;
  bool open = false;
  forColumns([&](double x, std::int64_t from, std::int64_t to) {
    bool known = false, analysed = false;
    for (auto frame = from; frame < to; ++frame) {
      const auto* sample = data.at(frame);
      if (sample == nullptr) continue;
      analysed = true;
      if (!(sample->*member)) continue;
      known = true;
      const QPointF at(x, yOf(inUnit(*(sample->*member), mm)));
      if (open) {
        path.lineTo(at);
      } else {
        path.moveTo(at);
        path.lineTo(at + QPointF(1, 0));
      }
      open = true;
    }
    // A frame without a value breaks the line; one not analysed (skipped at speed) does not.
    if (analysed && !known) open = false;
  });
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(toQt(rendering::palette::kText), 1.5));
  painter.drawPath(path);
  painter.restore();
}

}  // namespace acuguide::ui
