#pragma once

#include "planning/plan.h"
#include "ui/widgets/recording_control.h"
#include "ui/widgets/source_choices.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace acuguide::ui {

struct WindowOptions {
  std::string source;                          ///< opened at once; empty: the last one, or the start page
  std::shared_ptr<const planning::Plan> plan;  ///< null: none
  SourceChoices sources;
  acquisition::SourceCatalog trackers;  ///< what a stylus may be seen by, as it comes: no calibration
  RecordingControl recording;           ///< empty: the record button is off and says why
  /// The next recording goes into this folder, which is not there yet; empty: as if it had not been called.
  /// Empty function: recordings go where they always go.
  std::function<void(const std::filesystem::path& folder)> recordInto;
  std::filesystem::path sessionsFolder;  ///< of sittings; empty: acuguide/sessions in the home folder
  std::filesystem::path snapshotFolder;  ///< empty: acuguide/snapshots in the home folder
  std::filesystem::path settingsFile;    ///< empty: the user's own settings
  bool remember =
      true;  ///< last source, recent files and layout come back; false for a window nobody sits at
  std::vector<std::filesystem::path> experts;  ///< replay: sessions that set the band and the pass marks
  std::string compare;                         ///< replay: a second session beside the first; empty: none
  bool sound = true;                           ///< guidance and alarm tones
  /// Someone sits at the window: guidance claims no course before the contraindications were asked for and
  /// the point was confirmed. False for a window that runs by itself.
  bool askFirst = false;
  std::function<void()> openBench;  ///< empty: the start page has no way to the bench
  /// Shows a recorded session in a window of its own; empty: there is no way to it.
  std::function<void(const std::string& session)> openReplay;
  /// Writes the report of a recorded session (PDF) and returns its file; throws Error. Called on a thread of
  /// its own. Empty: there is no way to it.
  std::function<std::filesystem::path(const std::string& session)> writeReport;
};

}  // namespace acuguide::ui
