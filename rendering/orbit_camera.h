#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>
#include <vtkSmartPointer.h>

class vtkRenderer;

namespace acuguide::rendering {

/// A renderer's camera that goes round what it looks at, upright. (Of the scene only: it shows VTK.)
class OrbitCamera {
 public:
  explicit OrbitCamera(vtkRenderer* renderer);
  ~OrbitCamera();

  /// Looks at `middle` from `distance` in `direction` (of any length). `size`: of what is seen; how near and
  /// how far one may go is measured by it.
  void lookAt(const Eigen::Vector3d& middle, const Eigen::Vector3d& direction, double distance, double size);
  /// By hand: round the middle (radians, to the right and up), nearer (factor above 1), and what is seen
  /// moved in the view (shares of its height).
  void turn(double right, double up);
  void approach(double factor);
  void pan(double right, double up);
  /// Since it was last told where to look.
  bool movedByHand() const { return movedByHand_; }
  /// Where a place of the scene is in a view of that size: pixels, y down.
  Eigen::Vector2d inView(const Eigen::Vector3d& mm, cv::Size view) const;

  static constexpr double viewAngleDeg = 30;

 private:
  vtkSmartPointer<vtkRenderer> renderer_;
  double size_ = 1;
  bool movedByHand_ = false;
};

}  // namespace acuguide::rendering
