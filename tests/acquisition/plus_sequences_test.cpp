// The real PLUS recordings in ../shared/data/plus, where they are there.
#include "acquisition/sequence/sequence_source.h"
#include "acquisition/test_frames.h"

#include <filesystem>
#include <zlib.h>

namespace acuguide::acquisition {
namespace {

const std::filesystem::path kSequences =
    std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/plus/sequences";

#define SKIP_WITHOUT_PLUS_DATA() \
  if (!std::filesystem::exists(kSequences)) GTEST_SKIP() << "no PLUS recordings in " << kSequences

/// All pixels by the shortest way: zlib over everything behind the header.
std::string inflatedAtOnce(const std::filesystem::path& file, std::size_t expected) {
  const std::string content = contentOf(file);
  const std::string mark = "ElementDataFile = LOCAL\n";
  const std::size_t start = content.find(mark) + mark.size();
  std::string pixels(expected, '\0');
  uLongf size = static_cast<uLongf>(expected);
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(pixels.data()), &size,
                       reinterpret_cast<const Bytef*>(content.data() + start),
                       static_cast<uLong>(content.size() - start)),
            Z_OK);
  EXPECT_EQ(size, expected);
  return pixels;
}

TEST(PlusSequences, ReadsTheCalibrationSweep) {
  SKIP_WITHOUT_PLUS_DATA();
  const auto file = kSequences / "fCal_Test_Calibration_3NWires_fCal2.0.igs.mha";
  SequenceSource source(file.string());
  EXPECT_EQ(source.info().frameCount, 190);
  EXPECT_NEAR(source.info().nominalFramesPerSecond.value(), 1 / 0.0782, 0.1);
  const std::string pixels = inflatedAtOnce(file, std::size_t{820} * 616 * 190);
  double last = 0.0;
  int count = 0;
  for (; const auto frame = source.read(); ++count) {
    ASSERT_EQ(frame->pixels.size(), cv::Size(820, 616));
    ASSERT_EQ(std::memcmp(frame->pixels.data,
                          pixels.data() + std::size_t{820} * 616 * static_cast<std::size_t>(count),
                          std::size_t{820} * 616),
              0);
    EXPECT_GT(frame->time, last);
    last = frame->time;
    EXPECT_EQ(frame->poses.size(), 3u);
    EXPECT_TRUE(findPose(frame->poses, "ProbeToTracker"));
    EXPECT_FALSE(frame->geometry.spacingMm);
  }
  EXPECT_EQ(count, 190);
  EXPECT_NEAR(last, 2588.070, 1e-3);
  source.seek(3);
  const auto third = source.read();
  EXPECT_EQ(
      std::memcmp(third->pixels.data, pixels.data() + std::size_t{820} * 616 * 3, std::size_t{820} * 616), 0);
}

TEST(PlusSequences, ReadsThePosesOfTheFirstFrame) {
  SKIP_WITHOUT_PLUS_DATA();
  const SequenceHeader header =
      readSequenceHeader(kSequences / "fCal_Test_Validation_3NWires_fCal2.0.igs.mha");
  EXPECT_EQ(header.frames.front().timestamp, 2588.141729);
  const auto probe = findPose(header.posesOf(0), "ProbeToTracker");
  ASSERT_TRUE(probe);
  EXPECT_EQ((*probe)(0, 3), 287.271);
  EXPECT_EQ((*probe)(2, 0), -0.930909);
  EXPECT_EQ((*probe)(3, 3), 1.0);
}

TEST(PlusSequences, ReadsTrackerRecordingsAsPosesOnly) {
  SKIP_WITHOUT_PLUS_DATA();
  const std::pair<const char*, std::size_t> files[] = {
      {"WaterTankBottomTranslationTrackerBuffer.igs.mha", 5000},
      {"WaterTankBottomTranslationTrackerBuffer-trimmed.igs.mha", 801}};
  for (const auto& [name, frames] : files) {
    const SequenceHeader header = readSequenceHeader(kSequences / name);
    EXPECT_FALSE(header.hasPictures());
    ASSERT_EQ(header.frames.size(), frames);
    EXPECT_EQ(header.transforms.size(), 3u);
    for (std::size_t i = 0; i < frames; ++i) {
      ASSERT_TRUE(findPose(header.posesOf(static_cast<std::int64_t>(i)), "ProbeToTracker")) << i;
    }
    const std::string sentence = errorOf([&] { SequenceSource((kSequences / name).string()); });
    expectSentence(sentence, name);
    EXPECT_THAT(sentence, testing::HasSubstr("poses"));
  }
}

TEST(PlusSequences, ReadsVideoWithAndWithoutPoses) {
  SKIP_WITHOUT_PLUS_DATA();
  SequenceSource video((kSequences / "WaterTankBottomTranslationVideoBuffer.igs.mha").string());
  SequenceSource combined((kSequences / "WaterTankBottomTranslationCombined.igs.mha").string());
  int count = 0;
  for (; const auto frame = video.read(); ++count) {
    const auto same = combined.read();
    ASSERT_TRUE(same);
    EXPECT_TRUE(samePicture(frame->pixels, same->pixels)) << count;
    EXPECT_TRUE(frame->poses.empty());
    EXPECT_EQ(same->poses.size(), 3u);
    EXPECT_EQ(frame->time, same->time);
  }
  EXPECT_EQ(count, 201);
}

}  // namespace
}  // namespace acuguide::acquisition
