#include "recording/session_notes.h"

#include "core/error.h"
#include "database/sql_connection.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <QtCore/QString>
#include <QtCore/QVariant>

namespace acuguide::recording {

EventRecord addSessionNote(const std::filesystem::path& folder, std::int64_t frame, const std::string& kind,
                           const std::string& text) {
  database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadWrite);
  readableSessionSchema(connection);
  QSqlQuery row = connection.run("SELECT arrival_s FROM frame WHERE id = " + std::to_string(frame));
  if (!row.next())
    throw Error(folder.string(), "has no frame " + std::to_string(frame), "choose a frame of the session");
  EventRecord event{frame, row.value(0).toDouble(), kind, text};
  row.finish();
  QSqlQuery insert = connection.prepare("INSERT INTO event (frame,at_s,kind,detail) VALUES (?,?,?,?)");
  insert.bindValue(0, static_cast<qlonglong>(frame));
  insert.bindValue(1, event.at);
  insert.bindValue(2, QString::fromStdString(kind));
  insert.bindValue(3, QString::fromStdString(text));
  connection.execute(insert);
  return event;
}

}  // namespace acuguide::recording
