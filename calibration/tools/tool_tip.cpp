#include "calibration/tools/tool_tip.h"

#include "core/error.h"

#include <Eigen/Geometry>

namespace acuguide::calibration {
namespace {

std::optional<Eigen::Vector3d> vectorOf(const Result& result, const char* key) {
  const auto found = result.details.find(key);
  if (found == result.details.end() || !found->is_array() || found->size() != 3) return std::nullopt;
  Eigen::Vector3d vector;
  for (int i = 0; i < 3; ++i) {
    const auto& value = (*found)[std::size_t(i)];
    if (!value.is_number()) return std::nullopt;
    vector[i] = value.get<double>();
  }
  return vector;
}

/// Tip (mm, in the marker's frame) and name of the tool that a usable pivot calibration is of.
struct Tip {
  std::string tool;
  Eigen::Vector3d mm;
};

Tip tipOf(const Result& result, const std::string& where) {
  if (result.kind != "pivot")
    throw Error(where, "is a calibration of kind " + result.kind, "give one of kind pivot");
  if (!result.usable) throw Error(where, "is a pivot calibration that is not usable", "calibrate again");
  const auto tip = vectorOf(result, "tipMm");
  if (!tip) throw Error(where, "/tipMm is no point", "calibrate again");
  const std::string pose = result.details.value("pose", std::string());
  const std::size_t to = pose.find("To");
  if (to == std::string::npos || to == 0)
    throw Error(where, "/pose names no tool (\"NeedleToTracker\")", "calibrate from poses that are named");
  return {pose.substr(0, to), *tip};
}

}  // namespace

NamedPose toolShaftPose(const Result& result, const std::string& where) {
  const Tip tip = tipOf(result, where);
  const auto direction = vectorOf(result, "shaftDirection");
  if (!direction || direction->norm() < 0.5)
    throw Error(where, "does not say how the shaft lies", "calibrate pivot with --spin too");
  // A shaft has two ends: the marker is fixed near the handle, so the tip lies away from its origin.
  const Eigen::Vector3d along = (direction->dot(tip.mm) < 0 ? -1.0 : 1.0) * direction->normalized();
  NamedPose shaft{tip.tool + "Shaft", tip.tool, Eigen::Matrix4d::Identity(), true};
  shaft.matrix.topLeftCorner<3, 3>() =
      Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitZ(), along).toRotationMatrix();
  shaft.matrix.topRightCorner<3, 1>() = tip.mm;
  return shaft;
}

NamedPose toolTipPose(const Result& result, const std::string& where) {
  const Tip tip = tipOf(result, where);
  NamedPose pose{tip.tool + "Tip", tip.tool, Eigen::Matrix4d::Identity(), true};
  pose.matrix.topRightCorner<3, 1>() = tip.mm;
  return pose;
}

}  // namespace acuguide::calibration
