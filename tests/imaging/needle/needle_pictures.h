#pragma once

#include <opencv2/core.hpp>

#include <cstdint>

namespace acuguide::imaging::testing {

/// Speckle as a scanner shows it: Rayleigh amplitude, blurred by the beam, log-compressed. Mean grey level
/// about 70.
cv::Mat specklePicture(cv::Size size, std::uint64_t seed);

/// Draws a shaft of Gaussian profile, brightest `level`, into the picture.
void drawShaft(cv::Mat& picture, cv::Point2d tip, cv::Point2d tail, double level, double sigma = 1.8);

}  // namespace acuguide::imaging::testing
