#include "ui/widgets/residual_plot.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace acuguide::ui {

namespace {

constexpr double kLeft = 56, kRight = 12, kTop = 22, kBottom = 10;
constexpr double kBetween = 28;  ///< between the two sweeps
constexpr double kMarginPx = 6;

QRectF plotOf(const QWidget& widget) {
  return {kLeft, kTop, widget.width() - kLeft - kRight, widget.height() - kTop - kBottom};
}

/// 1, 2 or 5 times a power of ten, at most four of them up to `top`.
double stepFor(double top) {
  const double power = std::pow(10.0, std::floor(std::log10(top / 4)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (top / (power * factor) <= 4) return power * factor;
  }
  return top;
}

double highest(const calibration::Findings& findings) {
  double top = 0.1;
  for (const auto& frame : findings.frames) top = std::max(top, frame.errorMm);
  return 1.08 * top;
}

}  // namespace

ResidualPlot::ResidualPlot(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setCursor(Qt::PointingHandCursor);
}

void ResidualPlot::setFindings(std::shared_ptr<const calibration::Findings> findings) {
  findings_ = std::move(findings);
  chosen_.reset();
  update();
}

void ResidualPlot::setChosen(std::optional<std::size_t> frame) {
  chosen_ = frame;
  update();
}

double ResidualPlot::xOf(std::size_t frame) const {
  const QRectF plot = plotOf(*this);
  const double perFrame =
      (plot.width() - kBetween - 2 * kMarginPx) / std::max<std::size_t>(1, findings_->frames.size());
  return plot.left() + kMarginPx + (double(frame) + 0.5) * perFrame +
         (findings_->frames[frame].sweep == 1 ? kBetween : 0);
}

void ResidualPlot::drawAxes(QPainter& painter, const QRectF& plot, double top) const {
  const auto yOf = [&](double mm) { return plot.bottom() - mm / top * plot.height(); };
  const double step = stepFor(top);
  for (double mm = 0; mm <= top; mm += step) {
    painter.setPen(toQt(rendering::palette::kLine));
    painter.drawLine(QPointF(plot.left(), yOf(mm)), QPointF(plot.right(), yOf(mm)));
    painter.setPen(toQt(rendering::palette::kMuted));
    painter.drawText(QRectF(0, yOf(mm) - 9, kLeft - 8, 18), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(mm, 'f', step < 0.1 ? 2 : 1));
  }
  if (findings_->limitMm < top) {
    painter.setPen(QPen(toQt(rendering::palette::kOffCourse), 1, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), yOf(findings_->limitMm)),
                     QPointF(plot.right(), yOf(findings_->limitMm)));
  }
  painter.setPen(toQt(rendering::palette::kMuted));
  painter.drawText(QRectF(0, 0, kLeft - 8, kTop - 4), Qt::AlignRight | Qt::AlignVCenter, tr("mm"));
  for (std::size_t sweep = 0; sweep < 2; ++sweep) {
    const auto& frames = findings_->frames;
    const auto first =
        std::find_if(frames.begin(), frames.end(), [&](const auto& f) { return f.sweep == sweep; });
    if (first == frames.end()) continue;
    const double x = xOf(static_cast<std::size_t>(first - frames.begin()));
    const QString name = (sweep == 0 ? tr("Calibration, error of each frame: %1") : tr("Validation: %1"))
                             .arg(QString::fromStdString(findings_->sweeps[sweep]));
    const double room =
        (sweep == 0 ? xOf(static_cast<std::size_t>(std::count_if(frames.begin(), frames.end(),
                                                                 [](const auto& f) { return f.sweep == 0; }) -
                                                   1))
                    : plot.right()) -
        x;
    painter.drawText(QRectF(x, 0, room, kTop - 4), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideMiddle, static_cast<int>(room)));
  }
}

void ResidualPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(textFont(metrics::controlText));
  if (!findings_ || findings_->frames.empty()) return;
  const QRectF plot = plotOf(*this);
  const double top = highest(*findings_);
  drawAxes(painter, plot, top);
  painter.setRenderHint(QPainter::Antialiasing);
  if (chosen_) {
    painter.setPen(QPen(toQt(rendering::palette::kText), 1));
    painter.drawLine(QPointF(xOf(*chosen_), plot.top() - 2), QPointF(xOf(*chosen_), plot.bottom() + 4));
  }
  for (std::size_t i = 0; i < findings_->frames.size(); ++i) {
    const auto& frame = findings_->frames[i];
    const QPointF at(xOf(i), plot.bottom() - frame.errorMm / top * plot.height());
    if (!frame.left.empty()) {
      painter.setPen(QPen(toQt(rendering::palette::kDangerName), 1.5));
      painter.drawLine(QPointF(at.x(), plot.bottom()), QPointF(at.x(), plot.bottom() + 6));
    } else if (frame.outlier) {
      painter.setPen(QPen(toQt(rendering::palette::kDangerName), 1.6));
      painter.drawLine(at - QPointF(3.5, 3.5), at + QPointF(3.5, 3.5));
      painter.drawLine(at - QPointF(3.5, -3.5), at + QPointF(3.5, -3.5));
    } else {
      painter.setPen(Qt::NoPen);
      painter.setBrush(toQt(chosen_ == i ? rendering::palette::kText : rendering::palette::kPlaneLetter));
      painter.drawEllipse(at, chosen_ == i ? 4.0 : 2.2, chosen_ == i ? 4.0 : 2.2);
    }
  }
}

void ResidualPlot::chooseAt(double x) {
  if (!findings_ || findings_->frames.empty()) return;
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < findings_->frames.size(); ++i) {
    if (std::abs(xOf(i) - x) < std::abs(xOf(nearest) - x)) nearest = i;
  }
  if (chosen_ != nearest) emit chosen(nearest);
}

void ResidualPlot::mousePressEvent(QMouseEvent* event) { chooseAt(event->position().x()); }
void ResidualPlot::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) chooseAt(event->position().x());
}

}  // namespace acuguide::ui
