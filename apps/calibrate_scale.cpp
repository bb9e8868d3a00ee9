#include "acquisition/image_file.h"
#include "acquisition/sequence/text_numbers.h"
#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/output_options.h"
#include "apps/sources.h"
#include "calibration/scale/scale_result.h"
#include "core/error.h"
#include "core/frame.h"
#include "core/grey.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string image;
  std::vector<std::string> clicks;  // "x,y"
  std::vector<double> points;       // x1, y1, x2, y2
  std::optional<double> mm;
  std::optional<double> depthMm;
  std::string out;
};

/// An image, or the first frame of a recording, with the scale it states.
Frame pictureOf(const std::string& path) {
  Frame picture;
  if (acquisition::hasImageEnding(path)) {
    picture.pixels = acquisition::readImageFile(path);
    return picture;
  }
  auto frame = allSources().open(path)->read();
  if (!frame) throw Error(path, "holds no picture", "give a screen grab of the scanner");
  return std::move(*frame);
}

cv::Point2d within(const cv::Point2d& point, const std::string& option, cv::Size image) {
  if (point.x >= 0 && point.y >= 0 && point.x < image.width && point.y < image.height) return point;
  throw Error(option,
              "lies outside of the image (" + std::to_string(image.width) + " x " +
                  std::to_string(image.height) + " px)",
              "give full-image pixels, x to the right, y down");
}

cv::Point2d clickIn(const std::string& text, cv::Size image) {
  const auto comma = text.find(',');
  const auto x = acquisition::numberIn(text.substr(0, comma));
  const auto y = comma == std::string::npos ? std::nullopt : acquisition::numberIn(text.substr(comma + 1));
  if (!x || !y) throw Error("--click " + text, "is no point", "write --click x,y --click x,y --mm D");
  return within({*x, *y}, "--click " + text, image);
}

/// The two points, given either way.
std::vector<cv::Point2d> pointsOf(const Arguments& arguments, cv::Size image) {
  std::vector<cv::Point2d> points;
  for (const std::string& click : arguments.clicks) points.push_back(clickIn(click, image));
  for (std::size_t i = 0; i + 1 < arguments.points.size(); i += 2)
    points.push_back(within({arguments.points[i], arguments.points[i + 1]}, "--points", image));
  return points;
}

calibration::ScaleSummary measured(const Arguments& arguments, const cv::Mat& grey,
                                   const ImageGeometry& geometry) {
  const auto points = pointsOf(arguments, grey.size());
  if (!points.empty() || arguments.mm) {
    if (points.size() != 2 || !arguments.mm || arguments.depthMm)
      throw Error(arguments.points.empty() ? "--click" : "--points",
                  "two clicks and the distance between them are needed",
                  "write --click x,y --click x,y --mm D, or --points x1,y1,x2,y2 --distance-mm D");
    return calibration::scaleFromClicks(points[0], points[1], *arguments.mm, grey.size(),
                                        geometry.pixelAspect);
  }
  if (arguments.depthMm) return calibration::scaleFromDepth(grey, *arguments.depthMm, geometry.pixelAspect);
  if (!geometry.whyNoScale.empty()) return calibration::noScale("file", grey.size(), geometry.whyNoScale);
  if (geometry.spacingMm) return calibration::scaleFromFile(*geometry.spacingMm, grey.size());
  return calibration::scaleFromRuler(grey, geometry.pixelAspect);
}

int calibrateScale(const Arguments& arguments) {
  const Frame picture = pictureOf(arguments.image);
  cv::Mat buffer;
  const auto summary = measured(arguments, greyOf(picture.pixels, buffer), picture.geometry);
  calibration::Result result = calibration::scaleResult(summary);
  result.inputs = {calibration::inputFile("image", arguments.image)};
  return concludeCalibration(result, calibration::scaleReport(summary, result, picture.pixels),
                             arguments.out);
}

}  // namespace

void addScaleCalibration(CLI::App& calibrate, Run& run) {
  auto* command = calibrate.add_subcommand("scale", "Finds the size of a pixel in a screen grab");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("--image", arguments->image,
                   "screen grab with its ruler, a recording, or a DICOM file, which states its scale")
      ->required();
  command->add_option("--click", arguments->clicks, "a point x,y in px; twice, with --mm")
      ->type_name("x,y")
      ->allow_extra_args(false);
  command->add_option("--points", arguments->points, "the same two points: x1,y1,x2,y2; with --distance-mm")
      ->delimiter(',')
      ->expected(4)
      ->excludes("--click");
  command->add_option("--mm,--distance-mm", arguments->mm, "distance of the two points")
      ->check(CLI::PositiveNumber);
  command->add_option("--depth-mm", arguments->depthMm, "the scanner's depth setting")
      ->check(CLI::PositiveNumber);
  addOutput(*command, "--out", arguments->out, "RESULT.json to write")->required();
  command->callback([&run, arguments] { run = [arguments] { return calibrateScale(*arguments); }; });
}

}  // namespace acuguide::apps
