#include "recording/session_database.h"

#include "core/units.h"
#include "recording/compact_number.h"
#include "recording/session_schema.h"

#include <QtCore/QString>
#include <QtCore/QVariant>

#include <optional>

namespace acuguide::recording {
namespace {

constexpr int vertexDecimals = 2;

/// Binds values to a prepared statement in order; absent ones are NULL.
class Row {
 public:
  explicit Row(QSqlQuery& query) : query_(query) {}

  Row& operator<<(std::int64_t value) { return bind(QVariant::fromValue<qlonglong>(value)); }
  Row& operator<<(double value) { return bind(QVariant(value)); }
  Row& operator<<(const std::optional<double>& value) { return value ? *this << *value : null(); }
  Row& operator<<(std::string_view value) {
    return bind(QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size())));
  }
  Row& null(int count = 1) {
    for (int i = 0; i < count; ++i) bind(QVariant());
    return *this;
  }

 private:
  Row& bind(const QVariant& value) {
    query_.bindValue(position_++, value);
    return *this;
  }

  QSqlQuery& query_;
  int position_ = 0;
};

std::string insert(const std::string& table, const std::string& columns) {
  std::string marks = "?";
  for (const char c : columns)
    if (c == ',') marks += ",?";
  return "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")";
}

/// [[x, ridge, upper, lower], …], px.
std::string toJson(const std::vector<imaging::PlaneVertex>& vertices) {
  std::string text = "[";
  for (const imaging::PlaneVertex& vertex : vertices) {
    text += text.size() > 1 ? ",[" : "[";
    appendNumber(text, vertex.x, vertexDecimals);
    for (const float y : {vertex.ridge, vertex.upper, vertex.lower}) {
      text += ',';
      appendNumber(text, y, vertexDecimals);
    }
    text += ']';
  }
  return text + "]";
}

std::optional<double> pxOf(const std::optional<ImageLength>& length) {
  return length ? std::optional(length->px) : std::nullopt;
}

std::optional<double> mmOf(const std::optional<ImageLength>& length) {
  return length ? length->mm : std::nullopt;
}

/// The tables, before anything is prepared that speaks of them.
database::SqlConnection& prepared(database::SqlConnection& connection) {
  connection.run("PRAGMA journal_mode = WAL");
  connection.run("PRAGMA synchronous = NORMAL");    // who commits does not wait for the disk,
  connection.run("PRAGMA wal_autocheckpoint = 0");  // nor for the log's way into the database
  prepareSessionSchema(connection);
  return connection;
}

}  // namespace

SessionDatabase::SessionDatabase(const std::filesystem::path& path)
    : connection_(path, database::SqlConnection::Access::ReadWrite), outlines_(prepared(connection_)) {
  meta_ = connection_.prepare("INSERT OR REPLACE INTO meta (key,value) VALUES (?,?)");
  frame_ =
      connection_.prepare(insert("frame",
                                 "id,source_index,image,time_s,arrival_s,video_ms,spacing_x_mm,spacing_y_mm,"
                                 "region_x,region_y,region_w,region_h,fibre_angle_deg,fibre_confidence,"
                                 "decode_ms,imaging_ms,tracking_ms,guidance_ms"));
  pose_ = connection_.prepare(insert("pose",
                                     "frame,position,from_frame,to_frame,valid,m00,m01,m02,m03,"
                                     "m10,m11,m12,m13,m20,m21,m22,m23,m30,m31,m32,m33"));
  observation_ = connection_.prepare(insert(
      "observation", "frame,state,confidence,tip_x_px,tip_y_px,tail_x_px,tail_y_px,angle_deg,tip_sigma_px"));
  plane_ = connection_.prepare(insert("plane", "frame,position,label,confidence,vertices"));
  guidance_ = connection_.prepare(
      insert("guidance",
             "frame,state,target_x_px,target_y_px,target_depth_mm,target_source,"
             "tip_to_target_px,tip_to_target_mm,lateral_error_px,lateral_error_mm,angle_error_deg,"
             "tip_depth_px,tip_depth_mm,nearest_danger,danger_px,danger_mm,target_sure,target_sigma_px"));
  event_ = connection_.prepare(insert("event", "frame,at_s,kind,detail"));
  plan_ = connection_.prepare(insert("plan", "at_s,name,json"));
  segment_ = connection_.prepare(
      insert("segment", "first_frame,last_frame,sha256,tables_sha256,last_event,last_plan"));
  calibration_ = connection_.prepare(insert("calibration", "file,kind,json"));
  tables_.emplace(connection_);
  connection_.run("BEGIN");
}

void SessionDatabase::setMeta(const std::string& key, const std::string& value) {
  Row(meta_) << key << value;
  connection_.execute(meta_);
}

