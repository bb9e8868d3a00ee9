#include "acquisition/image_file.h"

#include "acquisition/grey_range.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"
#include "core/input_file.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace acuguide::acquisition {
namespace {

constexpr std::array<std::string_view, 7> kEndings = {".png", ".jpg",  ".jpeg", ".bmp",
                                                      ".tif", ".tiff", ".pgm"};

/// False for a PNG or JPEG without its end mark. Decoders fill what is missing with grey, or print messages
/// of their own; a picture that is not all there must not pass for one.
bool isComplete(const std::filesystem::path& path) {
  using namespace std::string_view_literals;
  const std::string ending = lowerCase(path.extension().string());
  const std::string_view mark = ending == ".png"                        ? "IEND"sv
                                : ending == ".jpg" || ending == ".jpeg" ? "\xff\xd9"sv
                                                                        : ""sv;
  constexpr std::streamoff kTail = 4096;  // some programs append a little
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  in.seekg(std::max<std::streamoff>(static_cast<std::streamoff>(in.tellg()) - kTail, 0));
  std::ostringstream tail;
  tail << in.rdbuf();
  return tail.view().find(mark) != std::string_view::npos;
}

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

cv::Mat readStoredImage(const std::filesystem::path& path) {
  requireInputFile(path);
  cv::Mat image;
  if (isComplete(path)) image = decoded(path);
  if (image.empty()) {
    throw Error(path.string(), "is damaged, empty or not an image", "remove it or save it again as PNG");
  }
  const bool known = image.depth() == CV_8U || image.depth() == CV_16U || image.depth() == CV_16S;
  if (!known || (image.channels() != 1 && image.channels() != 3)) {
    throw Error(path.string(), "has pixels that are neither 8 nor 16 bit grey or colour",
                "save it as 8-bit PNG");
  }
  return image;
}

cv::Mat readImageFile(const std::filesystem::path& path) {
  const cv::Mat stored = readStoredImage(path);
  GreyRange range;
  range.add(stored);
  return range.toEightBit(stored);
}

}  // namespace acuguide::acquisition
