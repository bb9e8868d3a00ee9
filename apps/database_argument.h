#pragma once

#include "outcomes/outcome_database.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace acuguide::apps {

/// `--database sqlite:FILE|postgresql://…`, by default what ACUGUIDE_DATABASE says, else a file among the
/// user's data ($XDG_DATA_HOME or ~/.local/share, acuguide/outcomes.sqlite).
struct DatabaseArgument {
  std::string address;

  void addTo(CLI::App& command);
  /// Throws Error. `make`: an SQLite file that is not there yet is made with its folder; without, that is an
  /// Error too.
  outcomes::OutcomeDatabase open(bool make) const;
  /// Opens it where it is; none where only the usual file is meant and that is not there.
  std::optional<outcomes::OutcomeDatabase> openIfThere() const;
  /// For messages.
  std::string text() const;
};

}  // namespace acuguide::apps
