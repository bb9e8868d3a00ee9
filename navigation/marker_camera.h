#pragma once

#include "acquisition/source_catalog.h"
#include "calibration/camera/marker_tracker.h"

#include <memory>
#include <string>

namespace acuguide::navigation {

/// `camera:CAMERA?markers=FILE`: a calibrated webcam as the tracker of those who own none
/// (calibration/camera/marker_tracker.h). CAMERA is a device number or /dev/videoN, with the options of a
/// capture device, or any other SOURCE that shows what the camera saw (a recording of it). Frames are the
/// camera's pictures, each with the pose of every board (TOOLToTracker), invalid where it is not seen.
class MarkerCamera : public acquisition::FrameSource {
 public:
  /// Throws Error for an address or a markers file that is none, or a camera of another size than it was
  /// calibrated with; whatever opening the camera throws.
  MarkerCamera(const std::string& source, const acquisition::SourceCatalog& cameras);

  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;
  void seek(std::int64_t index) override { camera_->seek(index); }
  void interrupt() noexcept override { camera_->interrupt(); }
  std::int64_t damaged() const override { return camera_->damaged(); }

 private:
  std::string source_;
  cv::Size calibratedSize_;
  std::unique_ptr<acquisition::FrameSource> camera_;
  std::unique_ptr<calibration::MarkerTracker> tracker_;
  acquisition::SourceInfo info_;
  cv::Mat grey_;
};

/// The camera behind such an address, from its markers file. Throws Error for any other address.
calibration::CameraModel markerCameraModel(const std::string& source);

/// The kind for a catalog; `cameras` opens what stands between "camera:" and "?markers=".
acquisition::SourceCatalog::Kind markerCameraKind(acquisition::SourceCatalog cameras);

}  // namespace acuguide::navigation
