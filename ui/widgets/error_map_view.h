#pragma once

#include "calibration/report/findings.h"

#include <QWidget>

#include <memory>

namespace acuguide::ui {

/// A sweep's mean error over the image plane: a cell each with its value, darker where it is small. Cells
/// nothing was seen in stay empty.
class ErrorMapView : public QWidget {
  Q_OBJECT
 public:
  explicit ErrorMapView(QWidget* parent = nullptr);

  /// Null: nothing is shown.
  void setFindings(const calibration::Findings* findings, std::size_t sweep);

  QSize minimumSizeHint() const override { return {160, 90}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  cv::Mat values_;
  double highest_ = 1.0;
  double aspect_ = 4.0 / 3.0;
};

}  // namespace acuguide::ui