void SessionDatabase::addFrame(std::int64_t id, const navigation::GuidanceSnapshot& snapshot,
                               std::int64_t videoMilliseconds) {
  const Frame& frame = *snapshot.frame;
  Row row(frame_);
  row << id << frame.index;
  frame.name.empty() ? row.null() : row << frame.name;
  row << frame.time << frame.arrival << videoMilliseconds;
  const auto& spacing = frame.geometry.spacingMm;
  spacing ? row << spacing->x() << spacing->y() : row.null(2);
  const cv::Rect& region = snapshot.analysis->region.bounds;
  if (region.empty()) {
    row.null(4);
  } else {
    for (const int value : {region.x, region.y, region.width, region.height}) row << std::int64_t{value};
  }
  const auto& fibres = snapshot.analysis->fibres;
  fibres ? row << degrees(fibres->angle) << fibres->confidence : row.null(2);
  const navigation::StageDurations& took = snapshot.durations;
  for (const double seconds : {took.decode, took.imaging, took.tracking, took.guidance}) row << seconds * 1e3;
  connection_.execute(frame_);
  addPoses(id, frame);
}

void SessionDatabase::addPoses(std::int64_t id, const Frame& frame) {
  std::int64_t position = 0;
  for (const NamedPose& pose : frame.poses) {
    Row row(pose_);
    row << id << position++ << pose.from << pose.to << std::int64_t{pose.valid};
    for (int i = 0; i < 16; ++i) row << pose.matrix(i / 4, i % 4);
    connection_.execute(pose_);
  }
}

void SessionDatabase::addAnalysis(std::int64_t id, const navigation::GuidanceSnapshot& snapshot) {
  const tracking::NeedleTrack& needle = snapshot.needle;
  Row row(observation_);
  row << id << nameOf(needle.state) << needle.confidence;
  if (needle.state == tracking::NeedleState::None) {
    row.null(6);
  } else {
    row << needle.tipPx.x() << needle.tipPx.y() << needle.tailPx.x() << needle.tailPx.y();
    row << degrees(needle.angle()) << needle.tipSigmaPx();
  }
  connection_.execute(observation_);
  addPlanes(id, *snapshot.analysis);
  if (snapshot.guidance) addGuidance(id, *snapshot.guidance);
}

void SessionDatabase::addPlanes(std::int64_t id, const imaging::FrameAnalysis& analysis) {
  std::int64_t position = 0;
  for (const imaging::TissuePlane& plane : analysis.planes) {
    Row(plane_) << id << position++ << nameOf(plane.label) << plane.confidence << toJson(plane.vertices);
    connection_.execute(plane_);
  }
}

void SessionDatabase::addGuidance(std::int64_t id, const guidance::Guidance& guidance) {
  Row row(guidance_);
  row << id << nameOf(guidance.state);
  if (guidance.target) {
    row << guidance.target->px.x() << guidance.target->px.y() << guidance.target->depthMm
        << guidance.target->source;
  } else {
    row.null(4);
  }
  row << pxOf(guidance.tipToTarget) << mmOf(guidance.tipToTarget);
  row << pxOf(guidance.lateralError) << mmOf(guidance.lateralError);
  guidance.angleError ? row << degrees(*guidance.angleError) : row.null();
  row << pxOf(guidance.tipDepth) << mmOf(guidance.tipDepth);
  if (guidance.nearestDanger) {
    row << guidance.nearestDanger->name << guidance.nearestDanger->distance.px
        << guidance.nearestDanger->distance.mm;
  } else {
    row.null(3);
  }
  if (guidance.target) {
    row << std::int64_t{guidance.target->sure} << guidance.target->sigmaPx;
  } else {
    row.null(2);
  }
  connection_.execute(guidance_);
  outlines_.write(id, guidance);
}

void SessionDatabase::addEvent(std::int64_t frame, double at, const SessionEvent& event) {
  Row row(event_);
  frame >= 0 ? row << frame : row.null();
  row << at << event.kind << event.detail;
  connection_.execute(event_);
}

void SessionDatabase::addPlan(double at, const std::string& name, const std::string& json) {
  Row(plan_) << at << name << json;
  connection_.execute(plan_);
}

void SessionDatabase::addSegment(std::int64_t firstFrame, std::int64_t lastFrame, const std::string& digest) {
  TableRange range{firstFrame, lastFrame, lastEvent_, tables_->lastEvent(), lastPlan_, tables_->lastPlan()};
  Row(segment_) << firstFrame << lastFrame << digest << tables_->of(range) << range.lastEvent
                << range.lastPlan;
  connection_.execute(segment_);
  lastEvent_ = range.lastEvent;
  lastPlan_ = range.lastPlan;
}

void SessionDatabase::addCalibration(const std::string& file, const std::string& kind,
                                     const std::string& json) {
  Row(calibration_) << file << kind << json;
  connection_.execute(calibration_);
}

void SessionDatabase::commit() {
  connection_.run("COMMIT");
  connection_.run("BEGIN");
}

void SessionDatabase::rollback() {
  outlines_.forget();
  connection_.run("ROLLBACK");
  connection_.run("BEGIN");
}

void SessionDatabase::finish() {
  connection_.run("COMMIT");
  for (QSqlQuery* query : {&meta_, &frame_, &pose_, &observation_, &plane_, &guidance_, &event_, &plan_,
                           &segment_, &calibration_})
    query->finish();
  outlines_.finish();
  tables_->finish();
  connection_.run("PRAGMA journal_mode = DELETE");
}

}  // namespace acuguide::recording
