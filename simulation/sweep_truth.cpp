#include "simulation/sweep_truth.h"

#include "core/error.h"

#include <cstdio>
#include <string>

namespace acuguide::simulation {
namespace {

std::string number(double value, int digits) {
  char text[40];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.*f", digits, value))};
}

}  // namespace

SweepTruthWriter::SweepTruthWriter(const std::filesystem::path& path)
    : path_(path), whole_(path, "the ground truth"), rows_(whole_.part()) {
  rows_ << "frame,time_s,valid";
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 4; ++column) rows_ << ",m" << row << column;
  rows_ << '\n';
}

void SweepTruthWriter::write(const SweptFrame& swept) {
  bool valid = true;
  for (const NamedPose& pose : swept.frame.poses) valid = valid && pose.valid;
  rows_ << swept.frame.index << ',' << number(swept.frame.time, 6) << ',' << (valid ? 1 : 0);
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 4; ++column) rows_ << ',' << number(swept.imageToReference(row, column), 9);
  rows_ << '\n';
}

void SweepTruthWriter::finish(const LimbSweep& sweep) {
  rows_.close();
  if (!rows_) throw Error(path_.string(), "could not be written completely", "check the free space");
  const auto beside = [&](const std::string& ending) {
    return path_.parent_path() / (path_.stem().string() + ending);
  };
  std::string targets = "name,x_mm,y_mm,z_mm\n";
  for (const auto& [name, point] : sweep.targets())
    targets +=
        name + ',' + number(point.x(), 4) + ',' + number(point.y(), 4) + ',' + number(point.z(), 4) + '\n';
  writeWholeFile(beside(".targets.csv"), targets, "the ground truth");
  for (const auto& [name, mesh] : sweep.surfaces())
    writeStl(mesh, beside("." + name + ".stl"), "the ground truth");
  whole_.commit();
}

}  // namespace acuguide::simulation
