#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace acuguide::database {

/// Where a database is: "sqlite:FILE", or "postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=require".
/// Without a password libpq looks for one in PGPASSWORD and ~/.pgpass.
struct DatabaseAddress {
  enum class Kind { Sqlite, Postgresql };
  Kind kind = Kind::Sqlite;
  std::filesystem::path file;                       ///< SQLite
  std::string host, name, user, password, options;  ///< PostgreSQL; options as libpq has them, ';' between
  int port = 5432;

  /// Throws Error; `where` names it.
  static DatabaseAddress parse(std::string_view text, const std::string& where);
  /// For messages: never the password.
  std::string text() const;
};

}  // namespace acuguide::database
