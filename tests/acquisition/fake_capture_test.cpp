#include "acquisition/fake_video_device.h"
#include "acquisition/stream/feed.h"
#include "acquisition/video/capture_device_source.h"
#include "acquisition/video/capture_devices.h"
#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

namespace acuguide::acquisition {
namespace {

using test::FakeVideoDevice;

SourceOpener opener() {
  return [](const std::string& text) { return std::make_unique<CaptureDeviceSource>(text); };
}

/// Takes frames away until `reached` holds; false when it has not within twenty seconds.
bool eventually(Feed& feed, const std::function<bool()>& reached) {
  for (int i = 0; i < 2000; ++i) {
    if (reached()) return true;
    feed.take(std::chrono::milliseconds(10));
  }
  return false;
}

const CaptureDevice* theFake(const std::vector<CaptureDevice>& devices) {
  const auto found =
      std::ranges::find_if(devices, [](const auto& device) { return device.path == FakeVideoDevice::path; });
  return found == devices.end() ? nullptr : &*found;
}

TEST(FakeCapture, IsListedWithItsFormats) {
  const FakeVideoDevice fake;
  const auto devices = listCaptureDevices();
  const CaptureDevice* device = theFake(devices);
  ASSERT_NE(device, nullptr);
  EXPECT_EQ(device->name, "Fake Grabber");
  ASSERT_EQ(device->formats.size(), 2u);
  EXPECT_EQ(device->formats[0].fourcc, "YUYV");
  EXPECT_EQ(device->formats[0].width, 640);
  EXPECT_EQ(device->formats[0].height, 480);
  EXPECT_THAT(device->formats[0].framesPerSecond, testing::ElementsAre(30, 60));
  EXPECT_EQ(device->formats[1].width, 1280);
  EXPECT_THAT(device->formats[1].framesPerSecond, testing::ElementsAre(10));
}

TEST(FakeCapture, PulledOutItIsNotListed) {
  FakeVideoDevice fake;
  fake.plug(false);
  EXPECT_EQ(theFake(listCaptureDevices()), nullptr);
}

TEST(FakeCapture, FramesComeWithTheirSizeAndTime) {
  const FakeVideoDevice fake;
  CaptureDeviceSource source("device:7");
  EXPECT_TRUE(source.info().live);
  ASSERT_TRUE(source.info().nominalFramesPerSecond);
  EXPECT_NEAR(*source.info().nominalFramesPerSecond, 30, 0.01);
  double last = 0;
  int brightness = -1;
  for (int i = 0; i < 5; ++i) {
    const auto frame = source.read();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->index, i);
    EXPECT_EQ(frame->pixels.type(), CV_8UC3);
    EXPECT_EQ(frame->pixels.size(), cv::Size(640, 480));
    EXPECT_GT(frame->time, last);
    EXPECT_FALSE(frame->geometry.spacingMm) << "a grabber knows no scale";
    last = frame->time;
    const int now = frame->pixels.at<cv::Vec3b>(240, 320)[1];
    EXPECT_GE(now, brightness) << "in their order";
    brightness = now;
  }
}

TEST(FakeCapture, SizeAndRateAreWhatIsAskedFor) {
  const FakeVideoDevice fake;
  CaptureDeviceSource source("device:/dev/video7?width=1280&height=720&fps=10&fourcc=YUYV");
  ASSERT_TRUE(source.info().nominalFramesPerSecond);
  EXPECT_NEAR(*source.info().nominalFramesPerSecond, 10, 0.01);
  const auto frame = source.read();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->pixels.size(), cv::Size(1280, 720));
}

TEST(FakeCapture, ASizeThatIsNotOnOfferIsRefused) {
  const FakeVideoDevice fake;
  EXPECT_THROW(CaptureDeviceSource("device:7?width=320&height=200"), Error);
}

TEST(FakeCapture, ABusyDeviceMayComeFree) {
  FakeVideoDevice fake;
  fake.keepBusy(true);
  EXPECT_THROW(CaptureDeviceSource("device:7"), SourceUnavailable);
  fake.keepBusy(false);
  EXPECT_TRUE(CaptureDeviceSource("device:7").read());
}

TEST(FakeCapture, PulledOutWhileReadingItSaysSo) {
  FakeVideoDevice fake;
  CaptureDeviceSource source("device:7");
  ASSERT_TRUE(source.read());
  fake.plug(false);
  EXPECT_THROW(
      {
        for (int i = 0; i < 20; ++i) source.read();
      },
      SourceUnavailable);
}

TEST(FakeCapture, PluggedInAgainTheFeedGoesOnByItself) {
  FakeVideoDevice fake;
  Feed feed("device:7", opener());
  ASSERT_TRUE(eventually(feed, [&] { return feed.status().delivered > 3; }));
  fake.plug(false);
  ASSERT_TRUE(eventually(feed, [&] { return feed.status().connection == Connection::Lost; }));
  const auto before = feed.status().delivered;
  fake.plug(true);
  EXPECT_TRUE(eventually(feed, [&] { return feed.status().delivered > before + 3; }));
  EXPECT_EQ(feed.status().connection, Connection::Running);
  EXPECT_GE(fake.timesOpened(), 2);
}

TEST(FakeCapture, ADriverThatHangsIsLostAndComesBack) {
  FakeVideoDevice fake;
  Feed feed("device:7", opener());
  ASSERT_TRUE(eventually(feed, [&] { return feed.status().delivered > 3; }));
  fake.hang(true);
  ASSERT_TRUE(eventually(feed, [&] { return feed.status().connection == Connection::Lost; }));
  fake.hang(false);
  const auto before = feed.status().delivered;
  EXPECT_TRUE(eventually(feed, [&] { return feed.status().delivered > before + 3; }));
}

}  // namespace
}  // namespace acuguide::acquisition
