#include "calibration/spatial/wire_crossing.h"

#include <Eigen/Dense>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace acuguide::calibration {
namespace {

constexpr double leastContrast = 8.0;   ///< grey levels; speckle stays below
constexpr double leastShare = 0.15;     ///< of the image's highest contrast
constexpr double acrossPx = 6.0;        ///< points so near to a line are its own
constexpr double alikeDeg = 20.0;       ///< ridges that run so differently are not
constexpr double leastAngleDeg = 10.0;  ///< between two lines
constexpr double binPx = 4.0;           ///< stretches along a line in which points are counted
constexpr int longestGapBins = 6;
constexpr int leastArmBins = 3;
constexpr std::size_t mostLines = 6;
constexpr int angleSteps = 90;  ///< of the Hough transform, over half a turn

struct Ridge {
  Eigen::Vector2d px;
  double angle;   ///< of its direction, rad, in [0, pi)
  double weight;  ///< contrast
};

/// Difference of two directions without sense, rad.
double between(double a, double b) {
  const double off = std::fmod(std::abs(a - b), std::numbers::pi);
  return std::min(off, std::numbers::pi - off);
}

/// Places higher than those to both sides across the direction in which the image bends most.
std::vector<Ridge> ridgesOf(const cv::Mat& contrast) {
  double highest = 0;
  cv::minMaxLoc(contrast, nullptr, &highest);
  const double least = std::max(leastContrast, leastShare * highest);
  cv::Mat smooth, xx, yy, xy;
  contrast.convertTo(smooth, CV_32F);
  cv::GaussianBlur(smooth, smooth, {}, 1.5);
  cv::Sobel(smooth, xx, CV_32F, 2, 0);
  cv::Sobel(smooth, yy, CV_32F, 0, 2);
  cv::Sobel(smooth, xy, CV_32F, 1, 1);
  const auto level = [&smooth](double x, double y) {
    const int left = int(x), top = int(y);
    const double a = x - left, b = y - top;
    return (1 - b) * ((1 - a) * smooth.at<float>(top, left) + a * smooth.at<float>(top, left + 1)) +
           b * ((1 - a) * smooth.at<float>(top + 1, left) + a * smooth.at<float>(top + 1, left + 1));
  };
  constexpr int border = 3;
  std::vector<Ridge> ridges;
  for (int y = border; y < contrast.rows - border; ++y) {
    for (int x = border; x < contrast.cols - border; ++x) {
      if (contrast.at<uchar>(y, x) < least) continue;
      const double bend = 0.5 * std::atan2(2.0 * xy.at<float>(y, x), xx.at<float>(y, x) - yy.at<float>(y, x));
      const double c = std::cos(bend), s = std::sin(bend);
      const double along =
          c * c * xx.at<float>(y, x) + 2 * c * s * xy.at<float>(y, x) + s * s * yy.at<float>(y, x);
      const double other = xx.at<float>(y, x) + yy.at<float>(y, x) - along;
      // The direction across the ridge is the one of the stronger, downward bend.
      const double across = along < other ? bend : bend + std::numbers::pi / 2;
      if (std::min(along, other) >= 0) continue;
      const double dx = 1.5 * std::cos(across), dy = 1.5 * std::sin(across);
      const double here = smooth.at<float>(y, x);
      if (here < level(x + dx, y + dy) || here < level(x - dx, y - dy)) continue;
      const double run = std::fmod(across + 1.5 * std::numbers::pi, std::numbers::pi);
      ridges.push_back({{double(x), double(y)}, run, double(contrast.at<uchar>(y, x))});
    }
  }
  return ridges;
}

struct Line {
  Eigen::Vector2d at, direction;
  std::vector<std::size_t> own;  ///< ridges
  double from = 0, to = 0;       ///< its longest stretch, along the direction from `at`

