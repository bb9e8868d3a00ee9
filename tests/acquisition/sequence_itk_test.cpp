// ITK reads what we write, and we read what ITK writes.
#include "acquisition/frame_writer.h"
#include "acquisition/itk_sequence.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/sequence/sequence_source.h"
#include "acquisition/test_frames.h"

namespace acuguide::acquisition {
namespace {

constexpr int kWidth = 33, kHeight = 21, kFrames = 5;

TEST(SequenceAndItk, ItkReadsOurSequence) {
  const ScratchFolder folder;
  const std::string file = (folder / "ours.igs.mha").string();
  const auto writer = openFrameWriter(file, 30);
  for (int i = 0; i < kFrames; ++i) {
    Frame frame;
    frame.pixels = noisePicture(i, kWidth, kHeight);
    frame.time = 100 + i / 30.0;
    frame.geometry.spacingMm = Eigen::Vector2d(0.11, 0.12);
    frame.poses.push_back({.from = "Probe", .to = "Tracker", .valid = i != 2});
    writer->write(frame);
  }
  writer->finish();

  const ItkSequence read = readWithItk(file);
  EXPECT_EQ(read.width, static_cast<unsigned>(kWidth));
  EXPECT_EQ(read.height, static_cast<unsigned>(kHeight));
  ASSERT_EQ(read.frames, static_cast<unsigned>(kFrames));
  EXPECT_EQ(read.spacingX, 0.11);
  EXPECT_EQ(read.spacingY, 0.12);
  std::vector<std::uint8_t> pixels;
  for (int i = 0; i < kFrames; ++i) {
    const cv::Mat noise = noisePicture(i, kWidth, kHeight);
    pixels.insert(pixels.end(), noise.data, noise.data + noise.total());
  }
  EXPECT_EQ(read.pixels, pixels);
  EXPECT_EQ(read.field("Seq_Frame0002_ProbeToTrackerTransformStatus"), "INVALID");
  EXPECT_EQ(read.field("Seq_Frame0000_Timestamp"), "100");
}

ItkSequence sequenceOf(int channels) {
  ItkSequence sequence;
  sequence.width = kWidth;
  sequence.height = kHeight;
  sequence.frames = kFrames;
  sequence.channels = static_cast<unsigned>(channels);
  sequence.spacingX = 0.21;
  sequence.spacingY = 0.22;
  sequence.fields = {{"UltrasoundImageOrientation", "UFA"},
                     {"Seq_Frame0001_Timestamp", "7.5"},
                     {"Seq_Frame0001_ProbeToTrackerTransform", "1 0 0 4 0 1 0 5 0 0 1 6 0 0 0 1"},
                     {"Seq_Frame0001_ProbeToTrackerTransformStatus", "OK"}};
  for (int i = 0; i < kFrames; ++i) {
    const cv::Mat noise = noisePicture(i, kWidth, kHeight, CV_8UC(channels));
    sequence.pixels.insert(sequence.pixels.end(), noise.data, noise.data + noise.total() * noise.elemSize());
  }
  return sequence;
}

void expectSequence(const std::string& file, int channels) {
  SequenceSource source(file);
  for (int i = 0; i < kFrames; ++i) {
    const auto frame = source.read();
    ASSERT_TRUE(frame) << file;
    cv::Mat expected;
    cv::flip(noisePicture(i, kWidth, kHeight, CV_8UC(channels)), expected, 1);
    if (channels == 3) {
      const int redAndBlue[] = {0, 2, 1, 1, 2, 0};
      cv::Mat swapped(expected.size(), expected.type());
      cv::mixChannels(&expected, 1, &swapped, 1, redAndBlue, 3);
      expected = swapped;
    }
    EXPECT_TRUE(samePicture(frame->pixels, expected)) << file << " frame " << i;
    ASSERT_TRUE(frame->geometry.spacingMm);
    EXPECT_NEAR((*frame->geometry.spacingMm - Eigen::Vector2d(0.21, 0.22)).norm(), 0.0, 1e-12);
    if (i == 1) {
      EXPECT_EQ(frame->time, 7.5);
      ASSERT_TRUE(findPose(frame->poses, "ProbeToTracker"));
      EXPECT_EQ((*findPose(frame->poses, "ProbeToTracker"))(2, 3), 6.0);
    }
  }
  EXPECT_FALSE(source.read());
}

TEST(SequenceAndItk, WeReadItksSequences) {
  const ScratchFolder folder;
  for (const bool compressed : {false, true}) {
    for (const int channels : {1, 3}) {
      for (const char* ending : {".mha", ".nrrd"}) {
        const std::string name =
            std::string(compressed ? "packed" : "raw") + std::to_string(channels) + ending;
        const std::string file = (folder / name).string();
        writeWithItk(sequenceOf(channels), file, compressed);
        expectSequence(file, channels);
      }
    }
  }
}

}  // namespace
}  // namespace acuguide::acquisition
