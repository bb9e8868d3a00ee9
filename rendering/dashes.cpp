#include "rendering/dashes.h"

#include <utility>

namespace acuguide::rendering {

std::vector<std::vector<Eigen::Vector3d>> dashesAlong(const std::vector<Eigen::Vector3d>& corners,
                                                      double dash) {
  std::vector<std::vector<Eigen::Vector3d>> dashes;
  std::vector<Eigen::Vector3d> open;  // the dash being drawn
  bool drawing = true;
  double left = dash;  // of this dash, or of this gap
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Eigen::Vector3d& from = corners[i];
    const Eigen::Vector3d way = corners[(i + 1) % corners.size()] - from;
    const double length = way.norm();
    if (length <= 0.0) continue;
    if (drawing) open.push_back(from);
    double gone = 0.0;
    for (; gone + left < length; left = dash) {
      gone += left;
      open.emplace_back(from + way * (gone / length));
      if (drawing) dashes.push_back(std::exchange(open, {}));
      drawing = !drawing;
    }
    left -= length - gone;
  }
  if (drawing && !open.empty()) {
    open.push_back(corners.front());
    dashes.push_back(std::move(open));
  }
  return dashes;
}

}  // namespace acuguide::rendering
