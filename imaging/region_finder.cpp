#include "imaging/region_finder.h"

#include "imaging/probe_side.h"
#include "imaging/region_sector.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdlib>

namespace acuguide::imaging {
namespace {

constexpr int cell = 8;        // the search works on cells of so many pixels
constexpr float flat = 0.25F;  // mean step between neighbours, grey levels: below this a cell is flat
constexpr double smallestShare = 0.04;  // of the screen's area: less is furniture
constexpr double furnitureShare = 0.1;  // of the screen's shorter side: what is thinner is furniture
constexpr double denseShare = 0.8;      // of a window's cells: text and rulers, however close, vary in fewer

cv::Rect whole(const cv::Mat& m) { return {0, 0, m.cols, m.rows}; }

/// Share of the steps along one pixel line (a column or a row, from a to b) that are not zero.
double varyingShare(const cv::Mat& grey, bool column, int at, int a, int b) {
  int steps = 0;
  for (int i = a + 1; i < b; ++i) {
    steps += column ? grey.at<uchar>(i, at) != grey.at<uchar>(i - 1, at)
                    : grey.at<uchar>(at, i) != grey.at<uchar>(at, i - 1);
  }
  return static_cast<double>(steps) / std::max(1, b - a - 1);
}

/// The outermost line along which the picture still varies, sought outwards from a little inside of `side`,
/// the first pixel line of the rough box. `outwards` is +1 or -1; a and b bound the lines.
int settleSide(const cv::Mat& grey, bool column, int side, int outwards, int a, int b) {
  constexpr int depth = 8 * cell, beyond = 2 * cell, gap = cell;
  const int end = column ? grey.cols : grey.rows;
  const auto share = [&](int at) { return at < 0 || at >= end ? 0.0 : varyingShare(grey, column, at, a, b); };
  double inside = 0;
  for (int i = 0; i < cell; ++i) inside += share(side - outwards * (depth + i)) / cell;
  int last = side - outwards * depth;
  for (int i = 1, at = last; i <= depth + beyond && std::abs(at - last) <= gap; ++i) {
    at += outwards;
    if (share(at) > 0.5 * inside) last = at;
  }
  return last;
}

void settleSides(const cv::Mat& grey, cv::Rect& box) {
  const int x0 = settleSide(grey, true, box.x, -1, box.y, box.br().y);
  const int x1 = settleSide(grey, true, box.br().x - 1, 1, box.y, box.br().y);
  const int y0 = settleSide(grey, false, box.y, -1, x0, x1);
  const int y1 = settleSide(grey, false, box.br().y - 1, 1, x0, x1);
  box = cv::Rect(cv::Point(x0, y0), cv::Point(x1 + 1, y1 + 1)) & whole(grey);
}

bool alike(const cv::Rect& a, const cv::Rect& b) { return (a & b).area() >= 0.96 * (a | b).area(); }

}  // namespace

void RegionFinder::reset() {
  last_ = other_ = {};
  size_ = {};
  age_ = seen_ = 0;
}

ImagingRegion RegionFinder::process(const cv::Mat& grey, bool still) {
  if (grey.empty() || grey.type() != CV_8UC1) return {};
  if (still || grey.size() != size_) {
    reset();
    size_ = grey.size();
    return last_ = find(grey);
  }
  if (!last_.bounds.empty() && ++age_ < recheckEvery) return last_;
  age_ = 0;
  ImagingRegion now = find(grey);
  if (now.bounds.empty() || alike(now.bounds, last_.bounds)) {
    if (last_.probe == ProbeSide::Unknown) last_.probe = now.probe;
    seen_ = 0;
    return last_;
  }
  const bool larger = (now.bounds | last_.bounds) == now.bounds;
  seen_ = alike(now.bounds, other_.bounds) ? seen_ + 1 : 1;
  other_ = std::move(now);
  if (larger || seen_ >= patience) {
    last_ = other_;
    seen_ = 0;
  }
  return last_;
}

ImagingRegion RegionFinder::find(const cv::Mat& grey) {
  ImagingRegion region;
  if (grey.cols < 4 * cell || grey.rows < 4 * cell || !measureActivity(grey)) return region;
  cv::Rect box = largestArea(grey.size());
  if (box.empty()) return region;
  settleSides(grey, box);
  takeInLines(grey, box);
  region.bounds = box;
  region.confidence = std::min(1.0, 0.5 + box.area() / (0.5 * grey.total()));
  if (const auto sector = fitSector(varying_, cell, box)) {
    region.bounds = sector->bounds & whole(grey);
    region.mask = sector->maskOf(region.bounds);
    region.probe = sector->probe;
  } else {
    region.probe = probeSideOf(grey, region.bounds);
  }
  return region;
}

/// Fills activity_ with each cell's mean step between neighbours and varying_ with the cells that are not
/// flat.
bool RegionFinder::measureActivity(const cv::Mat& grey) {
  activity_.create((grey.rows - 1) / cell, (grey.cols - 1) / cell, CV_32F);
  for (int cy = 0; cy < activity_.rows; ++cy) {
    float* out = activity_.ptr<float>(cy);
    for (int cx = 0; cx < activity_.cols; ++cx) {
      int sum = 0;
      for (int y = cy * cell; y < (cy + 1) * cell; y += 2) {  // every other row is evidence enough
        const uchar* row = grey.ptr<uchar>(y) + cx * cell;
        const uchar* below = grey.ptr<uchar>(y + 1) + cx * cell;
        for (int i = 0; i < cell; ++i) sum += std::abs(row[i + 1] - row[i]) + std::abs(below[i] - row[i]);
      }
      out[cx] = static_cast<float>(sum) / (cell * cell);
    }
  }
  // A noisy grabber makes even the background vary a little: then the line lies between that and the picture.
  sorted_.assign(activity_.begin<float>(), activity_.end<float>());
  const auto low = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 20);
  std::nth_element(sorted_.begin(), low, sorted_.end());
  const float least = *low;
  const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 2);
  std::nth_element(sorted_.begin(), middle, sorted_.end());
  const float level = least * 4 < *middle ? std::max(flat, 2 * least) : flat;
  cv::threshold(activity_, varying_, level, 255, cv::THRESH_BINARY);
  varying_.convertTo(varying_, CV_8U);
  return cv::countNonZero(varying_) > 0;
}

