#pragma once

#include "imaging/frame_analysis.h"
#include "planning/checklist.h"

#include <Eigen/Core>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace acuguide::planning {

// Positions in the picture's own anatomy: `lateralMm` from the centre line of the imaging region, positive to
// the picture's right; `depthMm` from the transducer face, positive away from the probe (so a picture with
// the probe at the bottom reads the same plan).

enum class BodySide { Left, Right };
enum class DangerKind { Nerve, Vessel, Bone, Pleura, Tendon, Other };
/// How the picture lies to the limb: its plane along the limb or across it.
enum class LimbPlane { Unknown, Longitudinal, Transverse };
/// How a structure runs in the picture: through its plane (seen as a dot or an oval), or along it.
enum class CourseInPicture { Through, Along };

struct PicturePoint {
  double lateralMm = 0.0;
  double depthMm = 0.0;
};

/// Target at a depth under the probe face.
struct TargetAtDepth {
  PicturePoint point;
};
/// Target on a tissue plane, where it crosses the given lateral position; `offsetMm` deeper than the plane's
/// ridge.
struct TargetAtPlane {
  imaging::PlaneLabel plane = imaging::PlaneLabel::DeepAponeurosis;
  double lateralMm = 0.0;
  double offsetMm = 0.0;
};
/// Target at a pixel: for pictures without a known scale. There, and only there, the corridor and the
/// tolerance are these pixels; in a picture with a scale the plan's millimetres rule.
struct TargetAtPixel {
  Eigen::Vector2d px = Eigen::Vector2d::Zero();
  double corridorWidthPx = 40.0;
  double tolerancePx = 15.0;
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
  double marginMm = 2.0;                  ///< distance that must stay free round it
  bool automatic = false;                 ///< found by software: shown with "?"
  std::optional<CourseInPicture> course;  ///< of a nerve, vessel or tendon; none: as the atlas says
};

struct Instrument {
  std::string name;
  double diameterMm = 0.8;
  double bladeWidthMm = 0.8;
  double lengthMm = 40.0;
};

/// An acupoint found by `atlas locate`: where it lies on the skin, in a tracker's frame.
struct PointInSpace {
  std::string frame;  ///< "Reference", "Tracker"
  Eigen::Vector3d mm = Eigen::Vector3d::Zero();
  double radius95Mm = 0.0;  ///< 95 % of such points lie within this of the true one
};

struct Plan {
  std::string name;         ///< for the screen; the file's stem when it names none
  std::string note;         ///< free text for the reader, such as where a reference depth comes from
  std::string patientCode;  ///< a code, never a name
  BodySide side = BodySide::Left;
  std::string acupoint;  ///< WHO code, "ST36"
  Target target;
  imaging::ProbeSide probe = imaging::ProbeSide::Unknown;
  /// Side of the picture the blade comes from, and its angle to the probe face (radians), where planned.
  std::optional<bool> entryFromLeft;
  std::optional<double> entryAngle;
  double corridorWidthMm = 4.0;
  double targetToleranceMm = 2.0;        ///< nearer than this is "at target"
  std::optional<double> maximumDepthMm;  ///< below the probe face; going deeper is Stop
  LimbPlane picture = LimbPlane::Unknown;
  /// The blade's rotation about the needle where it was decided by hand: radians clockwise from twelve
  /// o'clock, [0, pi), as on the dial (blade_direction.h). None: found from nerves, vessels and fibres.
  std::optional<double> bladeDirection;
  int strokes = 3;  ///< at the plane; guidance counts them and then says stop
  std::optional<PointInSpace> point;
  std::optional<Checklist> checklist;  ///< as it was answered for this patient
  Instrument instrument;
  std::vector<DangerZone> dangers;
};

/// Reads a plan; throws Error with the file, the key's path and the reason (docs/schemas/plan.schema.json and
/// checkPlan).
Plan readPlan(const std::filesystem::path& path);
/// The same for a text in memory; `where` names it in errors.
Plan parsePlan(std::string_view text, const std::string& where);

/// Writes it so that readPlan gives the same plan, bit for bit. Throws Error when the plan would be refused
/// by readPlan or the file cannot be written; a file already there stays whole then.
void writePlan(const Plan& plan, const std::filesystem::path& path);
/// The text that writePlan writes.
std::string planText(const Plan& plan);

/// The rules between keys that a schema cannot hold: the acupoint exists, the target lies below the skin, not
/// below bone and not deeper than the maximum depth, the blade reaches from the skin to the target, polygons
/// do not cross themselves. Throws Error with the key's path.
void checkPlan(const Plan& plan, const std::string& where);

/// "left" or "right".
std::string_view nameOf(BodySide side);
/// As in the plan's file: "nerve", "vessel", "bone", "pleura", "tendon", "other".
std::string_view nameOf(DangerKind kind);

/// One paragraph for a person.
std::string describe(const Plan& plan);

}  // namespace acuguide::planning
