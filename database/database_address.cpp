#include "database/database_address.h"

#include "core/error.h"

#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>

namespace acuguide::database {
namespace {

constexpr const char* forms = "give sqlite:FILE or postgresql://USER@HOST:PORT/NAME";

DatabaseAddress postgresqlAt(const QUrl& url, const std::string& where) {
  DatabaseAddress address;
  address.kind = DatabaseAddress::Kind::Postgresql;
  address.host = url.host().toStdString();
  address.port = url.port(5432);
  address.name = url.path(QUrl::FullyDecoded).mid(1).toStdString();
  address.user = url.userName(QUrl::FullyDecoded).toStdString();
  address.password = url.password(QUrl::FullyDecoded).toStdString();
  for (const auto& [key, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded)) {
    if (value.contains(';') || value.contains(' '))
      throw Error(where, "the option " + key.toStdString() + " holds a space or a semicolon", forms);
    if (!address.options.empty()) address.options += ';';
    address.options.append(key.toStdString()).append("=").append(value.toStdString());
  }
  if (address.host.empty() || address.name.empty() || address.name.find('/') != std::string::npos)
    throw Error(where, "the address names no host or no database", forms);
  return address;
}

}  // namespace

DatabaseAddress DatabaseAddress::parse(std::string_view text, const std::string& where) {
  constexpr std::string_view sqlite = "sqlite:";
  if (text.starts_with(sqlite)) {
    DatabaseAddress address;
    address.file = std::string(text.substr(sqlite.size()));
    if (address.file.empty()) throw Error(where, "the address names no file", forms);
    return address;
  }
  if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
    const QUrl url(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), QUrl::StrictMode);
    if (!url.isValid()) throw Error(where, "is no address of a database", forms);
    return postgresqlAt(url, where);
  }
  throw Error(where, "is no address of a database", forms);
}

std::string DatabaseAddress::text() const {
  if (kind == Kind::Sqlite) return "sqlite:" + file.string();
  return "postgresql://" + (user.empty() ? "" : user + "@") + host + ":" + std::to_string(port) + "/" + name;
}

}  // namespace acuguide::database
