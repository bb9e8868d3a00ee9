#include "imaging/plane_bands.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::imaging {
namespace {

/// Negated second derivative of a Gaussian, blind to level, scaled so that a band of height 1 over its
/// positive lobe answers 1.
cv::Mat ridgeKernel(double sigma) {
  const int half = static_cast<int>(std::ceil(3.5 * sigma));
  cv::Mat kernel(1, 2 * half + 1, CV_32F);
  double sum = 0, inside = 0;
  for (int i = -half; i <= half; ++i) {
    const double u = i / sigma;
    const double k = (1 - u * u) * std::exp(-0.5 * u * u);
    kernel.at<float>(i + half) = static_cast<float>(k);
    sum += k;
  }
  for (int i = 0; i < kernel.cols; ++i) {
    float& k = kernel.at<float>(i);
    k -= static_cast<float>(sum / kernel.cols);
    if (k > 0) inside += k;
  }
  return kernel / inside;
}

}  // namespace

void PlaneBands::process(const cv::Mat& transposed) {
  if (kernels_.empty()) {
    for (const double sigma : options_.sigmas) kernels_.push_back(ridgeKernel(sigma));
    responses_.resize(kernels_.size());
    lateral_ = cv::Mat(options_.lateral, 1, CV_32F, cv::Scalar(1.0 / options_.lateral));
  }
  for (size_t s = 0; s < kernels_.size(); ++s) {
    cv::sepFilter2D(transposed, responses_[s], CV_32F, kernels_[s], lateral_, {-1, -1}, 0,
                    cv::BORDER_REPLICATE);
    cv::min(responses_[s], options_.limit, responses_[s]);
    cv::max(responses_[s], -options_.limit, responses_[s]);
  }
}

}  // namespace acuguide::imaging
