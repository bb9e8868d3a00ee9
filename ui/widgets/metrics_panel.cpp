#include "ui/widgets/metrics_panel.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::ui {

namespace {

constexpr int kRowHeight = 22;
constexpr int kScrollRoom = 14;  ///< at the right, for the scroll bar
constexpr double kValueShare = 0.24, kBandShare = 0.26, kPassWidth = 18;
constexpr double kMarkRadius = 4.0;
constexpr double kBandRoom = 0.25;  ///< beside the band, of its width, for values outside it

QString titleOf(assessment::Metric metric) {
  using enum assessment::Metric;
  switch (metric) {
    case Time:
      return MetricsPanel::tr("Time");
    case TimeInside:
      return MetricsPanel::tr("Time inside tissue");
    case PathLength:
      return MetricsPanel::tr("Path length");
    case PathInside:
      return MetricsPanel::tr("Path inside tissue");
    case Inefficiency:
      return MetricsPanel::tr("Inefficiency");
    case InefficiencyIn:
      return MetricsPanel::tr("Inefficiency, way in");
    case SweptArea:
      return MetricsPanel::tr("Swept area");
    case TranslationalMotions:
      return MetricsPanel::tr("Translational motions");
    case RotationalMotions:
      return MetricsPanel::tr("Rotational motions");
    case Punctures:
      return MetricsPanel::tr("Punctures");
    case TargetHit:
      return MetricsPanel::tr("Target hit");
    case ClosestToTarget:
      return MetricsPanel::tr("Closest to target");
    case AdvanceTipSeen:
      return MetricsPanel::tr("Advance, tip seen");
    case AngleError:
      return MetricsPanel::tr("Angle error");
    case DepthError:
      return MetricsPanel::tr("Depth error");
    case Overshoot:
      return MetricsPanel::tr("Overshoot");
    case NearestDanger:
      return MetricsPanel::tr("Nearest danger");
    case TimeOffCourse:
      return MetricsPanel::tr("Time off course");
    case StrokesAtTarget:
      return MetricsPanel::tr("Strokes at target");
    case ProbePath:
      return MetricsPanel::tr("Probe path");
    case ProbeRotation:
      return MetricsPanel::tr("Probe rotation");
  }
  return {};
}

/// What a trainer looks at first stands first.
constexpr std::array<assessment::Metric, assessment::metricCount> kOrder{
    assessment::Metric::TargetHit,
    assessment::Metric::ClosestToTarget,
    assessment::Metric::AdvanceTipSeen,
    assessment::Metric::NearestDanger,
    assessment::Metric::Overshoot,
    assessment::Metric::DepthError,
    assessment::Metric::AngleError,
    assessment::Metric::TimeOffCourse,
    assessment::Metric::Time,
    assessment::Metric::PathLength,
    assessment::Metric::InefficiencyIn,
    assessment::Metric::StrokesAtTarget,
    assessment::Metric::SweptArea,
    assessment::Metric::Punctures,
    assessment::Metric::TranslationalMotions,
    assessment::Metric::RotationalMotions,
    assessment::Metric::TimeInside,
    assessment::Metric::PathInside,
    assessment::Metric::Inefficiency,
    assessment::Metric::ProbePath,
    assessment::Metric::ProbeRotation};

}  // namespace

MetricsPanel::MetricsPanel(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("metricsPanel"));
  setMinimumHeight(kRowHeight * static_cast<int>(assessment::metricCount));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MetricsPanel::setInsertion(std::optional<assessment::InsertionMetrics> insertion) {
  insertion_ = std::move(insertion);
  update();
}

void MetricsPanel::setExperts(std::optional<assessment::ExpertBands> experts) {
  experts_ = std::move(experts);
  update();
}

QSize MetricsPanel::sizeHint() const {
  return {metrics::panelMinimumWidth, kRowHeight * static_cast<int>(assessment::metricCount)};
}

QString MetricsPanel::valueText(assessment::Metric metric, const std::optional<double>& value) {
  if (!value) return wording::unknown();
  const assessment::MetricInfo& info = assessment::infoOf(metric);
  if (info.unit == "bool") return *value != 0.0 ? tr("yes") : tr("no");
  const QString number = QString::number(*value, 'f', info.decimals);
  const QString unit = QString::fromUtf8(info.unit.data(), static_cast<qsizetype>(info.unit.size()));
  return unit.isEmpty() ? number : QStringLiteral("%1 %2").arg(number, unit);
}

void MetricsPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(textFont(metrics::controlText));
  QRect row(0, 0, width() - kScrollRoom, kRowHeight);
  for (const assessment::Metric metric : kOrder) {
    paintRow(painter, row, assessment::infoOf(metric));
    row.translate(0, kRowHeight);
  }
}

