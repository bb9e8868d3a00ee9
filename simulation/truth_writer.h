#pragma once

#include "core/whole_file.h"
#include "simulation/frame_truth.h"

#include <filesystem>
#include <fstream>

namespace acuguide::simulation {

/// Writes ground truth as CSV, a frame at a time. Beside TRUTH.csv (the blade):
///   TRUTH.planes.csv      columns of planes.csv
///   TRUTH.structures.csv  frame,kind,name,centre_x,centre_y,radius_x,radius_y,angle_deg
///   TRUTH.target.csv      frame,x_px,y_px,depth_mm
/// In TRUTH.csv the coordinates are empty when no part of the blade is in the picture; a blade that is there
/// but does not echo has coordinates and visible=0. All four are there when they are whole, after finish().
class TruthWriter {
 public:
  /// Throws Error when a file cannot be opened, or may not be replaced.
  explicit TruthWriter(const std::filesystem::path& path);

  void write(const FrameTruth& truth);
  /// Throws Error when anything could not be written (disk full).
  void finish();

 private:
  /// One of the four, on its way.
  struct Table {
    Table(const std::filesystem::path& path, const char* heading);
    WholeFile whole;
    std::ofstream rows;
  };

  void writeBlade(const FrameTruth& truth);

  std::filesystem::path path_;
  Table blade_, planes_, structures_, target_;
};

}  // namespace acuguide::simulation
