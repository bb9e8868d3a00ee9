#include "rendering/needle_model.h"

#include "rendering/lofted_body.h"
#include "rendering/palette.h"
#include "rendering/solid.h"

#include <Eigen/Geometry>
#include <vtkPolyData.h>
#include <vtkRenderer.h>

#include <algorithm>

namespace acuguide::rendering {
namespace {

constexpr double kLeastRadiusShare = 0.010;  // of the picture's width: a thinner needle could not be seen
constexpr double kGuessOpacity = 0.35;
constexpr double kGripLengthShare = 0.4;  // of the instrument's length
constexpr palette::Colour kGrip = palette::colour(0x8E99A3);

}  // namespace

struct NeedleModel::Parts {
  explicit Parts(vtkRenderer* renderer)
      : shaft(renderer, palette::kNeedle),
        blade(renderer, palette::kNeedle),
        outside(renderer, palette::kNeedle),
        grip(renderer, kGrip) {}
  Solid shaft, blade, outside, grip;
};

NeedleModel::NeedleModel(vtkRenderer* renderer) : parts_(std::make_unique<Parts>(renderer)) {}

NeedleModel::~NeedleModel() = default;

void NeedleModel::hide() {
  for (Solid* part : {&parts_->shaft, &parts_->blade, &parts_->outside, &parts_->grip}) part->hide();
}

void NeedleModel::place(const tracking::NeedleTrack& needle, const planning::Plan* plan,
                        const SpaceFrame& frame) {
  hide();
  const Eigen::Vector3d tip = frame.toSpace(needle.tipPx);
  const Eigen::Vector3d tail = frame.toSpace(needle.tailPx);
  const double seen = (tail - tip).norm();
  if (needle.state == tracking::NeedleState::None || seen <= 0) return;
  const bool sized = plan != nullptr && frame.millimetres;
  const double radius =
      std::max(sized ? plan->instrument.diameterMm / 2 : 0.0, kLeastRadiusShare * frame.width());
  const double bladeLength = std::min(seen, 4 * radius);
  const double opacity = needle.state == tracking::NeedleState::Predicted ? kGuessOpacity : 1.0;
  const Eigen::Vector3d back = (tail - tip) / seen;
  const Eigen::Vector3d across = back.cross(Eigen::Vector3d::UnitZ()).normalized();
  const auto rod = [&](double from, double to, double startRadius, double endRadius) {
    return loftedBody({{from, startRadius, startRadius, 2}, {to, endRadius, endRadius, 2}}, tip, back,
                      across);
  };
  parts_->blade.show(rod(0, bladeLength, radius * 0.15, radius), opacity);
  if (seen > bladeLength) parts_->shaft.show(rod(bladeLength, seen, radius, radius), opacity);
  if (!sized) return;
  const double length = plan->instrument.lengthMm;
  if (length > seen) parts_->outside.show(rod(seen, length, radius, radius), kGuessOpacity);
  const double grip = std::max(length, seen);
  parts_->grip.show(rod(grip, grip + kGripLengthShare * length, radius * 2.4, radius * 2.4), kGuessOpacity);
}

}  // namespace acuguide::rendering
