#include "acquisition/video/capture_devices.h"

#include "acquisition/natural_order.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <linux/videodev2.h>
#include <optional>
#include <sys/ioctl.h>
#include <unistd.h>

namespace acuguide::acquisition {
namespace {

class DeviceFile {
 public:
  explicit DeviceFile(const std::string& path)
      : handle_(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {}
  ~DeviceFile() {
    if (handle_ >= 0) ::close(handle_);
  }
  DeviceFile(const DeviceFile&) = delete;
  DeviceFile& operator=(const DeviceFile&) = delete;

  template <class Request>
  bool ask(unsigned long code, Request& request) const {
    if (handle_ < 0) return false;
    int result = 0;
    do {
      result = ::ioctl(handle_, code, &request);
    } while (result < 0 && errno == EINTR);
    return result == 0;
  }

 private:
  int handle_;
};

std::vector<double> ratesOf(const DeviceFile& device, std::uint32_t pixelFormat, std::uint32_t width,
                            std::uint32_t height) {
  std::vector<double> rates;
  v4l2_frmivalenum interval{};
  interval.pixel_format = pixelFormat;
  interval.width = width;
  interval.height = height;
  for (; device.ask(VIDIOC_ENUM_FRAMEINTERVALS, interval); ++interval.index) {
    const bool discrete = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE;
    const v4l2_fract& period = discrete ? interval.discrete : interval.stepwise.min;
    if (period.numerator > 0) rates.push_back(static_cast<double>(period.denominator) / period.numerator);
    if (!discrete) break;  // a range: its fastest rate stands for it
  }
  return rates;
}

std::string fourccText(std::uint32_t code) {
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>((code >> shift) & 0x7f);
  return text;
}

void addSizes(const DeviceFile& device, std::uint32_t pixelFormat, std::vector<CaptureFormat>& formats) {
  v4l2_frmsizeenum size{};
  size.pixel_format = pixelFormat;
  for (; device.ask(VIDIOC_ENUM_FRAMESIZES, size); ++size.index) {
    const bool discrete = size.type == V4L2_FRMSIZE_TYPE_DISCRETE;
    const std::uint32_t width = discrete ? size.discrete.width : size.stepwise.max_width;
    const std::uint32_t height = discrete ? size.discrete.height : size.stepwise.max_height;
    formats.push_back({fourccText(pixelFormat), static_cast<int>(width), static_cast<int>(height),
                       ratesOf(device, pixelFormat, width, height)});
    if (!discrete) break;  // a range: its largest size stands for it
  }
}

std::optional<CaptureDevice> describe(const std::string& path) {
  const DeviceFile file(path);
  v4l2_capability capability{};
  if (!file.ask(VIDIOC_QUERYCAP, capability)) return std::nullopt;
  const std::uint32_t can = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? capability.device_caps
                                                                                  : capability.capabilities;
  if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0) return std::nullopt;
  CaptureDevice device;
  device.path = path;
  for (const unsigned char c : capability.card) {
    if (c == 0) break;
    device.name += static_cast<char>(c);
  }
  v4l2_fmtdesc format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  for (; file.ask(VIDIOC_ENUM_FMT, format); ++format.index)
    addSizes(file, format.pixelformat, device.formats);
  return device;
}

}  // namespace

std::vector<CaptureDevice> listCaptureDevices() {
  std::vector<std::string> paths;
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/dev", error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename().string().starts_with("video")) paths.push_back(entry->path().string());
  }
  std::ranges::sort(paths, naturalLess);
  std::vector<CaptureDevice> devices;
  for (const std::string& path : paths) {
    if (std::optional<CaptureDevice> device = describe(path)) devices.push_back(std::move(*device));
  }
  return devices;
}

}  // namespace acuguide::acquisition
