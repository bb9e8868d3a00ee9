#include "rendering/orbit_camera.h"

#include "core/units.h"

#include <Eigen/Geometry>
#include <vtkCamera.h>
#include <vtkMatrix4x4.h>
#include <vtkRenderer.h>

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {
namespace {

constexpr double kSteepestViewDeg = 80;

}  // namespace

OrbitCamera::OrbitCamera(vtkRenderer* renderer) : renderer_(renderer) {}
OrbitCamera::~OrbitCamera() = default;

void OrbitCamera::lookAt(const Eigen::Vector3d& middle, const Eigen::Vector3d& direction, double distance,
                         double size) {
  size_ = size;
  movedByHand_ = false;
  const Eigen::Vector3d from = middle + direction.normalized() * distance;
  vtkCamera* camera = renderer_->GetActiveCamera();
  camera->SetFocalPoint(middle.data());
  camera->SetPosition(from.data());
  camera->SetViewUp(0, 1, 0);
  camera->SetViewAngle(viewAngleDeg);
  renderer_->ResetCameraClippingRange();
}

void OrbitCamera::turn(double right, double up) {
  movedByHand_ = true;
  vtkCamera* camera = renderer_->GetActiveCamera();
  camera->Azimuth(-degrees(right));
  const Eigen::Map<const Eigen::Vector3d> direction(camera->GetDirectionOfProjection());
  const double elevation = -degrees(std::asin(std::clamp(direction.y(), -1.0, 1.0)));
  const double wanted = std::clamp(elevation - degrees(up), -kSteepestViewDeg, kSteepestViewDeg);
  camera->Elevation(wanted - elevation);
  renderer_->ResetCameraClippingRange();
}

void OrbitCamera::approach(double factor) {
  movedByHand_ = true;
  vtkCamera* camera = renderer_->GetActiveCamera();
  const double distance = std::clamp(camera->GetDistance() / factor, 0.4 * size_, 8 * size_);
  camera->Dolly(camera->GetDistance() / distance);
  renderer_->ResetCameraClippingRange();
}

void OrbitCamera::pan(double right, double up) {
  movedByHand_ = true;
  vtkCamera* camera = renderer_->GetActiveCamera();
  const Eigen::Map<const Eigen::Vector3d> forward(camera->GetDirectionOfProjection());
  const Eigen::Vector3d across = forward.cross(Eigen::Vector3d::UnitY()).normalized();
  const double height = 2 * camera->GetDistance() * std::tan(radians(viewAngleDeg) / 2);
  const Eigen::Vector3d moved = -height * (right * across + up * across.cross(forward));
  const Eigen::Vector3d middle = Eigen::Map<const Eigen::Vector3d>(camera->GetFocalPoint()) + moved;
  const Eigen::Vector3d from = Eigen::Map<const Eigen::Vector3d>(camera->GetPosition()) + moved;
  camera->SetFocalPoint(middle.data());
  camera->SetPosition(from.data());
  renderer_->ResetCameraClippingRange();
}

Eigen::Vector2d OrbitCamera::inView(const Eigen::Vector3d& mm, cv::Size view) const {
  const double aspect = static_cast<double>(view.width) / view.height;
  vtkMatrix4x4* toClip = renderer_->GetActiveCamera()->GetCompositeProjectionTransformMatrix(aspect, -1, 1);
  const double from[4] = {mm.x(), mm.y(), mm.z(), 1};
  double at[4];
  toClip->MultiplyPoint(from, at);
  return {(at[0] / at[3] + 1) / 2 * view.width, (1 - at[1] / at[3]) / 2 * view.height};
}

}  // namespace acuguide::rendering
