#include "acquisition/sequence/text_numbers.h"
#include "apps/calibrate.h"
#include "apps/calibrate_conclusion.h"
#include "calibration/tools/landmarks_result.h"
#include "core/error.h"

#include <CLI/CLI.hpp>

#include <fstream>
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

std::vector<std::string> cellsOf(std::string line) {
  for (char& c : line)
    if (c == ';' || c == '\t') c = ',';
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  for (std::string& cell : cells) cell = std::string(acquisition::trimmed(cell));
  return cells;
}

/// "x,y,z" or "name,x,y,z" a row; nullopt when the row holds no three numbers.
std::optional<calibration::Landmark> landmarkIn(const std::vector<std::string>& cells) {
  if (cells.size() != 3 && cells.size() != 4) return std::nullopt;
  calibration::Landmark landmark;
  const std::size_t first = cells.size() - 3;
  if (first == 1) landmark.name = cells[0];
  for (std::size_t i = 0; i < 3; ++i) {
    const auto value = acquisition::numberIn(cells[first + i]);
    if (!value) return std::nullopt;
    landmark.mm[Eigen::Index(i)] = *value;
  }
  return landmark;
}

std::vector<calibration::Landmark> readLandmarks(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(path, "the file cannot be read", "check that it is there and readable");
  std::vector<calibration::Landmark> landmarks;
  std::string line;
  bool headingAllowed = true;
  for (int number = 1; std::getline(file, line); ++number) {
    const auto text = acquisition::trimmed(line);
    if (text.empty() || text.front() == '#') continue;
    const auto landmark = landmarkIn(cellsOf(std::string(text)));
    if (landmark)
      landmarks.push_back(*landmark);
    else if (!headingAllowed)
      throw Error(path + " line " + std::to_string(number), "is no landmark",
                  "write x,y,z or name,x,y,z in mm");
    headingAllowed = false;
  }
  if (landmarks.empty())
    throw Error(path, "holds no landmarks", "write x,y,z or name,x,y,z in mm, one a row");
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
  command->add_option("--out", arguments->out, "RESULT.json to write")->required();
  command->callback([&run, arguments] { run = [arguments] { return registerThem(*arguments); }; });
}

}  // namespace acuguide::apps
