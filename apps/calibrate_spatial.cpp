#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/sources.h"
#include "calibration/spatial_calibration.h"
#include "core/error.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string phantom, calibration, validation, out;
  double limitMm = calibration::SpatialOptions().limitMm;
  double poseErrorMm = calibration::SpatialSolverOptions().poseSigmaMm;
};

calibration::Sweep readSweep(const std::string& file) {
  const auto source = allSources().open(file);
  if (source->info().live) throw Error(file, "is a live source", "record it first (acuguide record)");
  calibration::Sweep sweep{std::filesystem::path(file).filename().string(), {}};
  while (auto frame = source->read()) sweep.frames.push_back(std::move(*frame));
  return sweep;
}

int calibrate(const Arguments& arguments) {
  const calibration::Phantom phantom = calibration::readPhantom(arguments.phantom);
  const std::vector<calibration::InputFile> inputs{
      calibration::inputFile("phantom", arguments.phantom),
      calibration::inputFile("calibration", arguments.calibration),
      calibration::inputFile("validation", arguments.validation)};
  calibration::SpatialOptions options;
  options.limitMm = arguments.limitMm;
  options.solver.poseSigmaRad *= arguments.poseErrorMm / options.solver.poseSigmaMm;
  options.solver.poseSigmaMm = arguments.poseErrorMm;
  const calibration::SpatialOutcome outcome = calibration::calibrateSpatial(
      phantom, readSweep(arguments.calibration), readSweep(arguments.validation), options);
  calibration::Result result = calibration::spatialResult(outcome);
  result.inputs = inputs;
  return concludeCalibration(result, calibration::spatialReport(outcome, inputs), arguments.out);
}

}  // namespace

void addSpatialCalibration(CLI::App& parent, Run& run) {
  auto* command =
      parent.add_subcommand("spatial", "Where the picture lies at the probe, from an N-wire phantom");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--phantom", arguments->phantom, "PLUS device set (XML) or phantom (JSON)")->required();
  command->add_option("--calibration", arguments->calibration, "tracked sweep over the phantom")->required();
  command->add_option("--validation", arguments->validation, "a second sweep, to judge by")->required();
  command->add_option("--out", arguments->out, "RESULT.json to write; its page goes beside it")->required();
  command->add_option("--limit-mm", arguments->limitMm, "largest mean distance to the wires that is accepted")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--pose-error-mm", arguments->poseErrorMm,
                   "the tracker's error that the fit allows for; its rotations in proportion")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command->callback([&run, arguments] { run = [arguments] { return calibrate(*arguments); }; });
}

}  // namespace acuguide::apps
