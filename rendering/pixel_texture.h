#pragma once

#include "core/frame.h"

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkTexture.h>

#include <memory>

namespace acuguide::rendering {

/// A frame's pixels as a VTK texture, its first row at texture coordinate v = 0. (Of the scene only: it shows
/// VTK.)
class PixelTexture {
 public:
  PixelTexture();

  /// Cheap when it is the frame that is shown already.
  void show(const std::shared_ptr<const Frame>& frame);
  vtkTexture* texture() const { return texture_; }

 private:
  vtkNew<vtkTexture> texture_;
  vtkNew<vtkImageData> image_;
  std::shared_ptr<const Frame> frame_;  // the texture may read its pixels until the next one comes
  cv::Mat rgb_;
};

}  // namespace acuguide::rendering
