#pragma once

#include "acquisition/source_catalog.h"
#include "core/scale.h"
#include "imaging/frame_analyzer.h"
#include "planning/plan.h"

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace acuguide::apps {

/// The options that every subcommand which analyses frames shares, as typed.
struct AnalysisArguments {
  std::string planFile;
  std::string spacing;
  std::string probe = "auto";
  std::string entry = "any";
  std::vector<std::string> calibrations;  ///< RESULT.json files
  std::vector<std::string> trackers;      ///< SOURCE texts
  int threads = 1;

  void addTo(CLI::App& command);
  /// Only those that say what a picture is: for subcommands that look for no needle.
  void addPictureOptions(CLI::App& command);

  // As values; throw Error.
  std::shared_ptr<const planning::Plan> plan() const;  ///< null without --plan
  std::shared_ptr<const GivenScale> scale() const;     ///< null without --spacing-mm
  imaging::AnalyzerOptions analyzer() const;           ///< what the plan adds, navigation::Pipeline adds
  /// Every kind of source, its frames with the trackers' poses and the calibrations applied.
  acquisition::SourceCatalog sources() const;
};

}  // namespace acuguide::apps
