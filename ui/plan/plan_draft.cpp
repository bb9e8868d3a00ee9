#include "ui/plan/plan_draft.h"

#include "core/error.h"
#include "planning/atlas.h"
#include "planning/new_plan.h"

#include <algorithm>
#include <utility>

namespace acuguide::ui {

using planning::Plan;

PlanDraft::PlanDraft() : library_(planning::builtInInstruments()) { setCurrent("ST36"); }

void PlanDraft::setSide(planning::BodySide side) {
  if (side == side_) return;
  if (located_) located_ = planning::locatePoints(planning::atlas(), patient_, side, "the landmarks");
  side_ = side;
  for (auto& [code, plan] : plans_) {
    plan.side = side;
    plan.name = code + " " + std::string(planning::nameOf(side));
    placePoint(plan);
  }
}

void PlanDraft::setPatientCode(const std::string& code) {
  patientCode_ = code;
  for (auto& [point, plan] : plans_) plan.patientCode = code;
}

void PlanDraft::setLandmarks(const planning::PatientLandmarks& patient) {
  if (patient.landmarks.empty() && patient.segmentsMm.empty())
    located_.reset();
  else
    located_ = planning::locatePoints(planning::atlas(), patient, side_, "the landmarks");
  patient_ = patient;
  for (auto& [code, plan] : plans_) placePoint(plan);
}

std::vector<std::string> PlanDraft::missingLandmarks() const {
  const planning::LocatedPoints nothing =
      located_ ? *located_ : planning::locatePoints(planning::atlas(), {}, side_, "the landmarks");
  std::vector<std::string> missing;
  for (const planning::UndeterminedPoint& point : nothing.undetermined) {
    const bool wanted = point.code == current_ || std::ranges::find(chosen_, point.code) != chosen_.end();
    if (wanted) missing.insert(missing.end(), point.missing.begin(), point.missing.end());
  }
  std::ranges::sort(missing);
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  return missing;
}

void PlanDraft::placePoint(Plan& plan) const {
  plan.point.reset();
  if (!located_ || patient_.frame.empty()) return;
  for (const planning::LocatedPoint& point : located_->located) {
    if (point.code == plan.acupoint && point.mm)
      plan.point = planning::PointInSpace{patient_.frame, *point.mm, point.radius95Mm};
  }
}

void PlanDraft::choose(const std::string& code, bool on) {
  const auto found = std::find(chosen_.begin(), chosen_.end(), code);
  if (on == (found != chosen_.end())) return;
  if (!on) {
    chosen_.erase(found);
    return;
  }
  const int most = planning::atlas().mostPointsASession;
  if (static_cast<int>(chosen_.size()) >= most)
    throw Error(code, "would be one point too many: a session has at most " + std::to_string(most),
                "take another away first");
  chosen_.push_back(code);
  setCurrent(code);
}

void PlanDraft::setCurrent(const std::string& code) {
  if (!plans_.contains(code)) {
    Plan plan = planning::newPlan(code, side_);
    plan.patientCode = patientCode_;
    if (!current_.empty()) plan.checklist = plans_.at(current_).checklist;  // one patient, one day
    placePoint(plan);
    plans_.emplace(code, std::move(plan));
  }
  current_ = code;
  planeDepthMm.reset();
}

void PlanDraft::setPlan(Plan plan) {
  planning::checkPlan(plan, plan.name.empty() ? plan.acupoint : plan.name);
  if (plan.checklist) {
    for (auto& [code, other] : plans_) other.checklist = plan.checklist;
  }
  plans_[current_] = std::move(plan);
}

void PlanDraft::load(const std::filesystem::path& file) {
  Plan plan = planning::readPlan(file);
  if (plan.side != side_ && located_)
    throw Error(file.string(),
                "is for the " + std::string(planning::nameOf(plan.side)) + " side, the landmarks are not",
                "choose a plan of this side");
  side_ = plan.side;
  patientCode_ = plan.patientCode;
  current_ = plan.acupoint;
  planeDepthMm.reset();
  plans_.clear();
  chosen_ = {current_};
  plans_.emplace(current_, std::move(plan));
}

void PlanDraft::addInstruments(const std::filesystem::path& folder) {
  library_ = planning::withFolder(library_, folder);
}

std::optional<planning::PicturePoint> PlanDraft::target() const {
  if (const auto* depth = std::get_if<planning::TargetAtDepth>(&plan().target)) return depth->point;
  const auto* plane = std::get_if<planning::TargetAtPlane>(&plan().target);
  if (plane && planeDepthMm) return planning::PicturePoint{plane->lateralMm, *planeDepthMm + plane->offsetMm};
  return std::nullopt;
}

PlanDraft::Finding PlanDraft::propose() const {
  Finding finding;
  if (!target()) return finding;
  try {
    // The planner looks at both sides; the entry it found last time must not tie it.
    Plan open = plan();
    open.entryFromLeft.reset();
    planning::TrajectoryRequest request = planning::requestFor(open, library_.all(), planeDepthMm);
    request.probeWidthMm = probeWidthMm;
    finding.proposal = planning::proposeTrajectory(request);
  } catch (const Error& error) {
    finding.problem = error.what();
  }
  return finding;
}

Plan PlanDraft::finished() const {
  const Finding finding = propose();
  return finding.proposal.best ? planning::withTrajectory(plan(), *finding.proposal.best) : plan();
}

}  // namespace acuguide::ui
