#include "acquisition/image_file.h"

#include "acquisition/text_numbers.h"
#include "core/error.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <array>

namespace acuguide::acquisition {
namespace {

constexpr std::array<std::string_view, 7> kEndings = {".png", ".jpg",  ".jpeg", ".bmp",
                                                      ".tif", ".tiff", ".pgm"};

cv::Mat decoded(const std::filesystem::path& path) {
  try {
    return cv::imread(path.string(),
                      cv::IMREAD_ANYDEPTH | cv::IMREAD_ANYCOLOR | cv::IMREAD_IGNORE_ORIENTATION);
  } catch (const cv::Exception& error) {
    throw Error(path.string(), "cannot be decoded (" + error.err + ")", "save it again as 8-bit PNG");
  }
}

}  // namespace

bool hasImageEnding(const std::filesystem::path& path) {
  return std::ranges::find(kEndings, lowerCase(path.extension().string())) != kEndings.end();
}

cv::Mat readImageFile(const std::filesystem::path& path) {
  cv::Mat image = decoded(path);
  if (image.empty()) {
    throw Error(path.string(), "is damaged, empty or not an image", "remove it or save it again as PNG");
  }
  if (image.depth() == CV_16U) image.convertTo(image, CV_8U, 1.0 / 257.0);
  if (image.depth() != CV_8U || (image.channels() != 1 && image.channels() != 3)) {
    throw Error(path.string(), "has pixels that are neither 8 nor 16 bit grey or colour",
                "save it as 8-bit PNG");
  }
  return image;
}

}  // namespace acuguide::acquisition
