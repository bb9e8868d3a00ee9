#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/output_options.h"
#include "apps/sweep_reader.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string phantom, calibration, validation, out;
  double limitMm = calibration::SpatialOptions().limitMm;
  std::optional<double> poseErrorMm;
};

int calibrate(const Arguments& arguments) {
  calibration::SpatialRequest request{arguments.phantom, arguments.calibration, arguments.validation, {}};
  request.options.limitMm = arguments.limitMm;
  if (arguments.poseErrorMm) {
    auto& solver = request.options.solver;
    solver.poseSigmaRad *= *arguments.poseErrorMm / solver.poseSigmaMm;
    solver.poseSigmaMm = *arguments.poseErrorMm;
    solver.estimateNoise = false;
  }
  const calibration::SpatialRun run = calibration::runSpatial(request, sweepReader());
  return concludeCalibration(run.result, run.report, arguments.out);
}

}  // namespace

void addSpatialCalibration(CLI::App& parent, Run& run) {
  auto* command =
      parent.add_subcommand("spatial", "Where the picture lies at the probe, from an N-wire phantom");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--phantom", arguments->phantom, "PLUS device set (XML) or phantom (JSON)")->required();
  command->add_option("--calibration", arguments->calibration, "tracked sweep over the phantom")->required();
  command->add_option("--validation", arguments->validation, "a second sweep, to judge by")->required();
  addOutput(*command, "--out", arguments->out, "RESULT.json to write; its page goes beside it")->required();
  command->add_option("--limit-mm", arguments->limitMm, "largest mean distance to the wires that is accepted")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--pose-error-mm", arguments->poseErrorMm,
                   "the tracker's error that the fit allows for, its rotations in proportion; else 0.1")
      ->check(CLI::Range(0.0, 10.0));
  command->callback([&run, arguments] { run = [arguments] { return calibrate(*arguments); }; });
}

}  // namespace acuguide::apps
