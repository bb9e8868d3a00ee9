#include "acquisition/frame_writer.h"
#include "apps/command.h"
#include "apps/output_options.h"
#include "apps/progress.h"
#include "simulation/scenario.h"
#include "simulation/simulator.h"
#include "simulation/truth_writer.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  bool list = false;
  std::string scenario;
  std::string out;
  std::string truth;
  double startSeconds = 0;
  simulation::SimulatorOptions simulator;
};

int listScenarios() {
  for (const auto& scenario : simulation::scenarios())
    std::printf("%-18s %s\n", scenario.name.c_str(), scenario.description.c_str());
  return 0;
}

int simulate(const Arguments& arguments) {
  simulation::Simulator simulator(arguments.scenario, arguments.simulator);
  const auto writer = acquisition::openFrameWriter(arguments.out, arguments.simulator.framesPerSecond);
  std::unique_ptr<simulation::TruthWriter> truth;
  if (!arguments.truth.empty()) truth = std::make_unique<simulation::TruthWriter>(arguments.truth);

  const std::int64_t count = arguments.simulator.frames;
  const auto first =
      static_cast<std::int64_t>(std::llround(arguments.startSeconds * arguments.simulator.framesPerSecond));
  {
    Progress progress("Simulating", count);
    for (std::int64_t i = 0; i < count; ++i) {
      auto simulated = simulator.render(first + i);
      simulated.frame.index = simulated.truth.index = i;
      writer->write(simulated.frame);
      if (truth) truth->write(simulated.truth);
      progress.update(i + 1);
    }
  }
  writer->finish();
  if (truth) truth->finish();
  std::cout << "Simulated " << count << " frames of " << arguments.scenario << " into " << arguments.out
            << "\n";
  return 0;
}

}  // namespace

void addSimulateCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("simulate", "Writes a simulated insertion with its ground truth");
  auto arguments = std::make_shared<Arguments>();
  auto* list = command->add_flag("--list", arguments->list, "name the scenarios");
  auto* scenario = command->add_option("SCENARIO", arguments->scenario, "what to simulate, see --list");
  auto* out = addOutput(*command, "--out", arguments->out, ".mkv, .igs.mha, or a folder for PNG");
  addOutput(*command, "--truth", arguments->truth,
            "ground truth (CSV); planes, structures and target beside it");
  command->add_option("--seed", arguments->simulator.seed, "same seed, same bytes")->capture_default_str();
  command->add_option("--frames", arguments->simulator.frames, "how many")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1000000}))
      ->capture_default_str();
  command->add_option("--fps", arguments->simulator.framesPerSecond, "frames per second")
      ->check(CLI::Range(0.5, 200.0))
      ->capture_default_str();
  command->add_option("--start", arguments->startSeconds, "seconds into the scenario at which to begin")
      ->check(CLI::Range(0.0, 3600.0));
  list->excludes(scenario)->excludes(out);
  command->callback([&run, arguments] {
    if (!arguments->list && (arguments->scenario.empty() || arguments->out.empty()))
      throw CLI::ValidationError("simulate", "needs SCENARIO and --out (or --list)");
    run = [arguments] { return arguments->list ? listScenarios() : simulate(*arguments); };
  });
}

}  // namespace acuguide::apps
