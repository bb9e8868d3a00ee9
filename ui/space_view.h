#pragma once

#include "navigation/guidance_snapshot.h"
#include "ui/orbit_view.h"

#include <memory>

namespace acuguide::ui {

/// The 3D view: probe, image plane with the picture on it, needle, target, danger zones. VTK draws it, into
/// memory, at a lower rate than the picture and not while it is hidden, so that it never costs guidance.
class SpaceView : public OrbitView {
  Q_OBJECT
 public:
  explicit SpaceView(QWidget* parent = nullptr);
  ~SpaceView() override;

  void setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot);

 protected:
  void render(cv::Size size, rendering::Pixels& into) override;
  void turn(double right, double up) override;
  void approach(double factor) override;
  void resetView() override;

 private:
  struct Scene;
  std::unique_ptr<Scene> scene_;
};

}  // namespace acuguide::ui
