#pragma once

#include "assessment/expert_band.h"
#include "assessment/metrics.h"

#include <QWidget>

#include <optional>

namespace acuguide::ui {

/// The metrics of one insertion, a row each: name, value, and the band of the experts with the value in it.
/// Not known is "–"; why not, the tool tip says. A value that passes has a filled mark and a tick, one that
/// does not a hollow mark and a cross.
class MetricsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit MetricsPanel(QWidget* parent = nullptr);

  void setInsertion(std::optional<assessment::InsertionMetrics> insertion);
  void setExperts(std::optional<assessment::ExpertBands> experts);
  QSize sizeHint() const override;

  /// The value as shown, "12.4 mm"; for the tool tip and for tests.
  static QString valueText(assessment::Metric metric, const std::optional<double>& value);

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void paintRow(QPainter& painter, const QRect& row, const assessment::MetricInfo& info) const;
  void paintBand(QPainter& painter, const QRectF& room, assessment::Metric metric) const;
  QString toolTipOf(const assessment::MetricInfo& info) const;

  std::optional<assessment::InsertionMetrics> insertion_;
  std::optional<assessment::ExpertBands> experts_;
};

}  // namespace acuguide::ui
