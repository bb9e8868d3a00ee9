#pragma once

#include "core/transform.h"
#include "volume/slice_paster.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::volume {

/// What a PLUS configuration says of volumes: <VolumeReconstruction>, and the fixed transforms of
/// <CoordinateDefinitions>. What it does not say is left empty.
struct PlusConfig {
  std::vector<NamedPose> poses;
  std::string reference, image;  ///< coordinates
  std::optional<double> spacingMm;
  std::optional<cv::Rect> clip;
  std::optional<PlusFan> fan;
  std::optional<Interpolation> interpolation;
  std::optional<Compounding> compounding;
  bool fillHoles = false;
};

/// Throws Error: not there, not such a file, numbers that are none, OutputSpacing that differs by its axis, a
/// compounding that acuguide does not know (importance masks).
PlusConfig readPlusConfig(const std::filesystem::path& path);

}  // namespace acuguide::volume
