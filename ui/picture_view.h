#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/overlays.h"
#include "rendering/picture_caption.h"

#include <QtCore/QRectF>
#include <QtGui/QImage>
#include <QtWidgets/QWidget>

#include <memory>

namespace acuguide::ui {

/// The ultrasound picture with its overlays, cut to the imaging region. Shows what the snapshot says, nothing
/// else. Lines and type grow with the window that it stands in.
class PictureView : public QWidget {
  Q_OBJECT
 public:
  explicit PictureView(QWidget* parent = nullptr);
  ~PictureView() override;

  void setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot);
  void setOverlays(const rendering::Overlays& overlays);
  const rendering::Overlays& overlays() const;
  /// The whole screen that the source gives, not its imaging region only.
  void setWhole(bool whole);
  /// What is said in the picture besides; empty: nothing.
  void setCaption(const rendering::Caption& caption);
  const rendering::Caption& caption() const;
  /// Where the picture lies on the widget, logical pixels.
  QRectF pictureRectangle() const;

  /// What it shows now, in device pixels, without the widgets that lie on it.
  QImage drawn();

 signals:
  /// A frame has been handed to the screen: its sequence number and its age then (seconds since it entered
  /// the program). Once for each frame, however often it is drawn.
  void displayed(quint64 sequence, double ageSeconds);
  /// A click in the picture, full-image pixels.
  void clicked(double xPx, double yPx);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  void draw();
  void announce(const std::shared_ptr<const navigation::GuidanceSnapshot>& shown);

  struct Scene;
  std::unique_ptr<Scene> scene_;
};

}  // namespace acuguide::ui
