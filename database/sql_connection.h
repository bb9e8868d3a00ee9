#pragma once

#include "database/database_address.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <filesystem>
#include <string>

namespace acuguide::database {

/// A connection to an SQLite file or a PostgreSQL database, closed with the object. Belongs to the thread
/// that made it.
class SqlConnection {
 public:
  enum class Access { ReadOnly, ReadWrite };

  /// Throws Error when the file cannot be opened; ReadWrite makes it where it is not there yet.
  SqlConnection(const std::filesystem::path& path, Access access);
  /// A database that others write to at the same time: waits for them, up to half a minute.
  explicit SqlConnection(const DatabaseAddress& address);
  ~SqlConnection();
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;

  /// Each throws Error naming the file and the database's own reason.
  QSqlQuery run(const std::string& sql);
  QSqlQuery prepare(const std::string& sql);
  void execute(QSqlQuery& prepared);

  /// The file, or the address without its password.
  const std::string& path() const { return path_; }
  bool isPostgresql() const { return postgresql_; }

 private:
  friend class SqlTransaction;
  void open(const char* driver, const char* package);
  [[noreturn]] void fail(const QSqlError& error);

  std::string path_;
  bool postgresql_ = false;
  bool inTransaction_ = false;
  QString name_;
  QSqlDatabase database_;
};

}  // namespace acuguide::database