  double along(const Eigen::Vector2d& px) const { return direction.dot(px - at); }
  double across(const Eigen::Vector2d& px) const {
    const Eigen::Vector2d off = px - at;
    return std::abs(direction.x() * off.y() - direction.y() * off.x());
  }
  double angle() const {
    return std::fmod(std::atan2(direction.y(), direction.x()) + 2 * std::numbers::pi, std::numbers::pi);
  }
};

/// Least squares across the line, all points alike: a bright stretch must not pull it.
void fitTo(Line& line, const std::vector<Ridge>& ridges, const std::vector<std::size_t>& chosen) {
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  for (const std::size_t i : chosen) sum += ridges[i].px;
  line.at = sum / double(chosen.size());
  Eigen::Matrix2d scatter = Eigen::Matrix2d::Zero();
  for (const std::size_t i : chosen)
    scatter += (ridges[i].px - line.at) * (ridges[i].px - line.at).transpose();
  line.direction = Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d>(scatter).eigenvectors().col(1);
}

void collect(Line& line, const std::vector<Ridge>& ridges, const std::vector<bool>& taken) {
  line.own.clear();
  for (std::size_t i = 0; i < ridges.size(); ++i)
    if (!taken[i] && line.across(ridges[i].px) < acrossPx &&
        between(ridges[i].angle, line.angle()) < alikeDeg * std::numbers::pi / 180)
      line.own.push_back(i);
}

/// Which of the stretches between `from` and `to` hold points.
std::vector<bool> binsOf(const Line& line, const std::vector<Ridge>& ridges, double from, double to) {
  std::vector<bool> bins(std::size_t(std::max(0.0, (to - from) / binPx)) + 1, false);
  for (const std::size_t i : line.own) {
    const double along = line.along(ridges[i].px);
    if (along >= from && along <= to) bins[std::size_t((along - from) / binPx)] = true;
  }
  return bins;
}

/// Keeps the longest stretch that has no large gap.
void keepLongest(Line& line, const std::vector<Ridge>& ridges) {
  double from = 1e9, to = -1e9;
  for (const std::size_t i : line.own) {
    from = std::min(from, line.along(ridges[i].px));
    to = std::max(to, line.along(ridges[i].px));
  }
  if (to < from) return;
  const std::vector<bool> bins = binsOf(line, ridges, from, to);
  int best = 0, bestFirst = 0, bestLast = -1, first = -1, last = -1, count = 0;
  for (int i = 0; i <= int(bins.size()); ++i) {
    const bool end = i == int(bins.size());
    if (!end && !bins[std::size_t(i)]) continue;
    if (end || (last >= 0 && i - last > longestGapBins)) {
      if (count > best) best = count, bestFirst = first, bestLast = last;
      first = -1, count = 0;
      if (end) break;
    }
    if (first < 0) first = i;
    last = i;
    ++count;
  }
  line.from = from + bestFirst * binPx;
  line.to = from + (bestLast + 1) * binPx;
  std::erase_if(line.own, [&](std::size_t i) {
    const double along = line.along(ridges[i].px);
    return along < line.from || along > line.to;
  });
}

/// The line for which most ridges vote; nothing when none is long enough.
std::optional<Line> strongestLine(const std::vector<Ridge>& ridges, const std::vector<bool>& taken,
                                  const cv::Size& size, double leastPx) {
  const double diagonal = std::hypot(size.width, size.height), step = acrossPx / 2;
  const int distances = int(2 * diagonal / step) + 3;
  cv::Mat votes = cv::Mat::zeros(angleSteps, distances, CV_32F);
  for (std::size_t i = 0; i < ridges.size(); ++i) {
    if (taken[i]) continue;
    const int own = int(ridges[i].angle / std::numbers::pi * angleSteps);
    constexpr int around = 5;
    for (int k = own - around; k <= own + around; ++k) {
      const int row = (k + angleSteps) % angleSteps;
      const double angle = std::numbers::pi * (row + 0.5) / angleSteps;
      const double distance = -std::sin(angle) * ridges[i].px.x() + std::cos(angle) * ridges[i].px.y();
      votes.at<float>(row, int((distance + diagonal) / step) + 1) += float(std::sqrt(ridges[i].weight));
    }
  }
  cv::GaussianBlur(votes, votes, {3, 3}, 0);
  cv::Point top;
  cv::minMaxLoc(votes, nullptr, nullptr, nullptr, &top);
  const double angle = std::numbers::pi * (top.y + 0.5) / angleSteps;
  Line line;
  line.direction = {std::cos(angle), std::sin(angle)};
  line.at = ((top.x - 0.5) * step - diagonal) * Eigen::Vector2d(-std::sin(angle), std::cos(angle));
  for (int round = 0; round < 3; ++round) {
    collect(line, ridges, taken);
    if (line.own.size() < 3) return std::nullopt;
    keepLongest(line, ridges);
    if (line.own.size() < 3) return std::nullopt;
    fitTo(line, ridges, line.own);
  }
  collect(line, ridges, taken);
  keepLongest(line, ridges);
  if (line.to - line.from < leastPx) return std::nullopt;
  return line;
}

std::optional<Eigen::Vector2d> meeting(const Line& a, const Line& b) {
  Eigen::Matrix2d directions;
  directions << a.direction, -b.direction;
  if (std::abs(directions.determinant()) < std::sin(leastAngleDeg * std::numbers::pi / 180))
    return std::nullopt;
  const Eigen::Vector2d share = directions.inverse() * (b.at - a.at);
  return Eigen::Vector2d(a.at + share[0] * a.direction);
}

/// How many stretches of the line hold points within `reach` of `px`, to either side.
std::array<int, 2> arms(const Line& line, const std::vector<Ridge>& ridges, const Eigen::Vector2d& px,
                        double reach) {
  const double middle = line.along(px);
  std::array<int, 2> counts{};
  const auto before = binsOf(line, ridges, middle - reach, middle),
             after = binsOf(line, ridges, middle, middle + reach);
  counts[0] = int(std::count(before.begin(), before.end(), true));
  counts[1] = int(std::count(after.begin(), after.end(), true));
  return counts;
}

/// Fitted anew to what lies near the crossing: wires look bent over long ways.
Line near(Line line, const std::vector<Ridge>& ridges, const Eigen::Vector2d& px, double reach) {
  std::vector<std::size_t> chosen;
  for (const std::size_t i : line.own)
    if (std::abs(line.along(ridges[i].px) - line.along(px)) <= reach) chosen.push_back(i);
  if (chosen.size() >= 6) fitTo(line, ridges, chosen);
  return line;
}

}  // namespace

