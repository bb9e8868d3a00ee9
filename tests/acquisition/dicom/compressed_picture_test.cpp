#include "acquisition/dicom/compressed_picture.h"

#include <gtest/gtest.h>

namespace acuguide::acquisition {
namespace {

/// One segment of these bytes, with its header.
std::vector<std::uint8_t> rle(std::vector<std::uint8_t> segment) {
  std::vector<std::uint8_t> stream(64, 0);
  stream[0] = 1;
  stream[4] = 64;
  stream.insert(stream.end(), segment.begin(), segment.end());
  return stream;
}

// Found by tests/fuzz: DCMTK's decoder read past the end of such a segment.
TEST(CompressedPicture, RleRunsMustStayWithinTheirSegment) {
  EXPECT_TRUE(rleStaysWithin(rle({2, 10, 20, 30, 253, 7}), 7)) << "three as they are, one four times";
  EXPECT_FALSE(rleStaysWithin(rle({2, 10, 20, 30, 9, 7}), 7)) << "ten announced, one there";
  EXPECT_FALSE(rleStaysWithin(rle({2, 10, 20, 30, 253}), 7)) << "nothing to repeat";
  EXPECT_TRUE(rleStaysWithin(rle({2, 10, 20, 30, 253, 7, 0}), 7)) << "padding after the last pixel";
}

TEST(CompressedPicture, AnRleHeaderMustFitItsStream) {
  EXPECT_FALSE(rleStaysWithin(std::vector<std::uint8_t>(40, 0), 7));
  auto stream = rle({2, 10, 20, 30, 253, 7});
  stream[0] = 0;
  EXPECT_FALSE(rleStaysWithin(stream, 7)) << "no segment";
  stream[0] = 16;
  EXPECT_FALSE(rleStaysWithin(stream, 7)) << "more than there can be";
  stream = rle({2, 10, 20, 30, 253, 7});
  stream[4] = 90;
  EXPECT_FALSE(rleStaysWithin(stream, 7)) << "begins behind the end";
}

}  // namespace
}  // namespace acuguide::acquisition
