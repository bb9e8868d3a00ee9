#pragma once

#include <string>
#include <vector>

namespace acuguide::acquisition {

/// One size and pixel format a capture device offers.
struct CaptureFormat {
  std::string fourcc;
  int width = 0, height = 0;
  std::vector<double> framesPerSecond;
};

struct CaptureDevice {
  std::string path;  ///< /dev/video0
  std::string name;  ///< as its driver calls it
  std::vector<CaptureFormat> formats;
};

/// Video capture devices present now (V4L2). Empty when there is none.
std::vector<CaptureDevice> listCaptureDevices();

}  // namespace acuguide::acquisition
