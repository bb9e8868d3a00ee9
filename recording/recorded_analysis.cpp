#include "recording/recorded_analysis.h"

#include "core/error.h"
#include "core/units.h"
#include "database/sql_connection.h"
#include "recording/outline_table.h"
#include "recording/session_plans.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <QtCore/QVariant>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::recording {
namespace {

using imaging::PlaneLabel;

std::string textOf(const QSqlQuery& row, int column) { return row.value(column).toString().toStdString(); }

std::optional<double> numberOf(const QSqlQuery& row, int column) {
  return row.isNull(column) ? std::nullopt : std::optional(row.value(column).toDouble());
}

template <class Value>
Value named(const std::string& name, std::initializer_list<Value> values, Value otherwise) {
  for (const Value value : values)
    if (nameOf(value) == name) return value;
  return otherwise;
}

std::vector<imaging::PlaneVertex> verticesOf(const std::string& json) {
  std::vector<imaging::PlaneVertex> vertices;
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_array()) return vertices;
  for (const auto& one : parsed) {
    if (!one.is_array() || one.size() != 4) continue;
    if (!std::all_of(one.begin(), one.end(), [](const auto& number) { return number.is_number(); })) continue;
    vertices.push_back({one[0].get<float>(), one[1].get<float>(), one[2].get<float>(), one[3].get<float>()});
  }
  return vertices;
}

std::optional<ImageLength> lengthOf(const QSqlQuery& row, int column) {
  const auto px = numberOf(row, column), mm = numberOf(row, column + 1);
  if (!px && !mm) return std::nullopt;
  return ImageLength{px.value_or(0.0), mm};
}

}  // namespace

struct RecordedAnalysis::Tables {
  database::SqlConnection connection;
  QSqlQuery frame, observation, planes, guidance;
  std::optional<OutlineReader> outlines;  ///< absent in sessions of older programs
  std::vector<PlanInForce> plans;
  bool any = false;

  explicit Tables(const std::filesystem::path& folder)
      : connection(databaseOf(folder), database::SqlConnection::Access::ReadOnly) {
    const int version = readableSessionSchema(connection);
    if (version >= 3) outlines.emplace(connection);
    frame = connection.prepare(
        "SELECT arrival_s,region_x,region_y,region_w,region_h,fibre_angle_deg,fibre_confidence FROM frame"
        " WHERE id = ?");
    observation = connection.prepare(
        "SELECT state,confidence,tip_x_px,tip_y_px,tail_x_px,tail_y_px,tip_sigma_px FROM observation"
        " WHERE frame = ?");
    planes =
        connection.prepare("SELECT label,confidence,vertices FROM plane WHERE frame = ? ORDER BY position");
    guidance = connection.prepare(
        "SELECT "
        "state,target_x_px,target_y_px,target_depth_mm,target_source,tip_to_target_px,tip_to_target_mm,"
        "lateral_error_px,lateral_error_mm,tip_depth_px,tip_depth_mm,danger_px,danger_mm,nearest_danger,"
        "angle_error_deg" +
        std::string(version >= 2 ? ",target_sure,target_sigma_px" : ",NULL,NULL") +
        " FROM guidance WHERE frame = ?");
    QSqlQuery one = connection.run("SELECT 1 FROM observation LIMIT 1");
    any = one.next();
    plans = recording::readPlans(connection);
  }

  bool find(QSqlQuery& query, std::int64_t id) {
    query.bindValue(0, static_cast<qlonglong>(id));
    connection.execute(query);
    return query.next();
  }

  void readFrame(std::int64_t id, navigation::GuidanceSnapshot& snapshot) {
    if (!find(frame, id)) return;
    const double arrival = frame.value(0).toDouble();
    imaging::FrameAnalysis& analysis = snapshot.ownAnalysis();
    if (!frame.isNull(1))
      analysis.region.bounds = cv::Rect(frame.value(1).toInt(), frame.value(2).toInt(),
                                        frame.value(3).toInt(), frame.value(4).toInt());
    analysis.region.confidence = 1.0;
    if (const auto angle = numberOf(frame, 5))
      analysis.fibres = imaging::FibreDirection{radians(*angle), frame.value(6).toDouble()};
    snapshot.plan = planAt(plans, arrival);
    if (snapshot.plan) analysis.region.probe = snapshot.plan->probe;
  }

  void readNeedle(std::int64_t id, navigation::GuidanceSnapshot& snapshot) {
    using tracking::NeedleState;
    if (!find(observation, id)) return;
    tracking::NeedleTrack& needle = snapshot.needle;
    needle.time = snapshot.frame->time;
    needle.confidence = observation.value(1).toDouble();
    if (observation.isNull(2) || observation.isNull(4)) return;
    needle.state =
        named(textOf(observation, 0), {NeedleState::Observed, NeedleState::Predicted}, NeedleState::None);
    needle.tipPx = {observation.value(2).toDouble(), observation.value(3).toDouble()};
    needle.tailPx = {observation.value(4).toDouble(), observation.value(5).toDouble()};
    const double sigma = observation.value(6).toDouble();
    needle.tipCovariancePx = sigma * sigma * Eigen::Matrix2d::Identity();
    needle.tipAheadPx = needle.tipBehindPx = tracking::kInterval95 * sigma;
  }

