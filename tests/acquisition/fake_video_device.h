#pragma once

namespace acuguide::acquisition::test {

/// A V4L2 capture device that is not there: this program's own open(), ioctl(), mmap() and directory of /dev
/// stand in front of the C library's, for OpenCV too, and answer for /dev/video7 as a frame grabber's driver
/// would. It offers YUYV in 640x480 (30 and 60 fps) and 1280x720 (10 fps); its pictures are evenly grey,
/// brighter by one with every frame. Link it into a program of its own.
class FakeVideoDevice {
 public:
  FakeVideoDevice();   ///< plugged in
  ~FakeVideoDevice();  ///< gone
  FakeVideoDevice(const FakeVideoDevice&) = delete;
  FakeVideoDevice& operator=(const FakeVideoDevice&) = delete;

  static constexpr const char* path = "/dev/video7";

  void plug(bool in);        ///< pulled out: the file is gone, and who has it open gets ENODEV
  void hang(bool hangs);     ///< delivers nothing, says nothing
  void keepBusy(bool busy);  ///< another program has it: open() fails
  int timesOpened() const;
};

}  // namespace acuguide::acquisition::test
