#pragma once

#include "imaging/frame_analysis.h"

#include <Eigen/Core>

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace acuguide::planning {

// Positions in the picture's own anatomy: `lateralMm` from the centre line of the imaging region, positive to the
// picture's right; `depthMm` from the transducer face, positive away from the probe (so a picture with the probe at the
// bottom reads the same plan).

enum class BodySide { Left, Right };
enum class DangerKind { Nerve, Vessel, Bone, Pleura, Tendon, Other };

struct PicturePoint {
  double lateralMm = 0.0;
  double depthMm = 0.0;
};

/// Target at a depth under the probe face.
struct TargetAtDepth {
  PicturePoint point;
};
/// Target on a tissue plane, where it crosses the given lateral position; `offsetMm` deeper than the plane's ridge.
struct TargetAtPlane {
  imaging::PlaneLabel plane = imaging::PlaneLabel::DeepAponeurosis;
  double lateralMm = 0.0;
  double offsetMm = 0.0;
};
/// Target at a pixel: for pictures without a known scale.
struct TargetAtPixel {
  Eigen::Vector2d px = Eigen::Vector2d::Zero();
};
using Target = std::variant<TargetAtDepth, TargetAtPlane, TargetAtPixel>;

struct Ellipse {
  PicturePoint centre;
  double radiusAcrossMm = 0.0;  ///< half axis along `angle`
  double radiusAlongMm = 0.0;   ///< the other half axis
  double angle = 0.0;           ///< radians, positive when the first axis rises to the right
};
struct Polygon {
  std::vector<PicturePoint> points;
};

struct DangerZone {
  std::string name;  ///< "deep peroneal nerve"
  DangerKind kind = DangerKind::Other;
  std::variant<Ellipse, Polygon> shape;
  double marginMm = 2.0;   ///< distance that must stay free round it
  bool automatic = false;  ///< found by software: shown with "?"
};

struct Instrument {
  std::string name;
  double diameterMm = 0.8;
  double bladeWidthMm = 0.8;
  double lengthMm = 40.0;
};

struct Plan {
  std::string name;                 ///< for the screen; the file's stem when it names none
  std::string patientCode;          ///< a code, never a name
  BodySide side = BodySide::Left;
  std::string acupoint;             ///< WHO code, "ST36"
  Target target;
  imaging::ProbeSide probe = imaging::ProbeSide::Unknown;
  /// Side of the picture the blade comes from, and its angle to the probe face (radians), where planned.
  std::optional<bool> entryFromLeft;
  std::optional<double> entryAngle;
  double corridorWidthMm = 4.0;
  double targetToleranceMm = 2.0;   ///< nearer than this is "at target"
  std::optional<double> maximumDepthMm;  ///< below the probe face; going deeper is Stop
  Instrument instrument;
  std::vector<DangerZone> dangers;
};

/// Reads a plan; throws Error with the key's path (see docs/schemas/plan.schema.json).
Plan readPlan(const std::filesystem::path& path);
/// Writes it, readable by readPlan. Throws Error when the file cannot be written.
void writePlan(const Plan& plan, const std::filesystem::path& path);

/// One paragraph for a person.
std::string describe(const Plan& plan);

}  // namespace acuguide::planning
