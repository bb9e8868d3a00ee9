#include "ui/plan/points_in_space.h"

#include "planning/atlas.h"
#include "ui/plan/landmark_window.h"

#include <Eigen/Geometry>
#include <QtCore/QCoreApplication>

#include <algorithm>

namespace acuguide::ui {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using Pair = std::pair<std::string, std::string>;

/// From the first to the second, where both have been touched; else nothing.
Vector3d between(const planning::PatientLandmarks& patient, const Pair& pair) {
  const auto from = patient.landmarks.find(pair.first), to = patient.landmarks.find(pair.second);
  if (from == patient.landmarks.end() || to == patient.landmarks.end()) return Vector3d::Zero();
  return to->second.mm - from->second.mm;
}

bool ofLimb(const std::string& landmark, planning::Limb limb) {
  if (const auto* known = planning::atlas().landmark(landmark)) return known->limb == limb;
  const auto* point = planning::atlas().point(landmark);
  return point != nullptr && point->limb == limb;
}

/// Turns the landmarks' frame so that the limb lies with its front up, its outer side towards the viewer.
Matrix3d lying(const planning::PatientLandmarks& patient, planning::Limb limb, planning::BodySide side) {
  Vector3d distal = Vector3d::Zero(), front = Vector3d::Zero();
  for (const auto& hand : planning::atlas().handedness) {
    if (hand.limb != limb) continue;
    distal += between(patient, hand.distal);
    front += between(patient, hand.anterior);
  }
  for (const auto& segment : planning::atlas().segments)
    for (const Pair& pair : segment.between)
      if (ofLimb(pair.first, limb)) distal += between(patient, pair);
  if (distal.norm() < 1) return Matrix3d::Identity();
  // To a right limb's right lies its outer side when one looks along it with the front up; a left limb's
  // left.
  const Vector3d across = (side == planning::BodySide::Right ? 1.0 : -1.0) * distal.normalized();
  front -= front.dot(across) * across;
  if (front.norm() < 1) front = across.unitOrthogonal();
  front.normalize();
  Matrix3d turned;
  turned << across.transpose(), front.transpose(), across.cross(front).transpose();
  return turned;
}

QString noteOn(const rendering::PointsInSpace& points, std::size_t elsewhere) {
  if (points.points.empty() && points.landmarks.empty())
    return QCoreApplication::translate(
        "PointsInSpace", "No landmarks yet: with them the points stand here where they lie in this patient");
  if (points.points.empty())
    return QCoreApplication::translate("PointsInSpace", "No point is determined by these landmarks yet");
  const QString sphere = QCoreApplication::translate("PointsInSpace", "sphere: 95 % of its error");
  if (elsewhere == 0) return sphere;
  return sphere + QStringLiteral(" · ") +
         QCoreApplication::translate("PointsInSpace", "%1 points not determined yet").arg(elsewhere);
}

}  // namespace

rendering::PointsInSpace pointsInSpace(const PlanDraft& draft) {
  rendering::PointsInSpace shown;
  std::size_t elsewhere = 0;
  const planning::PatientLandmarks& patient = draft.landmarks();
  const auto* inHand = planning::atlas().point(draft.current());
  if (inHand == nullptr) return shown;
  const planning::Limb limb = inHand->limb;
  const Matrix3d turned = lying(patient, limb, draft.side());
  for (const auto& [name, reading] : patient.landmarks)
    if (ofLimb(name, limb))
      shown.landmarks.push_back({landmarkTitle(name).toStdString(), turned * reading.mm});
  for (const auto& segment : planning::atlas().segments) {
    if (segment.between.empty() || !ofLimb(segment.between.front().first, limb)) continue;
    for (const Pair& pair : segment.between) {
      if (between(patient, pair).isZero()) continue;
      shown.rulers.emplace_back(turned * patient.landmarks.at(pair.first).mm,
                                turned * patient.landmarks.at(pair.second).mm);
      break;  // measured between the first pair that is there
    }
  }
  if (draft.located()) {
    for (const planning::LocatedPoint& point : draft.located()->located) {
      if (!ofLimb(point.code, limb)) continue;
      if (!point.mm) {
        ++elsewhere;
        continue;
      }
      const auto& chosen = draft.chosen();
      shown.points.push_back({point.code, turned * *point.mm, point.radius95Mm,
                              std::find(chosen.begin(), chosen.end(), point.code) != chosen.end(),
                              point.code == draft.current()});
    }
    for (const auto& point : draft.located()->undetermined) elsewhere += ofLimb(point.code, limb);
  }
  shown.note = noteOn(shown, elsewhere).toStdString();
  return shown;
}

}  // namespace acuguide::ui
