#pragma once

#include "ui/widgets/timeline_data.h"
#include "ui/widgets/timeline_marks.h"

#include <QPainter>
#include <QRectF>

namespace acuguide::ui {

/// Draws the tracks of a timeline. Frames `first` (may be fractional) on, `shown` of them, over the width of
/// `plot`; to the left of it the names of the tracks.
struct TimelinePainter {
  const TimelineData& data;
  const TimelineMarks& marks;
  QRectF plot;
  double first = 0.0;
  double shown = 1.0;
  std::optional<double> framesPerSecond;

  void draw(QPainter& painter) const;

 private:
  void drawRuler(QPainter& painter, const QRectF& row) const;
  void drawMarks(QPainter& painter, const QRectF& row) const;
  void drawStates(QPainter& painter, const QRectF& row) const;
  void drawSeen(QPainter& painter, const QRectF& row) const;
  void drawCurve(QPainter& painter, const QRectF& row, std::optional<ImageLength> TimelineSample::*member,
                 const std::optional<ImageLength>& most, bool downwards) const;
  void drawName(QPainter& painter, const QRectF& row, const QString& name, const QString& scale) const;
  /// What stood on the screen at a frame; null where nothing was analysed.
  const TimelineSample* shownAt(std::int64_t frame) const;
  /// Calls `each(x, firstFrame, endFrame)` for every column of pixels.
  template <class Each>
  void forColumns(Each each) const;
  double xOf(double frame) const { return plot.left() + (frame - first) / shown * plot.width(); }
};

/// Height of all tracks together.
double timelineHeight();

}  // namespace acuguide::ui
