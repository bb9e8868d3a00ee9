#pragma once

#include "calibration/report/findings.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace acuguide::ui {

/// Each wire's mean error in a sweep as a bar, a stroke where 95 % of its errors lie below.
class WireBars : public QWidget {
  Q_OBJECT
 public:
  explicit WireBars(QWidget* parent = nullptr);

  /// Null: nothing is shown.
  void setFindings(const calibration::Findings* findings, std::size_t sweep);

  QSize minimumSizeHint() const override { return {160, 90}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Bar {
    QString name;
    double mean, p95;
  };
  std::vector<Bar> bars_;
};

}  // namespace acuguide::ui
