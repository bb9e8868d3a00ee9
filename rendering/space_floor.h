#pragma once

#include "rendering/space_frame.h"

#include <memory>

class vtkRenderer;

namespace acuguide::rendering {

/// A faint grid below the picture, for depth and scale.
class SpaceFloor {
 public:
  explicit SpaceFloor(vtkRenderer* renderer);
  ~SpaceFloor();

  void place(const SpaceFrame& frame);

  /// Distance of its lines in the frame's units: 10 mm, or as many hundred pixels as fit a picture of that
  /// size.
  static double spacing(const SpaceFrame& frame);

 private:
  struct Grid;
  std::unique_ptr<Grid> grid_;
};

}  // namespace acuguide::rendering