cv::Rect RegionFinder::largestArea(cv::Size picture) {
  const double shorter = std::min(picture.width, picture.height);
  const int window = std::max(3, static_cast<int>(furnitureShare * shorter / cell)) | 1;
  // The union of all windows that vary nearly everywhere. Padding keeps what touches the border from being
  // eaten.
  const int pad = window;
  cv::copyMakeBorder(varying_, opened_, pad, pad, pad, pad, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::boxFilter(opened_, opened_, CV_8U, {window, window});
  cv::threshold(opened_, opened_, 255 * denseShare, 255, cv::THRESH_BINARY);
  cv::dilate(opened_, opened_, cv::getStructuringElement(cv::MORPH_RECT, {window, window}));
  const int n = cv::connectedComponentsWithStats(opened_, labels_, stats_, centroids_, 4, CV_32S);
  int best = 0;
  for (int i = 1; i < n; ++i) {
    if (!best || stats_.at<int>(i, cv::CC_STAT_AREA) > stats_.at<int>(best, cv::CC_STAT_AREA)) best = i;
  }
  if (!best || stats_.at<int>(best, cv::CC_STAT_AREA) < smallestShare * static_cast<double>(varying_.total()))
    return {};
  const auto stat = [&](int which) { return stats_.at<int>(best, which); };
  cv::Rect box((stat(cv::CC_STAT_LEFT) - pad) * cell, (stat(cv::CC_STAT_TOP) - pad) * cell,
               stat(cv::CC_STAT_WIDTH) * cell, stat(cv::CC_STAT_HEIGHT) * cell);
  // Cells cover whole multiples only; the picture's last few pixels belong to the last ones.
  if (box.br().x >= varying_.cols * cell) box.width = picture.width - box.x;
  if (box.br().y >= varying_.rows * cell) box.height = picture.height - box.y;
  return box & cv::Rect({}, picture);
}

/// Grows the box to bright lines above or below it that cover its width, but do not run on across the whole
/// screen.
void RegionFinder::takeInLines(const cv::Mat& grey, cv::Rect& box) const {
  constexpr int bright = 40, thick = 2;
  const auto spans = [&](int y) {
    const uchar* row = grey.ptr<uchar>(y);
    int lit = 0, sum = 0;
    for (int x = box.x; x < box.br().x; ++x) {
      lit += row[x] >= bright;
      sum += row[x];
    }
    if (lit < 0.85 * box.width) return false;
    const int level = sum / box.width, far = grey.cols / 12;
    const auto same = [&](int x) { return x >= 0 && x < grey.cols && std::abs(row[x] - level) < 25; };
    const bool runsOn = same(box.x - far) || same(box.br().x + far);
    return !runsOn;
  };
  int run = 0, top = box.y, bottom = box.br().y;
  for (int y = box.y - 1; y >= 0; --y) {
    run = spans(y) ? run + 1 : 0;
    if (run >= thick) top = y;
  }
  run = 0;
  for (int y = box.br().y; y < grey.rows; ++y) {
    run = spans(y) ? run + 1 : 0;
    if (run >= thick) bottom = y + 1;
  }
  box = {box.x, top, box.width, bottom - top};
}

}  // namespace acuguide::imaging
