#include "rendering/label_placer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace acuguide::rendering {
namespace {

constexpr double kCentreWeight = 0.3;     // lying in the middle is better than lying on something
constexpr double kOutsideWeight = 4.0;    // and lying on something better than being cut off
constexpr double kPreferenceCost = 0.01;  // of a label's area, for each anchor further down its list

cv::Rect2d at(const LabelAnchor& anchor, cv::Size size) {
  return {std::round(anchor.at.x() - anchor.pivot.x() * size.width),
          std::round(anchor.at.y() - anchor.pivot.y() * size.height), static_cast<double>(size.width),
          static_cast<double>(size.height)};
}

}  // namespace

std::vector<cv::Rect2d> placeLabels(const std::vector<Label>& labels, const std::vector<cv::Size>& sizes,
                                    const std::vector<cv::Rect2d>& keepClear, const cv::Rect2d& bounds) {
  std::vector<cv::Rect2d> places(labels.size());
  std::vector<cv::Rect2d> taken = keepClear;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!labels[i].fixed || labels[i].anchors.empty()) continue;
    places[i] = at(labels[i].anchors.front(), sizes[i]);
    taken.push_back(places[i]);
  }
  const cv::Rect2d centre(bounds.x + bounds.width / 3, bounds.y + bounds.height / 3, bounds.width / 3,
                          bounds.height / 3);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].fixed) continue;
    double least = std::numeric_limits<double>::infinity();
    double preference = 0;
    for (const LabelAnchor& anchor : labels[i].anchors) {
      const cv::Rect2d place = at(anchor, sizes[i]);
      double cost = kCentreWeight * (place & centre).area();
      cost += kOutsideWeight * (place.area() - (place & bounds).area());
      for (const cv::Rect2d& other : taken) cost += (place & other).area();
      cost += preference * place.area();
      preference += kPreferenceCost;
      if (cost < least) {
        least = cost;
        places[i] = place;
      }
    }
    taken.push_back(places[i]);
  }
  return places;
}

}  // namespace acuguide::rendering
