#pragma once

#include "database/sql_connection.h"

#include <exception>

namespace acuguide::database {

/// All or nothing: what is not committed when the object ends is taken back. One at a time on a connection.
class SqlTransaction {
 public:
  enum class Kind {
    Reading,  ///< everything read is of one moment
    Writing   ///< in SQLite the right to write is taken at the start, so that two writers wait for each other
              ///< instead of failing halfway
  };

  explicit SqlTransaction(SqlConnection& connection, Kind kind = Kind::Writing) : connection_(connection) {
    if (connection_.isPostgresql())
      connection_.run(kind == Kind::Reading ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN");
    else
      connection_.run(kind == Kind::Reading ? "BEGIN" : "BEGIN IMMEDIATE");
    connection_.inTransaction_ = true;
  }
  ~SqlTransaction() {
    if (!connection_.inTransaction_) return;
    connection_.inTransaction_ = false;
    try {
      connection_.run("ROLLBACK");
    } catch (const std::exception&) {
      // The connection is gone, and with it what was begun.
    }
  }
  SqlTransaction(const SqlTransaction&) = delete;
  SqlTransaction& operator=(const SqlTransaction&) = delete;

  void commit() {
    connection_.run("COMMIT");
    connection_.inTransaction_ = false;
  }

 private:
  SqlConnection& connection_;
};

}  // namespace acuguide::database
