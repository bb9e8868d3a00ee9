#include "interop/text_finder.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace acuguide::interop {
namespace {

constexpr int cell = 16;            // px: the surroundings' own steps are counted by cells,
constexpr int aboutCells = 2;       // so many to each side together
constexpr int levels = 16;          // steps above have reached the highest limit already
constexpr double usualShare = 0.8;  // of the surroundings' steps: text covers less than the rest
constexpr float overUsual = 3.0F, leastStep = 20.0F, mostStep = 56.0F;
constexpr double besideLine = 0.7;  // of the limit, beside a line that was found
constexpr int strokeWidth = 21;     // px between the two steps of a stroke, or of neighbouring strokes
constexpr int letterGap = 13;       // px
constexpr int sideLength = 41;      // px: what is straight for longer is no letter
constexpr int leastHeight = 5, leastWidth = 4, mostHeight = 70, leastSteps = 14;
constexpr int mostShare = 8;          // of the image's height: larger text is for the reader
constexpr double leastStrokes = 1.3;  // in a row of pixels: a needle or a fascia has one
constexpr int oneLine = 24;           // px: what is taller may be several lines

/// How many strokes a row of pixels crosses, of the rows that cross any. rising: CV_8U, 255 where a step goes
/// up.
double strokesARow(const cv::Mat& rising) {
  int rows = 0, strokes = 0;
  for (int y = 0; y < rising.rows; ++y) {
    const uchar* row = rising.ptr<uchar>(y);
    int here = 0;
    for (int x = 0; x < rising.cols; ++x) here += row[x] != 0 && (x == 0 || row[x - 1] == 0) ? 1 : 0;
    rows += here > 0 ? 1 : 0;
    strokes += here;
  }
  return rows > 0 ? static_cast<double>(strokes) / rows : 0.0;
}

cv::Mat rectangle(int width, int height) {
  return cv::getStructuringElement(cv::MORPH_RECT, {width, height});
}

/// Boxes in a row become one.
void joinLines(std::vector<cv::Rect>& boxes) {
  const auto inOneLine = [](const cv::Rect& a, const cv::Rect& b) {
    const int overlap = std::min(a.br().y, b.br().y) - std::max(a.y, b.y);
    const int gap = std::max(a.x, b.x) - std::min(a.br().x, b.br().x);
    const int low = std::min(a.height, b.height), high = std::max(a.height, b.height);
    return 2 * overlap >= low && gap <= 1.2 * low && high <= 2.2 * low + 4;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < boxes.size(); ++i)
      for (std::size_t j = boxes.size(); j-- > i + 1;)
        if (inOneLine(boxes[i], boxes[j])) {
          boxes[i] |= boxes[j];
          boxes[j] = boxes.back();
          boxes.pop_back();
          changed = true;
        }
  }
}

/// Full stops, accents and strokes that run across have no steps of their own.
cv::Rect withMargin(const cv::Rect& line, const cv::Size& image) {
  const int height = std::min(line.height, 40);
  const int x = std::max(4, height * 3 / 5), y = std::max(3, height / 4);
  return cv::Rect(line.x - x, line.y - y, line.width + 2 * x, line.height + 2 * y) & cv::Rect({0, 0}, image);
}

}  // namespace

/// steps_: what changes from the column before to the column after.
void TextFinder::measureSteps(const cv::Mat& pixels) {
  steps_.create(pixels.size(), CV_16S);
  steps_.setTo(0);
  const int channels = pixels.channels();
  for (int y = 0; y < pixels.rows; ++y) {
    const uchar* row = pixels.ptr<uchar>(y);
    auto* out = steps_.ptr<std::int16_t>(y);
    for (int x = 1; x + 1 < pixels.cols; ++x) {
      int most = 0;
      for (int k = 0; k < channels; ++k) {
        const int step = row[(x + 1) * channels + k] - row[(x - 1) * channels + k];
        if (std::abs(step) > std::abs(most)) most = step;
      }
      out[x] = static_cast<std::int16_t>(most);
    }
  }
}

void TextFinder::measureLimits() {
  const int rows = (steps_.rows + cell - 1) / cell, columns = (steps_.cols + cell - 1) / cell;
  std::vector<std::array<int, levels>> counts(static_cast<std::size_t>(rows * columns));
  for (int y = 0; y < steps_.rows; ++y) {
    const auto* row = steps_.ptr<std::int16_t>(y);
    for (int x = 0; x < steps_.cols; ++x)
      ++counts[static_cast<std::size_t>(y / cell * columns + x / cell)]
              [static_cast<std::size_t>(std::min(std::abs(int{row[x]}), levels - 1))];
  }
  cv::Mat byCell(rows, columns, CV_32F);
  for (int cy = 0; cy < rows; ++cy)
    for (int cx = 0; cx < columns; ++cx) {
      std::array<int, levels> sum{};
      int all = 0;
      for (int y = std::max(0, cy - aboutCells); y <= std::min(rows - 1, cy + aboutCells); ++y)
        for (int x = std::max(0, cx - aboutCells); x <= std::min(columns - 1, cx + aboutCells); ++x)
          for (std::size_t i = 0; i < levels; ++i) {
            sum[i] += counts[static_cast<std::size_t>(y * columns + x)][i];
            all += counts[static_cast<std::size_t>(y * columns + x)][i];
          }
      int usual = 0;
      for (int below = sum[0]; usual < levels - 1 && below < usualShare * all;)
        below += sum[static_cast<std::size_t>(++usual)];
      byCell.at<float>(cy, cx) = std::min(leastStep + overUsual * static_cast<float>(usual), mostStep);
    }
  cv::resize(byCell, limits_, steps_.size(), 0, 0, cv::INTER_LINEAR);
}

