#pragma once

#include "ui/windows/session_review.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace acuguide::ui {

class InsertionList;
class MetricsPanel;

/// The insertions of a session and the metrics of one of them beside the experts' band.
class ReviewPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ReviewPanel(QWidget* parent = nullptr);

  void setReview(const SessionReview* review);  ///< null: none; copied
  /// The insertion that frame belongs to is the one whose metrics are shown.
  void setFrame(std::int64_t frame);

 signals:
  /// To the beginning of this insertion.
  void chosen(qint64 frame);

 private:
  void showInsertion(int index);

  std::vector<assessment::InsertionMetrics> insertions_;
  int shown_ = -1;
  InsertionList* list_;
  MetricsPanel* metrics_;
  QLabel* none_;
  QLabel* heading_;
};

}  // namespace acuguide::ui
