#pragma once

#include "database/database_address.h"

#include <filesystem>
#include <string>

namespace acuguide::outcomes::test {

/// A PostgreSQL server of the test's own, in a temporary folder, on loopback only, with a password; stopped
/// and removed with the object. As root it runs as the user `postgres` or `nobody`, because initdb refuses
/// root.
class PostgresqlServer {
 public:
  /// Empty when Debian's server programs are there; else what is missing.
  static std::string missing();

  PostgresqlServer();
  ~PostgresqlServer();
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

  /// A new, empty database, as its superuser.
  database::DatabaseAddress freshDatabase();

 private:
  database::DatabaseAddress address(const std::string& database) const;

  std::filesystem::path folder_;
  int port_ = 0;
  int databases_ = 0;
};

}  // namespace acuguide::outcomes::test
