#include "acquisition/text_table.h"
#include "apps/calibrate.h"
#include "apps/output_options.h"
#include "apps/sweep_reader.h"
#include "calibration/pose_chain.h"
#include "calibration/spatial/probe_check.h"
#include "calibration/tools/tool_tip.h"
#include "core/error.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string calibration, sequence, touches, tip;
  calibration::ProbeCheckOptions options;
};

/// Where the image shows the tip: "frame,x,y" a row.
struct Click {
  std::int64_t frame = 0;
  Eigen::Vector2d px;
};

std::vector<Click> readClicks(const std::string& path) {
  const acquisition::TextTable table(path, {.comments = true});
  std::vector<Click> clicks;
  for (const auto& row : table.rows()) {
    if (row.cells.size() != 3)
      throw Error(table.where(row), "has " + std::to_string(row.cells.size()) + " cells, not 3",
                  "write frame,x,y: the frame's number and where it shows the tip, in pixels");
    clicks.push_back(
        {static_cast<std::int64_t>(table.number(row, 0)), {table.number(row, 1), table.number(row, 2)}});
  }
  return clicks;
}

/// The tip in the probe's frame, as the tracker has it in that frame.
calibration::Touch touchOf(const Click& click, const calibration::Sweep& sweep, const NamedPose& tip,
                           const std::string& probe) {
  const auto frame = std::find_if(sweep.frames.begin(), sweep.frames.end(),
                                  [&](const Frame& one) { return one.index == click.frame; });
  const std::string where = sweep.name + " frame " + std::to_string(click.frame);
  if (frame == sweep.frames.end())
    throw Error(where, "is not there",
                "the recording holds frames 0 to " + std::to_string(sweep.frames.back().index));
  const calibration::PoseChain chain = calibration::findPoseChain(frame->poses, {tip}, tip.from, probe);
  if (!chain.invalid.empty())
    throw Error(where, "the tracker marked " + chain.invalid + " INVALID", "touch with both markers in view");
  if (!chain.matrix)
    throw Error(where, "no pose leads from " + tip.to + " to " + probe,
                "record with the stylus and the probe tracked, under these names");
  return {click.frame, click.px, chain.matrix->topRightCorner<3, 1>()};
}

int check(const Arguments& arguments) {
  calibration::Result probe = calibration::readResult(arguments.calibration);
  const Eigen::Matrix4d imageToProbe = calibration::imageToProbeOf(probe, arguments.calibration);
  const NamedPose tip = calibration::toolTipPose(calibration::readResult(arguments.tip), arguments.tip);
  const calibration::Sweep sweep = sweepReader()(arguments.sequence, {});
  if (sweep.frames.empty()) throw Error(arguments.sequence, "has no frames", "record the touches again");
  std::vector<calibration::Touch> touches;
  for (const Click& click : readClicks(arguments.touches))
    touches.push_back(touchOf(click, sweep, tip, probe.details.value("probe", std::string("Probe"))));
  const cv::Size size = sweep.frames.front().pixels.size();
  const calibration::ProbeCheck result = calibration::checkProbe(
      touches, imageToProbe, {double(size.width), double(size.height)}, arguments.options);
  calibration::keepCheck(arguments.calibration, touches, result);
  std::cout << result.sentence << ".\nThe check is kept in " << arguments.calibration << ".\n";
  return result.passed ? 0 : 3;
}

}  // namespace

void addCheckCalibration(CLI::App& calibrate, Run& run) {
  auto* command = calibrate.add_subcommand(
      "check", "Tests a probe's calibration with a tracked stylus touched at five places of the image");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("--calibration", arguments->calibration,
                   "RESULT.json of calibrate spatial; keeps the check")
      ->required();
  command->add_option("--sequence", arguments->sequence, "recording with the poses of probe and stylus")
      ->required();
  command
      ->add_option("--touches", arguments->touches,
                   "CSV, frame,x,y a row: where that frame shows the stylus's tip, in pixels")
      ->required();
  command->add_option("--tip", arguments->tip, "RESULT.json of calibrate pivot: the stylus's tip")
      ->required();
  command->add_option("--limit-mm", arguments->options.limitMm, "largest error that is accepted")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->callback([&run, arguments] { run = [arguments] { return check(*arguments); }; });
}

}  // namespace acuguide::apps
