#include "rendering/picture_layer.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace acuguide::rendering {
namespace {

cv::Rect wholePixels(const cv::Rect2d& place) {
  const cv::Point from(static_cast<int>(std::lround(place.x)), static_cast<int>(std::lround(place.y)));
  const cv::Point to(static_cast<int>(std::lround(place.x + place.width)),
                     static_cast<int>(std::lround(place.y + place.height)));
  return {from, to};
}

}  // namespace

void PictureLayer::draw(const Frame& frame, const PictureLayout& layout, Pixels& onto) {
  const cv::Mat pixels = frame.pixels(layout.shown & cv::Rect(cv::Point(), frame.pixels.size()));
  const cv::Rect place = wholePixels(layout.pictureRectangle()) & cv::Rect(cv::Point(), onto.size());
  if (pixels.empty() || place.empty()) return;
  cv::Mat target = onto(place);
  const bool reduced = place.width < pixels.cols || place.height < pixels.rows;
  const int smooth = reduced ? cv::INTER_AREA : cv::INTER_LINEAR;
  const int toScreen = pixels.channels() == 1 ? cv::COLOR_GRAY2BGRA : cv::COLOR_BGR2BGRA;
  if (place.size() == pixels.size()) {
    cv::cvtColor(pixels, target, toScreen);
  } else if (pixels.channels() == 1) {  // few bytes first: scale grey, then widen
    cv::resize(pixels, scaled_, place.size(), 0, 0, smooth);
    cv::cvtColor(scaled_, target, toScreen);
  } else {
    cv::cvtColor(pixels, converted_, toScreen);
    cv::resize(converted_, target, place.size(), 0, 0, smooth);
  }
}

}  // namespace acuguide::rendering
