#include "calibration/temporal/picture_motion.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::calibration {

void PictureMotion::add(const cv::Mat& grey) {
  cv::Mat small;
  cv::resize(grey, small, cv::Size(32, 32), 0, 0, cv::INTER_AREA);
  small.convertTo(small, CV_32F);
  small_.push_back(small.reshape(1, 1));
}

std::vector<double> PictureMotion::values() const {
  std::vector<double> values(std::size_t(small_.rows), 0.0);
  if (small_.rows < 3) return values;
  const cv::PCA component(small_, cv::noArray(), cv::PCA::DATA_AS_ROW, 1);
  const double deviation = std::sqrt(std::max(0.0f, component.eigenvalues.at<float>(0)));
  if (!(deviation > 1e-6)) return values;
  const cv::Mat projected = component.project(small_);
  for (int i = 0; i < projected.rows; ++i) values[std::size_t(i)] = projected.at<float>(i) / deviation;
  return values;
}

}  // namespace acuguide::calibration
