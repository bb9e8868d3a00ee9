#include "recording/session_poses.h"

#include "core/pose.h"
#include "database/sql_connection.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <QtCore/QVariant>

namespace acuguide::recording {

void readSessionPoses(
    const std::filesystem::path& folder,
    const std::function<void(std::int64_t frame, const std::vector<NamedPose>& poses)>& take) {
  database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadOnly);
  readableSessionSchema(connection);
  QSqlQuery rows = connection.run(
      "SELECT frame,from_frame,to_frame,valid,m00,m01,m02,m03,m10,m11,m12,m13,m20,m21,m22,m23,m30,m31,m32,m33"
      " FROM pose ORDER BY frame,position");
  std::int64_t frame = -1;
  std::vector<NamedPose> poses;
  while (rows.next()) {
    const std::int64_t id = rows.value(0).toLongLong();
    if (id != frame && !poses.empty()) {
      take(frame, poses);
      poses.clear();
    }
    frame = id;
    NamedPose pose;
    pose.from = rows.value(1).toString().toStdString();
    pose.to = rows.value(2).toString().toStdString();
    pose.valid = rows.value(3).toBool();
    for (int i = 0; i < 16; ++i) pose.matrix(i / 4, i % 4) = rows.value(4 + i).toDouble();
    admitPose(pose);
    poses.push_back(std::move(pose));
  }
  if (!poses.empty()) take(frame, poses);
}

}  // namespace acuguide::recording
