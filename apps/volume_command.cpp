#include "acquisition/pose_lag.h"
#include "apps/analysis_arguments.h"
#include "apps/command.h"
#include "apps/interruption.h"
#include "apps/output_options.h"
#include "apps/progress.h"
#include "apps/volume.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "volume/anatomy.h"
#include "volume/field_text.h"
#include "volume/plus_config.h"
#include "volume/segment_file.h"
#include "volume/sweep.h"
#include "volume/volume_file.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string sweep, out, clip, config;
  std::set<std::string> given;  ///< options of the command line that a configuration must not change
  std::uint64_t memoryMb = 0;
  bool fillHoles = false, surfaces = false;
  double holeMm = 3.0, trackerLag = 0.0;
  volume::SweepOptions survey;
  volume::ReconstructionOptions reconstruction;
  AnalysisArguments analysis;
};

/// "X,Y,WIDTH,HEIGHT", or nothing of it: the imaging region.
std::optional<cv::Rect> clipRectangle(const std::string& text) {
  if (text.empty()) return std::nullopt;
  int x = 0, y = 0, width = 0, height = 0, end = 0;
  if (std::sscanf(text.c_str(), "%d,%d,%d,%d%n", &x, &y, &width, &height, &end) != 4 ||
      static_cast<std::size_t>(end) != text.size() || width <= 0 || height <= 0 || width > 100000 ||
      height > 100000)
    throw Error("--clip " + text, "is no rectangle", "give X,Y,WIDTH,HEIGHT in pixels");
  return cv::Rect(x, y, width, height);
}

/// Bytes that programs may still have, as Linux says; 0 where it does not.
std::uint64_t availableBytes() {
  std::ifstream file("/proc/meminfo");
  std::string name, unit;
  for (std::uint64_t value = 0; file >> name >> value; std::getline(file, unit))
    if (name == "MemAvailable:") return value << 10;
  return 0;
}

std::string megabytes(std::uint64_t bytes) { return std::to_string((bytes + 999999) / 1000000) + " MB"; }

std::string number(double value) {
  char text[32];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.4g", value))};
}

void describe(const volume::Sweep& sweep) {
  const auto& size = sweep.grid.size;
  const cv::Rect clip = sweep.clip.bounds();
  std::cout << "Sweep: " << sweep.used << " of " << sweep.imageToReference.size()
            << " frames have a valid pose";
  if (sweep.invalid > 0) std::cout << ", " << sweep.invalid << " are left out without one";
  if (sweep.otherSize > 0) std::cout << ", " << sweep.otherSize << " are left out for their other size";
  std::cout << "\nPixels: " << clip.width << "x" << clip.height << " at " << clip.x << "," << clip.y
            << (sweep.wholeImage ? " (no imaging region was found; give --clip)" : "")
            << "\nVolume: " << size[0] << "x" << size[1] << "x" << size[2] << " voxels of "
            << number(sweep.grid.spacingMm[0]) << " mm in " << sweep.reference << ", "
            << megabytes(sweep.bytes()) << " with its weights\n"
            << std::flush;
}

void requireRoom(const volume::Sweep& sweep, std::uint64_t limit) {
  if (limit == 0 || sweep.bytes() <= limit) return;
  const auto& size = sweep.grid.size;
  throw Error("--spacing-mm " + number(sweep.grid.spacingMm[0]),
              "makes a volume of " + std::to_string(size[0]) + "x" + std::to_string(size[1]) + "x" +
                  std::to_string(size[2]) + " voxels, which takes " + megabytes(sweep.bytes()) + " where " +
                  megabytes(limit) + " may be used",
              "give --spacing-mm " + number(sweep.spacingWithin(limit)) + " or more");
}

