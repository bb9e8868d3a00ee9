#pragma once

#include "simulation/frame_truth.h"

#include <filesystem>
#include <fstream>

namespace acuguide::simulation {

/// Writes ground truth as CSV, a frame at a time. Beside TRUTH.csv (the blade):
///   TRUTH.planes.csv      columns of planes.csv
///   TRUTH.structures.csv  frame,kind,name,centre_x,centre_y,radius_x,radius_y,angle_deg
///   TRUTH.target.csv      frame,x_px,y_px,depth_mm
/// In TRUTH.csv the coordinates are empty when no part of the blade is in the picture; a blade that is there
/// but does not echo has coordinates and visible=0.
class TruthWriter {
 public:
  /// Throws Error when a file cannot be opened.
  explicit TruthWriter(const std::filesystem::path& path);

  void write(const FrameTruth& truth);
  /// Throws Error when anything could not be written (disk full).
  void finish();

 private:
  void writeBlade(const FrameTruth& truth);

  std::filesystem::path path_;
  std::ofstream blade_, planes_, structures_, target_;
};

}  // namespace acuguide::simulation
