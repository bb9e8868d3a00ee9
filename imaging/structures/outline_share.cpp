#include "imaging/structures/outline_share.h"

#include <Eigen/Geometry>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace acuguide::imaging {
namespace {

using Outline = std::vector<Eigen::Vector2d>;
using Box = Eigen::AlignedBox2d;

/// Pixels across the longer side of `one` when it is filled.
constexpr double kRaster = 64;

Box boxOf(const Outline& outline) {
  Box box;
  for (const Eigen::Vector2d& p : outline) box.extend(p);
  return box;
}

cv::Mat filled(const Outline& outline, const Box& box, double scale, cv::Size size) {
  constexpr int fraction = 4;  // binary digits behind the pixel
  std::vector<cv::Point> corners;
  for (const Eigen::Vector2d& p : outline) {
    const Eigen::Vector2d q = (p - box.min()) * scale * (1 << fraction);
    // What lies far outside needs no exact place, and must not overflow.
    corners.emplace_back(cvRound(std::clamp(q.x(), -1e6, 1e6)), cvRound(std::clamp(q.y(), -1e6, 1e6)));
  }
  cv::Mat mask = cv::Mat::zeros(size, CV_8UC1);
  cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(255), cv::LINE_8, fraction);
  return mask;
}

}  // namespace

double shareInside(const Outline& one, const Outline& other) {
  if (one.size() < 3 || other.size() < 3) return 0.0;
  const Box box = boxOf(one);
  const double side = box.sizes().maxCoeff();
  if (!box.intersects(boxOf(other)) || !(side > 0)) return 0.0;
  const double scale = kRaster / side;
  const Eigen::Vector2d across = box.sizes() * scale;
  const cv::Size size(static_cast<int>(across.x()) + 1, static_cast<int>(across.y()) + 1);
  const cv::Mat mine = filled(one, box, scale, size);
  const int area = cv::countNonZero(mine);
  const cv::Mat shared = mine & filled(other, box, scale, size);
  return area > 0 ? static_cast<double>(cv::countNonZero(shared)) / area : 0.0;
}

}  // namespace acuguide::imaging
