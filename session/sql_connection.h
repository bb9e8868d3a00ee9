#pragma once

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <filesystem>
#include <string>

namespace acuguide::session {

/// A connection to an SQLite file, closed with the object. Belongs to the thread that made it.
class SqlConnection {
 public:
  enum class Access { ReadOnly, ReadWrite };

  /// Throws Error when the file cannot be opened; ReadWrite makes it where it is not there yet.
  SqlConnection(const std::filesystem::path& path, Access access);
  ~SqlConnection();
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;

  /// Each throws Error naming the file and the database's own reason.
  QSqlQuery run(const std::string& sql);
  QSqlQuery prepare(const std::string& sql);
  void execute(QSqlQuery& prepared);

  const std::string& path() const { return path_; }

 private:
  [[noreturn]] void fail(const QSqlError& error) const;

  std::string path_;
  QString name_;
  QSqlDatabase database_;
};

}  // namespace acuguide::session
