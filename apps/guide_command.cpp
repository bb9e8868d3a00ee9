#include "apps/command.h"
#include "apps/session_recording.h"
#include "apps/window_setup.h"
#include "ui/windows/guide_window.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string source;
  std::string session;
  AnalysisArguments analysis;
  OffscreenArguments offscreen;
};

ui::RecordingControl controlOf(const std::shared_ptr<SessionRecording>& recording) {
  ui::RecordingControl control;
  control.start = [recording] { recording->start(); };
  control.stop = [recording] { recording->stop(); };
  control.status = [recording] {
    const session::RecorderStatus status = recording->status();
    return ui::RecordingStatus{recording->recording(), status.seconds,
                               status.failed ? status.message : recording->folder().string()};
  };
  return control;
}

int guide(const Arguments& arguments) {
  WindowSetup setup(arguments.source, arguments.analysis, arguments.offscreen);
  const auto recording = std::make_shared<SessionRecording>(arguments.session);
  if (!arguments.session.empty()) recording->start();
  const auto subscription =
      setup.navigator().subscribe([recording](const auto& snapshot) { recording->offer(snapshot); });

  ui::WindowOptions options = setup.options();
  options.recording = controlOf(recording);
  ui::GuideWindow window(setup.navigator(), options);
  const int code = setup.run(window);
  setup.navigator().close();
  recording->stop();
  return code;
}

}  // namespace

void addGuideCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("guide", "The practitioner's window: live picture and guidance");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SOURCE", arguments->source,
                      "where the frames come from; without it, choose in the window");
  command->add_option("--record", arguments->session, "session folder to record into from the start");
  arguments->analysis.addTo(*command);
  arguments->offscreen.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return guide(*arguments); }; });
}

}  // namespace acuguide::apps
