#pragma once

#include "calibration/spatial/spatial_run.h"

#include <QWidget>

#include <memory>

class QLabel;
class QListWidget;
class QPushButton;

namespace acuguide::ui {

class ElidedLabel;
class ErrorMapView;
class MarkedPicture;
class ResidualPlot;
class WireBars;

/// How a calibration went: the verdict, errors over the image plane, a wire and a frame, and any frame itself
/// with its wires as they should be and as they were seen. Accept or reject.
class BenchReportPage : public QWidget {
  Q_OBJECT
 public:
  explicit BenchReportPage(QWidget* parent = nullptr);

  void setRun(std::shared_ptr<const calibration::SpatialRun> run);
  /// Place in the run's frames; the picture, the plot and the list follow.
  void showFrame(std::size_t frame);
  std::size_t shownFrame() const { return shown_; }
  void step(int frames);

 signals:
  void accepted();
  void rejected();

 private:
  QWidget* verdictPanel();
  QWidget* framePanel();
  QWidget* figuresPanel();
  QString captionOf(const calibration::FrameFindings& frame) const;
  void fillList();
  void showVerdict();

  std::shared_ptr<const calibration::SpatialRun> run_;
  std::shared_ptr<const calibration::Findings> findings_;
  std::size_t shown_ = 0;
  QWidget* bar_;
  QLabel* verdict_;
  QLabel* sentence_;
  QLabel* figures_;
  QPushButton* accept_;
  QPushButton* reject_;
  MarkedPicture* picture_;
  ElidedLabel* caption_;
  ErrorMapView* map_;
  WireBars* wires_;
  QListWidget* list_;
  ResidualPlot* plot_;
};

}  // namespace acuguide::ui
