#include "ui/widgets/source_choices.h"

#include <algorithm>
#include <exception>

namespace acuguide::ui {

std::string whyNotASource(const acquisition::SourceCatalog& catalog, const std::string& source) {
  const auto& kinds = catalog.kinds();
  if (std::any_of(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.claims(source); }))
    return {};
  try {
    catalog.open(source);  // claimed by none: throws before anything is opened
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace acuguide::ui
