#include "acquisition/frame_writer.h"

#include "acquisition/image_folder_source.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/sequence/sequence_source.h"
#include "acquisition/test_frames.h"
#include "acquisition/video/video_file_source.h"
#include "full_disk.h"

#include <cmath>

namespace acuguide::acquisition {
namespace {

Frame frameOf(const cv::Mat& pixels, double time = 0.0) {
  Frame frame;
  frame.pixels = pixels;
  frame.time = time;
  return frame;
}

TEST(FrameWriter, SequencesReadBackTheSame) {
  for (const int type : {CV_8UC1, CV_8UC3}) {
    const ScratchFolder folder;
    const std::string file = (folder / "s.igs.mha").string();
    NamedPose pose{.from = "Probe", .to = "Tracker", .valid = true};
    pose.matrix(0, 1) = -1.0 / 3.0;
    pose.matrix(1, 3) = 1e-17;
    {
      const auto writer = openFrameWriter(file, 30);
      for (int i = 0; i < 4; ++i) {
        Frame frame = frameOf(noisePicture(i, 61, 43, type), 1e5 + i / 30.0);
        frame.geometry.spacingMm = Eigen::Vector2d(1.0 / 7.0, 0.1);
        frame.poses = {pose, {.from = "Needle", .to = "Tracker", .valid = i == 1}};
        writer->write(frame);
      }
      writer->finish();
    }
    SequenceSource source(file);
    for (int i = 0; i < 4; ++i) {
      const auto frame = source.read();
      ASSERT_TRUE(frame);
      EXPECT_TRUE(samePicture(frame->pixels, noisePicture(i, 61, 43, type)));
      EXPECT_EQ(frame->time, 1e5 + i / 30.0);
      EXPECT_EQ(frame->geometry.spacingMm, Eigen::Vector2d(1.0 / 7.0, 0.1));
      ASSERT_EQ(frame->poses.size(), 2u);
      EXPECT_EQ(frame->poses[0].matrix, pose.matrix);
      EXPECT_TRUE(frame->poses[0].valid);
      EXPECT_EQ(frame->poses[1].name(), "NeedleToTracker");
      EXPECT_EQ(frame->poses[1].valid, i == 1);
    }
    EXPECT_FALSE(source.read());
    const auto entries = std::filesystem::directory_iterator(folder.path());
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1) << "no parts are left";
  }
}

TEST(FrameWriter, UnknownSpacingStaysUnknown) {
  const ScratchFolder folder;
  const std::string file = (folder / "s.mha").string();
  const auto writer = openFrameWriter(file, 30);
  writer->write(frameOf(noisePicture(0)));
  writer->finish();
  EXPECT_FALSE(SequenceSource(file).read()->geometry.spacingMm);
}

TEST(FrameWriter, PixelsThatAreNotSquareStaySo) {
  const ScratchFolder folder;
  const std::string file = (folder / "s.mha").string();
  const auto writer = openFrameWriter(file, 30);
  Frame frame = frameOf(noisePicture(0));
  frame.geometry.pixelAspect = 1.5;
  writer->write(frame);
  writer->finish();
  const auto read = SequenceSource(file).read();
  EXPECT_DOUBLE_EQ(read->geometry.pixelAspect, 1.5);
  EXPECT_FALSE(read->geometry.spacingMm);
}

TEST(FrameWriter, AScaleThatDoesNotHoldForAllFramesIsNotStated) {
  const ScratchFolder folder;
  const std::string file = (folder / "s.mha").string();
  const auto writer = openFrameWriter(file, 30);
  Frame frame = frameOf(noisePicture(0));
  frame.geometry.spacingMm = Eigen::Vector2d(0.1, 0.1);
  writer->write(frame);
  frame.geometry.spacingMm.reset();
  writer->write(frame);
  writer->finish();
  EXPECT_FALSE(SequenceSource(file).read()->geometry.spacingMm);
}

TEST(FrameWriter, VideoIsLosslessForRegionsToo) {
  const ScratchFolder folder;
  const std::string file = (folder / "v.mkv").string();
  const cv::Mat big = noisePicture(1, 200, 100);
  {
    const auto writer = openFrameWriter(file, 59.94);
    writer->write(frameOf(big(cv::Rect(3, 5, 101, 51))));  // rows apart, odd sizes
    writer->finish();
  }
  EXPECT_TRUE(samePicture(VideoFileSource(file).read()->pixels, big(cv::Rect(3, 5, 101, 51))));
}

TEST(FrameWriter, FoldersTakeAnySize) {
  const ScratchFolder folder;
  const auto writer = openFrameWriter(folder / "new/pictures", 30);
  writer->write(frameOf(noisePicture(0, 1, 1)));
  writer->write(frameOf(noisePicture(1, 30, 20, CV_8UC3)));
  writer->finish();
  ImageFolderSource source((folder / "new/pictures").string());
  const auto first = source.read(), second = source.read();
  EXPECT_EQ(first->name, "pictures/000000.png");
  EXPECT_TRUE(samePicture(first->pixels, noisePicture(0, 1, 1)));
  EXPECT_TRUE(samePicture(second->pixels, noisePicture(1, 30, 20, CV_8UC3)));
  expectSentence(errorOf([&] { openFrameWriter(folder / "new/pictures", 30); }), "pictures");
}

TEST(FrameWriter, RefusesFramesThatDoNotFit) {
  for (const char* name : {"v.mkv", "s.mha"}) {
    const ScratchFolder folder;
    const auto writer = openFrameWriter(folder / name, 30);
    writer->write(frameOf(noisePicture(0)));
    expectSentence(errorOf([&] { writer->write(frameOf(noisePicture(0, 65, 48))); }), name);
    expectSentence(errorOf([&] { writer->write(frameOf(noisePicture(0, 64, 48, CV_8UC3))); }), name);
  }
}

TEST(FrameWriter, SaysWhatCannotBeWritten) {
  const ScratchFolder folder;
  folder.write("file", "in the way");
  for (const char* name : {"missing/v.mkv", "missing/s.mha", "file/v.mkv", "file/s.mha", "file/folder"}) {
    expectSentence(errorOf([&] { openFrameWriter(folder / name, 30); }), name);
  }
  expectSentence(errorOf([&] { openFrameWriter(folder / "v.mkv", 0); }), "v.mkv");
  expectSentence(errorOf([&] { openFrameWriter(folder / "v.mkv", std::nan("")); }), "v.mkv");
}

TEST(FrameWriter, SaysThatTheDiskIsFull) {
  for (const char* name : {"s.mha", "v.mkv"}) {
    const ScratchFolder folder;
    const std::string sentence = errorOf([&] {
      const test::FileSizeLimit full(100'000);
      const auto writer = openFrameWriter(folder / name, 30);
      for (int i = 0; i < 10; ++i) writer->write(frameOf(noisePicture(i, 640, 480)));
      writer->finish();
    });
    expectSentence(sentence, name);
    EXPECT_THAT(sentence, testing::HasSubstr("disk"));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << name;
  }
}

/// What there was stays until the new one is whole, and an unfinished one leaves nothing.
TEST(FrameWriter, AnUnfinishedRunLeavesTheOldOne) {
  for (const char* name : {"s.mha", "v.mkv"}) {
    const ScratchFolder folder;
    {
      const auto writer = openFrameWriter(folder / name, 30);
      writer->write(frameOf(noisePicture(0)));
      writer->finish();
    }
    const auto size = std::filesystem::file_size(folder / name);
    {
      const auto writer = openFrameWriter(folder / name, 30);
      for (int i = 0; i < 5; ++i) writer->write(frameOf(noisePicture(i, 320, 240)));
    }
    EXPECT_EQ(std::filesystem::file_size(folder / name), size);
    const auto again = openFrameWriter(folder / name, 30);
    for (int i = 0; i < 5; ++i) again->write(frameOf(noisePicture(i, 320, 240)));
    again->finish();
    EXPECT_GT(std::filesystem::file_size(folder / name), size) << "its own earlier result it does replace";
  }
  const ScratchFolder folder;
  openFrameWriter(folder / "images", 30)->write(frameOf(noisePicture(0)));
  EXPECT_TRUE(std::filesystem::is_empty(folder / "images"));
}

TEST(FrameWriter, ScannersRecordingsStay) {
  const ScratchFolder folder;
  folder.write("v.mkv", "\x1a\x45\xdf\xa3 of a scanner");
  folder.write("s.mha", "ObjectType = Image\nNDims = 3\n");
  for (const char* name : {"v.mkv", "s.mha"})
    expectSentence(errorOf([&] { openFrameWriter(folder / name, 30); }), name);
}

TEST(FrameWriter, SaysThatThereWasNothingToWrite) {
  const ScratchFolder folder;
  for (const char* name : {"v.mkv", "s.mha"}) {
    const auto writer = openFrameWriter(folder / name, 30);
    expectSentence(errorOf([&] { writer->finish(); }), name);
    EXPECT_FALSE(std::filesystem::exists(folder / name));
  }
}

}  // namespace
}  // namespace acuguide::acquisition
