#include "session/sql_connection.h"

#include "core/error.h"

#include <QtSql/QSqlError>

#include <atomic>

namespace acuguide::session {
namespace {

/// Qt keeps connections in a table by name; each of ours gets its own.
QString freshName() {
  static std::atomic<unsigned> count{0};
  return QStringLiteral("acuguide-%1").arg(count++);
}

}  // namespace

SqlConnection::SqlConnection(const std::filesystem::path& path, Access access)
    : path_(path.string()), name_(freshName()) {
  database_ = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name_);
  if (!database_.isValid()) {
    database_ = {};
    QSqlDatabase::removeDatabase(name_);
    throw Error(path_, "Qt has no SQLite driver here", "install Debian's libqt6sql6-sqlite");
  }
  database_.setDatabaseName(QString::fromStdString(path_));
  if (access == Access::ReadOnly) database_.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
  if (!database_.open()) {
    const std::string reason = database_.lastError().databaseText().toStdString();
    database_ = {};
    QSqlDatabase::removeDatabase(name_);
    throw Error(path_, "cannot be opened (" + reason + ")",
                "check that it is there and that you may read it");
  }
}

SqlConnection::~SqlConnection() {
  database_.close();
  database_ = {};
  QSqlDatabase::removeDatabase(name_);
}

QSqlQuery SqlConnection::run(const std::string& sql) {
  QSqlQuery query(database_);
  query.setForwardOnly(true);
  if (!query.exec(QString::fromStdString(sql))) fail(query.lastError());
  return query;
}

QSqlQuery SqlConnection::prepare(const std::string& sql) {
  QSqlQuery query(database_);
  query.setForwardOnly(true);
  if (!query.prepare(QString::fromStdString(sql))) fail(query.lastError());
  return query;
}

void SqlConnection::execute(QSqlQuery& prepared) {
  if (!prepared.exec()) fail(prepared.lastError());
}

void SqlConnection::fail(const QSqlError& error) const {
  throw Error(path_, "the database refused (" + error.databaseText().toStdString() + ")",
              "check the disk, or restore the file from a copy");
}

}  // namespace acuguide::session
