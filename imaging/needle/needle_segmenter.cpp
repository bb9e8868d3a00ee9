#include "imaging/needle/needle_segmenter.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::imaging {

namespace {

// A needle that moves goes some pixels of the square in this time; the network learnt from steps like that.
constexpr double kLeastBack = 0.08;  // s
constexpr double kMostBack = 0.4;
constexpr double kHolds = 0.05;  // s for which an answer holds

}  // namespace

NeedleSegmenter::NeedleSegmenter(const std::string& file) : network_(file) {
  for (Past& past : past_) past.picture.create(NeedleNetwork::side, NeedleNetwork::side, CV_8UC1);
}

void NeedleSegmenter::process(const cv::Mat& grey, const cv::Rect& bounds, double time) {
  constexpr int side = NeedleNetwork::side;
  if (bounds != bounds_) reset();
  bounds_ = bounds;
  if (!isDue(time)) return;
  lookedAt_ = time;
  Past& now = past_[count_ % kKept];
  if (bounds.width >= side && bounds.height >= side)
    shrink_.process(grey(bounds), {side, side}, now.picture);
  else
    cv::resize(grey(bounds), now.picture, {side, side}, 0, 0, cv::INTER_LINEAR);
  now.time = time;
  ++count_;
  extractor_.setAnswer(network_.process(now.picture, before(time)));
}

bool NeedleSegmenter::isDue(double time) const {
  return count_ == 0 || time < lookedAt_ || time - lookedAt_ >= kHolds;
}

/// The newest picture that is old enough for motion to show; this one itself where there is none.
const cv::Mat& NeedleSegmenter::before(double time) const {
  const cv::Mat& now = past_[(count_ - 1) % kKept].picture;
  for (std::size_t back = 2; back <= std::min(count_, kKept); ++back) {
    const Past& past = past_[(count_ - back) % kKept];
    const double age = time - past.time;
    if (age < 0 || age > kMostBack) break;
    if (age >= kLeastBack) return past.picture;
  }
  return now;
}

Eigen::Vector2d NeedleSegmenter::toPicture(const Eigen::Vector2d& cell) const {
  // Pixel centres: px of the square are (px + 0.5) of it wide, and so in the picture.
  const Eigen::Vector2d square = NeedleNetwork::stride * cell + Eigen::Vector2d(2, 2);
  return Eigen::Vector2d(bounds_.x - 0.5 + square.x() * bounds_.width / NeedleNetwork::side,
                         bounds_.y - 0.5 + square.y() * bounds_.height / NeedleNetwork::side);
}

Eigen::Vector2d NeedleSegmenter::toCells(const Eigen::Vector2d& px) const {
  const Eigen::Vector2d square((px.x() + 0.5 - bounds_.x) * NeedleNetwork::side / bounds_.width,
                               (px.y() + 0.5 - bounds_.y) * NeedleNetwork::side / bounds_.height);
  return (square - Eigen::Vector2d(2, 2)) / NeedleNetwork::stride;
}

SegmentedLine NeedleSegmenter::along(const Shaft& shaft) const {
  const Eigen::Vector2d a = toCells(shaft.at(shaft.begin)), b = toCells(shaft.at(shaft.end));
  SegmentedLine seen = extractor_.along(a, std::atan2(b.y() - a.y(), b.x() - a.x()));
  return seen;
}

}  // namespace acuguide::imaging
