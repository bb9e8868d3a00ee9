#include "recording/session_schema.h"

#include "core/error.h"
#include "database/foreign_file.h"

#include <QtCore/QVariant>

#include <array>
#include <vector>

namespace acuguide::recording {
namespace {

using Step = std::vector<const char*>;

const Step& versionOne() {
  static const Step statements{
      "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
      "CREATE TABLE frame (id INTEGER PRIMARY KEY, source_index INTEGER NOT NULL, image TEXT,"
      " time_s REAL NOT NULL, arrival_s REAL NOT NULL, video_ms INTEGER NOT NULL,"
      " spacing_x_mm REAL, spacing_y_mm REAL,"
      " region_x INTEGER, region_y INTEGER, region_w INTEGER, region_h INTEGER,"
      " fibre_angle_deg REAL, fibre_confidence REAL,"
      " decode_ms REAL, imaging_ms REAL, tracking_ms REAL, guidance_ms REAL)",
      "CREATE TABLE pose (frame INTEGER NOT NULL REFERENCES frame(id), position INTEGER NOT NULL,"
      " from_frame TEXT NOT NULL, to_frame TEXT NOT NULL, valid INTEGER NOT NULL,"
      " m00 REAL, m01 REAL, m02 REAL, m03 REAL, m10 REAL, m11 REAL, m12 REAL, m13 REAL,"
      " m20 REAL, m21 REAL, m22 REAL, m23 REAL, m30 REAL, m31 REAL, m32 REAL, m33 REAL,"
      " PRIMARY KEY (frame, position)) WITHOUT ROWID",
      "CREATE TABLE observation (frame INTEGER PRIMARY KEY REFERENCES frame(id), state TEXT NOT NULL,"
      " confidence REAL, tip_x_px REAL, tip_y_px REAL, tail_x_px REAL, tail_y_px REAL,"
      " angle_deg REAL, tip_sigma_px REAL)",
      "CREATE TABLE plane (frame INTEGER NOT NULL REFERENCES frame(id), position INTEGER NOT NULL,"
      " label TEXT NOT NULL, confidence REAL NOT NULL, vertices TEXT NOT NULL,"
      " PRIMARY KEY (frame, position))",
      "CREATE TABLE guidance (frame INTEGER PRIMARY KEY REFERENCES frame(id), state TEXT NOT NULL,"
      " target_x_px REAL, target_y_px REAL, target_depth_mm REAL, target_source TEXT,"
      " tip_to_target_px REAL, tip_to_target_mm REAL, lateral_error_px REAL, lateral_error_mm REAL,"
      " angle_error_deg REAL, tip_depth_px REAL, tip_depth_mm REAL,"
      " nearest_danger TEXT, danger_px REAL, danger_mm REAL)",
      "CREATE TABLE event (id INTEGER PRIMARY KEY, frame INTEGER, at_s REAL NOT NULL, kind TEXT NOT NULL,"
      " detail TEXT NOT NULL)",
      "CREATE TABLE plan (id INTEGER PRIMARY KEY, at_s REAL NOT NULL, name TEXT NOT NULL, json TEXT NOT "
      "NULL)",
  };
  return statements;
}

/// Hashes of the pictures, the calibrations in force, and how sure the target is.
const Step& versionTwo() {
  static const Step statements{
      "CREATE TABLE segment (first_frame INTEGER PRIMARY KEY, last_frame INTEGER NOT NULL, sha256 TEXT NOT "
      "NULL)",
      "CREATE TABLE calibration (id INTEGER PRIMARY KEY, file TEXT NOT NULL, kind TEXT NOT NULL, json TEXT "
      "NOT NULL)",
      "ALTER TABLE guidance ADD COLUMN target_sure INTEGER",
      "ALTER TABLE guidance ADD COLUMN target_sigma_px REAL",
  };
  return statements;
}

/// What was drawn over the frames: outline_table.h.
const Step& versionThree() {
  static const Step statements{
      "CREATE TABLE outline (zone INTEGER NOT NULL, frame INTEGER NOT NULL REFERENCES frame(id),"
      " points TEXT NOT NULL, PRIMARY KEY (zone, frame)) WITHOUT ROWID",
  };
  return statements;
}

/// Hashes of the rows, and up to which event and plan they reach: table_digest.h.
const Step& versionFour() {
  static const Step statements{
      "ALTER TABLE segment ADD COLUMN tables_sha256 TEXT",
      "ALTER TABLE segment ADD COLUMN last_event INTEGER",
      "ALTER TABLE segment ADD COLUMN last_plan INTEGER",
      "CREATE INDEX outline_by_frame ON outline (frame)",
  };
  return statements;
}

/// Step i brings version i to version i + 1. Steps are never changed once released; new ones are added.
const std::array<const Step*, sessionSchemaVersion>& steps() {
  static const std::array<const Step*, sessionSchemaVersion> all{&versionOne(), &versionTwo(),
                                                                 &versionThree(), &versionFour()};
  return all;
}

int versionOf(database::SqlConnection& connection) {
  database::requirePlainTables(connection);
  QSqlQuery query = connection.run("PRAGMA user_version");
  const int version = query.next() ? query.value(0).toInt() : 0;
  if (version > sessionSchemaVersion)
    throw Error(connection.path(),
                "was written by a newer acuguide (session version " + std::to_string(version) +
                    ", known here: " + std::to_string(sessionSchemaVersion) + ")",
                "open it with that acuguide");
  return version;
}

}  // namespace

void prepareSessionSchema(database::SqlConnection& connection) {
  for (int version = versionOf(connection); version < sessionSchemaVersion; ++version) {
    connection.run("BEGIN IMMEDIATE");
    for (const char* statement : *steps()[static_cast<std::size_t>(version)]) connection.run(statement);
    connection.run("PRAGMA user_version = " + std::to_string(version + 1));
    connection.run("COMMIT");
  }
}

int readableSessionSchema(database::SqlConnection& connection) {
  const int version = versionOf(connection);
  if (version == 0)
    throw Error(connection.path(), "holds no recorded session",
                "choose a folder that 'acuguide record' has made");
  return version;
}

}  // namespace acuguide::recording
