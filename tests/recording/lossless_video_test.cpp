#include "acquisition/video/lossless_video_writer.h"
#include "core/error.h"
#include "recording/lossless_video_reader.h"
#include "recording/session_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace acuguide::recording {
namespace {

using acquisition::LosslessVideoWriter;

using samples::picture;
using samples::samePixels;
using samples::TemporaryFolder;

const cv::Size oddSize(97, 63);

LosslessVideoWriter::Options optionsFor(bool colour) {
  LosslessVideoWriter::Options options;
  options.size = oddSize;
  options.colour = colour;
  return options;
}

std::int64_t timeOf(int index) { return 33 * index + index % 3; }

class LosslessVideo : public testing::TestWithParam<bool> {};

TEST_P(LosslessVideo, KeepsEveryBitInAnyOrder) {
  const TemporaryFolder folder;
  LosslessVideoWriter writer(folder / "video.mkv", optionsFor(GetParam()));
  for (int i = 0; i < 60; ++i) writer.write(picture(i, oddSize, GetParam()), timeOf(i));
  writer.finish();

  LosslessVideoReader reader(folder / "video.mkv");
  EXPECT_EQ(reader.size(), oddSize);
  for (const int i : {0, 1, 2, 59, 30, 31, 29, 0, 58, 59}) {
    const auto shown = reader.pictureAt(timeOf(i));
    ASSERT_TRUE(shown) << i;
    EXPECT_TRUE(samePixels(*shown, picture(i, oddSize, GetParam()))) << i;
  }
  EXPECT_FALSE(reader.pictureAt(timeOf(10) + 5));
  EXPECT_FALSE(reader.pictureAt(timeOf(60)));
  EXPECT_TRUE(reader.has(timeOf(4)));
}

TEST_P(LosslessVideo, WhatWasFlushedIsReadWithoutTheEnd) {
  const TemporaryFolder folder;
  LosslessVideoWriter writer(folder / "video.mkv", optionsFor(GetParam()));
  // Black pictures take a few bytes each: nothing but the flush brings them out.
  const cv::Mat black(oddSize, GetParam() ? CV_8UC3 : CV_8UC1, cv::Scalar::all(0));
  for (int i = 0; i < 10; ++i) writer.write(i == 9 ? picture(9, oddSize, GetParam()) : black, timeOf(i));
  writer.flush();

  LosslessVideoReader reader(folder / "video.mkv");
  for (const int i : {9, 0, 5, 9}) {
    const auto shown = reader.pictureAt(timeOf(i));
    ASSERT_TRUE(shown) << i;
    EXPECT_TRUE(samePixels(*shown, i == 9 ? picture(9, oddSize, GetParam()) : black)) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(GreyAndColour, LosslessVideo, testing::Bool());

TEST(LosslessVideoReader, ADamagedPictureIsAnErrorAndNotAPicture) {
  const TemporaryFolder folder;
  const auto path = folder / "video.mkv";
  LosslessVideoWriter writer(path, optionsFor(false));
  for (int i = 0; i < 20; ++i) writer.write(picture(i, oddSize), timeOf(i));
  writer.finish();
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 2));
    file.write("damaged!", 8);
  }
  LosslessVideoReader reader(path);
  int wrong = 0, refused = 0;
  for (int i = 0; i < 20; ++i) {
    try {
      const auto shown = reader.pictureAt(timeOf(i));
      if (!shown) ++refused;
      if (shown && !samePixels(*shown, picture(i, oddSize))) ++wrong;
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(refused, 1);
}

TEST(LosslessVideoReader, SaysWhatIsWrongWithAFile) {
  const TemporaryFolder folder;
  EXPECT_THROW(LosslessVideoReader(folder / "none.mkv"), Error);
  std::ofstream(folder / "text.mkv") << "this is no video";
  EXPECT_THROW(LosslessVideoReader(folder / "text.mkv"), Error);
  std::ofstream(folder / "empty.mkv").flush();
  EXPECT_THROW(LosslessVideoReader(folder / "empty.mkv"), Error);
}

TEST(LosslessVideoWriter, AFullDiskIsAnError) {
  ASSERT_TRUE(std::filesystem::exists("/dev/full"));
  EXPECT_THROW(LosslessVideoWriter("/dev/full", optionsFor(false)), Error);
}

}  // namespace
}  // namespace acuguide::recording
