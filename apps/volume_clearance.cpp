#include "apps/volume.h"
#include "apps/volume_surfaces.h"
#include "core/error.h"
#include "volume/clearance.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string file;
  std::vector<double> entry, target;
  double widthMm = 0.8, marginMm = 2.0;
};

bool isDanger(const std::string& name) { return name.starts_with("vessel") || name.starts_with("nerve"); }

int judge(const Arguments& arguments) {
  const auto surfaces = surfacesBeside(arguments.file);
  if (surfaces.empty())
    throw Error(arguments.file, "has no surfaces beside it", "make it with acuguide volume --surfaces");
  volume::BladePath path;
  path.entry = Eigen::Vector3d(arguments.entry.data());
  path.target = Eigen::Vector3d(arguments.target.data());
  path.radiusMm = 0.5 * arguments.widthMm;
  bool clear = true;
  std::printf("Way of %.1f mm, blade %.2g mm wide\n", (path.target - path.entry).norm(), arguments.widthMm);
  for (const volume::Clearance& one : volume::clearances(path, surfaces)) {
    const bool near = isDanger(one.name) && one.mm < arguments.marginMm;
    clear = clear && !near;
    std::printf("%-10s %6.2f mm at %.1f mm of the way%s\n", one.name.c_str(), one.mm, one.depthMm,
                near ? "  too near" : "");
  }
  std::printf(
      "%s\n",
      clear ? "No vessel or nerve that was seen is nearer than the margin. What was not seen is not judged."
            : "Not clear: choose another way.");
  return clear ? 0 : 3;
}

}  // namespace

void addVolumeClearance(CLI::App& volume, Run& run) {
  auto* command = volume.add_subcommand(
      "clearance", "How far a straight way in stays from what was found in a volume, along the whole blade");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->file, "volume with its surfaces (NAME.stl) beside it")->required();
  command->add_option("--entry", arguments->entry, "x,y,z of the skin, mm, LPS")
      ->required()
      ->expected(3)
      ->delimiter(',');
  command->add_option("--target", arguments->target, "x,y,z of the tip's goal")
      ->required()
      ->expected(3)
      ->delimiter(',');
  command->add_option("--blade-mm", arguments->widthMm, "width of the blade")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command->add_option("--margin-mm", arguments->marginMm, "from vessels and nerves, at least")
      ->check(CLI::Range(0.0, 50.0))
      ->capture_default_str();
  command->callback([&run, arguments] { run = [arguments] { return judge(*arguments); }; });
}

}  // namespace acuguide::apps
