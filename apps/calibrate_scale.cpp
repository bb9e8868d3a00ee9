#include "acquisition/image_file.h"
#include "acquisition/text_numbers.h"
#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/sources.h"
#include "calibration/scale_result.h"
#include "core/error.h"
#include "core/grey.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string image;
  std::vector<std::string> clicks;  // "x,y"
  std::optional<double> mm;
  std::optional<double> depthMm;
  std::string out;
};

/// An image, or the first frame of a recording.
cv::Mat pictureOf(const std::string& path) {
  if (acquisition::hasImageEnding(path)) return acquisition::readImageFile(path);
  const auto frame = allSources().open(path)->read();
  if (!frame) throw Error(path, "holds no picture", "give a screen grab of the scanner");
  return frame->pixels;
}

cv::Point2d clickIn(const std::string& text, cv::Size image) {
  const auto comma = text.find(',');
  const auto x = acquisition::numberIn(text.substr(0, comma));
  const auto y = comma == std::string::npos ? std::nullopt : acquisition::numberIn(text.substr(comma + 1));
  if (!x || !y) throw Error("--click " + text, "is no point", "write --click x,y --click x,y --mm D");
  if (!(*x >= 0 && *y >= 0 && *x < image.width && *y < image.height))
    throw Error("--click " + text,
                "lies outside of the image (" + std::to_string(image.width) + " x " +
                    std::to_string(image.height) + " px)",
                "give full-image pixels, x to the right, y down");
  return {*x, *y};
}

calibration::ScaleSummary measured(const Arguments& arguments, const cv::Mat& grey) {
  if (!arguments.clicks.empty() || arguments.mm) {
    if (arguments.clicks.size() != 2 || !arguments.mm || arguments.depthMm)
      throw Error("--click", "two clicks and the distance between them are needed",
                  "write --click x,y --click x,y --mm D");
    return calibration::scaleFromClicks(clickIn(arguments.clicks[0], grey.size()),
                                        clickIn(arguments.clicks[1], grey.size()), *arguments.mm);
  }
  if (arguments.depthMm) return calibration::scaleFromDepth(grey, *arguments.depthMm);
  return calibration::scaleFromRuler(grey);
}

int calibrateScale(const Arguments& arguments) {
  const cv::Mat picture = pictureOf(arguments.image);
  cv::Mat buffer;
  const auto summary = measured(arguments, greyOf(picture, buffer));
  calibration::Result result = calibration::scaleResult(summary);
  result.inputs = {calibration::inputFile("image", arguments.image)};
  return concludeCalibration(result, calibration::scaleReport(summary, result, picture), arguments.out);
}

}  // namespace

void addScaleCalibration(CLI::App& calibrate, Run& run) {
  auto* command = calibrate.add_subcommand("scale", "Finds the size of a pixel in a screen grab");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--image", arguments->image, "screen grab with its ruler, or a recording")->required();
  command->add_option("--click", arguments->clicks, "a point x,y in px; twice, with --mm")
      ->type_name("x,y")
      ->allow_extra_args(false);
  command->add_option("--mm", arguments->mm, "distance of the two clicks")->check(CLI::PositiveNumber);
  command->add_option("--depth-mm", arguments->depthMm, "the scanner's depth setting")
      ->check(CLI::PositiveNumber);
  command->add_option("--out", arguments->out, "RESULT.json to write")->required();
  command->callback([&run, arguments] { run = [arguments] { return calibrateScale(*arguments); }; });
}

}  // namespace acuguide::apps
