#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::acquisition {

/// What the axes of an NRRD file stand for; indexes count from the fastest axis.
struct NrrdAxes {
  std::size_t column = 0, row = 1;    ///< x and y of an image
  std::optional<std::size_t> colour;  ///< of size 3, RGB
  std::optional<std::size_t> list;    ///< of images; none: there is one image
  bool listFastest = false;           ///< a pixel's values of all images lie side by side
};

/// Reads `kinds` (empty where the file states none: then the last axis counts the images, and the first of
/// four is the colour when its size is 3). `list` and `time` are images one after another and never colour;
/// RGB-color, 3-color, vector, … are colour. An axis of size 1 that a volume of one slice leaves is passed
/// over. Throws Error in words, `where` naming the file: volumes, other colours than RGB, an order of axes
/// that is not read.
NrrdAxes nrrdAxes(const std::vector<double>& sizes, const std::vector<std::string>& kinds,
                  const std::string& where);

/// Seconds from the values of an index axis, as 3D Slicer's sequences state them ("axis 3 index values", and
/// `units` of that axis: s when empty); nullopt when they are not times (names).
std::optional<std::vector<double>> nrrdIndexSeconds(std::string_view values, std::string_view unit);

}  // namespace acuguide::acquisition
