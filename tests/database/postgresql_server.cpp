#include "database/postgresql_server.h"

#include "database/sql_connection.h"

#include <QtSql/QSqlDatabase>

#include <arpa/inet.h>
#include <cstdlib>
#include <fstream>
#include <netinet/in.h>
#include <pwd.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace acuguide::outcomes::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* password = "only for this test";

/// Debian keeps the server's programs apart from the path, one folder a version; the newest.
fs::path programs() {
  fs::path newest;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
    if (fs::exists(version.path() / "bin/initdb") && version.path() > newest) newest = version.path();
  return newest.empty() ? newest : newest / "bin";
}

const char* otherUser() {
  for (const char* name : {"postgres", "nobody"})
    if (getpwnam(name) != nullptr) return name;
  throw std::runtime_error("there is no user to run PostgreSQL as");
}

void run(const std::string& command, const fs::path& log) {
  std::string whole = command + " >> '" + log.string() + "' 2>&1 < /dev/null";
  if (geteuid() == 0) whole = std::string("runuser -u ") + otherUser() + " -- sh -c \"" + whole + "\"";
  if (std::system(("cd / && " + whole).c_str()) == 0) return;
  std::ifstream text(log);
  throw std::runtime_error(command + ": " + std::string(std::istreambuf_iterator<char>(text), {}));
}

int freePort() {
  const int handle = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof where;
  bind(handle, reinterpret_cast<sockaddr*>(&where), length);
  getsockname(handle, reinterpret_cast<sockaddr*>(&where), &length);
  close(handle);
  return ntohs(where.sin_port);
}

}  // namespace

std::string PostgresqlServer::missing() {
  if (programs().empty()) return "no PostgreSQL server here (Debian's postgresql)";
  if (!QSqlDatabase::isDriverAvailable("QPSQL"))
    return "no PostgreSQL driver for Qt (Debian's libqt6sql6-psql)";
  return {};
}

PostgresqlServer::PostgresqlServer() : port_(freePort()) {
  std::string name = (fs::temp_directory_path() / "acuguide-pg-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  folder_ = name;
  std::ofstream(folder_ / "password") << password << "\n";
  if (geteuid() == 0) {
    const passwd* user = getpwnam(otherUser());
    for (const fs::path& path : {folder_, folder_ / "password"})
      if (chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown failed");
  }
  const std::string data = (folder_ / "data").string();
  run((programs() / "initdb").string() + " -D '" + data + "' -U owner -A scram-sha-256 --pwfile='" + name +
          "/password' -E UTF8 --locale=C -N",
      folder_ / "log");
  run((programs() / "pg_ctl").string() + " -D '" + data + "' -w -t 60 -l '" + name + "/server.log' -o '-p " +
          std::to_string(port_) + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + name + "' start",
      folder_ / "log");
}

PostgresqlServer::~PostgresqlServer() {
  try {
    run((programs() / "pg_ctl").string() + " -D '" + (folder_ / "data").string() + "' -w -m immediate stop",
        folder_ / "log");
  } catch (const std::exception&) {
    // It is gone already.
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

database::DatabaseAddress PostgresqlServer::address(const std::string& database) const {
  database::DatabaseAddress address;
  address.kind = database::DatabaseAddress::Kind::Postgresql;
  address.host = "127.0.0.1";
  address.port = port_;
  address.user = "owner";
  address.password = password;
  address.name = database;
  return address;
}

database::DatabaseAddress PostgresqlServer::freshDatabase() {
  const std::string name = "test" + std::to_string(databases_++);
  database::SqlConnection connection(address("postgres"));
  connection.run("CREATE DATABASE " + name);
  return address(name);
}

}  // namespace acuguide::outcomes::test