std::vector<WireCrossing> findCrossings(const cv::Mat& contrast, std::size_t most) {
  const std::vector<Ridge> ridges = ridgesOf(contrast);
  const double diagonal = std::hypot(contrast.cols, contrast.rows);
  const double leastPx = std::max(30.0, 0.06 * diagonal), reach = 0.12 * diagonal;
  std::vector<bool> taken(ridges.size(), false);
  std::vector<Line> lines;
  while (lines.size() < mostLines) {
    const auto line = strongestLine(ridges, taken, contrast.size(), leastPx);
    if (!line) break;
    for (const std::size_t i : line->own) taken[i] = true;
    lines.push_back(*line);
  }
  std::vector<WireCrossing> crossings;
  for (std::size_t a = 0; a < lines.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      auto px = meeting(lines[a], lines[b]);
      if (!px) continue;
      const Line first = near(lines[a], ridges, *px, reach), second = near(lines[b], ridges, *px, reach);
      px = meeting(first, second);
      if (!px || px->minCoeff() < 0 || px->x() >= contrast.cols || px->y() >= contrast.rows) continue;
      const auto one = arms(lines[a], ridges, *px, reach), two = arms(lines[b], ridges, *px, reach);
      std::array<int, 4> counts{one[0], one[1], two[0], two[1]};
      std::sort(counts.begin(), counts.end());
      if (counts[1] < leastArmBins) continue;
      double strength = 1;
      for (const int count : counts) strength *= 1 + count;
      crossings.push_back({*px, strength, between(first.angle(), second.angle()) * 180 / std::numbers::pi});
    }
  }
  std::stable_sort(crossings.begin(), crossings.end(),
                   [](const WireCrossing& a, const WireCrossing& b) { return a.strength > b.strength; });
  if (crossings.size() > most) crossings.resize(most);
  return crossings;
}

}  // namespace acuguide::calibration
