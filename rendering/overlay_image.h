#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/overlays.h"

#include <opencv2/core.hpp>

#include <memory>

namespace acuguide::rendering {

/// Draws a snapshot as the PictureView would, without a window or a display: `acuguide process --overlay`.
/// Not thread-safe.
class OverlayImageRenderer {
 public:
  OverlayImageRenderer();
  ~OverlayImageRenderer();

  /// BGR, as large as the frame, enlarged by a whole factor where the frame is less than 640 px wide.
  cv::Mat render(const navigation::GuidanceSnapshot& snapshot, const Overlays& overlays = Overlays::all());

 private:
  struct Scene;
  std::unique_ptr<Scene> scene_;
};

}  // namespace acuguide::rendering
