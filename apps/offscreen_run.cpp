#include "apps/offscreen_run.h"

#include "apps/interruption.h"
#include "apps/output_options.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/utf8_text.h"
#include "navigation/snapshot_names.h"
#include "ui/windows/instrument_window.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <optional>
#include <sstream>

namespace acuguide::apps {
namespace {

using acquisition::Connection;
using navigation::GuidanceSnapshot;

std::string describe(const GuidanceSnapshot& shown) {
  std::ostringstream text;
  text << "picture=" << nameOf(shown.picture) << " needle=" << tracking::nameOf(shown.needle.state)
       << " guidance=" << (shown.guidance ? guidance::nameOf(shown.guidance->state) : "-")
       << " structures=" << nameOf(shown.structures.state);
  return text.str();
}

int sizePart(const std::string& size, bool first) {
  int width = 0, height = 0;
  char rest = 0;
  if (std::sscanf(size.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 320 || height < 240 ||
      width > 7680 || height > 4320)
    throw Error("--size", "\"" + size + "\" is not a window size", "give WIDTHxHEIGHT, for example 1280x720");
  return first ? width : height;
}

/// Looks at the running window a hundred times a second and decides when it is over.
class Run {
 public:
  Run(ui::InstrumentWindow& window, navigation::Navigator& navigator, const OffscreenArguments& arguments)
      : window_(window), navigator_(navigator), arguments_(arguments), started_(monotonicSeconds()) {}

  bool over() {
    const auto shown = navigator_.snapshot();
    if (arguments_.logStates) log(*shown);
    const auto frames = static_cast<std::int64_t>(window_.displayTimes().frames());
    if (arguments_.frames > 0 && frames >= arguments_.frames) return true;
    if (arguments_.seconds > 0 && elapsed() >= arguments_.seconds) return true;
    if (shown->stream.connection == Connection::Failed) {
      if (frames == 0) failure_ = shown->stream.message;
      return true;
    }
    // A moment for the last frame to reach the screen.
    if (shown->stream.connection == Connection::Ended && endedAt_ == 0) endedAt_ = monotonicSeconds();
    if (endedAt_ > 0 && monotonicSeconds() - endedAt_ > 0.3) return true;
    return Interruption::requested();
  }

  const std::optional<std::string>& failure() const { return failure_; }

  void report() const {
    const auto stream = navigator_.snapshot()->stream;
    const ui::DisplayTimes& times = window_.displayTimes();
    const auto age = times.ages();
    std::printf("frames shown:    %llu, %.1f per second\n", static_cast<unsigned long long>(times.frames()),
                times.framesPerSecond());
    std::printf("frames skipped:  %lld (repeated %lld, late %lld, reconnections %lld)\n",
                static_cast<long long>(stream.skipped), static_cast<long long>(stream.repeated),
                static_cast<long long>(stream.late), static_cast<long long>(stream.reconnections));
    std::printf("frame to screen: median %.1f ms, p95 %.1f ms, max %.1f ms\n", age.median * 1e3,
                age.p95 * 1e3, age.max * 1e3);
    const auto total = navigator_.times().total;
    std::printf("analysis:        median %.1f ms, p95 %.1f ms, max %.1f ms\n", total.median * 1e3,
                total.p95 * 1e3, total.max * 1e3);
  }

 private:
  double elapsed() const { return monotonicSeconds() - started_; }

  void log(const GuidanceSnapshot& shown) {
    const std::string state = describe(shown);
    if (state == logged_) return;
    logged_ = state;
    std::printf("%.3f %s\n", elapsed(), state.c_str());
    std::fflush(stdout);
  }

  ui::InstrumentWindow& window_;
  navigation::Navigator& navigator_;
  const OffscreenArguments& arguments_;
  double started_;
  double endedAt_ = 0;
  std::string logged_;
  std::optional<std::string> failure_;
};

}  // namespace

void OffscreenArguments::addWindowTo(CLI::App& command) {
  command.add_flag("--offscreen", offscreen, "draw on a display of its own and end by itself");
  addOutput(command, "--screenshot", screenshot, "PNG of the window at its end (offscreen)");
  command.add_option("--size", size, "of the window (offscreen)")->capture_default_str();
}

void OffscreenArguments::addTo(CLI::App& command) {
  addWindowTo(command);
  command.add_option("--frames", frames, "end after so many frames shown (offscreen)")
      ->check(CLI::PositiveNumber);
  command.add_option("--seconds", seconds, "end after so long (offscreen)")->check(CLI::PositiveNumber);
  command.add_flag("--log-states", logStates,
                   "print each change of picture, needle and guidance (offscreen)");
}

int OffscreenArguments::width() const { return sizePart(size, true); }
int OffscreenArguments::height() const { return sizePart(size, false); }

int runOffscreen(ui::InstrumentWindow& window, navigation::Navigator& navigator,
                 const OffscreenArguments& arguments) {
  requireUtf8Name(arguments.screenshot, "a screenshot");
  const Interruption interruption;
  window.resize(arguments.width(), arguments.height());
  window.QWidget::show();
  Run run(window, navigator, arguments);
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, [&run] {
    if (run.over()) QApplication::quit();
  });
  timer.start(10);
  QApplication::exec();
  timer.stop();
  if (run.failure()) throw Error::sentence(*run.failure());
  run.report();
  if (!arguments.screenshot.empty()) {
    if (!window.saveScreenshot(QString::fromStdString(arguments.screenshot)))
      throw Error(arguments.screenshot, "cannot be written", "check the folder and its permissions");
    std::cout << "picture of the window: " << arguments.screenshot << "\n";
  }
  return 0;
}

}  // namespace acuguide::apps
