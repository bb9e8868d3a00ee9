#include "imaging/region_finder.h"

#include "imaging/probe_side.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace acuguide::imaging {
namespace {

constexpr int cellPx = 4;               // the search works on cells of this size
constexpr int recheckEvery = 32;        // frames between two looks at a kept region
constexpr double smallestShare = 0.04;  // of the screen's area: less is furniture

/// The screen's background level: the commonest level along the border, when at least half the border has it.
int backgroundLevel(const cv::Mat& grey) {
  std::array<int, 256> count{};
  int total = 0;
  const auto add = [&](int y, int x) {
    ++count[grey.at<uchar>(y, x)];
    ++total;
  };
  for (int x = 0; x < grey.cols; ++x) {
    add(0, x);
    add(grey.rows - 1, x);
  }
  for (int y = 0; y < grey.rows; ++y) {
    add(y, 0);
    add(y, grey.cols - 1);
  }
  const auto most = std::max_element(count.begin(), count.end());
  return *most * 2 >= total ? static_cast<int>(most - count.begin()) : -1;
}

/// Moves one side of `box` to where the lit share of its outermost line reaches a third of that further
/// inside.
void settleSides(const cv::Mat& lit, cv::Rect& box) {
  const auto litIn = [&](const cv::Rect& r) {
    const cv::Rect in = r & cv::Rect(0, 0, lit.cols, lit.rows);
    return in.empty() ? 0.0 : cv::countNonZero(lit(in)) / static_cast<double>(in.area());
  };
  const int reach = 2 * cellPx;
  const auto settle = [&](auto line) {
    const double inside = litIn(line(reach + cellPx, cellPx));
    int at = reach;
    while (at > -reach && litIn(line(at - 1, 1)) > inside / 3) --at;
    return at;
  };
  const int left = settle([&](int i, int n) { return cv::Rect(box.x + i, box.y, n, box.height); });
  const int right = settle([&](int i, int n) { return cv::Rect(box.br().x - i - n, box.y, n, box.height); });
  const int top = settle([&](int i, int n) { return cv::Rect(box.x, box.y + i, box.width, n); });
  const int bottom = settle([&](int i, int n) { return cv::Rect(box.x, box.br().y - i - n, box.width, n); });
  box = cv::Rect(cv::Point(box.x + left, box.y + top), cv::Point(box.br().x - right, box.br().y - bottom)) &
        cv::Rect(0, 0, lit.cols, lit.rows);
}

}  // namespace

void RegionFinder::reset() {
  last_ = {};
  size_ = {};
  age_ = 0;
}

ImagingRegion RegionFinder::process(const cv::Mat& grey, bool still) {
  if (grey.empty() || grey.type() != CV_8UC1) return {};
  const bool keep = !still && !last_.bounds.empty() && grey.size() == size_;
  if (keep && (++age_ < recheckEvery || stillHolds(grey))) {
    if (age_ >= recheckEvery) age_ = 0;
    return last_;
  }
  last_ = find(grey);
  size_ = grey.size();
  age_ = 0;
  return last_;
}

bool RegionFinder::stillHolds(const cv::Mat& grey) const {
  // A dark frame (contact lost) says nothing against the region: only light outside it does.
  const int background = backgroundLevel(grey);
  if (background < 0) return last_.bounds.size() == grey.size();
  const cv::Rect outer =
      cv::Rect(last_.bounds.x - 6, last_.bounds.y - 6, last_.bounds.width + 12, last_.bounds.height + 12) &
      cv::Rect(0, 0, grey.cols, grey.rows);
  int lit = 0, total = 0;
  for (int y = outer.y; y < outer.br().y; ++y) {
    for (int x = outer.x; x < outer.br().x; ++x) {
      if (last_.bounds.contains({x, y})) {
        x = last_.bounds.br().x - 1;
        continue;
      }
      lit += std::abs(grey.at<uchar>(y, x) - background) > 8;
      ++total;
    }
  }
  return lit * 4 <= total;
}

ImagingRegion RegionFinder::find(const cv::Mat& grey) {
  ImagingRegion region;
  if (grey.cols < 32 || grey.rows < 32) return region;
  const int background = backgroundLevel(grey);
  if (background < 0) {
    region.bounds = {0, 0, grey.cols, grey.rows};
    region.confidence = 0.7;
    region.probe = probeSideOf(grey, region);
    return region;
  }

  cv::absdiff(grey, cv::Scalar(background), lit_);
  cv::threshold(lit_, lit_, 3, 255, cv::THRESH_BINARY);
  cv::resize(lit_, cells_, {(grey.cols + cellPx - 1) / cellPx, (grey.rows + cellPx - 1) / cellPx}, 0, 0,
             cv::INTER_AREA);
  cv::threshold(cells_, cells_, 255 * 0.3, 255, cv::THRESH_BINARY);
  const int open = std::max(2, std::min(cells_.cols, cells_.rows) / 24);
  cv::morphologyEx(cells_, closed_, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}),
                   {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::morphologyEx(closed_, opened_, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {open, open}));
  const int n = cv::connectedComponentsWithStats(opened_, labels_, stats_, centroids_, 8, CV_32S);
  int best = 0;
  for (int i = 1; i < n; ++i) {
    if (!best || stats_.at<int>(i, cv::CC_STAT_AREA) > stats_.at<int>(best, cv::CC_STAT_AREA)) best = i;
  }
  if (!best || stats_.at<int>(best, cv::CC_STAT_AREA) < smallestShare * cells_.total()) return region;

  cv::Rect cells(stats_.at<int>(best, cv::CC_STAT_LEFT), stats_.at<int>(best, cv::CC_STAT_TOP),
                 stats_.at<int>(best, cv::CC_STAT_WIDTH), stats_.at<int>(best, cv::CC_STAT_HEIGHT));
  region.bounds = cv::Rect(cells.x * cellPx, cells.y * cellPx, cells.width * cellPx, cells.height * cellPx) &
                  cv::Rect(0, 0, grey.cols, grey.rows);
  settleSides(lit_, region.bounds);
  region.confidence = 0.9;
  region.probe = probeSideOf(grey, region);
  return region;
}

}  // namespace acuguide::imaging
