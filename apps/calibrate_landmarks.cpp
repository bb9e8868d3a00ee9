#include "acquisition/text_table.h"
#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "apps/output_options.h"
#include "calibration/tools/landmarks_result.h"
#include "core/error.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string from, to, out;
  std::vector<double> target;
  calibration::LandmarkOptions options;
};

/// "x,y,z" or "name,x,y,z" a row, the same throughout.
std::vector<calibration::Landmark> readLandmarks(const std::string& path) {
  constexpr const char* kWanted = "write x,y,z or name,x,y,z in mm, one landmark a row";
  const acquisition::TextTable table(path, {.comments = true});
  std::vector<calibration::Landmark> landmarks;
  for (const auto& row : table.rows()) {
    const std::size_t cells = row.cells.size();
    if (cells != 3 && cells != 4)
      throw Error(table.where(row), "has " + std::to_string(cells) + " cells, not 3 or 4",
                  std::string(kWanted) + ", with decimal points");
    if (cells != table.rows().front().cells.size())
      throw Error(table.where(row),
                  std::string("has ") + (cells == 3 ? "no name" : "a name") + ", unlike the rows above",
                  "name all landmarks or none");
    calibration::Landmark landmark;
    if (cells == 4) landmark.name = row.cells.front();
    for (std::size_t i = 0; i < 3; ++i) landmark.mm[Eigen::Index(i)] = table.number(row, cells - 3 + i);
    landmarks.push_back(landmark);
  }
  if (landmarks.empty()) throw Error(path, "holds no landmarks", kWanted);
  return landmarks;
}

int registerThem(const Arguments& arguments) {
  auto options = arguments.options;
  if (!arguments.target.empty())
    options.targetMm = Eigen::Vector3d(arguments.target[0], arguments.target[1], arguments.target[2]);
  const auto summary =
      calibration::registerLandmarks(readLandmarks(arguments.from), readLandmarks(arguments.to), options);
  calibration::Result result = calibration::landmarksResult(summary);
  result.inputs = {calibration::inputFile("from", arguments.from),
                   calibration::inputFile("to", arguments.to)};
  return concludeCalibration(result, calibration::landmarksReport(summary, result), arguments.out);
}

}  // namespace

void addLandmarksCalibration(CLI::App& calibrate, Run& run) {
  auto* command = calibrate.add_subcommand("landmarks", "Registers two lists of the same points (rigid)");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--from", arguments->from, "points to be mapped: CSV, x,y,z or name,x,y,z in mm")
      ->required();
  command->add_option("--to", arguments->to, "the same points in the other frame")->required();
  command
      ->add_option("--target", arguments->target, "where the error matters, in --from's frame: x,y,z in mm")
      ->delimiter(',')
      ->expected(3);
  command->add_option("--limit-mm", arguments->options.acceptFreMm, "largest rms distance of the landmarks")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  addOutput(*command, "--out", arguments->out, "RESULT.json to write")->required();
  command->callback([&run, arguments] { run = [arguments] { return registerThem(*arguments); }; });
}

}  // namespace acuguide::apps
