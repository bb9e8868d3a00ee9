#pragma once

#include "navigation/guidance_snapshot.h"
#include "recording/csv_file.h"

#include <filesystem>
#include <optional>

namespace acuguide::recording {

/// Whether `process` or `session export` writes a file of this name, relative to its folder.
bool isResultOfProcess(const std::filesystem::path& name);

/// The tables of `acuguide process` (docs/file_formats.md): frames.csv, needle.csv, planes.csv, fibres.csv,
/// muscle.csv and, with guidance, guidance.csv. Full-image pixels, x right, y down; angles in degrees,
/// positive when rising to the right.
class AnalysisCsvWriter {
 public:
  /// Creates the folder; the files are there after finish(). Throws Error when it cannot.
  AnalysisCsvWriter(const std::filesystem::path& folder, bool withGuidance);

  /// One analysed frame; `snapshot.frame` must be set.
  void write(const navigation::GuidanceSnapshot& snapshot);

  /// Puts the tables in their places; throws Error when something did not reach the disk.
  void finish();

 private:
  void writeFrame(const navigation::GuidanceSnapshot& snapshot);
  void writeNeedle(const navigation::GuidanceSnapshot& snapshot);
  void writePlanes(const navigation::GuidanceSnapshot& snapshot);
  void writeFibres(const navigation::GuidanceSnapshot& snapshot);
  void writeMuscle(const navigation::GuidanceSnapshot& snapshot);
  void writeGuidance(const navigation::GuidanceSnapshot& snapshot);

  CsvFile frames_;
  CsvFile needle_;
  CsvFile planes_;
  CsvFile fibres_;
  CsvFile muscle_;
  std::optional<CsvFile> guidance_;
};

}  // namespace acuguide::recording
