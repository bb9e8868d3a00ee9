#include "acquisition/video/video_file_source.h"

#include "acquisition/frame_writer.h"
#include "acquisition/process_memory.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"
#include "acquisition/video/timed_video.h"
#include "acquisition/video/video_container.h"

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

TEST(VideoFileSource, SaysThatAVideoIsInterlaced) {
  const ScratchFolder folder;
  for (const bool interlaced : {false, true}) {
    const std::string file = (folder / "video.mkv").string();
    writeTimedVideo(file, {0, 40, 80}, 40, interlaced);
    VideoFileSource source(file);
    ASSERT_TRUE(source.read());
    EXPECT_EQ(source.remark().find("interlaced") != std::string::npos, interlaced);
  }
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

std::vector<int> everyFortyMs(int frames) {
  std::vector<int> at;
  for (int i = 0; i < frames; ++i) at.push_back(i * 40);
  return at;
}

TEST(VideoFileSource, AWholeVideoWhoseLastImageStaysIsNotCutShort) {
  for (const char* name : {"held.mkv", "held.mp4"}) {
    const ScratchFolder folder;
    writeTimedVideo(folder / name, everyFortyMs(20), 4000);
    VideoFileSource source((folder / name).string());
    int count = 0;
    EXPECT_EQ(errorOf([&] {
                while (source.read()) ++count;
              }),
              "")
        << name;
    EXPECT_EQ(count, 20) << name;
  }
}

TEST(VideoFileSource, AContainerThatGoesOnBeyondItsFileIsCutShort) {
  for (const char* ending : {".mkv", ".avi", ".ogv"}) {
    const ScratchFolder folder;
    const std::string name = std::string("whole") + ending;
    if (std::string(ending) == ".ogv") {  // pages as RFC 3533 has them, the last one marked as such
      std::string page = std::string("OggS\0\4", 6) + std::string(20, '\0') + "\x01\x05" + "hello";
      folder.write(name, page);
    } else {
      writeTimedVideo(folder / name, everyFortyMs(20), 40);
    }
    EXPECT_FALSE(isContainerCutShort(folder / name)) << ending;
    const std::string whole = contentOf(folder / name);
    for (const std::size_t missing : {std::size_t{2}, whole.size() / 3}) {
      folder.write("cut" + std::string(ending), whole.substr(0, whole.size() - missing));
      EXPECT_TRUE(isContainerCutShort(folder / ("cut" + std::string(ending)))) << ending << " " << missing;
    }
  }
  const ScratchFolder folder;
  const std::string box(
      "\0\0\0\x10"
      "ftypisom\0\0\0\0",
      16),
      rest(
          "\0\0\0\x0c"
          "mdatabcd",
          12);
  EXPECT_FALSE(isContainerCutShort(folder.write("a.mp4", box + rest)));
  EXPECT_TRUE(isContainerCutShort(folder.write("b.mp4", box + rest.substr(0, 10))));
  EXPECT_FALSE(isContainerCutShort(folder.write("letter.txt", "no container at all")));
  EXPECT_FALSE(isContainerCutShort(folder.write("empty.mkv", "")));
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
