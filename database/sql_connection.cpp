#include "database/sql_connection.h"

#include "core/error.h"
#include "core/utf8_text.h"

#include <QtSql/QSqlError>

#include <atomic>

namespace acuguide::database {
namespace {

/// Qt keeps connections in a table by name; each of ours gets its own.
QString freshName() {
  static std::atomic<unsigned> count{0};
  return QStringLiteral("acuguide-%1").arg(count++);
}

/// A server's messages run over several lines.
std::string firstLine(const QString& text) {
  return text.section('\n', 0, 0, QString::SectionSkipEmpty).trimmed().toStdString();
}

}  // namespace

SqlConnection::SqlConnection(const std::filesystem::path& path, Access access)
    : path_(path.string()), name_(freshName()) {
  requireUtf8Name(path, "a database");
  database_ = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name_);
  database_.setDatabaseName(QString::fromStdString(path_));
  if (access == Access::ReadOnly) database_.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
  open("SQLite", "libqt6sql6-sqlite");
}

SqlConnection::SqlConnection(const DatabaseAddress& address)
    : path_(address.kind == DatabaseAddress::Kind::Sqlite ? address.file.string() : address.text()),
      postgresql_(address.kind == DatabaseAddress::Kind::Postgresql),
      name_(freshName()) {
  if (!postgresql_) {
    requireUtf8Name(path_, "a database");
    database_ = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name_);
    database_.setDatabaseName(QString::fromStdString(path_));
    database_.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=30000"));
    open("SQLite", "libqt6sql6-sqlite");
    return;
  }
  database_ = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), name_);
  database_.setHostName(QString::fromStdString(address.host));
  database_.setPort(address.port);
  database_.setDatabaseName(QString::fromStdString(address.name));
  database_.setUserName(QString::fromStdString(address.user));
  database_.setPassword(QString::fromStdString(address.password));
  database_.setConnectOptions(
      QString::fromStdString("connect_timeout=10" + (address.options.empty() ? "" : ";" + address.options)));
  open("PostgreSQL", "libqt6sql6-psql");
}

void SqlConnection::open(const char* driver, const char* package) {
  std::string reason, remedy;
  if (!database_.isValid()) {
    reason = std::string("Qt has no ") + driver + " driver here";
    remedy = std::string("install Debian's ") + package;
  } else if (!database_.open()) {
    reason = "cannot be opened (" + firstLine(database_.lastError().databaseText()) + ")";
    remedy = postgresql_ ? "check the address, that the server runs, and user and password"
                         : "check that it is there and that you may read it";
  } else {
    return;
  }
  database_ = {};
  QSqlDatabase::removeDatabase(name_);
  throw Error(path_, reason, remedy);
}

SqlConnection::~SqlConnection() {
  database_.close();
  database_ = {};
  QSqlDatabase::removeDatabase(name_);
}

QSqlQuery SqlConnection::run(const std::string& sql) {
  QSqlQuery query(database_);
  query.setForwardOnly(!postgresql_);  // there, one query at a time
  if (!query.exec(QString::fromStdString(sql))) fail(query.lastError());
  return query;
}

QSqlQuery SqlConnection::prepare(const std::string& sql) {
  QSqlQuery query(database_);
  query.setForwardOnly(!postgresql_);  // there, one query at a time
  if (!query.prepare(QString::fromStdString(sql))) fail(query.lastError());
  return query;
}

void SqlConnection::execute(QSqlQuery& prepared) {
  if (!prepared.exec()) fail(prepared.lastError());
}

void SqlConnection::fail(const QSqlError& error) {
  // PostgreSQL takes nothing but this after a fault, not even the release of a prepared statement.
  if (postgresql_ && inTransaction_) {
    inTransaction_ = false;
    QSqlQuery(database_).exec(QStringLiteral("ROLLBACK"));
  }
  throw Error(path_, "the database refused (" + firstLine(error.databaseText()) + ")",
              postgresql_ ? "check the rights of your role, or ask whoever keeps the server"
                          : "check the disk, or restore the file from a copy");
}

}  // namespace acuguide::database
