#include "apps/command.h"
#include "apps/desktop.h"
#include "apps/end_on_signal.h"
#include "apps/interruption.h"
#include "apps/output_options.h"
#include "apps/sources.h"
#include "apps/sweep_reader.h"
#include "core/error.h"
#include "ui/windows/bench_window.h"

#include <CLI/CLI.hpp>
#include <QTimer>

#include <iostream>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

using Page = ui::BenchWindow::Page;

/// With --page run, how far a run is when the picture of it is taken: wires are being found.
constexpr std::size_t kFramesSeen = 60;

struct Arguments {
  std::string folder, phantom, calibration, validation, place, page;
  double limitMm = calibration::SpatialOptions().limitMm;
  OffscreenArguments offscreen;

  bool runs() const { return !phantom.empty() && !calibration.empty() && !validation.empty(); }
};

ui::BenchOptions optionsOf(const Arguments& arguments) {
  ui::BenchOptions options;
  options.folder = arguments.folder;
  options.request = {arguments.phantom, arguments.calibration, arguments.validation, {}};
  options.request.options.limitMm = arguments.limitMm;
  options.place = arguments.place;
  options.runAtOnce = arguments.runs() && arguments.page != "list";
  options.readSweep = sweepReader();
  options.catalog = allSources();
  options.remember = !arguments.offscreen.offscreen;
  return options;
}

/// Whether the page asked for is what the window now shows.
bool arrived(const ui::BenchWindow& window, const Arguments& arguments) {
  if (!window.failure().isEmpty() || Interruption::requested()) return true;
  if (arguments.page == "run" && arguments.runs())
    return window.framesSeen() >= kFramesSeen || window.page() == Page::Report;
  if (arguments.page == "run" || !arguments.runs() || arguments.page == "list") return true;
  return window.page() == Page::Report;
}

int runOffscreen(ui::BenchWindow& window, const Arguments& arguments) {
  const Interruption interruption;
  window.resize(arguments.offscreen.width(), arguments.offscreen.height());
  window.QWidget::show();
  if (arguments.page == "run" && !arguments.runs()) window.showRunPage();
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, [&] {
    if (arrived(window, arguments)) QApplication::quit();
  });
  timer.start(10);
  QApplication::exec();
  timer.stop();
  if (!window.failure().isEmpty()) throw Error::sentence(window.failure().toStdString());
  if (!arguments.offscreen.screenshot.empty()) {
    if (!window.saveScreenshot(QString::fromStdString(arguments.offscreen.screenshot)))
      throw Error(arguments.offscreen.screenshot, "cannot be written",
                  "check the folder and its permissions");
    std::cout << "picture of the window: " << arguments.offscreen.screenshot << "\n";
  }
  return 0;
}

int bench(const Arguments& arguments) {
  const Desktop desktop(arguments.offscreen);
  ui::BenchWindow window(optionsOf(arguments));
  if (arguments.offscreen.offscreen) return runOffscreen(window, arguments);
  window.QWidget::show();
  const EndOnSignal endOnSignal(window);
  return QApplication::exec();
}

}  // namespace

void addBenchCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand(
      "bench", "The engineer's window: calibrations there are, a new one, and how it went");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FOLDER", arguments->folder, "whose calibrations are listed (~/acuguide/calibrations)");
  command->add_option("--phantom", arguments->phantom, "PLUS device set (XML) or phantom (JSON)");
  command->add_option("--calibration", arguments->calibration, "tracked sweep over the phantom");
  command->add_option("--validation", arguments->validation,
                      "a second sweep; with all three it starts at once");
  addOutput(*command, "--out", arguments->place, "RESULT.json that an accepted calibration becomes");
  command->add_option("--limit-mm", arguments->limitMm, "largest mean error that is accepted")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--page", arguments->page, "what to show before the end (offscreen)")
      ->check(CLI::IsMember({"list", "run", "report"}));
  arguments->offscreen.addWindowTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return bench(*arguments); }; });
}

}  // namespace acuguide::apps
