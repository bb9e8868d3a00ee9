#include "acquisition/igtl/igtl_address.h"
#include "apps/command.h"
#include "apps/output_options.h"
#include "apps/recording_facts.h"
#include "apps/session_recording.h"
#include "apps/window_setup.h"
#include "core/whole_file.h"
#include "interop/igtl_server.h"
#include "report/session_report.h"
#include "ui/windows/guide_window.h"
#include "ui/windows/serving_notice.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string source;
  std::string session;
  std::string serve;
  bool noStructures = false;
  AnalysisArguments analysis;
  OffscreenArguments offscreen;
};

ui::RecordingControl controlOf(const std::shared_ptr<SessionRecording>& recording) {
  ui::RecordingControl control;
  control.start = [recording] { recording->start(); };
  control.stop = [recording] { recording->stop(); };
  control.status = [recording] {
    const recording::RecorderStatus status = recording->status();
    return ui::RecordingStatus{recording->recording(), status.seconds,
                               status.failed ? status.message : recording->folder().string(),
                               recording->alarm()};
  };
  control.note = [recording](const std::string& kind, const std::string& detail) {
    recording->note({kind, detail});
  };
  control.observe = [recording](const navigation::GuidanceSnapshot& snapshot) {
    recording->observe(snapshot);
  };
  return control;
}

/// "18944" listens on this machine only, "0.0.0.0:18944" on the network.
interop::IgtlServerOptions serverOptions(const std::string& text) {
  interop::IgtlServerOptions options;
  const bool portOnly = text.find(':') == std::string::npos;
  const auto at =
      acquisition::parseHostPort(portOnly ? options.address + ":" + text : text, "--serve " + text);
  options.address = at.host;
  options.port = at.port;
  return options;
}

int guide(const Arguments& arguments) {
  WindowSetup setup(arguments.source, arguments.analysis, arguments.offscreen);
  const auto recording = std::make_shared<SessionRecording>(
      arguments.session, recordingFacts(arguments.analysis, arguments.source),
      [&navigator = setup.navigator()] { return navigator.source(); });
  if (!arguments.session.empty()) recording->start();
  const auto subscription =
      setup.navigator().subscribe([recording](const auto& snapshot) { recording->offer(snapshot); });

  navigation::Navigator& navigator = setup.navigator();
  navigator.setStructuresOn(!arguments.noStructures);
  std::unique_ptr<interop::IgtlServer> server;
  std::shared_ptr<void> serving;
  if (!arguments.serve.empty()) {
    server = std::make_unique<interop::IgtlServer>([&navigator] { return navigator.snapshot(); },
                                                   serverOptions(arguments.serve));
    serving = navigator.subscribe([server = server.get()](const auto&) { server->announce(); });
  }

  ui::WindowOptions options = setup.options();
  options.recording = controlOf(recording);
  options.recordInto = [recording](const std::filesystem::path& folder) { recording->into(folder); };
  options.writeReport = [](const std::string& session) {
    const std::filesystem::path file =
        session + "_report.pdf";  // a session is its own files and nothing else
    writeWholeFile(file, report::reportPdf(report::gatherReport(session, {}, nullptr, {})), "the report");
    return file;
  };
  options.askFirst = !arguments.offscreen.offscreen;
  ui::GuideWindow window(setup.navigator(), options);
  std::optional<ui::ServingNotice> notice;
  if (server) notice.emplace(window, [server = server.get()] { return server->status(); });
  const int code = setup.run(window);
  navigator.close();
  recording->stop();
  if (const auto recorded = recording->status(); recorded.failed)
    std::cerr << "acuguide: the recording ended early, after " << recorded.framesCommitted
              << " frames: " << recorded.message << "\n";
  return code;
}

}  // namespace

void addGuideCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("guide", "The practitioner's window: live picture and guidance");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SOURCE", arguments->source,
                      "where the frames come from; without it, choose in the window");
  addOutput(*command, "--record", arguments->session, "session folder to record into from the start");
  command->add_option("--serve", arguments->serve,
                      "OpenIGTLink server on this port, for this machine only; ADDRESS:PORT for others");
  command->add_flag("--no-structures", arguments->noStructures,
                    "do not look for possible nerves and vessels (V in the window)");
  arguments->analysis.addTo(*command);
  arguments->offscreen.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return guide(*arguments); }; });
}

}  // namespace acuguide::apps
