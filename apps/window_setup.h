#pragma once

#include "apps/analysis_arguments.h"
#include "apps/desktop.h"
#include "apps/offscreen_run.h"
#include "navigation/navigator.h"
#include "ui/windows/window_options.h"

#include <memory>
#include <optional>
#include <string>

namespace acuguide::apps {

/// What every window of the program needs before it can open: a display, the application, its style, a
/// navigator.
class WindowSetup {
 public:
  /// `ownKind`: one more kind of source for this window. Throws Error for a bad plan or option, and when
  /// there is no display.
  WindowSetup(const std::string& source, const AnalysisArguments& analysis,
              const OffscreenArguments& offscreen,
              const std::optional<acquisition::SourceCatalog::Kind>& ownKind = std::nullopt);

  navigation::Navigator& navigator() { return *navigator_; }
  ui::WindowOptions options() const { return options_; }
  /// Shows the window; the program's exit code.
  int run(ui::InstrumentWindow& window);

 private:
  OffscreenArguments offscreen_;
  std::optional<Desktop> desktop_;
  std::unique_ptr<navigation::Navigator> navigator_;
  std::shared_ptr<void> telling_;
  ui::WindowOptions options_;
};

}  // namespace acuguide::apps
