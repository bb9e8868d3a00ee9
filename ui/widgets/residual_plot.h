#pragma once

#include "calibration/report/findings.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace acuguide::ui {

/// Every frame's error, the calibration's frames to the left, the validation's to the right. A click chooses
/// the frame there. Outliers are crosses, frames left out short strokes at the foot.
class ResidualPlot : public QWidget {
  Q_OBJECT
 public:
  explicit ResidualPlot(QWidget* parent = nullptr);

  void setFindings(std::shared_ptr<const calibration::Findings> findings);
  /// Place in findings->frames.
  void setChosen(std::optional<std::size_t> frame);

  QSize minimumSizeHint() const override { return {320, 96}; }

 signals:
  void chosen(std::size_t frame);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  double xOf(std::size_t frame) const;
  void chooseAt(double x);
  void drawAxes(QPainter& painter, const QRectF& plot, double top) const;

  std::shared_ptr<const calibration::Findings> findings_;
  std::optional<std::size_t> chosen_;
};

}  // namespace acuguide::ui
