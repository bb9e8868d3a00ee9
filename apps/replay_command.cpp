#include "apps/command.h"
#include "apps/session_folders.h"
#include "apps/window_setup.h"
#include "core/error.h"
#include "ui/windows/replay_window.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string source;
  AnalysisArguments analysis;
  OffscreenArguments offscreen;
  std::vector<std::string> experts;
  std::string compare;
};

int replay(const Arguments& arguments) {
  WindowSetup setup(arguments.source, arguments.analysis, arguments.offscreen);
  ui::WindowOptions options = setup.options();
  for (const std::string& folder : arguments.experts)
    for (const auto& session : sessionsIn(folder)) options.experts.push_back(session);
  options.compare = arguments.compare;
  if (!options.compare.empty() && sessionsIn(options.compare).size() != 1)
    throw Error(options.compare, "holds several sessions", "give the one to compare with");
  ui::ReplayWindow window(setup.navigator(), options);
  return setup.run(window);
}

}  // namespace

void addReplayCommand(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("replay", "The trainer's window: play, pause, step and scrub a recording");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SOURCE", arguments->source,
                      "recorded session or file; without it, choose in the window");
  command->add_option("--compare", arguments->compare,
                      "a second session beside the first, aligned at the first skin contact");
  command->add_option("--experts", arguments->experts,
                      "sessions, or folders of them, that set the band and the pass marks");
  arguments->analysis.addTo(*command);
  arguments->offscreen.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return replay(*arguments); }; });
}

}  // namespace acuguide::apps
