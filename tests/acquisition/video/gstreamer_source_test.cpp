#include "acquisition/video/gstreamer_source.h"

#include "acquisition/frame_writer.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

#include <opencv2/imgcodecs.hpp>

namespace acuguide::acquisition {
namespace {

TEST(GStreamerSource, GivesGreyAndColour) {
  GStreamerSource grey(
      "gst:videotestsrc num-buffers=5 ! video/x-raw,format=GRAY8,width=63,height=41,framerate=60/1");
  EXPECT_TRUE(grey.info().live);
  EXPECT_EQ(grey.info().nominalFramesPerSecond, 60.0);
  double last = -1.0;
  int count = 0;
  for (; const auto frame = grey.read(); ++count) {
    EXPECT_EQ(frame->pixels.type(), CV_8UC1);
    EXPECT_EQ(frame->pixels.size(), cv::Size(63, 41)) << "also where rows are padded";
    EXPECT_EQ(frame->index, count);
    EXPECT_GT(frame->time, last);
    last = frame->time;
  }
  EXPECT_EQ(count, 5);
  GStreamerSource colour("gst:videotestsrc num-buffers=1 pattern=red ! video/x-raw,width=32,height=32");
  const auto frame = colour.read();
  ASSERT_EQ(frame->pixels.type(), CV_8UC3);
  const auto pixel = frame->pixels.at<cv::Vec3b>(16, 16);
  EXPECT_GT(pixel[2], 240);
  EXPECT_LT(pixel[0], 15);
}

TEST(GStreamerSource, TwelveBitsInSixteenAreNotDark) {
  const ScratchFolder folder;
  const cv::Mat eight = noisePicture(1);
  cv::Mat twelve;
  eight.convertTo(twelve, CV_16U, 16.0);
  const std::string file = (folder / "twelve.png").string();
  ASSERT_TRUE(cv::imwrite(file, twelve));
  const auto frame = GStreamerSource("gst:filesrc location=" + file + " ! pngdec").read();
  ASSERT_EQ(frame->pixels.type(), CV_8UC1);
  EXPECT_LE(cv::norm(frame->pixels, eight, cv::NORM_INF), 1.0);
}

TEST(GStreamerSource, PlaysARecordedFileAndEndsWithIt) {
  const ScratchFolder folder;
  const std::string file = (folder / "video.mkv").string();
  const auto writer = openFrameWriter(file, 100);
  for (int i = 0; i < 10; ++i) {
    Frame frame;
    frame.pixels = noisePicture(i);
    writer->write(frame);
  }
  writer->finish();
  GStreamerSource source("gst:filesrc location=" + file + " ! matroskademux ! avdec_ffv1");
  EXPECT_TRUE(source.info().finite);
  int count = 0;
  for (; const auto frame = source.read(); ++count)
    EXPECT_TRUE(samePicture(frame->pixels, noisePicture(count)));
  EXPECT_EQ(count, 10);
}

TEST(GStreamerSource, TellsAnEndFromASenderThatWentAway) {
  // identity eos-after ends a source that has no end of its own, as a closed connection does.
  GStreamerSource source("gst:videotestsrc ! video/x-raw,framerate=100/1 ! identity eos-after=4");
  EXPECT_FALSE(source.info().finite);
  EXPECT_THROW(
      {
        for (int i = 0; i < 10; ++i) source.read();
      },
      SourceUnavailable);
}

TEST(GStreamerSource, SaysWhyAPipelineFails) {
  GStreamerSource source("gst:videotestsrc ! video/x-raw,framerate=100/1 ! identity error-after=4");
  std::string sentence;
  try {
    for (int i = 0; i < 10; ++i) source.read();
  } catch (const SourceUnavailable& error) {
    sentence = error.what();
  }
  expectSentence(sentence, "error-after=4");
  EXPECT_THAT(sentence, testing::HasSubstr("the pipeline failed"));
}

TEST(GStreamerSource, RefusesWhatIsNoPipeline) {
  for (const char* source : {"gst:", "gst:videotestsrc ! ! fakesink", "gst:nosuchelement ! videoconvert",
                             "gst:videotestsrc nosuchproperty=3", "gst:videotestsrc ! audio/x-raw"}) {
    const std::string sentence = errorOf([&] { GStreamerSource pipeline(source, 1.0); });
    expectSentence(sentence, source);
  }
  EXPECT_THROW(GStreamerSource("gst:filesrc location=/nowhere.mkv ! decodebin", 1.0), SourceUnavailable);
  EXPECT_THROW(GStreamerSource("gst:videotestsrc num-buffers=0", 1.0), SourceUnavailable);
}

TEST(GStreamerSource, RefusesAbsurdSizesBeforeTheyAreAllocated) {
  for (const char* size : {"width=30000,height=30000", "width=40000,height=16"}) {
    const std::string pipeline =
        "gst:videotestsrc num-buffers=1 ! video/x-raw,format=GRAY8," + std::string(size);
    try {
      GStreamerSource source(pipeline, 5.0);
      ADD_FAILURE() << size << " was opened";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("16384"), std::string::npos) << error.what();
    }
  }
}

TEST(GStreamerSource, SaysThatNoPictureComes) {
  const std::string silent =
      "gst:udpsrc port=0 caps=\"application/x-rtp,media=video,encoding-name=JPEG\" ! rtpjpegdepay ! jpegdec";
  const std::string sentence = errorOf([&] { GStreamerSource source(silent, 0.2); });
  expectSentence(sentence, "udpsrc");
  EXPECT_THAT(sentence, testing::HasSubstr("gives no picture"));
}

}  // namespace
}  // namespace acuguide::acquisition
