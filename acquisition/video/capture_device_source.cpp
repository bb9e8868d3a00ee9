#include "acquisition/video/capture_device_source.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/clock.h"

#include <algorithm>
#include <cmath>
#include <sys/stat.h>
#include <unistd.h>

namespace acuguide::acquisition {
namespace {

constexpr std::string_view kPrefix = "device:";

[[noreturn]] void refuseOption(const std::string& source, std::string_view option) {
  throw Error(source, std::string("'").append(option) + "' is not an option of a capture device",
              "use width=, height=, fps= (positive numbers) and fourcc= (four letters)");
}

int pixelCount(const std::string& source, std::string_view option, std::string_view value) {
  const std::optional<std::int64_t> number = wholeNumberIn(value);
  if (!number || *number < 1 || *number > 16384) refuseOption(source, option);
  return static_cast<int>(*number);
}

void readOption(const std::string& source, std::string_view option, CaptureRequest& request) {
  const std::size_t equals = option.find('=');
  if (equals == std::string_view::npos) refuseOption(source, option);
  const std::string_view key = option.substr(0, equals), value = option.substr(equals + 1);
  if (key == "width") {
    request.width = pixelCount(source, option, value);
  } else if (key == "height") {
    request.height = pixelCount(source, option, value);
  } else if (key == "fps") {
    request.framesPerSecond = numberIn(value);
    if (!request.framesPerSecond || !(*request.framesPerSecond > 0.0 && *request.framesPerSecond <= 1000.0)) {
      refuseOption(source, option);
    }
  } else if (key == "fourcc" && value.size() == 4) {
    request.fourcc = std::string(value);
  } else {
    refuseOption(source, option);
  }
}

void requireDevice(const std::string& source, const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    throw SourceUnavailable(source, "there is no device " + path,
                            "plug it in; 'acuguide devices' lists what is there");
  }
  if (!S_ISCHR(status.st_mode)) {
    throw Error(source, path + " is not a device", "'acuguide devices' lists the capture devices");
  }
  if (access(path.c_str(), R_OK | W_OK) != 0) {
    throw Error(source, path + " may not be opened by this user", "add the user to the group 'video'");
  }
}

}  // namespace

CaptureRequest parseCaptureRequest(const std::string& source) {
  std::string_view rest = std::string_view(source).substr(kPrefix.size());
  const std::size_t question = rest.find('?');
  const std::string_view device = rest.substr(0, question);
  CaptureRequest request;
  if (device.empty()) throw Error(source, "names no device", "give device:/dev/video0 or device:0");
  const bool numbered = std::ranges::all_of(device, [](char c) { return c >= '0' && c <= '9'; });
  request.path = numbered ? std::string("/dev/video").append(device) : std::string(device);
  if (question == std::string_view::npos) return request;
  for (rest.remove_prefix(question + 1); !rest.empty();) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    readOption(source, rest.substr(0, end), request);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return request;
}

bool CaptureDeviceSource::claims(const std::string& source) { return source.starts_with(kPrefix); }

CaptureDeviceSource::CaptureDeviceSource(const std::string& source) {
  const CaptureRequest request = parseCaptureRequest(source);
  info_.name = source;
  info_.live = true;
  requireDevice(source, request.path);
  if (!device_.open(request.path, cv::CAP_V4L2)) {
    throw SourceUnavailable(source, request.path + " does not open as a video capture device",
                            "close other programs using it; 'acuguide devices' lists the capture devices");
  }
  configure(request);
  describe();
}

void CaptureDeviceSource::configure(const CaptureRequest& request) {
  // The format first: sizes and rates on offer depend on it.
  if (request.fourcc) {
    const std::string& code = *request.fourcc;
    device_.set(cv::CAP_PROP_FOURCC, cv::VideoWriter::fourcc(code[0], code[1], code[2], code[3]));
  }
  if (request.width) device_.set(cv::CAP_PROP_FRAME_WIDTH, *request.width);
  if (request.height) device_.set(cv::CAP_PROP_FRAME_HEIGHT, *request.height);
  if (request.framesPerSecond) device_.set(cv::CAP_PROP_FPS, *request.framesPerSecond);
  // One buffer of latency less where the driver allows it; newest frame wins anyway.
  device_.set(cv::CAP_PROP_BUFFERSIZE, 2);
  const auto differs = [this](const auto& asked, int property) {
    return asked && std::lround(device_.get(property)) != std::lround(*asked);
  };
  if (differs(request.width, cv::CAP_PROP_FRAME_WIDTH) ||
      differs(request.height, cv::CAP_PROP_FRAME_HEIGHT)) {
    throw Error(info_.name, "the device does not offer this picture size",
                "'acuguide devices' lists its sizes");
  }
}

void CaptureDeviceSource::describe() {
  const double rate = device_.get(cv::CAP_PROP_FPS);
  if (std::isfinite(rate) && rate > 0.0) info_.nominalFramesPerSecond = rate;
  info_.description = "V4L2 " + std::to_string(std::lround(device_.get(cv::CAP_PROP_FRAME_WIDTH))) + "x" +
                      std::to_string(std::lround(device_.get(cv::CAP_PROP_FRAME_HEIGHT)));
  if (info_.nominalFramesPerSecond) info_.description.append(" ").append(numberText(rate)).append(" fps");
}

std::optional<Frame> CaptureDeviceSource::read() {
  Frame frame;
  bool read = false;
  try {
    const bool grabbed = device_.grab();
    frame.arrival = monotonicSeconds();
    read = grabbed && device_.retrieve(frame.pixels) && !frame.pixels.empty();
  } catch (const cv::Exception&) {
    read = false;
  }
  if (!read) throw SourceUnavailable(info_.name, "the device went away", "plug it in again");
  frame.decodeSeconds = monotonicSeconds() - frame.arrival;
  // The Mat belongs to OpenCV's capture until copied.
  frame.pixels = frame.pixels.clone();
  frame.index = next_++;
  frame.time = frame.arrival > lastTime_ ? frame.arrival : lastTime_ + 1e-6;
  lastTime_ = frame.time;
  return frame;
}

}  // namespace acuguide::acquisition
