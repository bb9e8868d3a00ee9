#include "database/foreign_file.h"

#include "core/error.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>

#include <cstdint>
#include <filesystem>
#include <sqlite3.h>
#include <string>
#include <system_error>

namespace acuguide::database {
namespace {

constexpr int mostBytes = 64 << 20;  // of one value or row
constexpr int lookEvery = 10'000;    // steps of SQLite's machine

/// The library's own handle behind Qt's driver; null: no SQLite.
sqlite3* handleOf(SqlConnection& connection) {
  const QSqlQuery query = connection.run("PRAGMA user_version");
  const QVariant handle = query.driver()->handle();
  if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0) return nullptr;
  return *static_cast<sqlite3* const*>(handle.constData());
}

}  // namespace

void requirePlainTables(SqlConnection& connection) {
  if (connection.isPostgresql()) return;
  QSqlQuery rows = connection.run(
      "SELECT type,name FROM sqlite_schema"
      " WHERE NOT (type = 'index' OR (type = 'table' AND sql LIKE 'CREATE TABLE%')) LIMIT 1");
  if (!rows.next()) return;
  const std::string found =
      rows.value(0).toString().toStdString() + " (" + rows.value(1).toString().toStdString() + ")";
  throw Error(connection.path(), "holds a " + found + " that acuguide does not make",
              "do not trust this file; restore it from a copy");
}

struct ForeignFile::Limit {
  sqlite3* handle = nullptr;
  std::string path;
  std::int64_t left = 0;  ///< steps
  bool ended = false;

  static int look(void* self) {
    auto& limit = *static_cast<Limit*>(self);
    limit.left -= lookEvery;
    limit.ended = limit.left < 0;
    return limit.ended ? 1 : 0;
  }
};

ForeignFile::ForeignFile(SqlConnection& connection) : limit_(std::make_unique<Limit>()) {
  limit_->path = connection.path();
  limit_->handle = handleOf(connection);
  if (limit_->handle == nullptr) return;
  sqlite3_limit(limit_->handle, SQLITE_LIMIT_LENGTH, mostBytes);
  sqlite3_limit(limit_->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_db_config(limit_->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, static_cast<int*>(nullptr));
  sqlite3_db_config(limit_->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, static_cast<int*>(nullptr));
  // A row takes some 30 steps to read and has at least as many bytes; a session is read some three times. An
  // endless query takes 100 million steps a second.
  std::error_code ignored;
  const std::uintmax_t bytes = std::filesystem::file_size(limit_->path, ignored);
  limit_->left = 50'000'000 + 10 * (ignored ? 0 : static_cast<std::int64_t>(bytes));
  sqlite3_progress_handler(limit_->handle, lookEvery, &Limit::look, limit_.get());
}

ForeignFile::~ForeignFile() {
  if (limit_->handle != nullptr) sqlite3_progress_handler(limit_->handle, 0, nullptr, nullptr);
}

void ForeignFile::requireUnhindered() const {
  if (limit_->ended)
    throw Error(limit_->path, "a query of it runs on without end",
                "do not trust this file; restore it from a copy");
}

}  // namespace acuguide::database
