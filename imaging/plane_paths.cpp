#include "imaging/plane_paths.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int step = 2;  // columns between two states

}  // namespace

const std::vector<PlanePath>& PlanePaths::process(const cv::Mat& response, const cv::Mat& slope) {
  size_t found = 0;
  if (response.rows >= 8 && response.cols >= 8) {
    response.copyTo(left_);
    for (; found < static_cast<size_t>(options_.most); ++found) {
      if (paths_.size() <= found) paths_.emplace_back();
      if (!next(slope, paths_[found])) break;
    }
  }
  paths_.resize(found);
  std::sort(paths_.begin(), paths_.end(),
            [](const auto& a, const auto& b) { return a.meanDepth < b.meanDepth; });
  return paths_;
}

bool PlanePaths::next(const cv::Mat& slope, PlanePath& path) {
  const int columns = left_.rows, depths = left_.cols;
  const int states = (columns + step - 1) / step;
  cost_.create(states, depths, CV_32F);
  from_.create(states, depths, CV_8S);
  std::copy_n(left_.ptr<float>(0), depths, cost_.ptr<float>(0));
  for (int s = 1; s < states; ++s) {
    const float* before = cost_.ptr<float>(s - 1);
    const float* answer = left_.ptr<float>(s * step);
    const float* slopes = slope.ptr<float>(s * step);
    float* now = cost_.ptr<float>(s);
    schar* from = from_.ptr<schar>(s);
    for (int y = 0; y < depths; ++y) {
      const float expected = step * slopes[y];
      float best = -1e9F;
      schar way = 0;
      for (int d = -1; d <= 1; ++d) {
        const int y0 = y - d;
        if (y0 < 0 || y0 >= depths) continue;
        const float off = static_cast<float>(d) - expected;
        const float value = before[y0] - options_.bend * std::max(0.0F, off * off - 1.0F) * 0.1F -
                            0.02F * std::abs(static_cast<float>(d));
        if (value > best) {
          best = value;
          way = static_cast<schar>(d);
        }
      }
      now[y] = best + answer[y];
      from[y] = way;
    }
  }

  const float* last = cost_.ptr<float>(states - 1);
  int y = static_cast<int>(std::max_element(last, last + depths) - last);
  path.depth.assign(static_cast<size_t>(columns), 0);
  path.response.assign(static_cast<size_t>(columns), 0);
  double sum = 0, depthSum = 0;
  for (int s = states - 1; s >= 0; --s) {
    for (int x = s * step; x < std::min(columns, (s + 1) * step); ++x)
      path.depth[static_cast<size_t>(x)] = static_cast<float>(y);
    if (s > 0) y -= from_.at<schar>(s, y);
  }
  for (int x = 0; x < columns; ++x) {
    float* answer = left_.ptr<float>(x);
    const int at = static_cast<int>(path.depth[static_cast<size_t>(x)]);
    path.response[static_cast<size_t>(x)] = answer[at];
    sum += answer[at];
    depthSum += at;
    for (int d = std::max(0, at - options_.apart); d <= std::min(depths - 1, at + options_.apart); ++d)
      answer[d] = 0;
  }
  path.strength = static_cast<float>(sum / columns);
  path.meanDepth = static_cast<float>(depthSum / columns);
  return path.strength >= options_.weakest;
}

}  // namespace acuguide::imaging
