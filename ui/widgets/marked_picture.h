#pragma once

#include <QImage>
#include <QLineF>
#include <QPointF>
#include <QString>
#include <QWidget>
#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace acuguide::ui {

/// A place in a picture that is worth a mark.
struct PictureMark {
  enum class Kind {
    Expected,  ///< where something should be: a cross
    Seen,      ///< where it was seen: a circle
    Missed,    ///< seen in a frame that cannot be used: a dashed circle
  };
  Kind kind = Kind::Seen;
  QPointF px;    ///< image coordinates
  QString name;  ///< beside the mark; none when empty
};

/// A picture, as large as there is room, with marks on it. Marks do not rely on their colour alone.
class MarkedPicture : public QWidget {
  Q_OBJECT
 public:
  explicit MarkedPicture(QWidget* parent = nullptr);

  /// 8-bit grey or BGR; empty: the words of setWaiting() stand there instead. `guide`: a line on which
  /// something lies, image coordinates.
  void setPicture(const cv::Mat& pixels, std::vector<PictureMark> marks, std::optional<QLineF> guide = {});
  void setWaiting(const QString& words);
  const std::vector<PictureMark>& marks() const { return marks_; }

  QSize minimumSizeHint() const override { return {320, 220}; }

 signals:
  void clicked(const QPointF& px);  ///< image coordinates, within the picture

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  double scale() const;    ///< device-independent pixels a pixel of the picture
  QPointF corner() const;  ///< of the picture in the widget

  QImage picture_;
  std::vector<PictureMark> marks_;
  std::optional<QLineF> guide_;
  QString waiting_;
};

}  // namespace acuguide::ui