void MetricsPanel::paintRow(QPainter& painter, const QRect& row, const assessment::MetricInfo& info) const {
  const bool banded = experts_.has_value();
  const auto value = insertion_ ? insertion_->values[info.metric] : std::nullopt;
  const double right = banded ? row.width() * kBandShare + kPassWidth : 0.0;
  const double valueWidth = row.width() * kValueShare;
  const QRectF name(0, row.top(), row.width() - right - valueWidth - metrics::gap, row.height());
  const QRectF number(name.right(), row.top(), valueWidth, row.height());
  painter.setPen(toQt(rendering::palette::kMuted));
  painter.drawText(
      name, Qt::AlignLeft | Qt::AlignVCenter,
      painter.fontMetrics().elidedText(titleOf(info.metric), Qt::ElideRight, static_cast<int>(name.width())));
  painter.setPen(toQt(value ? rendering::palette::kText : rendering::palette::kMuted));
  painter.drawText(number, Qt::AlignRight | Qt::AlignVCenter, valueText(info.metric, value));
  if (!banded) return;
  const QRectF band(number.right() + metrics::gap, row.top(), right - metrics::gap - kPassWidth,
                    row.height());
  paintBand(painter, band, info.metric);
  if (const auto pass = experts_->passes(info.metric, value)) {
    painter.setPen(toQt(*pass ? rendering::palette::kOnCourse : rendering::palette::kOffCourse));
    painter.drawText(QRectF(row.width() - kPassWidth, row.top(), kPassWidth, row.height()),
                     Qt::AlignRight | Qt::AlignVCenter, *pass ? QStringLiteral("✓") : QStringLiteral("✗"));
  }
}

/// The 10th to the 90th percentile of the experts as a bar, their median a tick, the value a mark.
void MetricsPanel::paintBand(QPainter& painter, const QRectF& room, assessment::Metric metric) const {
  const assessment::ExpertBand& band = (*experts_)[metric];
  if (!band.low || !band.high || !band.median) return;
  const double spread = std::max(*band.high - *band.low, 1e-6 + 0.05 * std::abs(*band.high));
  const double from = *band.low - kBandRoom * spread, to = *band.high + kBandRoom * spread;
  const auto xOf = [&](double value) {
    return room.left() + kMarkRadius +
           std::clamp((value - from) / (to - from), 0.0, 1.0) * (room.width() - 2 * kMarkRadius);
  };
  const double y = room.center().y();
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQt(rendering::palette::kLine));
  painter.drawRoundedRect(QRectF(QPointF(xOf(*band.low), y - 5), QPointF(xOf(*band.high), y + 5)), 2, 2);
  painter.setPen(QPen(toQt(rendering::palette::kMuted), 2));
  painter.drawLine(QPointF(xOf(*band.median), y - 5), QPointF(xOf(*band.median), y + 5));
  const auto value = insertion_ ? insertion_->values[metric] : std::nullopt;
  if (!value) return;
  const auto pass = experts_->passes(metric, value);
  painter.setPen(QPen(toQt(rendering::palette::kText), 1.5));
  painter.setBrush(pass.value_or(true) ? toQt(rendering::palette::kText) : toQt(rendering::palette::kPanel));
  painter.drawEllipse(QPointF(xOf(*value), y), kMarkRadius, kMarkRadius);
}

QString MetricsPanel::toolTipOf(const assessment::MetricInfo& info) const {
  QStringList lines{titleOf(info.metric)};
  if (info.metric == assessment::Metric::NearestDanger && insertion_ && !insertion_->nearestDanger.empty())
    lines << QString::fromStdString(insertion_->nearestDanger);
  if (insertion_ && insertion_->unknown.contains(info.metric))
    lines << QString::fromStdString(insertion_->unknown.at(info.metric));
  if (experts_) {
    const assessment::ExpertBand& band = (*experts_)[info.metric];
    lines << tr("Experts: %1 to %2, median %3; pass mark %4 (%5 insertions)")
                 .arg(valueText(info.metric, band.low), valueText(info.metric, band.high),
                      valueText(info.metric, band.median), valueText(info.metric, band.passMark))
                 .arg(band.insertions);
  }
  return lines.join(QLatin1Char('\n'));
}

bool MetricsPanel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = help->pos().y() / kRowHeight;
    if (row >= 0 && row < static_cast<int>(kOrder.size()))
      QToolTip::showText(help->globalPos(),
                         toolTipOf(assessment::infoOf(kOrder[static_cast<std::size_t>(row)])), this);
    return true;
  }
  return QWidget::event(event);
}

}  // namespace acuguide::ui
