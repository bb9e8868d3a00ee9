#include "calibration/temporal/bottom_line.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace acuguide::calibration {
namespace {

constexpr int columns = 41;     // looked at in each frame
constexpr double nearPx = 6.0;  // a peak this near to the line is on it
constexpr double leastShare = 1.0 / 3.0;
constexpr int leastContrast = 8;  // grey levels; speckle of empty water stays below

/// Centre of mass of the peak with the largest area, taken above half its height.
std::optional<double> peakPosition(const cv::Mat& column) {
  double highest = 0.0;
  cv::minMaxLoc(column, nullptr, &highest);
  if (highest < leastContrast) return std::nullopt;
  double bestArea = 0.0, bestCentre = 0.0, area = 0.0, moment = 0.0;
  for (int y = 0; y <= column.rows; ++y) {
    const double value = y < column.rows ? column.at<float>(y) : 0.0;
    if (value >= 0.5 * highest) {
      area += value;
      moment += value * y;
    } else if (area > 0.0) {
      if (area > bestArea) {
        bestArea = area;
        bestCentre = moment / area;
      }
      area = moment = 0.0;
    }
  }
  return bestCentre;
}

std::vector<cv::Point2d> peaks(const cv::Mat& picture, const cv::Rect& area) {
  std::vector<cv::Point2d> found;
  cv::Mat column;
  for (int k = 0; k < columns; ++k) {
    const int x = area.x + (area.width - 1) * k / (columns - 1);
    const int half = std::min({2, x - area.x, area.br().x - 1 - x});
    cv::reduce(picture(cv::Rect(x - half, area.y, 2 * half + 1, area.height)), column, 1, cv::REDUCE_AVG,
               CV_32F);
    if (const auto y = peakPosition(column)) found.emplace_back(x, area.y + *y);
  }
  return found;
}

struct Line {
  double slope = 0.0, offset = 0.0;
  double distance(const cv::Point2d& point) const { return std::abs(offset + slope * point.x - point.y); }
};

std::vector<cv::Point2d> onLine(const std::vector<cv::Point2d>& points, const Line& line) {
  std::vector<cv::Point2d> on;
  for (const auto& point : points)
    if (line.distance(point) <= nearPx) on.push_back(point);
  return on;
}

/// Of the lines through two peaks, up to 45° steep, the one with most peaks on it. All pairs: there are few.
std::vector<cv::Point2d> largestLine(const std::vector<cv::Point2d>& points) {
  std::vector<cv::Point2d> best;
  for (std::size_t a = 0; a < points.size(); ++a) {
    for (std::size_t b = a + 3; b < points.size(); ++b) {
      Line line;
      line.slope = (points[b].y - points[a].y) / (points[b].x - points[a].x);
      line.offset = points[a].y - line.slope * points[a].x;
      if (std::abs(line.slope) > 1.0) continue;
      auto on = onLine(points, line);
      if (on.size() > best.size()) best = std::move(on);
    }
  }
  return best;
}

Line leastSquares(const std::vector<cv::Point2d>& points) {
  cv::Point2d mean;
  for (const auto& point : points) mean += point * (1.0 / double(points.size()));
  double xx = 0.0, xy = 0.0;
  for (const auto& point : points) {
    xx += (point.x - mean.x) * (point.x - mean.x);
    xy += (point.x - mean.x) * (point.y - mean.y);
  }
  Line line;
  line.slope = xx > 0.0 ? xy / xx : 0.0;
  line.offset = mean.y - line.slope * mean.x;
  return line;
}

}  // namespace

void MovingPart::add(const cv::Mat& grey) {
  if (lowest_.empty()) {
    lowest_ = grey.clone();
    highest_ = grey.clone();
  } else if (grey.size() == lowest_.size()) {
    cv::min(lowest_, grey, lowest_);
    cv::max(highest_, grey, highest_);
  }
}

cv::Rect MovingPart::area() const {
  if (lowest_.empty()) return {};
  cv::Mat range, changing;
  cv::subtract(highest_, lowest_, range);
  cv::GaussianBlur(range, range, cv::Size(5, 5), 0);
  double most = 0.0;
  cv::minMaxLoc(range, nullptr, &most);
  if (most < leastContrast) return {};
  cv::threshold(range, changing, std::max(0.15 * most, 4.0), 255, cv::THRESH_BINARY);
  cv::morphologyEx(changing, changing, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {9, 25}));
  cv::Mat labels, statistics, centres;
  const int count = cv::connectedComponentsWithStats(changing, labels, statistics, centres);
  int largest = 0;
  for (int i = 1; i < count; ++i)
    if (largest == 0 ||
        statistics.at<int>(i, cv::CC_STAT_AREA) > statistics.at<int>(largest, cv::CC_STAT_AREA))
      largest = i;
  if (largest == 0) return {};
  return {statistics.at<int>(largest, cv::CC_STAT_LEFT), statistics.at<int>(largest, cv::CC_STAT_TOP),
          statistics.at<int>(largest, cv::CC_STAT_WIDTH), statistics.at<int>(largest, cv::CC_STAT_HEIGHT)};
}

cv::Mat MovingPart::moving(const cv::Mat& grey) const {
  cv::Mat rest;
  if (grey.size() == lowest_.size()) cv::subtract(grey, lowest_, rest);
  return rest;
}

std::optional<BottomLine> findBottomLine(const cv::Mat& picture, const cv::Rect& area) {
  const cv::Rect inside = area & cv::Rect(0, 0, picture.cols, picture.rows);
  if (inside.width < columns || inside.height < 8) return std::nullopt;
  const auto points = peaks(picture, inside);
  auto on = largestLine(points);
  if (double(on.size()) < leastShare * columns) return std::nullopt;
  Line line = leastSquares(on);
  on = onLine(points, line);
  line = leastSquares(on);

  BottomLine found;
  found.slope = line.slope;
  found.point = {inside.x + 0.5 * (inside.width - 1), 0.0};
  found.point[1] = line.offset + line.slope * found.point[0];
  found.share = double(on.size()) / columns;
  double squares = 0.0;
  for (const auto& point : on) squares += std::pow(line.distance(point), 2);
  found.spreadPx = std::sqrt(squares / double(on.size()));
  return found;
}

}  // namespace acuguide::calibration
