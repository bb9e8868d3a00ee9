#pragma once

#include "planning/instrument_library.h"
#include "planning/locate.h"
#include "planning/trajectory.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::ui {

/// A session that is being planned: one side, up to five points, a plan for each, and what the planner says
/// of the one in hand. Changes that make no sense throw Error and leave everything as it was.
class PlanDraft {
 public:
  PlanDraft();

  planning::BodySide side() const { return side_; }
  /// Throws when the landmarks are those of the other side.
  void setSide(planning::BodySide side);
  void setPatientCode(const std::string& code);
  const std::string& patientCode() const { return patientCode_; }

  /// The patient's landmarks: the side is checked, each plan gets its point. None at all takes them away.
  void setLandmarks(const planning::PatientLandmarks& patient);
  const planning::PatientLandmarks& landmarks() const { return patient_; }
  const std::optional<planning::LocatedPoints>& located() const { return located_; }
  /// What is still to be touched for the chosen points and the one in hand.
  std::vector<std::string> missingLandmarks() const;

  const std::vector<std::string>& chosen() const { return chosen_; }
  /// Throws beyond the points a session may have.
  void choose(const std::string& code, bool on);
  /// The point in hand; planned anew when it was not yet.
  void setCurrent(const std::string& code);
  const std::string& current() const { return current_; }

  const planning::Plan& plan() const { return plans_.at(current_); }
  /// Another plan for the point in hand, by hand or from a file (which brings its own side and point).
  void setPlan(planning::Plan plan);
  void load(const std::filesystem::path& file);

  std::optional<double> probeWidthMm = 38.0;  ///< a usual linear probe
  std::optional<double> planeDepthMm;         ///< of a target on a plane
  void addInstruments(const std::filesystem::path& folder);
  const planning::InstrumentLibrary& library() const { return library_; }

  /// Where the target is, when its depth is known.
  std::optional<planning::PicturePoint> target() const;
  struct Finding {
    planning::TrajectoryProposal proposal;
    std::string problem;  ///< why nothing can be proposed: one sentence; else empty
  };
  Finding propose() const;
  /// The plan in hand with the proposed way in, where there is one.
  planning::Plan finished() const;

 private:
  planning::BodySide side_ = planning::BodySide::Left;
  std::string patientCode_, current_;
  std::vector<std::string> chosen_;
  std::map<std::string, planning::Plan> plans_;
  planning::InstrumentLibrary library_;
  planning::PatientLandmarks patient_;
  std::optional<planning::LocatedPoints> located_;

  void placePoint(planning::Plan& plan) const;
};

}  // namespace acuguide::ui