  void readPlanes(std::int64_t id, navigation::GuidanceSnapshot& snapshot) {
    planes.bindValue(0, static_cast<qlonglong>(id));
    connection.execute(planes);
    imaging::FrameAnalysis& analysis = snapshot.ownAnalysis();
    while (planes.next()) {
      const PlaneLabel label = named(textOf(planes, 0),
                                     {PlaneLabel::Skin, PlaneLabel::SuperficialAponeurosis,
                                      PlaneLabel::DeepAponeurosis, PlaneLabel::Bone},
                                     PlaneLabel::Fascia);
      analysis.planes.push_back({label, planes.value(1).toDouble(), verticesOf(textOf(planes, 2))});
    }
  }

  std::optional<guidance::Guidance> recordedGuidance(std::int64_t id) {
    using guidance::GuidanceState;
    if (!find(guidance, id)) return std::nullopt;
    guidance::Guidance made;
    made.state = named(textOf(guidance, 0),
                       {GuidanceState::Approach, GuidanceState::OnCourse, GuidanceState::OffCourse,
                        GuidanceState::AtTarget, GuidanceState::Stop},
                       GuidanceState::NoNeedle);
    if (!guidance.isNull(1)) {
      made.target = guidance::TargetInPicture{{guidance.value(1).toDouble(), guidance.value(2).toDouble()},
                                              numberOf(guidance, 3),
                                              textOf(guidance, 4)};
      made.target->sure = guidance.isNull(15) || guidance.value(15).toBool();
      made.target->sigmaPx = numberOf(guidance, 16).value_or(0.0);
    }
    made.tipToTarget = lengthOf(guidance, 5);
    made.lateralError = lengthOf(guidance, 7);
    made.tipDepth = lengthOf(guidance, 9);
    const auto danger = lengthOf(guidance, 11);
    if (danger) made.nearestDanger = guidance::DangerInPicture{0, textOf(guidance, 13), *danger, false};
    if (const auto angle = numberOf(guidance, 14)) made.angleError = radians(*angle);
    return made;
  }

  /// What the rule says beside what was recorded: made again by today's.
  void complete(navigation::GuidanceSnapshot& snapshot) {
    guidance::GuidanceOptions options;
    options.holdSeconds = options.targetHoldSeconds = 0.0;
    guidance::GuidanceRule rule(snapshot.plan, options);
    guidance::Guidance again = rule.process(snapshot.frame->geometry, *snapshot.analysis, snapshot.needle);
    guidance::Guidance& recorded = *snapshot.guidance;
    recorded.hints = std::move(again.hints);
    recorded.reason = again.reason;
    recorded.dangerOutlinesPx.resize(snapshot.plan->dangers.size());
    if (outlines)
      readOutlines(snapshot.frame->index, recorded);
    else
      keepStanding(std::move(again), recorded);
    markNearest(*snapshot.plan, recorded);
  }

  void readOutlines(std::int64_t id, guidance::Guidance& recorded) {
    recorded.corridorPx = outlines->at(id, corridorZone);
    for (std::size_t i = 0; i < recorded.dangerOutlinesPx.size(); ++i)
      recorded.dangerOutlinesPx[i] = outlines->at(id, static_cast<std::int64_t>(i));
  }

  /// Of a session without outlines: as planned, and only where the target still stood as planned. Where it
  /// had gone with its tissue, nobody knows where they were.
  static void keepStanding(guidance::Guidance again, guidance::Guidance& recorded) {
    constexpr double standingPx = 2.0;
    if (!again.target || !recorded.target || (again.target->px - recorded.target->px).norm() > standingPx)
      return;
    recorded.dangerOutlinesPx = std::move(again.dangerOutlinesPx);
    recorded.corridorPx = std::move(again.corridorPx);
  }

  static void markNearest(const planning::Plan& plan, guidance::Guidance& recorded) {
    if (!recorded.nearestDanger) return;
    for (std::size_t i = 0; i < plan.dangers.size(); ++i) {
      if (plan.dangers[i].name != recorded.nearestDanger->name) continue;
      recorded.nearestDanger->zone = i;
      const auto& mm = recorded.nearestDanger->distance.mm;
      recorded.nearestDanger->insideMargin = mm && *mm < plan.dangers[i].marginMm;
    }
  }
};

RecordedAnalysis::RecordedAnalysis(const std::filesystem::path& folder)
    : tables_(std::make_unique<Tables>(folder)) {}

RecordedAnalysis::~RecordedAnalysis() = default;

bool RecordedAnalysis::any() const { return tables_->any; }

navigation::GuidanceSnapshot RecordedAnalysis::at(std::shared_ptr<const Frame> frame) {
  navigation::GuidanceSnapshot snapshot;
  snapshot.frame = std::move(frame);
  if (!snapshot.frame) return snapshot;
  const std::int64_t id = snapshot.frame->index;
  try {
    tables_->readFrame(id, snapshot);
    tables_->readNeedle(id, snapshot);
    tables_->readPlanes(id, snapshot);
    snapshot.guidance = tables_->recordedGuidance(id);
    if (snapshot.guidance && snapshot.plan) tables_->complete(snapshot);
  } catch (const Error&) {  // a damaged row: the picture is shown without what it held
  }
  return snapshot;
}

}  // namespace acuguide::recording
