#pragma once

#include "rendering/points_scene.h"
#include "ui/orbit_view.h"

#include <memory>

namespace acuguide::ui {

/// A patient's points in space; a click takes a point in hand.
class PointsView : public OrbitView {
  Q_OBJECT
 public:
  explicit PointsView(QWidget* parent = nullptr);
  ~PointsView() override;

  void setPoints(rendering::PointsInSpace points);

 signals:
  void pointClicked(const QString& code);

 protected:
  void render(cv::Size size, rendering::Pixels& into) override;
  void turn(double right, double up) override;
  void approach(double factor) override;
  void resetView() override;
  void clicked(const QPointF& at) override;

 private:
  struct Scene;
  std::unique_ptr<Scene> scene_;
};

}  // namespace acuguide::ui
