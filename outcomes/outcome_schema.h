#pragma once

#include "database/sql_connection.h"

namespace acuguide::outcomes {

/// The version of the shared database that this program reads and writes, kept in its table
/// `schema_version`. The tables are described in docs/outcomes.md; they are the same in SQLite and
/// PostgreSQL.
inline constexpr int outcomeSchemaVersion = 3;

/// Brings the tables to version `to` by the numbered steps from whatever version they have (0: none yet); two
/// programs that do so at once do it once. Throws Error when the tables are of a newer program, when the
/// database holds something else, or when the role may not make tables.
void prepareOutcomeSchema(database::SqlConnection& connection, int to = outcomeSchemaVersion);

}  // namespace acuguide::outcomes
