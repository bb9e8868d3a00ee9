#include "acquisition/text_table.h"
#include "apps/interruption.h"
#include "apps/output_options.h"
#include "apps/volume.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "volume/registration.h"
#include "volume/volume_file.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string first, second, out, resampled, points;
  bool rigid = false;
};

using NamedPoint = std::pair<std::string, volume::Point>;

/// Rows of name,x,y,z; mm.
std::vector<NamedPoint> pointsOf(const std::string& file) {
  const acquisition::TextTable table(file, {.comments = true});
  std::vector<NamedPoint> points;
  for (const auto& row : table.rows()) {
    if (row.cells.size() != 4)
      throw Error(table.where(row), "has " + std::to_string(row.cells.size()) + " cells",
                  "give name,x_mm,y_mm,z_mm");
    points.emplace_back(row.cells[0],
                        volume::Point{table.number(row, 1), table.number(row, 2), table.number(row, 3)});
  }
  return points;
}

nlohmann::ordered_json resultOf(const volume::Registration& found, const std::vector<NamedPoint>& points) {
  nlohmann::ordered_json result;
  result["format"] = "acuguide.registration/1";
  result["usable"] = found.usable;
  result["reasons"] = found.reasons;
  for (std::size_t row = 0; row < 4; ++row)
    result["firstToSecond"].push_back(
        {found.rigid[4 * row], found.rigid[4 * row + 1], found.rigid[4 * row + 2], found.rigid[4 * row + 3]});
  result["deformed"] = found.deformed;
  result["correlation"] = found.correlation;
  result["overlap"] = found.overlap;
  if (found.usable)
    for (const auto& [name, place] : points) result["points"][name] = found.toSecond(place);
  return result;
}

int registerThem(const Arguments& arguments) {
  std::vector<NamedPoint> points;
  if (!arguments.points.empty()) points = pointsOf(arguments.points);
  if (!arguments.resampled.empty()) volume::requireVolumeName(arguments.resampled);
  const volume::Volume first = volume::readVolume(arguments.first);
  const volume::Volume second = volume::readVolume(arguments.second);
  const Interruption interruption;
  std::stop_source stop;
  volume::RegistrationOptions options;
  if (arguments.rigid) options.splineBelow = 0.0;
  const volume::Registration found = volume::registerVolumes(
      first, second, options,
      [&](const std::string& stage) {
        std::cerr << "Registering: " << stage << "\n";
        if (Interruption::requested()) stop.request_stop();
      },
      stop.get_token());
  if (Interruption::requested()) {
    std::cerr << "acuguide: cancelled; nothing was written\n";
    return cancelledExit;
  }
  writeWholeFile(arguments.out, resultOf(found, points).dump(2) + "\n", "the registration");
  if (found.usable && !arguments.resampled.empty())
    volume::writeVolume(volume::resampledToFirst(first, second, found), arguments.resampled);
  std::cout << (found.usable ? "Usable" : "Not usable") << ": correlation " << found.correlation
            << ", overlap " << found.overlap << (found.deformed ? ", with a B-spline" : ", rigid") << "\n";
  for (const std::string& reason : found.reasons) std::cout << reason << "\n";
  return found.usable ? 0 : 3;
}

}  // namespace

void addVolumeRegistration(CLI::App& volume, Run& run) {
  auto* command =
      volume.add_subcommand("register", "Finds where the limb of one volume lies in another visit's");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FIRST", arguments->first, "volume of the first visit")->required();
  command->add_option("SECOND", arguments->second, "volume of the second visit")->required();
  addOutput(*command, "--out", arguments->out, "MATCH.json to write")->required();
  addOutput(*command, "--resampled", arguments->resampled, "the second volume on the first one's grid");
  command->add_option("--points", arguments->points,
                      "table name,x_mm,y_mm,z_mm of the first visit, to find again");
  command->add_flag("--rigid", arguments->rigid, "without a B-spline");
  command->callback([&run, arguments] { run = [arguments] { return registerThem(*arguments); }; });
}

}  // namespace acuguide::apps
