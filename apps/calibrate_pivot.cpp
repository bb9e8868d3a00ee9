#include "acquisition/pose_recording.h"
#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/output_options.h"
#include "apps/sources.h"
#include "calibration/tools/pivot_result.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string poses;
  std::string spin;
  std::string pose;
  std::string out;
  calibration::PivotOptions options;
};

acquisition::PoseRecording recordingOf(const std::string& path, const std::string& pose) {
  return acquisition::readPoseRecording(path, {pose, "Stylus"},
                                        [](const std::string& source) { return allSources().open(source); });
}

std::vector<Eigen::Matrix4d> matricesOf(const acquisition::PoseRecording& recording) {
  std::vector<Eigen::Matrix4d> matrices;
  for (const auto& pose : recording.poses) matrices.push_back(pose.matrix);
  return matrices;
}

int calibratePivotTool(const Arguments& arguments) {
  const auto recording = recordingOf(arguments.poses, arguments.pose);
  calibration::PivotCalibration pivot;
  pivot.poseName = recording.name;
  pivot.invalid = recording.invalid + recording.missing;
  pivot.pivot = calibration::calibratePivot(matricesOf(recording), arguments.poses, arguments.options);
  if (!arguments.spin.empty())
    pivot.spin =
        calibration::calibrateSpin(matricesOf(recordingOf(arguments.spin, arguments.pose)), arguments.spin);

  calibration::Result result = calibration::pivotResult(pivot);
  result.inputs.push_back(calibration::inputFile("poses", arguments.poses));
  if (!arguments.spin.empty()) result.inputs.push_back(calibration::inputFile("spin", arguments.spin));
  return concludeCalibration(result, calibration::pivotReport(pivot, result), arguments.out);
}

}  // namespace

void addPivotCalibration(CLI::App& calibrate, Run& run) {
  auto* command = calibrate.add_subcommand("pivot", "Finds a tool's tip from poses stirred about it");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("--poses", arguments->poses,
                   "sequence with poses, CSV (16 numbers a row) or folder of 4x4 text files")
      ->required();
  command->add_option("--spin", arguments->spin,
                      "poses of the tool turned about its shaft: adds its direction");
  command->add_option("--pose", arguments->pose, "which pose, for example StylusToReference");
  command
      ->add_option("--limit-mm", arguments->options.acceptRmsMm, "largest rms distance from the pivot point")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  addOutput(*command, "--out", arguments->out, "RESULT.json to write")->required();
  command->callback([&run, arguments] { run = [arguments] { return calibratePivotTool(*arguments); }; });
}

}  // namespace acuguide::apps
