#include "imaging/plane_finder.h"

#include "imaging/plane_labels.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int workingColumns = 256;

}  // namespace

void PlaneFinder::reset() {}

void PlaneFinder::process(const cv::Mat& grey, const ImagingRegion& region,
                          std::vector<TissuePlane>& planes) {
  planes.clear();
  const cv::Rect bounds = region.bounds & cv::Rect(0, 0, grey.cols, grey.rows);
  if (bounds.width < 32 || bounds.height < 32) return;
  const bool flipped = region.probe == ProbeSide::Bottom;
  cv::Mat picture = grey(bounds);
  if (flipped) {
    cv::flip(picture, upright_, 0);
    picture = upright_;
  }
  const double scale = std::max(1.0, static_cast<double>(picture.cols) / workingColumns);
  const cv::Size size(static_cast<int>(std::lround(picture.cols / scale)),
                      static_cast<int>(std::lround(picture.rows / scale)));
  cv::resize(picture, small_, size, 0, 0, cv::INTER_AREA);
  cv::transpose(small_, transposed_);

  transposed_.convertTo(normal_, CV_32F);
  const int window = 2 * (size.width / 8) + 1;
  cv::boxFilter(normal_, mean_, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REFLECT_101);
  cv::multiply(normal_, normal_, square_);
  cv::boxFilter(square_, deviation_, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REFLECT_101);
  deviation_ -= mean_.mul(mean_);
  cv::max(deviation_, 36.0, deviation_);
  cv::sqrt(deviation_, deviation_);
  normal_ -= mean_;
  cv::divide(normal_, deviation_, normal_);
  cv::min(normal_, 3.0, normal_);

  bands_.process(normal_);
  const auto& paths = curves_.process(bands_);
  for (const LabelledPath& labelled : labelPaths(paths, transposed_)) {
    const PlaneCurve& curve = paths[static_cast<size_t>(labelled.path)];
    path_.resize(static_cast<size_t>(picture.cols));
    for (int x = 0; x < picture.cols; ++x) {
      const double u = 2 * ((x + 0.5) / scale - 0.5) / (size.width - 1) - 1;
      path_[static_cast<size_t>(x)] =
          static_cast<float>((curve.at(static_cast<float>(u)) + 0.5) * scale - 0.5);
    }
    TissuePlane plane;
    plane.label = labelled.label;
    plane.confidence = labelled.confidence;
    edges_.process(picture, path_, {}, plane.vertices);
    for (PlaneVertex& v : plane.vertices) {
      if (flipped) {
        const auto last = static_cast<float>(picture.rows - 1);
        v = {v.x, last - v.ridge, last - v.lower, last - v.upper};
      }
      v.x += static_cast<float>(bounds.x);
      v.ridge += static_cast<float>(bounds.y);
      v.upper += static_cast<float>(bounds.y);
      v.lower += static_cast<float>(bounds.y);
    }
    planes.push_back(std::move(plane));
  }
}

}  // namespace acuguide::imaging
