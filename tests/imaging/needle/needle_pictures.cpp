#include "imaging/needle/needle_pictures.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging::testing {

cv::Mat specklePicture(cv::Size size, std::uint64_t seed) {
  cv::RNG random(seed);
  cv::Mat re(size, CV_32F), im(size, CV_32F), amplitude;
  random.fill(re, cv::RNG::NORMAL, 0, 1);
  random.fill(im, cv::RNG::NORMAL, 0, 1);
  cv::GaussianBlur(re, re, cv::Size(), 2.2, 1.2);
  cv::GaussianBlur(im, im, cv::Size(), 2.2, 1.2);
  cv::magnitude(re, im, amplitude);
  cv::log(amplitude + 1e-3, amplitude);
  cv::Mat grey;
  amplitude.convertTo(grey, CV_8U, 22, 115);
  return grey;
}

void drawShaft(cv::Mat& picture, cv::Point2d tip, cv::Point2d tail, double level, double sigma) {
  const cv::Point2d axis = tail - tip;
  const double length = std::hypot(axis.x, axis.y);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      const cv::Point2d d = cv::Point2d(x, y) - tip;
      const double along = (d.x * axis.x + d.y * axis.y) / length;
      const double across = (d.y * axis.x - d.x * axis.y) / length;
      const double beyond = std::max({0.0, -along, along - length});
      const double shine = level * std::exp(-0.5 * (across * across + beyond * beyond) / (sigma * sigma));
      auto& pixel = picture.at<std::uint8_t>(y, x);
      pixel = static_cast<std::uint8_t>(std::max<double>(pixel, std::min(shine, 255.0)));
    }
  }
}

}  // namespace acuguide::imaging::testing
