#include "apps/analysis_arguments.h"
#include "apps/command.h"
#include "apps/output_options.h"
#include "apps/progress.h"
#include "apps/source_words.h"
#include "core/error.h"
#include "imaging/frame_analyzer.h"
#include "outcomes/measurement.h"
#include "outcomes/muscle_change.h"
#include "outcomes/muscle_measurement.h"

#include <CLI/CLI.hpp>
#include <opencv2/core.hpp>

#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace acuguide::apps {
namespace {

struct MeasureArguments {
  std::string source, out, muscle, on;
  double from = 0.0, to = std::numeric_limits<double>::infinity();
  bool still = false;
  AnalysisArguments analysis;
};

int measure(const MeasureArguments& arguments) {
  if (arguments.to < arguments.from) throw Error("--to", "lies before --from", "give seconds, --from first");
  // Before the pictures are read, which takes its time.
  const auto muscleName =
      arguments.muscle.empty() ? std::string() : outcomes::checkedLabel(arguments.muscle, "--muscle");
  const auto date = arguments.on.empty() ? std::string() : outcomes::checkedDate(arguments.on, "--on");
  const auto scale = arguments.analysis.scale();
  SourceWords words;
  cv::setNumThreads(arguments.analysis.threads);
  const auto source = arguments.analysis.sources().open(arguments.source);
  if (source->info().live)
    throw Error(arguments.source, "is a live source", "record it first (acuguide record)");
  auto options = arguments.analysis.analyzer();
  options.still = arguments.still;
  imaging::FrameAnalyzer analyzer(options);
  outcomes::MuscleMeasure muscle;
  Progress progress("Measuring", source->info().frameCount);
  for (std::int64_t done = 0; auto frame = source->read();) {
    progress.update(++done);
    if (frame->time > arguments.to) break;
    if (scale) scale->applyTo(*frame);
    words.tell(*frame, source->remark());
    const auto analysis = analyzer.process(*frame);
    if (frame->time >= arguments.from)
      muscle.add(imaging::muscleArchitecture(*analysis, frame->geometry.spacingMm));
  }
  outcomes::MuscleMeasurement result = muscle.result();
  if (result.pictures == 0)
    throw Error(arguments.source, "holds no picture in that time", "give other seconds for --from and --to");
  result.source = arguments.source;
  result.muscle = muscleName;
  result.on = date;
  if (!arguments.out.empty()) outcomes::writeMuscle(result, arguments.out);
  std::cout << outcomes::describe(result);
  return result.usable() ? 0 : 3;
}

int compare(const std::string& before, const std::string& after) {
  std::cout << outcomes::describe(outcomes::compareMuscles(
      outcomes::readMuscle(before), outcomes::readMuscle(after), before + " and " + after));
  return 0;
}

void addMeasure(CLI::App& muscle, Run& run) {
  auto* command = muscle.add_subcommand(
      "measure",
      "Thickness, pennation and fascicle length between the two aponeuroses, medians of a recording");
  auto arguments = std::make_shared<MeasureArguments>();
  command->add_option("SOURCE", arguments->source, "a recording with the probe along the muscle, at rest")
      ->required();
  addOutput(*command, "--out", arguments->out, "file for the result (JSON), for muscle compare");
  command->add_option("--muscle", arguments->muscle, "which one, with its side, in your words");
  command->add_option("--on", arguments->on, "date of the recording, as 2026-11-25");
  command->add_option("--from", arguments->from, "seconds of the recording to begin at");
  command->add_option("--to", arguments->to, "and to end at");
  command->add_flag("--still", arguments->still, "single pictures, which need not follow one another");
  arguments->analysis.addPictureOptions(*command);
  command->callback([&run, arguments] { run = [arguments] { return measure(*arguments); }; });
}

void addCompare(CLI::App& muscle, Run& run) {
  auto* command = muscle.add_subcommand(
      "compare", "What has changed between two measurements, and whether that can be claimed");
  auto files = std::make_shared<std::pair<std::string, std::string>>();
  command->add_option("BEFORE", files->first, "result of muscle measure")->required();
  command->add_option("AFTER", files->second, "and a later one")->required();
  command->callback([&run, files] { run = [files] { return compare(files->first, files->second); }; });
}

}  // namespace

void addMuscleCommand(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("muscle", "Measures a muscle before and after, and says what is a change");
  command->require_subcommand(1);
  addMeasure(*command, run);
  addCompare(*command, run);
}

}  // namespace acuguide::apps
