#pragma once

#include "database/sql_connection.h"

namespace acuguide::recording {

/// The version of session.sqlite that this program writes, kept in SQLite's `user_version`. The tables are
/// described in docs/file_formats.md.
inline constexpr int sessionSchemaVersion = 4;

/// Brings the tables to the present version, by the numbered steps from whatever version they have (0: none
/// yet). Throws Error when they are of a newer program.
void prepareSessionSchema(database::SqlConnection& connection);

/// For reading: throws Error when the file holds no session, or one of a newer program.
int readableSessionSchema(database::SqlConnection& connection);

}  // namespace acuguide::recording
