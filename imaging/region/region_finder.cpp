#include "imaging/region/region_finder.h"

#include "imaging/vector_clones.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace acuguide::imaging {
namespace {

constexpr int cell = 8;        // the search works on cells of so many pixels
constexpr float flat = 0.25F;  // mean step between neighbours, grey levels: below this a cell is flat
constexpr double smallestShare = 0.04;  // of the screen's area: less is furniture
constexpr double furnitureShare = 0.1;  // of the screen's shorter side: what is thinner is furniture
constexpr double denseShare = 0.8;      // of a window's cells: text and rulers, however close, vary in fewer

cv::Rect whole(const cv::Mat& m) { return {0, 0, m.cols, m.rows}; }

ACUGUIDE_VECTOR_CLONES void countChanges(const uchar* row, const uchar* next, int count, int* changes) {
  for (int x = 0; x < count; ++x) changes[x] += row[x] != next[x] ? 1 : 0;
}

ACUGUIDE_VECTOR_CLONES int changesAlong(const uchar* row, int count) {
  int changes = 0;
  for (int x = 0; x + 1 < count; ++x) changes += row[x] != row[x + 1] ? 1 : 0;
  return changes;
}

constexpr int sideDepth = 8 * cell,
              sideBeyond = 2 * cell;  // pixel lines looked at inside and outside of a side

/// How many steps along each of the pixel lines (columns or rows, from a to b) about `side` are not zero;
/// none beyond the picture.
using SideChanges = std::array<int, 2 * (sideDepth + cell) + 1>;
SideChanges changesAbout(const cv::Mat& grey, bool column, int side, int a, int b) {
  SideChanges changes{};
  const int reach = static_cast<int>(changes.size()) / 2, lines = column ? grey.cols : grey.rows;
  const int from = std::max(0, side - reach), to = std::min(lines, side + reach + 1);
  int* counts = changes.data() + from - (side - reach);
  if (column) {
    for (int y = a + 1; y < b; ++y)
      countChanges(grey.ptr<uchar>(y - 1) + from, grey.ptr<uchar>(y) + from, to - from, counts);
  } else {
    for (int y = from; y < to; ++y) counts[y - from] = changesAlong(grey.ptr<uchar>(y) + a, b - a);
  }
  return changes;
}

/// The outermost line along which the picture still varies, sought outwards from a little inside of `side`,
/// the first pixel line of the rough box. `outwards` is +1 or -1; a and b bound the lines.
int settleSide(const cv::Mat& grey, bool column, int side, int outwards, int a, int b) {
  constexpr int gap = cell;
  const SideChanges changes = changesAbout(grey, column, side, a, b);
  const auto changesAt = [&](int at) {
    return changes[static_cast<size_t>(at - side + static_cast<int>(changes.size()) / 2)];
  };
  double inside = 0;
  for (int i = 0; i < cell; ++i)
    inside += static_cast<double>(changesAt(side - outwards * (sideDepth + i))) / cell;
  int last = side - outwards * sideDepth;
  for (int i = 1, at = last; i <= sideDepth + sideBeyond && std::abs(at - last) <= gap; ++i) {
    at += outwards;
    if (changesAt(at) > 0.5 * inside) last = at;
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

/// Adds each pixel's steps to its right and lower neighbours.
ACUGUIDE_VECTOR_CLONES void addSteps(const uchar* row, const uchar* below, int count, std::uint16_t* steps) {
  for (int x = 0; x < count; ++x)
    steps[x] =
        static_cast<std::uint16_t>(steps[x] + std::abs(row[x + 1] - row[x]) + std::abs(below[x] - row[x]));
}

bool alike(const cv::Rect& a, const cv::Rect& b) { return (a & b).area() >= 0.96 * (a | b).area(); }

}  // namespace

void RegionFinder::reset() {
  last_ = other_ = {};
  byFace_ = ProbeSide::Unknown;
  size_ = {};
  age_ = seen_ = 0;
}

ImagingRegion RegionFinder::process(const cv::Mat& grey, bool still) {
  if (grey.empty() || grey.type() != CV_8UC1) return {};
  if (still || grey.size() != size_) {
    reset();
    size_ = grey.size();
    return last_ = find(grey, byFace_);
  }
  if (!last_.bounds.empty() && ++age_ < recheckEvery) return last_;
  age_ = 0;
  ProbeSide byFace = ProbeSide::Unknown;
  ImagingRegion now = find(grey, byFace);
  if (now.bounds.empty() || alike(now.bounds, last_.bounds)) {
    if (last_.probe == ProbeSide::Unknown) last_.probe = now.probe;
    if (byFace_ == ProbeSide::Unknown) byFace_ = byFace;
    seen_ = 0;
    return last_;
  }
  const bool larger = (now.bounds | last_.bounds) == now.bounds;
  seen_ = alike(now.bounds, other_.bounds) ? seen_ + 1 : 1;
  other_ = std::move(now);
  if (larger || seen_ >= patience) {
    last_ = other_;
    byFace_ = byFace;
    seen_ = 0;
  }
  return last_;
}

ImagingRegion RegionFinder::find(const cv::Mat& grey, ProbeSide& byFace) {
  ImagingRegion region;
  if (grey.cols < 4 * cell || grey.rows < 4 * cell || !measureActivity(grey)) return region;
  cv::Rect box = largestArea(grey.size());
  if (box.empty()) return region;
  settleSides(grey, box);
  takeInLines(grey, box);
  region.bounds = box;
  region.confidence = std::min(1.0, 0.5 + box.area() / (0.5 * grey.total()));
  if (const auto sector = sector_.process(varying_, cell, box)) {
    region.bounds = sector->bounds & whole(grey);
    region.mask = sector->maskOf(region.bounds);
    region.probe = byFace = sector->probe;
  } else {
    const ProbeSides sides = side_.process(grey, region.bounds);
    region.probe = sides.all;
    byFace = sides.byFace;
  }
  return region;
}

/// Fills activity_ with each cell's mean step between neighbours and varying_ with the cells that are not
/// flat.
bool RegionFinder::measureActivity(const cv::Mat& grey) {
  activity_.create((grey.rows - 1) / cell, (grey.cols - 1) / cell, CV_32F);
  for (int cy = 0; cy < activity_.rows; ++cy) {
    float* out = activity_.ptr<float>(cy);
    steps_.assign(static_cast<size_t>(activity_.cols * cell), 0);
    for (int y = cy * cell; y < (cy + 1) * cell; y += 2)  // every other row is evidence enough
      addSteps(grey.ptr<uchar>(y), grey.ptr<uchar>(y + 1), activity_.cols * cell, steps_.data());
    for (int cx = 0; cx < activity_.cols; ++cx) {
      int sum = 0;
      for (int i = 0; i < cell; ++i) sum += steps_[static_cast<size_t>(cx * cell + i)];
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
  varying_.create(activity_.size(), CV_8U);
  int varying = 0;
  for (int cy = 0; cy < activity_.rows; ++cy) {
    for (int cx = 0; cx < activity_.cols; ++cx) {
      const bool varies = activity_.at<float>(cy, cx) > level;
      varying_.at<uchar>(cy, cx) = varies ? 255 : 0;
      varying += varies;
    }
  }
  return varying > 0;
}

/// opened_: the union of all windows that vary nearly everywhere. Beyond the border nothing varies, but
/// windows reach there, so that what touches the border is not eaten.
void RegionFinder::openWindows(int window) {
  const int rows = varying_.rows, cols = varying_.cols, wide = cols + 1, half = window / 2;
  soFar_.assign(static_cast<size_t>((rows + 1) * wide), 0);
  const auto soFar = [&](int y, int x) -> int& {
    return soFar_[static_cast<size_t>(std::clamp(y, 0, rows) * wide + std::clamp(x, 0, cols))];
  };
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < cols; ++x)
      soFar(y + 1, x + 1) =
          soFar(y, x + 1) + soFar(y + 1, x) - soFar(y, x) + (varying_.at<uchar>(y, x) ? 1 : 0);
  opened_.create(rows, cols, CV_8U);
  for (int y = 0; y < rows; ++y) std::fill_n(opened_.ptr<uchar>(y), cols, uchar{0});
  const double least = denseShare * window * window;
  for (int y = -half; y < rows + half; ++y) {
    for (int x = -half; x < cols + half; ++x) {
      const int top = y - half, left = x - half;
      const int count = soFar(top + window, left + window) - soFar(top, left + window) -
                        soFar(top + window, left) + soFar(top, left);
      if (count <= least) continue;
      for (int i = std::max(0, top); i < std::min(rows, top + window); ++i)
        std::fill(opened_.ptr<uchar>(i) + std::max(0, left),
                  opened_.ptr<uchar>(i) + std::min(cols, left + window), uchar{1});
    }
  }
}

/// The box, in cells, of the largest connected area of opened_, which is used up.
cv::Rect RegionFinder::largestConnected(int& cells) {
  cv::Rect largest;
  cells = 0;
  for (int y = 0; y < opened_.rows; ++y) {
    for (int x = 0; x < opened_.cols; ++x) {
      if (!opened_.at<uchar>(y, x)) continue;
      open_.assign(1, {x, y});
      opened_.at<uchar>(y, x) = 0;
      int count = 0, x0 = x, x1 = x, y1 = y;
      while (!open_.empty()) {
        const cv::Point at = open_.back();
        open_.pop_back();
        ++count;
        x0 = std::min(x0, at.x);
        x1 = std::max(x1, at.x);
        y1 = std::max(y1, at.y);
        for (const cv::Point& next : {cv::Point(at.x - 1, at.y), cv::Point(at.x + 1, at.y),
                                      cv::Point(at.x, at.y - 1), cv::Point(at.x, at.y + 1)}) {
          if (!whole(opened_).contains(next) || !opened_.at<uchar>(next)) continue;
          opened_.at<uchar>(next) = 0;
          open_.push_back(next);
        }
      }
      if (count <= cells) continue;
      cells = count;
      largest = {x0, y, x1 - x0 + 1, y1 - y + 1};
    }
  }
  return largest;
}

cv::Rect RegionFinder::largestArea(cv::Size picture) {
  const double shorter = std::min(picture.width, picture.height);
  const int window = std::max(3, static_cast<int>(furnitureShare * shorter / cell)) | 1;
  openWindows(window);
  int cells = 0;
  const cv::Rect area = largestConnected(cells);
  if (cells < smallestShare * static_cast<double>(varying_.total())) return {};
  cv::Rect box(area.x * cell, area.y * cell, area.width * cell, area.height * cell);
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
