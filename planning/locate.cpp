#include "planning/locate.h"

#include "core/error.h"
#include "planning/body_side.h"
#include "planning/locus.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

namespace acuguide::planning {
namespace {

// No adult's or child's segment has a cun outside this; centimetres or pixels do.
constexpr double kLeastCunMm = 6.0, kMostCunMm = 45.0;
constexpr double kStepMm = 0.01;  // of the numerical derivatives

/// All that is read off the patient, in one place that derivatives can be taken of.
class Evaluation {
 public:
  Evaluation(const Atlas& atlas, const PatientLandmarks& patient) : atlas_(atlas), patient_(patient) {}

  std::optional<Eigen::Vector3d> place(const std::string& name) const {
    const auto given = patient_.landmarks.find(name);
    if (given != patient_.landmarks.end()) return given->second.mm;
    const Acupoint* point = atlas_.point(name);
    if (!point) return std::nullopt;
    return placeOf(
        point->locus, [this](const std::string& n) { return place(n); },
        [this](const std::string& s) { return cun(s); });
  }

  /// The pair of landmarks that measures a segment: the first that is given.
  const std::pair<std::string, std::string>* measuredBy(const Segment& segment) const {
    for (const auto& ends : segment.between)
      if (patient_.landmarks.contains(ends.first) && patient_.landmarks.contains(ends.second)) return &ends;
    return nullptr;
  }

  std::optional<double> cun(const std::string& name) const {
    const Segment* segment = atlas_.segment(name);
    if (!segment) return std::nullopt;
    if (const auto tape = patient_.segmentsMm.find(name); tape != patient_.segmentsMm.end())
      return tape->second / segment->cun;
    const auto* ends = measuredBy(*segment);
    if (!ends) return std::nullopt;
    const auto& a = patient_.landmarks.at(ends->first).mm;
    return (patient_.landmarks.at(ends->second).mm - a).norm() / segment->cun;
  }

 private:
  const Atlas& atlas_;
  const PatientLandmarks& patient_;
};

std::optional<CunRuler> rulerOf(const Atlas& atlas, const PatientLandmarks& patient,
                                const std::string& name) {
  const Evaluation evaluation(atlas, patient);
  const auto cun = evaluation.cun(name);
  if (!cun) return std::nullopt;
  const Segment& segment = *atlas.segment(name);
  if (patient.segmentsMm.contains(name)) return CunRuler{name, "tape", *cun, patient.tapeSdMm / segment.cun};
  const auto& ends = *evaluation.measuredBy(segment);
  const double sd = std::hypot(patient.landmarks.at(ends.first).sdMm, patient.landmarks.at(ends.second).sdMm);
  return CunRuler{name, ends.first + " - " + ends.second, *cun, sd / segment.cun};
}

/// First-order propagation: each landmark's own scatter through the numerical derivative of the point by it,
/// and a tape's through that by the segment's length.
Eigen::Matrix3d propagate(const Atlas& atlas, const PatientLandmarks& patient, const std::string& code) {
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  PatientLandmarks moved = patient;
  const Evaluation evaluation(atlas, moved);
  const auto derivative = [&](double& value) {
    const double kept = value;
    value = kept + kStepMm;
    const auto plus = evaluation.place(code);
    value = kept - kStepMm;
    const auto minus = evaluation.place(code);
    value = kept;
    return plus && minus ? Eigen::Vector3d((*plus - *minus) / (2 * kStepMm))
                         : Eigen::Vector3d(Eigen::Vector3d::Zero());
  };
  for (auto& [name, reading] : moved.landmarks) {
    for (int i = 0; i < 3; ++i) {
      const Eigen::Vector3d d = derivative(reading.mm[i]);
      covariance += reading.sdMm * reading.sdMm * d * d.transpose();
    }
  }
  for (auto& [name, length] : moved.segmentsMm) {
    const Eigen::Vector3d d = derivative(length);
    covariance += moved.tapeSdMm * moved.tapeSdMm * d * d.transpose();
  }
  return covariance;
}

/// Landmarks that must still be touched before the point is known.
void collectMissing(const Atlas& atlas, const PatientLandmarks& patient, const Acupoint& point,
                    std::set<std::string>& missing) {
  for (const std::string& name : namesIn(point.locus)) {
    if (patient.landmarks.contains(name)) continue;
    if (const Acupoint* other = atlas.point(name))
      collectMissing(atlas, patient, *other, missing);
    else
      missing.insert(name);
  }
  if (const auto* along = std::get_if<AlongSegment>(&point.locus))
    if (!rulerOf(atlas, patient, along->segment)) missing.insert("segment " + along->segment);
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

void checkReadings(const Atlas& atlas, const PatientLandmarks& patient, const std::string& where) {
  for (const Segment& segment : atlas.segments) {
    const auto ruler = rulerOf(atlas, patient, segment.name);
    if (ruler && (ruler->cunMm < kLeastCunMm || ruler->cunMm > kMostCunMm))
      throw Error(where,
                  "one B-cun of the segment " + segment.name + " would be " + number(ruler->cunMm) + " mm (" +
                      ruler->measured + ")",
                  "give millimetres, and check those landmarks");
  }
}

LocatedPoint located(const Atlas& atlas, const PatientLandmarks& patient, const Acupoint& point,
                     const Eigen::Vector3d& place) {
  LocatedPoint result;
  result.code = point.code;
  result.mm = place;
  result.covariance = propagate(atlas, patient, point.code);
  result.radius95Mm = radius95(result.covariance);
  return result;
}

}  // namespace

double radius95(const Eigen::Matrix3d& covariance) {
  const double trace = covariance.trace();
  if (trace <= 0) return 0;
  const double squares = (covariance * covariance).trace();
  const double scale = squares / trace, freedom = trace * trace / squares;
  const double spread = 2 / (9 * freedom);
  constexpr double kQuantile = 1.6448536;  // of the standard normal at 0.95
  return std::sqrt(scale * freedom * std::pow(1 - spread + kQuantile * std::sqrt(spread), 3));
}

LocatedPoints locatePoints(const Atlas& atlas, const PatientLandmarks& patient, BodySide side,
                           const std::string& where) {
  checkReadings(atlas, patient, where);
  LocatedPoints result;
  result.side = side;
  const SideFinding finding = checkSide(atlas, patient, side, where);
  result.sideCheck = finding.check;
  result.sideReason = finding.reason;

  const Evaluation evaluation(atlas, patient);
  for (const Acupoint& point : atlas.points) {
    const auto place = evaluation.place(point.code);
    const auto* along = std::get_if<AlongSegment>(&point.locus);
    const auto ruler = along ? rulerOf(atlas, patient, along->segment) : std::nullopt;
    LocatedPoint found;
    if (place) {
      found = located(atlas, patient, point, *place);
    } else if (ruler) {
      found.code = point.code;
      found.from = along->from;
      found.towards = along->direction.second;
      found.alongMm = along->cun * ruler->cunMm;
      found.radius95Mm = 1.959964 * along->cun * ruler->sdMm;
    } else {
      std::set<std::string> missing;
      collectMissing(atlas, patient, point, missing);
      if (missing.empty())  // all is given, and yet there is no direction
        throw Error(where, "the landmarks of " + point.code + " give no direction: two are the same place",
                    "touch them again");
      result.undetermined.push_back({point.code, {missing.begin(), missing.end()}});
      continue;
    }
    found.ruler = ruler;
    result.located.push_back(std::move(found));
  }
  return result;
}

}  // namespace acuguide::planning