void addFields(const Arguments& arguments, const volume::Sweep& sweep, volume::Volume& made) {
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) made.fields.emplace_back(std::string("acuguide_") + name, text);
  };
  add("sweep", sweep.name);
  add("reference", sweep.reference);
  add("reference_axes", arguments.survey.axes == volume::ReferenceAxes::Ras ? "RAS" : "LPS");
  add("image", arguments.survey.image);
  add("frames_used", std::to_string(sweep.used));
  add("frames_without_pose", std::to_string(sweep.invalid));
  const cv::Rect clip = sweep.clip.bounds();
  add("clip", std::to_string(clip.x) + " " + std::to_string(clip.y) + " " + std::to_string(clip.width) + " " +
                  std::to_string(clip.height));
  add("interpolation",
      arguments.reconstruction.interpolation == volume::Interpolation::Linear ? "linear" : "nearest");
  add("compounding", arguments.reconstruction.compounding == volume::Compounding::Mean      ? "mean"
                     : arguments.reconstruction.compounding == volume::Compounding::Maximum ? "maximum"
                                                                                            : "latest");
  if (arguments.trackerLag != 0) add("tracker_lag_s", number(arguments.trackerLag));
  std::string calibrations;
  for (const std::string& file : arguments.analysis.calibrations) volume::addWord(calibrations, file);
  add("calibration", calibrations);
}

/// What a PLUS configuration says, where the command line says nothing.
void applyConfig(Arguments& arguments) {
  const auto given = [&](const char* option) { return arguments.given.contains(option); };
  const volume::PlusConfig config = volume::readPlusConfig(arguments.config);
  arguments.survey.fixedPoses = config.poses;
  if (!given("--reference") && !config.reference.empty()) arguments.survey.reference = config.reference;
  if (!given("--image") && !config.image.empty()) arguments.survey.image = config.image;
  if (!given("--spacing-mm") && config.spacingMm) arguments.survey.spacingMm = *config.spacingMm;
  if (!given("--clip")) {
    arguments.survey.clip = config.clip;
    arguments.survey.fan = config.fan;
  }
  if (!given("--interpolation") && config.interpolation)
    arguments.reconstruction.interpolation = *config.interpolation;
  if (!given("--compounding") && config.compounding)
    arguments.reconstruction.compounding = *config.compounding;
  if (config.fillHoles) arguments.fillHoles = true;
}

int make(Arguments arguments) {
  if (!arguments.config.empty()) applyConfig(arguments);
  if (!arguments.clip.empty()) arguments.survey.clip = clipRectangle(arguments.clip);
  volume::requireVolumeName(arguments.out);
  { const WholeFile place(arguments.out, "the volume"); }  // before the work: may it be written there?
  if (arguments.fillHoles) arguments.reconstruction.longestHoleMm = arguments.holeMm;

  auto sources = arguments.analysis.sources();
  if (arguments.trackerLag != 0) sources = acquisition::withPoseLag(sources, arguments.trackerLag);
  const volume::OpenSweep open = [&] { return sources.open(arguments.sweep); };
  const Interruption interruption;
  std::stop_source stop;
  const auto watched = [&](Progress& progress) {
    return [&](std::int64_t done) {
      progress.update(done);
      if (Interruption::requested()) stop.request_stop();
    };
  };
  const auto survey = [&] {
    Progress progress("Reading poses", std::nullopt);
    return volume::surveySweep(open, arguments.survey, watched(progress), stop.get_token());
  };
  try {
    const volume::Sweep sweep = survey();
    describe(sweep);
    requireRoom(sweep, arguments.memoryMb > 0 ? arguments.memoryMb * 1000000 : availableBytes() / 4 * 3);
    volume::Volume made;
    {
      Progress progress("Reconstructing", static_cast<std::int64_t>(sweep.imageToReference.size()));
      made = volume::reconstruct(open, sweep, arguments.reconstruction, watched(progress), stop.get_token());
    }
    std::vector<volume::Segment> segments;
    if (arguments.surfaces) {
      Progress progress("Looking for bone, fascia, vessels and nerves",
                        static_cast<std::int64_t>(sweep.imageToReference.size()));
      segments = volume::findAnatomy(open, sweep, {}, watched(progress), stop.get_token());
    }
    addFields(arguments, sweep, made);
    volume::writeVolume(made, arguments.out);
    if (arguments.surfaces) {
      for (const volume::Segment& segment : segments)
        std::cout << "Possible " << segment.name << ", confidence " << number(segment.confidence) << "\n";
      if (segments.empty()) std::cout << "No bone, fascia, vessel or nerve was seen\n";
      volume::writeSegments(segments, sweep.grid, volume::directionsOf(sweep), arguments.out);
    }
  } catch (const volume::Cancelled&) {
    std::cerr << "acuguide: cancelled; nothing was written\n";
    return cancelledExit;
  }
  std::cout << "Written " << arguments.out << "\n";
  return 0;
}

}  // namespace

void addVolumeCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("volume", "Makes a volume of a tracked sweep, for 3D Slicer and others");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SWEEP", arguments->sweep, "a recording whose frames bear poses");
  addOutput(*command, "--out", arguments->out, ".mha, .nrrd, .nii or .nii.gz; its coordinates are LPS");
  command->add_option(
      "--calibration", arguments->analysis.calibrations,
      "RESULT.json of acuguide calibrate spatial (ImageToProbe) or temporal (lag); may be given "
      "more than once");
  command->add_option(
      "--config", arguments->config,
      "PLUS configuration (XML): its VolumeReconstruction, where no option says otherwise, and its "
      "fixed transforms");
  command
      ->add_option("--tracker-lag", arguments->trackerLag,
                   "seconds, as PLUS's TrackerLagSec: negative when tracker stamps are earlier than image "
                   "stamps of the same event")
      ->check(CLI::Range(-10.0, 10.0));
  command->add_option("--reference", arguments->survey.reference,
                      "coordinates to make the volume in; default Reference, else Tracker");
  command->add_option("--image", arguments->survey.image, "coordinates of the pixels")->capture_default_str();
  command
      ->add_option("--axes", arguments->survey.axes,
                   "whether the reference's axes are lps (as PLUS writes volumes) or ras (as 3D Slicer takes "
                   "poses over OpenIGTLink)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, volume::ReferenceAxes>{
          {"lps", volume::ReferenceAxes::Lps}, {"ras", volume::ReferenceAxes::Ras}}))
      ->default_str("lps");
  command->add_option("--spacing-mm", arguments->survey.spacingMm, "of the voxels")->capture_default_str();
  command->add_option(
      "--clip", arguments->clip,
      "X,Y,WIDTH,HEIGHT of the pixels used, as PLUS's ClipRectangle; default the imaging region");
  command->add_option("--interpolation", arguments->reconstruction.interpolation, "nearest or linear")
      ->transform(CLI::CheckedTransformer(std::map<std::string, volume::Interpolation>{
          {"nearest", volume::Interpolation::Nearest}, {"linear", volume::Interpolation::Linear}}))
      ->default_str("nearest");
  command->add_option("--compounding", arguments->reconstruction.compounding, "mean, maximum or latest")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, volume::Compounding>{{"mean", volume::Compounding::Mean},
                                                     {"maximum", volume::Compounding::Maximum},
                                                     {"latest", volume::Compounding::Latest}}))
      ->default_str("mean");
  auto* fill = command->add_flag("--fill-holes", arguments->fillHoles, "between frames that lie apart");
  command->add_option("--hole-mm", arguments->holeMm, "how wide a hole is filled")
      ->check(CLI::Range(0.1, 50.0))
      ->capture_default_str()
      ->needs(fill);
  command->add_option("--memory-mb", arguments->memoryMb,
                      "most the volume and its weights may take; default three quarters of what is free");
  command->add_flag("--surfaces", arguments->surfaces,
                    "bone, deep fascia, vessels and nerves beside it, as .stl, .vtp and .seg.nrrd");
  addVolumeClearance(*command, run);
  addVolumeRegistration(*command, run);
  addVolumeSend(*command, run);
  addVolumeView(*command, run);
  command->callback([&run, command, arguments] {
    if (!command->get_subcommands().empty()) return;
    if (arguments->sweep.empty() || arguments->out.empty())
      throw CLI::ValidationError("volume", "needs SWEEP and --out (or one of its subcommands)");
    for (const char* option :
         {"--reference", "--image", "--spacing-mm", "--clip", "--interpolation", "--compounding"})
      if (command->count(option) > 0) arguments->given.insert(option);
    run = [arguments] { return make(*arguments); };
  });
}

}  // namespace acuguide::apps
