#pragma once

#include <opencv2/core.hpp>

#include <optional>
#include <string_view>

namespace acuguide::acquisition {

/// How a stored picture must be turned so that x points to the probe's marked side and y away from the probe
/// (PLUS's "MF"), the only orientation the rest of the program knows.
///
/// PLUS names orientations by where the stored axes point: M marked, U unmarked, F far, N near; a third
/// letter (A, D) belongs to stacks of slices and does not concern a single picture.
struct ImageOrientation {
  bool transpose = false;  ///< done first: stored rows run along the beam
  bool flipX = false;
  bool flipY = false;

  cv::Mat upright(const cv::Mat& stored) const;
};

/// "MF", "UFA", "nm" ...; "XX" and the empty text are PLUS's "not stated" and taken as MF. nullopt for
/// anything else.
std::optional<ImageOrientation> parseImageOrientation(std::string_view text);

}  // namespace acuguide::acquisition
