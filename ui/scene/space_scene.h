#pragma once

#include "navigation/guidance_snapshot.h"

#include <opencv2/core.hpp>

#include <memory>

class vtkRenderer;

namespace acuguide::ui {

/// Probe, image plane with the picture on it, needle, target and danger zones in space, over a faint floor
/// with a known grid. What SpaceView shows.
class SpaceScene {
 public:
  SpaceScene();
  ~SpaceScene();

  vtkRenderer* renderer() const;

  /// `view`: size in device pixels; `unit`: device pixels per device-independent one.
  void update(const navigation::GuidanceSnapshot& snapshot, cv::Size view, double unit);

  /// Turns the view round its middle (radians, to the right and up) and comes nearer (factor above 1).
  void turn(double right, double up);
  void approach(double factor);
  void resetView();

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
};

}  // namespace acuguide::ui
