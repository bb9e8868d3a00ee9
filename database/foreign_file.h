#pragma once

#include "database/sql_connection.h"

#include <memory>

namespace acuguide::database {

/// Throws Error when an SQLite file holds anything but plain tables and their indices: a view or a trigger
/// runs whatever its maker wrote when the table that it stands for is read or written.
void requirePlainTables(SqlConnection& connection);

/// Guards the reading of an SQLite file that a stranger may have made, as long as it lives: its schema is not
/// trusted, no text or row of more than 64 MiB is taken, and queries that together run on out of proportion
/// to the file's size are ended.
class ForeignFile {
 public:
  /// The connection must outlive the object.
  explicit ForeignFile(SqlConnection& connection);
  ~ForeignFile();
  ForeignFile(const ForeignFile&) = delete;
  ForeignFile& operator=(const ForeignFile&) = delete;

  /// Throws Error when a query was ended: what was read is not all there is.
  void requireUnhindered() const;

 private:
  struct Limit;
  std::unique_ptr<Limit> limit_;
};

}  // namespace acuguide::database
