#include "rendering/orbit_camera.h"

#include "core/units.h"

#include <vtkCamera.h>
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

}  // namespace acuguide::rendering
