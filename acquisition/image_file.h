#pragma once

#include <opencv2/core.hpp>

#include <filesystem>

namespace acuguide::acquisition {

/// True for names ending in png, jpg, jpeg, bmp, tif, tiff or pgm, in any case.
bool hasImageEnding(const std::filesystem::path& path);

/// Reads one image as it is stored (its EXIF rotation is not applied, so pixel coordinates stay the file's):
/// CV_8UC1 when it is grey, else CV_8UC3 (BGR); transparency is dropped. 16-bit images are mapped 0..65535 to
/// 0..255, the same for every file, so that a folder keeps its grey scale. Throws Error naming the file.
cv::Mat readImageFile(const std::filesystem::path& path);

}  // namespace acuguide::acquisition
