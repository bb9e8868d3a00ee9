#include "navigation/marker_camera.h"

#include "calibration/camera/markers_json.h"
#include "core/error.h"
#include "core/grey.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace acuguide::navigation {
namespace {

constexpr std::string_view kPrefix = "camera:";

bool claims(const std::string& source) { return source.starts_with(kPrefix); }

struct Address {
  std::string camera;   ///< as a SOURCE
  std::string markers;  ///< file
};

/// `camera:0?markers=FILE&width=640`: what follows the file are the device's own options.
Address parse(const std::string& source) {
  constexpr std::string_view key = "markers=";
  const std::size_t at = source.rfind(key);
  if (at == std::string::npos || at == 0 || (source[at - 1] != '?' && source[at - 1] != '&'))
    throw Error(source, "says no markers",
                "write camera:0?markers=FILE, FILE as docs/interoperability.md has it");
  Address address;
  address.camera = source.substr(kPrefix.size(), at - 1 - kPrefix.size());
  const std::string rest = source.substr(at + key.size());
  const std::size_t end = rest.find('&');
  address.markers = rest.substr(0, end);
  if (end != std::string::npos) {
    address.camera += address.camera.find('?') == std::string::npos ? '?' : '&';
    address.camera.append(rest, end + 1);
  }
  if (address.camera.empty() || address.markers.empty())
    throw Error(source, "lacks the camera or the markers file", "write camera:0?markers=FILE");
  if (std::isdigit(static_cast<unsigned char>(address.camera.front())) != 0 ||
      address.camera.starts_with("/dev/"))
    address.camera.insert(0, "device:");
  return address;
}

}  // namespace

MarkerCamera::MarkerCamera(const std::string& source, const acquisition::SourceCatalog& cameras)
    : source_(source) {
  const Address address = parse(source);
  const calibration::MarkerSet set = calibration::readMarkerSet(address.markers);
  calibratedSize_ = set.camera.imageSize;
  tracker_ = std::make_unique<calibration::MarkerTracker>(set.camera, set.boards);
  camera_ = cameras.open(address.camera);
  info_ = camera_->info();
  info_.name = source;
  info_.description += ", follows";
  for (const calibration::TrackedBoard& board : set.boards) info_.description += " " + board.name;
}

std::optional<Frame> MarkerCamera::read() {
  auto frame = camera_->read();
  if (!frame) return frame;
  if (frame->pixels.size() != calibratedSize_)
    throw Error(source_,
                "gives pictures of " + std::to_string(frame->pixels.cols) + "x" +
                    std::to_string(frame->pixels.rows) + ", the camera was calibrated with " +
                    std::to_string(calibratedSize_.width) + "x" + std::to_string(calibratedSize_.height),
                "ask for that size (&width=&height=), or calibrate with this one");
  frame->poses.clear();
  for (calibration::BoardPose& board : tracker_->process(greyOf(frame->pixels, grey_)))
    frame->poses.push_back(std::move(board.pose));
  return frame;
}

calibration::CameraModel markerCameraModel(const std::string& source) {
  if (!claims(source))
    throw Error(source.empty() ? "tracker" : source, "is no camera", "write camera:0?markers=FILE");
  return calibration::readMarkerSet(parse(source).markers).camera;
}

acquisition::SourceCatalog::Kind markerCameraKind(acquisition::SourceCatalog cameras) {
  return {"camera:0?markers=FILE", "a webcam that follows markers on tools, as a tracker", claims,
          [cameras = std::move(cameras)](const std::string& source) {
            return std::make_unique<MarkerCamera>(source, cameras);
          }};
}

}  // namespace acuguide::navigation
