#pragma once

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::imaging::testing {

/// A muscle between two bright bands of known edges, on speckle, striped by oblique fibres.
struct SyntheticMuscle {
  cv::Size size{512, 440};
  double superficialUpper = 52, superficialLower = 64;  // at column 0
  double superficialSlope = 0.04;                       // dy/dx
  double deepUpper = 300, deepLower = 322;
  double deepSlope = 0.06, deepSag = 10;  // sag: how much deeper the middle lies than the chord
  double fibreDeg = 18;                   // rising to the right
  double noise = 9;

  double superficialAt(double x) const { return superficialSlope * x; }
  double deepAt(double x) const {
    const double u = 2 * x / (size.width - 1) - 1;
    return deepSlope * x + deepSag * (1 - u * u);
  }

  cv::Mat render() const {
    cv::Mat picture(size, CV_32F);
    cv::RNG random(7);
    const double rise = std::tan(fibreDeg * CV_PI / 180);
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const double top = y - superficialAt(x), bottom = y - deepAt(x);
        double level = 70;  // fat, and the muscle below
        if (top > superficialLower && bottom < deepUpper) {
          const double across = (y + rise * x) * std::cos(fibreDeg * CV_PI / 180);
          level = 55 + 45 * std::pow(0.5 + 0.5 * std::cos(across / 3.6), 3);
        }
        if (top >= superficialUpper && top <= superficialLower) level = 210;
        if (bottom >= deepUpper && bottom <= deepLower) level = 190;
        if (y < 4) level = 160;
        picture.at<float>(y, x) = static_cast<float>(level + random.gaussian(noise));
      }
    }
    cv::GaussianBlur(picture, picture, {0, 0}, 1.2);
    cv::Mat grey;
    picture.convertTo(grey, CV_8U);
    return grey;
  }
};

}  // namespace acuguide::imaging::testing
