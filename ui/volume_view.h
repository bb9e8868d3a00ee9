#pragma once

#include "rendering/offscreen_window.h"
#include "rendering/volume_scene.h"
#include "ui/orbit_view.h"

#include <QtCore/QString>

#include <utility>
#include <vector>

namespace acuguide::ui {

/// A volume's rendering, with the letters of its directions and what the colours of its structures mean.
class VolumeView : public OrbitView {
  Q_OBJECT
 public:
  /// The volume must outlive it.
  VolumeView(const volume::Volume& volume, const std::vector<rendering::VolumeStructure>& structures,
             QWidget* parent = nullptr);
  ~VolumeView() override;

  /// Names with their colours, one a line.
  void setLegend(std::vector<std::pair<QString, rendering::palette::Colour>> legend);
  void setSlices(const std::array<int, 3>& voxel);
  void setWindowLevel(double window, double level);
  void showSlices(bool shown);
  void showSurfaces(bool shown);
  void resetView() override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void render(cv::Size size, rendering::Pixels& into) override;
  void turn(double right, double up) override;
  void approach(double factor) override;
  void pan(double right, double up) override;

 private:
  rendering::VolumeScene scene_;
  rendering::OffscreenWindow window_;
  std::vector<std::pair<QString, rendering::palette::Colour>> legend_;
  bool slicesShown_ = false, surfacesShown_ = true;
};

}  // namespace acuguide::ui
