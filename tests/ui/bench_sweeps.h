#pragma once

#include "calibration/spatial/spatial_run.h"

#include <filesystem>
#include <string>

namespace acuguide::ui::test {

/// Two sweeps, "calibration" and "validation", over a phantom of three N's, for the engineer's bench. Writes
/// the phantom, and a file to stand for each sweep, into the folder.
void makeSweeps(const std::filesystem::path& folder);
calibration::SpatialRequest sweepRequest(const std::filesystem::path& folder);
/// The sweep that a file of makeSweeps() stands for: 30 frames, the phantom's wires drawn as dots where the
/// image cuts them; the fifth frame of the calibration shows none.
calibration::Sweep sweepOf(const std::filesystem::path& folder, const std::string& file);

}  // namespace acuguide::ui::test
