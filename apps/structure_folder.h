#pragma once

#include "core/frame.h"
#include "imaging/frame_analysis.h"
#include "imaging/structures/structure_segmenter.h"
#include "recording/csv_file.h"

#include <opencv2/core.hpp>

#include <filesystem>

namespace acuguide::apps {

/// `process --structures`: finds nerves and vessels in each frame by itself, without those that are the
/// shadow of its bone, and writes structures/NAME.png (8 bit, the size of the frame, 0 none, 1 vessel, 2
/// nerve; NAME is the image's file name without its ending, or the frame as NNNNNN) and structures.csv
/// (docs/file_formats.md).
class StructureFolder {
 public:
  /// Throws Error when the folder cannot be made.
  explicit StructureFolder(const std::filesystem::path& out);

  /// Throws Error when a file cannot be written.
  void write(const Frame& frame, const imaging::FrameAnalysis& analysis);
  void finish() { table_.finish(); }

 private:
  std::filesystem::path folder_;
  recording::CsvFile table_;
  imaging::StructureSegmenter segmenter_;
  cv::Mat greyBuffer_;
};

}  // namespace acuguide::apps
