#include "apps/command.h"
#include "apps/window_setup.h"
#include "ui/windows/replay_window.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string source;
  AnalysisArguments analysis;
  OffscreenArguments offscreen;
};

int replay(const Arguments& arguments) {
  WindowSetup setup(arguments.source, arguments.analysis, arguments.offscreen);
  ui::ReplayWindow window(setup.navigator(), setup.options());
  return setup.run(window);
}

}  // namespace

void addReplayCommand(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("replay", "The trainer's window: play, pause, step and scrub a recording");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SOURCE", arguments->source,
                      "recorded session or file; without it, choose in the window");
  arguments->analysis.addTo(*command);
  arguments->offscreen.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return replay(*arguments); }; });
}

}  // namespace acuguide::apps
