#include "rendering/pixel_texture.h"

#include <opencv2/imgproc.hpp>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

namespace acuguide::rendering {

PixelTexture::PixelTexture() {
  texture_->SetInputDataObject(image_);
  texture_->InterpolateOn();
  texture_->RepeatOff();
  texture_->EdgeClampOn();
  texture_->SetColorModeToDirectScalars();
}

void PixelTexture::show(const std::shared_ptr<const Frame>& frame) {
  if (frame == frame_) return;
  frame_ = frame;
  const cv::Mat& pixels = frame->pixels;
  cv::Mat shown = pixels;
  if (pixels.channels() == 3) {
    cv::cvtColor(pixels, rgb_, cv::COLOR_BGR2RGB);
    shown = rgb_;
  } else if (!pixels.isContinuous()) {
    pixels.copyTo(rgb_);
    shown = rgb_;
  }
  vtkNew<vtkUnsignedCharArray> values;
  values->SetNumberOfComponents(shown.channels());
  // VTK only reads them; it has no pointer to const.
  values->SetArray(shown.data, static_cast<vtkIdType>(shown.total()) * shown.channels(), 1);
  image_->SetDimensions(shown.cols, shown.rows, 1);
  image_->GetPointData()->SetScalars(values);
  image_->Modified();
}

}  // namespace acuguide::rendering
