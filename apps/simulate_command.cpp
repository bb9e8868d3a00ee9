#include "acquisition/frame_writer.h"
#include "apps/command.h"
#include "apps/output_options.h"
#include "apps/progress.h"
#include "core/error.h"
#include "simulation/scenario.h"
#include "simulation/simulator.h"
#include "simulation/sweep_truth.h"
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
  bool sweep = false;
  simulation::SweepOptions swept;
};

/// The limb that a sweep goes along.
constexpr const char* limbName = "limb";

int listScenarios() {
  for (const auto& scenario : simulation::scenarios())
    std::printf("%-18s %s\n", scenario.name.c_str(), scenario.description.c_str());
  std::printf("%-18s %s\n", limbName,
              "with --sweep: a tracked sweep along a limb with bone, vessel, nerve and fascia in 3D");
  return 0;
}

int simulateSweep(Arguments arguments) {
  if (arguments.scenario != limbName)
    throw Error(arguments.scenario, "is no limb to sweep along", std::string("write ") + limbName);
  if (arguments.startSeconds != 0) throw Error("--start", "goes with insertions only", "leave it out");
  arguments.swept.seed = arguments.simulator.seed;
  arguments.swept.frames = arguments.simulator.frames;
  arguments.swept.framesPerSecond = arguments.simulator.framesPerSecond;
  simulation::LimbSweep sweep(arguments.swept);
  const auto writer = acquisition::openFrameWriter(arguments.out, arguments.swept.framesPerSecond);
  std::unique_ptr<simulation::SweepTruthWriter> truth;
  if (!arguments.truth.empty()) truth = std::make_unique<simulation::SweepTruthWriter>(arguments.truth);
  {
    Progress progress("Simulating", arguments.swept.frames);
    for (std::int64_t i = 0; i < arguments.swept.frames; ++i) {
      const auto swept = sweep.render(i);
      writer->write(swept.frame);
      if (truth) truth->write(swept);
      progress.update(i + 1);
    }
  }
  writer->finish();
  if (truth) truth->finish(sweep);
  std::cout << "Simulated a sweep of " << arguments.swept.frames << " frames into " << arguments.out << "\n";
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
  auto* sweep = command->add_flag("--sweep", arguments->sweep,
                                  "a tracked sweep along a limb (SCENARIO limb) for acuguide volume");
  const auto ofSweep = [&](const char* name, double& value, const char* help) {
    command->add_option(name, value, help)->needs(sweep);
  };
  ofSweep("--pose-noise-mm", arguments->swept.poseNoiseMm,
          "noise of the poses, standard deviation, each axis");
  ofSweep("--pose-noise-deg", arguments->swept.poseNoiseDeg, "and of their rotations");
  ofSweep("--tracker-lag", arguments->swept.trackerLagSeconds, "seconds by which the poses are late");
  ofSweep("--drop-outs", arguments->swept.dropOuts, "share of frames without a valid pose, 0 to 1");
  ofSweep("--moved-deg", arguments->swept.movedDeg, "second visit: the limb lies turned by so much");
  ofSweep("--moved-mm", arguments->swept.movedMm, "and shifted by so much");
  ofSweep("--pressed", arguments->swept.pressed, "and its tissue is so much thinner, a share");
  list->excludes(scenario)->excludes(out);
  command->callback([&run, arguments] {
    if (!arguments->list && (arguments->scenario.empty() || arguments->out.empty()))
      throw CLI::ValidationError("simulate", "needs SCENARIO and --out (or --list)");
    run = [arguments] {
      return arguments->list    ? listScenarios()
             : arguments->sweep ? simulateSweep(*arguments)
                                : simulate(*arguments);
    };
  });
}

}  // namespace acuguide::apps
