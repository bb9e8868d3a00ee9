#include "benchmarks/peers.h"

#include <itkCurvatureAnisotropicDiffusionImageFilter.h>
#include <itkHessianToObjectnessMeasureImageFilter.h>
#include <itkImportImageFilter.h>
#include <itkMultiScaleHessianBasedMeasureImageFilter.h>
#include <itkMultiThreaderBase.h>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

namespace acuguide::benchmarks {

namespace {

using FloatImage = itk::Image<float, 2>;

/// `storage` holds the pixels and must outlive the image.
FloatImage::Pointer toItk(const cv::Mat& grey, cv::Mat& storage) {
  grey.convertTo(storage, CV_32F);
  const auto import = itk::ImportImageFilter<float, 2>::New();
  itk::ImageRegion<2> region;
  region.SetSize(0, static_cast<itk::SizeValueType>(grey.cols));
  region.SetSize(1, static_cast<itk::SizeValueType>(grey.rows));
  import->SetRegion(region);
  import->SetImportPointer(storage.ptr<float>(), storage.total(), false);
  import->Update();
  return import->GetOutput();
}

cv::Mat fromItk(const FloatImage* image) {
  const auto size = image->GetLargestPossibleRegion().GetSize();
  cv::Mat result(static_cast<int>(size[1]), static_cast<int>(size[0]), CV_32F);
  std::memcpy(result.data, image->GetBufferPointer(), result.total() * sizeof(float));
  return result;
}

void useOneThread() { itk::MultiThreaderBase::SetGlobalMaximumNumberOfThreads(1); }

}  // namespace

cv::Mat itkObjectness(const cv::Mat& grey) {
  useOneThread();
  using Hessian = itk::Image<itk::SymmetricSecondRankTensor<double, 2>, 2>;
  const auto measure = itk::HessianToObjectnessMeasureImageFilter<Hessian, FloatImage>::New();
  measure->SetBrightObject(true);
  measure->SetObjectDimension(1);
  const auto scales = itk::MultiScaleHessianBasedMeasureImageFilter<FloatImage, Hessian, FloatImage>::New();
  cv::Mat storage;
  scales->SetInput(toItk(grey, storage));
  scales->SetHessianToMeasureFilter(measure);
  scales->SetSigmaStepMethodToLogarithmic();
  scales->SetSigmaMinimum(1);
  scales->SetSigmaMaximum(4);
  scales->SetNumberOfSigmaSteps(4);
  scales->Update();
  return fromItk(scales->GetOutput());
}

cv::Mat itkCurvatureDiffusion(const cv::Mat& grey) {
  useOneThread();
  const auto diffusion = itk::CurvatureAnisotropicDiffusionImageFilter<FloatImage, FloatImage>::New();
  cv::Mat storage;
  diffusion->SetInput(toItk(grey, storage));
  diffusion->SetNumberOfIterations(5);
  diffusion->SetTimeStep(0.125);
  diffusion->SetConductanceParameter(3.0);
  diffusion->Update();
  return fromItk(diffusion->GetOutput());
}

std::optional<FoundLine> cannyHoughLine(const cv::Mat& grey) {
  cv::Mat smooth, edges;
  cv::GaussianBlur(grey, smooth, {5, 5}, 0);
  cv::Canny(smooth, edges, 50, 150);
  std::vector<cv::Vec4i> lines;
  cv::HoughLinesP(edges, lines, 1, CV_PI / 180, 60, 60, 10);
  std::optional<FoundLine> best;
  double longest = 0;
  for (const cv::Vec4i& line : lines) {
    const double dx = std::abs(line[2] - line[0]), dy = std::abs(line[3] - line[1]);
    const double angle = std::atan2(dy, dx) * 180 / std::numbers::pi;
    if (angle < 3 || angle > 70 || std::hypot(dx, dy) <= longest) continue;
    longest = std::hypot(dx, dy);
    best = FoundLine{{line[0], line[1]}, {line[2], line[3]}};
  }
  return best;
}

}  // namespace acuguide::benchmarks
