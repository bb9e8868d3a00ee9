#pragma once

#include "navigation/navigator.h"

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace acuguide::ui {
class InstrumentWindow;
}

namespace acuguide::apps {

/// Options of a window nobody sits at.
struct OffscreenArguments {
  bool offscreen = false;
  std::int64_t frames = 0;  ///< end after so many shown; 0: no limit
  double seconds = 0;       ///< end after so long; 0: no limit
  bool logStates = false;   ///< print each change of what is shown
  std::string screenshot;   ///< PNG of the window at its end
  std::string size = "1280x720";

  void addTo(CLI::App& command);
  void addWindowTo(CLI::App& command);  ///< those that every window has, streams or not
  int width() const;                    ///< throw Error when --size is not WIDTHxHEIGHT
  int height() const;
};

/// Shows the window and runs until its end condition or the end of the source; then prints how it did and
/// saves the screenshot. The exit code; throws Error when the source could not be opened. Needs a
/// QApplication.
int runOffscreen(ui::InstrumentWindow& window, navigation::Navigator& navigator,
                 const OffscreenArguments& arguments);

}  // namespace acuguide::apps
