#pragma once

#include "planning/atlas.h"
#include "planning/plan.h"

#include <Eigen/Core>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::planning {

// From a patient's landmarks to the patient's points. Each segment of the limb is its own ruler: its length
// in this patient, divided by its number of B-cun (WHO 2008). Positions are millimetres in whatever
// right-handed frame the landmarks were touched in (a tracker's, a camera's), which the result keeps.

struct LandmarkReading {
  Eigen::Vector3d mm = Eigen::Vector3d::Zero();
  double sdMm = 2.0;  ///< standard deviation in each direction
};

/// What was touched, clicked or measured with a tape. File: "acuguide.landmarks/1",
/// docs/schemas/landmarks.schema.json.
struct PatientLandmarks {
  std::string frame;                                 ///< name of the frame, "Tracker"; free
  std::map<std::string, LandmarkReading> landmarks;  ///< by the atlas's names, or a point's code
  std::map<std::string, double> segmentsMm;          ///< segments measured with a tape
  double tapeSdMm = 5.0;
};

/// Throws Error with the file, the key and the reason: unknown landmark or segment, wrong unit.
PatientLandmarks readLandmarks(const std::filesystem::path& path);
PatientLandmarks parseLandmarks(std::string_view text, const std::string& where);
/// As a file. `patientCode`: may be empty.
std::string patientLandmarksText(const PatientLandmarks& patient, const std::string& patientCode);

/// The ruler of one segment in this patient.
struct CunRuler {
  std::string segment;
  std::string measured;  ///< "popliteal_crease_middle - lateral_malleolus", or "tape"
  double cunMm = 0;
  double sdMm = 0;
};

/// A point's place. Either `mm` is known, or `alongMm` says how far it lies from a landmark on the skin.
struct LocatedPoint {
  std::string code;
  std::optional<Eigen::Vector3d> mm;
  Eigen::Matrix3d covariance =
      Eigen::Matrix3d::Zero();    ///< mm^2, propagated to first order from the landmarks
  double radius95Mm = 0;          ///< 95 % of such points lie within this distance of the true one
  std::optional<CunRuler> ruler;  ///< where cun were counted
  std::optional<double> alongMm;  ///< cun times ruler; with `from` and `towards`
  std::string from, towards;
};

struct UndeterminedPoint {
  std::string code;
  std::vector<std::string> missing;  ///< landmarks still to be touched; "segment NAME" for a missing ruler
};

/// Whether the landmarks lie as on the side that was named.
enum class SideCheck { Agrees, CannotTell };

struct LocatedPoints {
  BodySide side = BodySide::Left;
  SideCheck sideCheck = SideCheck::CannotTell;
  std::string sideReason;  ///< one sentence
  std::vector<LocatedPoint> located;
  std::vector<UndeterminedPoint> undetermined;
};

/// Every point of the atlas that the landmarks determine. Throws Error when the landmarks are those of the
/// other side (or of a mirrored frame), when two that must differ coincide, and when a cun would be no cun
/// (wrong unit).
LocatedPoints locatePoints(const Atlas& atlas, const PatientLandmarks& patient, BodySide side,
                           const std::string& where);

/// As a file: "acuguide.points/1", docs/schemas/points.schema.json.
std::string pointsText(const LocatedPoints& points, const PatientLandmarks& patient);

/// The radius within which a normal vector of this covariance lies with probability 0.95 (Satterthwaite's
/// two-moment chi-square, quantile by Wilson and Hilferty).
double radius95(const Eigen::Matrix3d& covariance);

}  // namespace acuguide::planning
