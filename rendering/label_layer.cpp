#include "rendering/label_layer.h"

#include "rendering/ink_raster.h"
#include "rendering/label_placer.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace acuguide::rendering {
namespace {

/// `picture` as LabelRaster makes it: RGBA, straight alpha.
void drawPicture(const cv::Mat& picture, cv::Point at, Pixels& onto) {
  const cv::Rect place = cv::Rect(at, picture.size()) & cv::Rect(cv::Point(), onto.size());
  for (int row = 0; row < place.height; ++row) {
    const auto* from = picture.ptr<cv::Vec4b>(place.y - at.y + row) + (place.x - at.x);
    auto* to = onto.ptr<cv::Vec4b>(place.y + row) + place.x;
    for (int i = 0; i < place.width; ++i) {
      const int alpha = from[i][3];
      if (alpha == 0) continue;
      for (int channel = 0; channel < 3; ++channel)
        to[i][channel] = blended(to[i][channel], from[i][2 - channel], alpha);
    }
  }
}

void drawLeader(const Label& label, const cv::Rect2d& text, const Canvas& canvas, Pixels& onto) {
  if (!label.pointsAt) return;
  const Eigen::Vector2d& place = *label.pointsAt;
  const Eigen::Vector2d from(std::clamp(place.x(), text.x, text.x + text.width),
                             std::clamp(place.y(), text.y, text.y + text.height));
  const double length = (place - from).norm();
  if (length <= label.pointsAtReach) return;
  Ink ink;
  ink.line(from, place + (from - place) * (label.pointsAtReach / length),
           canvas.stroke(label.colour, palette::kLeaderLinePx));
  drawInk(ink, onto);
}

}  // namespace

void LabelLayer::draw(const Canvas& canvas, Pixels& onto) {
  std::vector<cv::Mat> pictures;
  std::vector<cv::Size> sizes;
  for (const Label& label : canvas.labels) {
    pictures.push_back(raster_.pictureOf(label, canvas.layout.unit));
    sizes.push_back(pictures.back().size());
  }
  raster_.forgetUnused();
  const std::vector<cv::Rect2d> places =
      placeLabels(canvas.labels, sizes, canvas.keepClear, canvas.uncovered());
  for (std::size_t i = 0; i < pictures.size(); ++i) drawLeader(canvas.labels[i], places[i], canvas, onto);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const cv::Point at(static_cast<int>(std::lround(places[i].x)),
                       static_cast<int>(std::lround(places[i].y)));
    drawPicture(pictures[i], at, onto);
  }
}

}  // namespace acuguide::rendering
