#pragma once

#include "ui/widgets/timeline_data.h"
#include "ui/widgets/timeline_marks.h"

#include <QFrame>
#include <QPixmap>

#include <utility>

class QTimer;

namespace acuguide::ui {

/// The frames of a recording from left to right with four tracks under a ruler: state (colour and word), tip
/// seen or not, depth of the tip, distance of the nearest danger. What is not analysed yet is empty. Dragging
/// scrubs; the wheel zooms about the pointer, with Shift it moves; Shift-dragging marks the loop; a double
/// click shows all.
class Timeline : public QFrame {
  Q_OBJECT
 public:
  using Range = std::pair<std::int64_t, std::int64_t>;  ///< first and last frame

  explicit Timeline(QWidget* parent = nullptr);

  void setFrameCount(std::int64_t frames);
  std::int64_t frameCount() const { return frames_; }
  void setFramesPerSecond(std::optional<double> rate);
  void setCurrent(std::int64_t frame);
  void setLoop(std::optional<Range> loop);
  const std::optional<Range>& loop() const { return loop_; }

  /// What happened, and the insertions; taken away by clear().
  void setMarks(TimelineMarks marks);
  void addMark(TimelineMark mark);
  const TimelineMarks& marks() const { return marks_; }

  void clear();
  void add(const TimelineSample& sample);
  const TimelineData& data() const { return data_; }

  /// First and last frame in view.
  Range view() const;
  void zoom(double factor, double aboutX);
  void showAll();

  std::int64_t frameAt(double x) const;
  double xOf(std::int64_t frame) const;

 signals:
  void scrubbed(qint64 frame);
  void loopChanged();

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void scrubTo(double x);
  void keepInside();
  void redrawTracks();
  QRectF plot() const;

  TimelineData data_;
  TimelineMarks marks_;
  std::int64_t frames_ = 0;
  std::optional<double> rate_;
  std::int64_t current_ = -1;
  std::optional<Range> loop_;
  std::int64_t loopAnchor_ = -1;      ///< where a Shift-drag began
  double first_ = 0.0, shown_ = 1.0;  ///< frames in view: the first, and how many
  QPixmap tracks_;  ///< everything but playhead and loop; drawn again when the data or the view change
  bool tracksOld_ = true;
  QTimer* fill_;
};

}  // namespace acuguide::ui
