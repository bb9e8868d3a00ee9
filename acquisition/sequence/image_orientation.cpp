#include "acquisition/sequence/image_orientation.h"

namespace acuguide::acquisition {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool isLateral(char c) { return c == 'M' || c == 'U'; }

bool isDepth(char c) { return c == 'F' || c == 'N'; }

}  // namespace

cv::Mat ImageOrientation::upright(const cv::Mat& stored) const {
  cv::Mat turned = stored;
  if (transpose) cv::transpose(stored, turned);
  if (!flipX && !flipY) return turned;
  cv::Mat flipped;
  cv::flip(turned, flipped, flipX && flipY ? -1 : (flipX ? 1 : 0));
  return flipped;
}

std::optional<ImageOrientation> parseImageOrientation(std::string_view text) {
  if (text.empty() || text == "XX" || text == "XXX") return ImageOrientation{};
  if (text.size() < 2 || text.size() > 3) return std::nullopt;
  const char x = upper(text[0]), y = upper(text[1]);
  if (isLateral(x) && isDepth(y)) return ImageOrientation{false, x == 'U', y == 'N'};
  if (isDepth(x) && isLateral(y)) return ImageOrientation{true, y == 'U', x == 'N'};
  return std::nullopt;
}

}  // namespace acuguide::acquisition
