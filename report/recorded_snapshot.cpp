#include "report/recorded_snapshot.h"

#include "core/units.h"
#include "planning/guidance.h"

#include <QtCore/QVariant>
#include <nlohmann/json.hpp>

#include <array>
#include <string>

namespace acuguide::report {
namespace {

using navigation::GuidanceSnapshot;
using session::SqlConnection;

std::string textOf(const QSqlQuery& row, int column) { return row.value(column).toString().toStdString(); }

QSqlQuery rowsOf(SqlConnection& session, const std::string& columns, const std::string& table,
                 std::int64_t frame, const std::string& key = "frame") {
  return session.run("SELECT " + columns + " FROM " + table + " WHERE " + key + " = " +
                     std::to_string(frame));
}

template <class Value, std::size_t Count>
Value named(const std::string& name, const std::array<Value, Count>& values, Value otherwise) {
  for (const Value value : values)
    if (nameOf(value) == name) return value;
  return otherwise;
}

void readRegion(SqlConnection& session, GuidanceSnapshot& snapshot) {
  QSqlQuery row =
      rowsOf(session, "region_x,region_y,region_w,region_h", "frame", snapshot.frame->index, "id");
  if (!row.next() || row.isNull(0)) return;
  snapshot.analysis.region.bounds =
      cv::Rect(row.value(0).toInt(), row.value(1).toInt(), row.value(2).toInt(), row.value(3).toInt());
  if (snapshot.plan) snapshot.analysis.region.probe = snapshot.plan->probe;
}

void readNeedle(SqlConnection& session, GuidanceSnapshot& snapshot) {
  using tracking::NeedleState;
  QSqlQuery row = rowsOf(session, "state,confidence,tip_x_px,tip_y_px,tail_x_px,tail_y_px,tip_sigma_px",
                         "observation", snapshot.frame->index);
  tracking::NeedleTrack& needle = snapshot.needle;
  needle.time = snapshot.frame->time;
  if (!row.next() || row.isNull(2) || row.isNull(4)) return;
  needle.state =
      named(textOf(row, 0), std::array{NeedleState::Predicted, NeedleState::Observed}, NeedleState::None);
  needle.confidence = row.value(1).toDouble();
  needle.tipPx = {row.value(2).toDouble(), row.value(3).toDouble()};
  needle.tailPx = {row.value(4).toDouble(), row.value(5).toDouble()};
  const double sigma = row.value(6).toDouble();
  needle.tipCovariancePx = sigma * sigma * Eigen::Matrix2d::Identity();
}

void readPlanes(SqlConnection& session, GuidanceSnapshot& snapshot) {
  using imaging::PlaneLabel;
  QSqlQuery rows = rowsOf(session, "label,confidence,vertices", "plane", snapshot.frame->index);
  while (rows.next()) {
    imaging::TissuePlane plane;
    plane.label = named(textOf(rows, 0),
                        std::array{PlaneLabel::Skin, PlaneLabel::SuperficialAponeurosis,
                                   PlaneLabel::DeepAponeurosis, PlaneLabel::Bone},
                        PlaneLabel::Fascia);
    plane.confidence = rows.value(1).toDouble();
    const auto vertices = nlohmann::json::parse(textOf(rows, 2), nullptr, false);
    if (!vertices.is_array()) continue;
    for (const auto& vertex : vertices)
      if (vertex.is_array() && vertex.size() == 4)
        plane.vertices.push_back({vertex[0], vertex[1], vertex[2], vertex[3]});
    snapshot.analysis.planes.push_back(std::move(plane));
  }
}

void readGuidance(SqlConnection& session, GuidanceSnapshot& snapshot) {
  using planning::GuidanceState;
  QSqlQuery row = rowsOf(session, "state,target_x_px,target_y_px,target_depth_mm,target_source", "guidance",
                         snapshot.frame->index);
  if (!snapshot.plan || !row.next()) return;
  planning::GuidanceOptions still;
  still.holdSeconds = still.targetHoldSeconds = 0;
  planning::Guidance guidance = planning::GuidanceRule(snapshot.plan, still)
                                    .process(snapshot.frame->geometry, snapshot.analysis, snapshot.needle);
  guidance.state = named(textOf(row, 0),
                         std::array{GuidanceState::Approach, GuidanceState::OnCourse,
                                    GuidanceState::OffCourse, GuidanceState::AtTarget, GuidanceState::Stop},
                         GuidanceState::NoNeedle);
  std::optional<planning::TargetInPicture> recorded;
  if (!row.isNull(1)) {
    recorded.emplace();
    recorded->px = {row.value(1).toDouble(), row.value(2).toDouble()};
    if (!row.isNull(3)) recorded->depthMm = row.value(3).toDouble();
    recorded->source = textOf(row, 4);
  }
  constexpr double moved = 2.0;
  if (!recorded || !guidance.target || (recorded->px - guidance.target->px).norm() > moved) {
    guidance.corridorPx.clear();
    guidance.dangerOutlinesPx.assign(guidance.dangerOutlinesPx.size(), {});
  }
  guidance.target = recorded;
  snapshot.guidance = std::move(guidance);
}

}  // namespace

GuidanceSnapshot recordedSnapshot(SqlConnection& session, std::shared_ptr<const Frame> frame,
                                  std::shared_ptr<const planning::Plan> plan) {
  GuidanceSnapshot snapshot;
  snapshot.frame = std::move(frame);
  snapshot.plan = std::move(plan);
  snapshot.picture = navigation::PictureState::Live;  // no notice over it
  readRegion(session, snapshot);
  readNeedle(session, snapshot);
  readPlanes(session, snapshot);
  readGuidance(session, snapshot);
  return snapshot;
}

}  // namespace acuguide::report
