#include "acquisition/sequence/image_orientation.h"

#include "acquisition/test_frames.h"

namespace acuguide::acquisition {
namespace {

/// Marked side left, probe on top: 1 2 3 / 4 5 6.
const cv::Mat kUpright = (cv::Mat_<std::uint8_t>(2, 3) << 1, 2, 3, 4, 5, 6);

void expectUpright(const char* orientation, const cv::Mat& stored) {
  const auto parsed = parseImageOrientation(orientation);
  ASSERT_TRUE(parsed) << orientation;
  EXPECT_TRUE(samePicture(parsed->upright(stored), kUpright)) << orientation << "\n"
                                                              << parsed->upright(stored);
}

TEST(ImageOrientation, TurnsEveryOrientationUpright) {
  expectUpright("MF", kUpright);
  expectUpright("MFA", kUpright);
  expectUpright("UF", (cv::Mat_<std::uint8_t>(2, 3) << 3, 2, 1, 6, 5, 4));
  expectUpright("MN", (cv::Mat_<std::uint8_t>(2, 3) << 4, 5, 6, 1, 2, 3));
  expectUpright("UND", (cv::Mat_<std::uint8_t>(2, 3) << 6, 5, 4, 3, 2, 1));
  expectUpright("FM", (cv::Mat_<std::uint8_t>(3, 2) << 1, 4, 2, 5, 3, 6));
  expectUpright("NM", (cv::Mat_<std::uint8_t>(3, 2) << 4, 1, 5, 2, 6, 3));
  expectUpright("FU", (cv::Mat_<std::uint8_t>(3, 2) << 3, 6, 2, 5, 1, 4));
  expectUpright("NU", (cv::Mat_<std::uint8_t>(3, 2) << 6, 3, 5, 2, 4, 1));
}

TEST(ImageOrientation, TakesUnstatedAsUpright) {
  expectUpright("XX", kUpright);
  expectUpright("", kUpright);
}

TEST(ImageOrientation, RefusesNonsense) {
  for (const char* text : {"M", "MM", "FN", "AB", "MFAX", "left"})
    EXPECT_FALSE(parseImageOrientation(text)) << text;
}

}  // namespace
}  // namespace acuguide::acquisition
