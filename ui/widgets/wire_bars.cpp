#include "ui/widgets/wire_bars.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace acuguide::ui {

namespace {

constexpr double kTallestRow = 26, kBarShare = 0.5;

}  // namespace

WireBars::WireBars(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void WireBars::setFindings(const calibration::Findings* findings, std::size_t sweep) {
  bars_.clear();
  for (std::size_t i = 0; findings != nullptr && i < findings->wires.size(); ++i) {
    const auto [mean, p95] = calibration::wireError(*findings, sweep, i);
    bars_.push_back({QString::fromStdString(findings->wires[i]), mean, p95});
  }
  update();
}

void WireBars::paintEvent(QPaintEvent*) {
  if (bars_.empty()) return;
  QPainter painter(this);
  painter.setFont(textFont(metrics::controlText));
  double longest = 0.1;
  int nameWidth = 0;
  for (const Bar& bar : bars_) {
    if (std::isfinite(bar.p95)) longest = std::max(longest, bar.p95);
    nameWidth = std::max(nameWidth, painter.fontMetrics().horizontalAdvance(bar.name));
  }
  nameWidth = std::min(nameWidth + 2, 2 * width() / 5);
  const int valueWidth = painter.fontMetrics().horizontalAdvance(QStringLiteral("00.00"));
  const double left = nameWidth + 8, room = width() - left - valueWidth - 8;
  const double row = std::min(kTallestRow, double(height()) / double(bars_.size()));
  for (std::size_t i = 0; i < bars_.size(); ++i) {
    const Bar& bar = bars_[i];
    const QRectF line(0, double(i) * row, width(), row);
    painter.setPen(toQt(rendering::palette::kMuted));
    painter.drawText(QRectF(0, line.top(), nameWidth, row), Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(bar.name, Qt::ElideRight, nameWidth));
    if (!std::isfinite(bar.mean)) continue;
    const double high = row * kBarShare, y = line.center().y();
    painter.fillRect(QRectF(left, y - high / 2, room * bar.mean / longest, high),
                     toQt(rendering::palette::kPlane));
    painter.setPen(QPen(toQt(rendering::palette::kText), 1.5));
    const double end = left + room * bar.p95 / longest;
    painter.drawLine(QPointF(end, y - high / 2), QPointF(end, y + high / 2));
    painter.drawText(QRectF(width() - valueWidth, line.top(), valueWidth, row),
                     Qt::AlignRight | Qt::AlignVCenter, QString::number(bar.mean, 'f', 2));
  }
}

}  // namespace acuguide::ui