/// Adds the groups of steps that are higher than `share` of the limits, within `where` (empty: everywhere).
void TextFinder::findGroups(double share, const cv::Mat& where, std::vector<cv::Rect>& groups) {
  rising_.create(steps_.size(), CV_8U);
  falling_.create(steps_.size(), CV_8U);
  for (int y = 0; y < steps_.rows; ++y) {
    const auto* step = steps_.ptr<std::int16_t>(y);
    const float* limit = limits_.ptr<float>(y);
    uchar *rising = rising_.ptr<uchar>(y), *falling = falling_.ptr<uchar>(y);
    for (int x = 0; x < steps_.cols; ++x) {
      const float least = static_cast<float>(share) * limit[x];
      rising[x] = static_cast<float>(step[x]) >= least ? 255 : 0;
      falling[x] = static_cast<float>(-step[x]) >= least ? 255 : 0;
    }
  }
  if (!where.empty()) {
    cv::bitwise_and(rising_, where, rising_);
    cv::bitwise_and(falling_, where, falling_);
  }
  cv::bitwise_or(rising_, falling_, both_);
  cv::morphologyEx(both_, tall_, cv::MORPH_CLOSE, rectangle(1, 5));
  cv::morphologyEx(tall_, tall_, cv::MORPH_OPEN, rectangle(1, sideLength));
  rising_.setTo(0, tall_);
  falling_.setTo(0, tall_);
  cv::bitwise_or(rising_, falling_, paired_);
  for (const cv::Mat& one : {rising_, falling_}) {
    cv::dilate(one, joined_, rectangle(strokeWidth, 3));
    cv::bitwise_and(paired_, joined_, paired_);
  }
  cv::morphologyEx(paired_, joined_, cv::MORPH_CLOSE, rectangle(letterGap, 3));
  const int count = cv::connectedComponentsWithStats(joined_, labels_, statistics_, centres_);

  const auto take = [&](const cv::Rect& box, const cv::Mat& own) {
    const int most = std::min(mostHeight, rising_.rows / mostShare);
    if (box.height < leastHeight || box.height > most || box.width < leastWidth) return;
    const cv::Mat rising = rising_(box) & own;
    const int up = cv::countNonZero(rising), down = cv::countNonZero(falling_(box) & own);
    if (up + down >= leastSteps && 3 * std::min(up, down) >= std::max(up, down) &&
        strokesARow(rising) >= leastStrokes)
      groups.push_back(box);
  };
  for (int i = 1; i < count; ++i) {
    const cv::Rect box(statistics_.at<int>(i, cv::CC_STAT_LEFT), statistics_.at<int>(i, cv::CC_STAT_TOP),
                       statistics_.at<int>(i, cv::CC_STAT_WIDTH), statistics_.at<int>(i, cv::CC_STAT_HEIGHT));
    if (box.height < leastHeight || statistics_.at<int>(i, cv::CC_STAT_AREA) < leastSteps) continue;
    const cv::Mat own = labels_(box) == i;
    if (box.height <= oneLine) {
      take(box, own);
      continue;
    }
    // Lines that touch: between them few steps.
    cv::Mat steps = paired_(box) & own, rows;
    cv::reduce(steps, rows, 1, cv::REDUCE_SUM, CV_32S);
    std::vector<int> sorted(rows.begin<int>(), rows.end<int>());
    std::ranges::sort(sorted, std::greater<>());
    const double few = 0.12 * sorted[static_cast<std::size_t>(std::max(1, box.height / 8) - 1)];
    for (int from = 0; from < box.height;) {
      while (from < box.height && rows.at<int>(from) <= few) ++from;
      int to = from;
      while (to < box.height && rows.at<int>(to) > few) ++to;
      if (to == from) break;
      const cv::Mat part = own.rowRange(from, to);
      const cv::Rect tight = cv::boundingRect(part);
      take({box.x + tight.x, box.y + from + tight.y, tight.width, tight.height}, part(tight));
      from = to;
    }
  }
}

std::vector<cv::Rect> TextFinder::process(const cv::Mat& pixels) {
  if (pixels.rows < leastHeight || pixels.cols < 3) return {};
  measureSteps(pixels);
  measureLimits();
  std::vector<cv::Rect> groups;
  findGroups(1.0, {}, groups);
  std::vector<cv::Rect> lines = groups;
  joinLines(lines);
  cv::Mat beside = cv::Mat::zeros(pixels.size(), CV_8U);
  for (const cv::Rect& line : lines) {
    const cv::Rect box = withMargin(line, pixels.size());
    if (box.width < 3 * box.height || line.height > 40) continue;
    const int reach = 2 * box.height;
    beside(cv::Rect(box.x - reach, box.y, box.width + 2 * reach, box.height) &
           cv::Rect({0, 0}, pixels.size()))
        .setTo(255);
  }
  findGroups(besideLine, beside, groups);
  joinLines(groups);
  for (cv::Rect& line : groups) line = withMargin(line, pixels.size());
  return groups;
}

}  // namespace acuguide::interop
