#pragma once

#include <opencv2/core.hpp>

#include <optional>

namespace acuguide::benchmarks {

// What else is used for the same questions, each with the parameters its own documentation starts from, on
// one thread. All take CV_8UC1 of any size.

/// ITK's multi-scale Hessian objectness, the usual Frangi route to a needle: bright one-dimensional objects
/// at four scales, 1 to 4 px (itk::MultiScaleHessianBasedMeasureImageFilter over
/// itk::HessianToObjectnessMeasureImageFilter; Frangi et al., MICCAI 1998; Antiga, Insight Journal 2007).
/// ITK's example uses ten scales: four favour the peer. CV_32FC1.
cv::Mat itkObjectness(const cv::Mat& grey);

/// ITK's curvature anisotropic diffusion, the usual despeckling of ITK pipelines: 5 iterations, time step
/// 0.125, conductance 3 (itk::CurvatureAnisotropicDiffusionImageFilter). CV_32FC1.
cv::Mat itkCurvatureDiffusion(const cv::Mat& grey);

struct FoundLine {
  cv::Point begin, end;
};

/// The longest line between 3 and 70 degrees of OpenCV's Canny and probabilistic Hough transform after a
/// slight blur.
std::optional<FoundLine> cannyHoughLine(const cv::Mat& grey);

}  // namespace acuguide::benchmarks
