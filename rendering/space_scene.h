#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/pixels.h"

#include <opencv2/core.hpp>

#include <memory>

class vtkRenderer;

namespace acuguide::rendering {

/// Probe, image plane with the picture on it, needle, target and danger zones in space, over a faint floor
/// with a known grid. What SpaceView shows.
class SpaceScene {
 public:
  SpaceScene();
  ~SpaceScene();

  vtkRenderer* renderer() const;

  /// `view`: size in device pixels.
  void update(const navigation::GuidanceSnapshot& snapshot, cv::Size view);
  /// Scale and freshness in words, onto what the renderer has drawn. `unit`: device pixels per
  /// device-independent one.
  void drawLabels(const navigation::GuidanceSnapshot& snapshot, double unit, Pixels& onto);

  /// Turns the view round its middle (radians, to the right and up) and comes nearer (factor above 1).
  void turn(double right, double up);
  void approach(double factor);
  void resetView();

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
};

}  // namespace acuguide::rendering
