#include "apps/database_argument.h"

#include "core/error.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string usual() {
  if (const std::string told = variable("ACUGUIDE_DATABASE"); !told.empty()) return told;
  const std::string data = variable("XDG_DATA_HOME"), home = variable("HOME");
  const fs::path folder =
      !data.empty() ? fs::path(data) : fs::path(home.empty() ? "." : home) / ".local/share";
  return "sqlite:" + (folder / "acuguide" / "outcomes.sqlite").string();
}

Error notThere(const database::DatabaseAddress& where) {
  return Error(where.text(), "there is no such database", "add scores first ('acuguide outcomes add')");
}

}  // namespace

void DatabaseArgument::addTo(CLI::App& command) {
  command.add_option("--database", address,
                     "sqlite:FILE or postgresql://USER@HOST/NAME (default: ACUGUIDE_DATABASE, else a file "
                     "among your own data)");
}

std::string DatabaseArgument::text() const {
  return database::DatabaseAddress::parse(address.empty() ? usual() : address, "--database").text();
}

outcomes::OutcomeDatabase DatabaseArgument::open(bool make) const {
  const auto where = database::DatabaseAddress::parse(address.empty() ? usual() : address, "--database");
  if (where.kind == database::DatabaseAddress::Kind::Sqlite) {
    std::error_code problem;
    if (!make && !fs::exists(where.file)) throw notThere(where);
    if (make && where.file.has_parent_path()) fs::create_directories(where.file.parent_path(), problem);
  }
  return outcomes::OutcomeDatabase(where);
}

std::optional<outcomes::OutcomeDatabase> DatabaseArgument::openIfThere() const {
  const auto where = database::DatabaseAddress::parse(address.empty() ? usual() : address, "--database");
  const bool file = where.kind == database::DatabaseAddress::Kind::Sqlite;
  if (address.empty() && file && !fs::exists(where.file)) return std::nullopt;
  if (file && !fs::exists(where.file)) throw notThere(where);
  return std::optional<outcomes::OutcomeDatabase>(std::in_place, where);
}

}  // namespace acuguide::apps
