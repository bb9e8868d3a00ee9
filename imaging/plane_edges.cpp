#include "imaging/plane_edges.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

void PlaneEdges::process(const cv::Mat& picture, const std::vector<float>& path, const Options& options,
                         std::vector<PlaneVertex>& vertices) {
  const int columns = std::min(picture.cols, static_cast<int>(path.size()));
  if (columns < 2) return;
  const int reach = static_cast<int>(std::ceil(options.reachPx + options.nearPx));
  const int near = static_cast<int>(std::ceil(options.nearPx));
  const int lateral = static_cast<int>(options.lateralPx);
  const int steps = std::max(1, static_cast<int>(std::ceil((columns - 1) / options.stepPx)));
  profile_.resize(static_cast<size_t>(2 * reach + 1));
  for (int s = 0; s <= steps; ++s) {
    const int x = static_cast<int>(std::lround(static_cast<double>(s) * (columns - 1) / steps));
    const float centre = path[static_cast<size_t>(x)];
    std::fill(profile_.begin(), profile_.end(), 0.0F);
    int n = 0;
    for (int u = std::max(0, x - lateral); u <= std::min(columns - 1, x + lateral); u += 2, ++n) {
      const int base = static_cast<int>(std::lround(path[static_cast<size_t>(u)])) - reach;
      for (int i = 0; i <= 2 * reach; ++i) {
        profile_[static_cast<size_t>(i)] += picture.at<uchar>(std::clamp(base + i, 0, picture.rows - 1), u);
      }
    }
    const auto value = [&](int i) { return profile_[static_cast<size_t>(i)]; };
    int ridge = reach;
    for (int i = reach - near; i <= reach + near; ++i) {
      if (value(i) > value(ridge)) ridge = i;
    }
    const auto edge = [&](int direction) {
      int darkest = ridge;
      for (int i = ridge; i >= 0 && i <= 2 * reach && std::abs(i - ridge) <= options.reachPx;
           i += direction) {
        if (value(i) < value(darkest)) darkest = i;
      }
      const float half = 0.5F * (value(ridge) + value(darkest));
      int i = ridge;
      while (i != darkest && value(i) > half) i += direction;
      if (i == ridge) return static_cast<float>(ridge);
      const float inner = value(i - direction), outer = value(i);
      return static_cast<float>(i) -
             static_cast<float>(direction) * (half - outer) / std::max(1e-3F, inner - outer);
    };
    const float top = std::round(centre) - static_cast<float>(reach);
    vertices.push_back(
        {static_cast<float>(x), top + static_cast<float>(ridge), top + edge(-1), top + edge(1)});
  }
}

}  // namespace acuguide::imaging
