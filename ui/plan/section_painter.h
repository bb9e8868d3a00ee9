#pragma once

#include "planning/trajectory.h"
#include "ui/plan/plan_ink.h"

#include <QImage>
#include <QPointF>
#include <QRectF>

#include <optional>

class QPainter;

namespace acuguide::ui {

/// The plan's plane as it is drawn: this patient's picture behind, the dangers, the target and the ways in.
struct Section {
  planning::Plan plan;
  std::optional<planning::PicturePoint> target;  ///< where its depth is known
  planning::TrajectoryProposal proposal;
  std::optional<double> probeWidthMm;
  QImage picture;    ///< the imaging region, probe at the top; null: none
  QRectF pictureMm;  ///< where it lies: lateral, depth
  std::optional<std::size_t> selectedDanger;
  std::vector<planning::PicturePoint> drawing;  ///< corners of a polygon that is being drawn
};

/// Draws a section to scale and knows where a place of it is on the paper.
class SectionPainter {
 public:
  SectionPainter(const QRectF& area, const Section& section);

  void paint(QPainter& painter, const PlanInk& ink, double textPx) const;
  QPointF toArea(const planning::PicturePoint& point) const;
  planning::PicturePoint toMm(const QPointF& place) const;
  double pixelsPerMm() const { return scale_; }

 private:
  void paintGround(QPainter& painter, const PlanInk& ink, double textPx) const;
  void paintDangers(QPainter& painter, const PlanInk& ink, double textPx) const;
  void paintWay(QPainter& painter, const planning::Trajectory& way, bool best, const PlanInk& ink) const;
  void paintTarget(QPainter& painter, const PlanInk& ink) const;
  void paintNote(QPainter& painter, const PlanInk& ink, double textPx) const;

  QRectF area_;
  const Section& section_;
  double scale_ = 1;
  QPointF origin_;  ///< lateral 0, depth 0
  double halfWidthMm_ = 30, depthMm_ = 40;
};

}  // namespace acuguide::ui
