#include "acquisition/video/capture_device_source.h"

#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"
#include "acquisition/video/capture_devices.h"

namespace acuguide::acquisition {
namespace {

TEST(CaptureRequest, ReadsPathNumberAndOptions) {
  const CaptureRequest whole =
      parseCaptureRequest("device:/dev/video3?width=640&height=480&fps=29.97&fourcc=YUYV");
  EXPECT_EQ(whole.path, "/dev/video3");
  EXPECT_EQ(whole.width, 640);
  EXPECT_EQ(whole.height, 480);
  EXPECT_EQ(whole.framesPerSecond, 29.97);
  EXPECT_EQ(whole.fourcc, "YUYV");
  const CaptureRequest plain = parseCaptureRequest("device:0");
  EXPECT_EQ(plain.path, "/dev/video0");
  EXPECT_FALSE(plain.width || plain.height || plain.framesPerSecond || plain.fourcc);
}

TEST(CaptureRequest, RefusesWhatItDoesNotKnow) {
  for (const char* source :
       {"device:", "device:0?size=3", "device:0?width=0", "device:0?width=1e3", "device:0?fps=nan",
        "device:0?fourcc=YUY", "device:0?width", "device:0?height=99999999999"}) {
    expectSentence(errorOf([&] { parseCaptureRequest(source); }), source);
  }
}

TEST(CaptureDeviceSource, SaysThatADeviceIsNotThereAndMayCome) {
  EXPECT_THROW(CaptureDeviceSource("device:/dev/video987"), SourceUnavailable);
  expectSentence(errorOf([] { CaptureDeviceSource("device:987"); }), "/dev/video987");
}

TEST(CaptureDeviceSource, RefusesWhatIsNoCaptureDevice) {
  const ScratchFolder folder;
  const std::string file = folder.write("video0", "").string();
  expectSentence(errorOf([&] { CaptureDeviceSource("device:" + file); }), file);
  expectSentence(errorOf([] { CaptureDeviceSource("device:/dev/null"); }), "/dev/null");
}

TEST(CaptureDevices, ListsOnlyWhatCanCapture) {
  for (const CaptureDevice& device : listCaptureDevices()) {
    EXPECT_THAT(device.path, testing::StartsWith("/dev/video"));
    for (const CaptureFormat& format : device.formats) {
      EXPECT_EQ(format.fourcc.size(), 4u);
      EXPECT_GT(format.width, 0);
      EXPECT_GT(format.height, 0);
    }
  }
  const bool any = std::filesystem::exists("/dev/video0");
  if (!any) {
    EXPECT_TRUE(listCaptureDevices().empty());
  }
}

}  // namespace
}  // namespace acuguide::acquisition
