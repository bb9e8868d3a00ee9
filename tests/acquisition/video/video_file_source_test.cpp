#include "acquisition/video/video_file_source.h"

#include "acquisition/frame_writer.h"
#include "acquisition/process_memory.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

#include <opencv2/videoio.hpp>

namespace acuguide::acquisition {
namespace {

std::string writeVideo(const ScratchFolder& folder, int frames, int type = CV_8UC1) {
  const std::string file = (folder / "video.mkv").string();
  const auto writer = openFrameWriter(file, 25);
  for (int i = 0; i < frames; ++i) {
    Frame frame;
    frame.pixels = noisePicture(i, 64, 48, type);
    writer->write(frame);
  }
  writer->finish();
  return file;
}

TEST(VideoFileSource, ReadsGreyAndColourBitExactly) {
  for (const int type : {CV_8UC1, CV_8UC3}) {
    const ScratchFolder folder;
    VideoFileSource source(writeVideo(folder, 7, type));
    EXPECT_EQ(source.info().nominalFramesPerSecond, 25.0);
    EXPECT_EQ(source.info().frameCount, 7);
    int count = 0;
    for (; const auto frame = source.read(); ++count) {
      EXPECT_TRUE(samePicture(frame->pixels, noisePicture(count, 64, 48, type))) << count;
      EXPECT_EQ(frame->index, count);
      EXPECT_NEAR(frame->time, count / 25.0, 1e-3);
    }
    EXPECT_EQ(count, 7);
    EXPECT_FALSE(source.read()) << "stays at its end";
  }
}

TEST(VideoFileSource, GoesToTheFrameAskedFor) {
  const ScratchFolder folder;
  VideoFileSource source(writeVideo(folder, 90));
  for (const int index : {0, 40, 39, 89, 3, 4, 70}) {
    source.seek(index);
    const auto frame = source.read();
    ASSERT_TRUE(frame) << index;
    EXPECT_EQ(frame->index, index);
    EXPECT_NEAR(frame->time, index / 25.0, 1e-3);
    EXPECT_TRUE(samePicture(frame->pixels, noisePicture(index))) << index;
  }
  expectSentence(errorOf([&] { source.seek(90); }), "video.mkv");
}

TEST(VideoFileSource, SaysThatAVideoIsCutShort) {
  const ScratchFolder folder;
  const std::string whole = contentOf(writeVideo(folder, 100));
  folder.write("cut.mkv", whole.substr(0, whole.size() / 2));
  VideoFileSource source((folder / "cut.mkv").string());
  int good = 0;
  const std::string sentence = errorOf([&] {
    while (source.read()) ++good;
  });
  expectSentence(sentence, "cut.mkv");
  EXPECT_GT(good, 20);
  EXPECT_LT(good, 60);
}

TEST(VideoFileSource, RefusesWhatIsNoVideo) {
  const ScratchFolder folder;
  folder.write("letter.mp4", "Dear reader, this is not a video.");
  folder.write("empty.avi", "");
  folder.write("cut.mkv", contentOf(writeVideo(folder, 10)).substr(0, 300));
  for (const char* name : {"letter.mp4", "empty.avi", "cut.mkv", "missing.mp4"}) {
    expectSentence(errorOf([&] { VideoFileSource((folder / name).string()); }), name);
  }
}

TEST(VideoFileSource, PlaysInConstantMemory) {
  const ScratchFolder folder;
  const std::string file = (folder / "long.mkv").string();
  const auto writer = openFrameWriter(file, 30);
  for (int i = 0; i < 400; ++i) {
    Frame frame;
    frame.pixels = cv::Mat(480, 640, CV_8UC1, cv::Scalar(i % 256));
    writer->write(frame);
  }
  writer->finish();
  VideoFileSource source(file);
  for (int i = 0; i < 50; ++i) source.read();
  const std::int64_t before = residentBytes();
  int count = 50;
  while (source.read()) ++count;
  EXPECT_EQ(count, 400);
  EXPECT_LT(residentBytes() - before, 20 << 20);  // the frames together are 123 MB
}

}  // namespace
}  // namespace acuguide::acquisition
