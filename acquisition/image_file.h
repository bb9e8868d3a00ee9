#pragma once

#include <opencv2/core.hpp>

#include <filesystem>

namespace acuguide::acquisition {

/// True for names ending in png, jpg, jpeg, bmp, tif, tiff or pgm, in any case.
bool hasImageEnding(const std::filesystem::path& path);

/// Reads one image as it is stored (its EXIF rotation is not applied, so pixel coordinates stay the file's):
/// 8 or 16 bit (signed too), of one channel when it is grey, else of three (BGR); transparency is dropped.
/// Throws Error naming the file.
cv::Mat readStoredImage(const std::filesystem::path& path);

/// The same as CV_8UC1 or CV_8UC3; 16 bits by those that this image uses (GreyRange). Images that belong
/// together must share a range (ImageFolderSource).
cv::Mat readImageFile(const std::filesystem::path& path);

}  // namespace acuguide::acquisition
