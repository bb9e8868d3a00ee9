#pragma once

#include "core/whole_file.h"
#include "simulation/limb_sweep.h"

#include <filesystem>
#include <fstream>

namespace acuguide::simulation {

/// Writes the truth of a simulated sweep. Beside TRUTH.csv (frame,time_s,valid and the 16 numbers, row by
/// row, of ImageToReference):
///   TRUTH.bone.stl, .fascia.stl, .vessel.stl, .nerve.stl   surfaces, Reference coordinates, mm
///   TRUTH.targets.csv                                      name,x_mm,y_mm,z_mm
class SweepTruthWriter {
 public:
  /// Throws Error when a file cannot be opened, or may not be replaced.
  explicit SweepTruthWriter(const std::filesystem::path& path);

  void write(const SweptFrame& swept);
  /// Throws Error when anything could not be written.
  void finish(const LimbSweep& sweep);

 private:
  std::filesystem::path path_;
  WholeFile whole_;
  std::ofstream rows_;
};

}  // namespace acuguide::simulation
