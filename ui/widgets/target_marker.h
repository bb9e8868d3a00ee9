#pragma once

#include <QWidget>

namespace acuguide::ui {

/// An open mark on the picture where a click has proposed a target that is not one yet: four corners, so that
/// it is not taken for the target's ring.
class TargetMarker : public QWidget {
  Q_OBJECT
 public:
  /// Lies over `picture`, takes no clicks, hidden at first.
  explicit TargetMarker(QWidget* picture);

  void showAt(QPoint centre);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace acuguide::ui
