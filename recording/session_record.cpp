#include "recording/session_record.h"

#include "core/error.h"
#include "core/limits.h"
#include "core/scale.h"
#include "database/foreign_file.h"
#include "database/sql_connection.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <QtCore/QVariant>

#include <algorithm>

namespace acuguide::recording {
namespace {

std::string textOf(const QVariant& value) { return value.toString().toStdString(); }

std::optional<double> numberOf(const QSqlQuery& row, int column) {
  return row.isNull(column) ? std::nullopt : std::optional(row.value(column).toDouble());
}

std::optional<Eigen::Vector2d> pairOf(const QSqlQuery& row, int column) {
  if (row.isNull(column) || row.isNull(column + 1)) return std::nullopt;
  return Eigen::Vector2d(row.value(column).toDouble(), row.value(column + 1).toDouble());
}

tracking::NeedleState needleState(const std::string& name) {
  using tracking::NeedleState;
  for (const NeedleState state : {NeedleState::Predicted, NeedleState::Observed})
    if (tracking::nameOf(state) == name) return state;
  return NeedleState::None;
}

guidance::GuidanceState guidanceState(const std::string& name) {
  using guidance::GuidanceState;
  for (const GuidanceState state : {GuidanceState::Approach, GuidanceState::OnCourse,
                                    GuidanceState::OffCourse, GuidanceState::AtTarget, GuidanceState::Stop})
    if (guidance::nameOf(state) == name) return state;
  return GuidanceState::NoNeedle;
}

/// Calls `take` with each row's frame; rows of frames that are not there are left out.
template <class Take>
void forFrames(database::SqlConnection& connection, const std::string& sql, SessionRecord& record,
               const Take& take) {
  QSqlQuery rows = connection.run(sql);
  while (rows.next()) {
    const qlonglong id = rows.value(0).toLongLong();
    if (id >= 0 && id < static_cast<qlonglong>(record.frames.size()))
      take(rows, record.frames[static_cast<std::size_t>(id)]);
  }
}

void readMeta(database::SqlConnection& connection, SessionRecord& record) {
  QSqlQuery rows = connection.run("SELECT key,value FROM meta");
  while (rows.next()) record.meta[textOf(rows.value(0))] = textOf(rows.value(1));
}

void readFrames(database::SqlConnection& connection, SessionRecord& record) {
  QSqlQuery rows = connection.run(
      "SELECT id,time_s,arrival_s,video_ms,spacing_x_mm,spacing_y_mm,region_x,region_y,region_w,region_h"
      " FROM frame ORDER BY id");
  double shift = 0.0;
  while (rows.next()) {
    if (rows.value(0).toLongLong() != static_cast<qlonglong>(record.frames.size()))
      throw Error(connection.path(), "frame " + std::to_string(record.frames.size()) + " is missing",
                  "repair it with 'acuguide session check --repair', or restore it from a copy");
    FrameRecord frame;
    const double stated = rows.value(1).toDouble();
    frame.broken = !record.frames.empty() && !(stated + shift > record.frames.back().time);
    if (frame.broken) shift = record.frames.back().time + limits::kLongestGapSeconds - stated;
    frame.time = stated + shift;
    frame.arrival = rows.value(2).toDouble();
    frame.videoMs = rows.value(3).toLongLong();
    frame.spacingMm = pairOf(rows, 4);
    if (frame.spacingMm && !scaleFault(*frame.spacingMm).empty()) frame.spacingMm.reset();
    if (!rows.isNull(6))
      frame.region = cv::Rect(rows.value(6).toInt(), rows.value(7).toInt(), rows.value(8).toInt(),
                              rows.value(9).toInt());
    record.frames.push_back(frame);
  }
}

void readObservations(database::SqlConnection& connection, SessionRecord& record) {
  forFrames(connection, "SELECT frame,state,tip_x_px,tip_y_px,tail_x_px,tail_y_px FROM observation", record,
            [&](const QSqlQuery& row, FrameRecord& frame) {
              record.analysed = true;
              const auto tip = pairOf(row, 2), tail = pairOf(row, 4);
              if (!tip || !tail) return;
              frame.needle = needleState(textOf(row.value(1)));
              frame.tipPx = *tip;
              frame.tailPx = *tail;
            });
}

std::int32_t indexOf(std::vector<std::string>& names, const std::string& name) {
  const auto known = std::find(names.begin(), names.end(), name);
  if (known != names.end()) return static_cast<std::int32_t>(known - names.begin());
  names.push_back(name);
  return static_cast<std::int32_t>(names.size() - 1);
}

void readGuidance(database::SqlConnection& connection, SessionRecord& record) {
  forFrames(connection,
            "SELECT frame,state,target_x_px,target_y_px,target_depth_mm,tip_to_target_mm,lateral_error_mm,"
            "angle_error_deg,tip_depth_mm,danger_mm,nearest_danger FROM guidance",
            record, [&](const QSqlQuery& row, FrameRecord& frame) {
              GuidanceRecord guidance;
              guidance.state = guidanceState(textOf(row.value(1)));
              guidance.targetPx = pairOf(row, 2);
              guidance.targetDepthMm = numberOf(row, 4);
              guidance.tipToTargetMm = numberOf(row, 5);
              guidance.lateralErrorMm = numberOf(row, 6);
              guidance.angleErrorDegrees = numberOf(row, 7);
              guidance.tipDepthMm = numberOf(row, 8);
              guidance.dangerMm = numberOf(row, 9);
              if (!row.isNull(10)) guidance.danger = indexOf(record.dangers, textOf(row.value(10)));
              frame.guidance = guidance;
            });
}

void readEvents(database::SqlConnection& connection, SessionRecord& record) {
  QSqlQuery rows = connection.run("SELECT frame,at_s,kind,detail FROM event ORDER BY id");
  while (rows.next()) {
    EventRecord event;
    if (!rows.isNull(0)) event.frame = rows.value(0).toLongLong();
    event.at = rows.value(1).toDouble();
    event.kind = textOf(rows.value(2));
    event.detail = textOf(rows.value(3));
    const bool broken = event.kind == "discontinuity" && !event.detail.starts_with("gap ");
    if (broken && event.frame && *event.frame >= 0 &&
        *event.frame < static_cast<std::int64_t>(record.frames.size()))
      record.frames[static_cast<std::size_t>(*event.frame)].broken = true;
    record.events.push_back(std::move(event));
  }
}

void readCalibrations(database::SqlConnection& connection, SessionRecord& record) {
  QSqlQuery rows = connection.run("SELECT kind,file FROM calibration ORDER BY id");
  while (rows.next())
    record.calibrations.push_back(textOf(rows.value(0)) + " calibration of " + textOf(rows.value(1)));
}

/// A plan that a later program refuses is no reason not to read the rest.
void readPlan(database::SqlConnection& connection, SessionRecord& record) {
  QSqlQuery rows = connection.run("SELECT json FROM plan ORDER BY id DESC LIMIT 1");
  if (!rows.next()) return;
  try {
    record.plan =
        std::make_shared<const planning::Plan>(planning::parsePlan(textOf(rows.value(0)), connection.path()));
  } catch (const Error&) {
  }
}

}  // namespace

std::string SessionRecord::metaOr(const std::string& key, const std::string& otherwise) const {
  const auto entry = meta.find(key);
  return entry == meta.end() ? otherwise : entry->second;
}

SessionRecord readSessionRecord(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(databaseOf(folder)))
    throw Error(folder.string(), "is no recorded session", "choose a folder that 'acuguide record' has made");
  database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadOnly);
  const database::ForeignFile file(connection);
  const int version = readableSessionSchema(connection);
  SessionRecord record;
  record.folder = folder;
  readMeta(connection, record);
  readFrames(connection, record);
  readObservations(connection, record);
  readGuidance(connection, record);
  readEvents(connection, record);
  if (version >= 2) readCalibrations(connection, record);
  readPlan(connection, record);
  file.requireUnhindered();
  return record;
}

}  // namespace acuguide::recording
