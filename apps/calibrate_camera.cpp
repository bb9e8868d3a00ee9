#include "acquisition/image_file.h"
#include "acquisition/natural_order.h"
#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/output_options.h"
#include "calibration/camera/camera_result.h"
#include "core/error.h"
#include "core/grey.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string images, board, out;
};

std::vector<fs::path> picturesIn(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw Error(folder.string(), "is no folder", "give the folder of the pictures");
  std::vector<fs::path> pictures;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file() && acquisition::hasImageEnding(entry.path()))
      pictures.push_back(entry.path());
  std::sort(pictures.begin(), pictures.end(), [](const fs::path& a, const fs::path& b) {
    return acquisition::naturalLess(a.filename().string(), b.filename().string());
  });
  return pictures;
}

int calibrateTheCamera(const Arguments& arguments) {
  const calibration::BoardFinder finder(calibration::boardFromText(arguments.board));
  std::vector<calibration::CameraView> views;
  for (const fs::path& picture : picturesIn(arguments.images)) {
    cv::Mat buffer;
    const cv::Mat pixels = acquisition::readImageFile(picture);
    const cv::Mat& grey = greyOf(pixels, buffer);
    views.push_back({picture.filename().string(), grey.size(), finder.find(grey)});
  }
  const auto summary = calibration::calibrateCamera(views, arguments.images);
  calibration::Result result = calibration::cameraResult(summary, arguments.board);
  result.inputs = {calibration::inputFile("images", arguments.images)};
  return concludeCalibration(result, calibration::cameraReport(summary, result), arguments.out);
}

}  // namespace

void addCameraCalibration(CLI::App& calibrate, Run& run) {
  auto* command = calibrate.add_subcommand("camera", "Calibrates a camera from pictures of a board");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--images", arguments->images, "folder of pictures of the board")->required();
  command
      ->add_option(
          "--board", arguments->board,
          "chessboard:COLUMNSxROWS:SQUARE (inner corners), charuco:COLUMNSxROWS:SQUARE:MARKER[:DICT] or "
          "aruco:COLUMNSxROWS:MARKER:GAP[:DICT]; lengths in mm")
      ->required();
  addOutput(*command, "--out", arguments->out, "RESULT.json to write")->required();
  command->callback([&run, arguments] { run = [arguments] { return calibrateTheCamera(*arguments); }; });
}

}  // namespace acuguide::apps
