#include "acquisition/pose_recording.h"
#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/output_options.h"
#include "apps/sources.h"
#include "calibration/temporal/temporal_result.h"
#include "core/error.h"
#include "core/grey.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string video;
  std::string tracker;
  std::string pose;
  std::string out;
  calibration::TemporalOptions options;
};

template <class Use>
void forEachFrame(const std::string& path, const Use& use) {
  const auto source = allSources().open(path);
  if (source->info().live) throw Error(path, "is live", "record it first");
  cv::Mat buffer;
  while (const auto frame = source->read()) use(frame->time, greyOf(frame->pixels, buffer));
}

calibration::VideoMotion motionIn(const std::string& video) {
  calibration::VideoMotionMeter meter;
  forEachFrame(video, [&meter](double, const cv::Mat& grey) { meter.learn(grey); });
  forEachFrame(video, [&meter](double seconds, const cv::Mat& grey) { meter.measure(seconds, grey); });
  return meter.result();
}

int calibrateTime(const Arguments& arguments) {
  const auto tracker =
      acquisition::readPoseRecording(arguments.tracker, {arguments.pose, "Probe"},
                                     [](const std::string& source) { return allSources().open(source); });
  calibration::TemporalCalibration temporal;
  std::vector<calibration::TimedPose> poses;
  for (const auto& pose : tracker.poses) poses.push_back({pose.seconds, pose.matrix});
  temporal.poseName = tracker.name;
  temporal.poses = int(poses.size());
  temporal.invalid = tracker.invalid + tracker.missing;
  temporal.video = motionIn(arguments.video);
  temporal.summary = calibration::calibrateTemporal(temporal.video, poses, arguments.video, arguments.tracker,
                                                    arguments.options);

  calibration::Result result = calibration::temporalResult(temporal);
  result.inputs = {calibration::inputFile("video", arguments.video),
                   calibration::inputFile("tracker", arguments.tracker)};
  return concludeCalibration(result, calibration::temporalReport(temporal, result), arguments.out);
}

}  // namespace

void addTemporalCalibration(CLI::App& calibrate, Run& run) {
  auto* command =
      calibrate.add_subcommand("temporal", "Finds the time between a tracker's stamps and the pictures'");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option(
          "--video", arguments->video,
          "recording of a water tank's bottom (or anything that moves) while the probe goes up and down")
      ->required();
  command->add_option("--tracker", arguments->tracker, "recording of the poses at the same time")->required();
  command->add_option("--pose", arguments->pose, "which pose, for example ProbeToReference");
  command->add_option("--max-lag", arguments->options.lag.maximumSeconds, "seconds searched, either way")
      ->check(CLI::Range(0.05, 10.0))
      ->capture_default_str();
  addOutput(*command, "--out", arguments->out, "RESULT.json to write")->required();
  command->callback([&run, arguments] { run = [arguments] { return calibrateTime(*arguments); }; });
}

}  // namespace acuguide::apps
