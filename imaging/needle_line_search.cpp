#include "imaging/needle_line_search.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr int kBorder = 4;   // reach of the ridge operator
constexpr int kMargin = 32;  // rows above and below, for lines that enter a strip from there
constexpr int kFirstLevel = 5;
constexpr float kLeastShare = 0.22F;  // of the ceiling: mean response a stretch must have
constexpr int kLeastSteep = 40;       // percent: least tangent in the transposed picture, up to 68 degrees
constexpr int kLeastFlat = 5;         // and in the upright one, from 3 degrees

constexpr int kBlock = 32;

int slopes(int level) { return (2 << level) - 1; }

/// Whether one of the next kBlock values is `least` or more.
bool reaches(const std::int16_t* values, std::int16_t least) {
  std::int16_t most = values[0];
  for (int i = 1; i < kBlock; ++i) most = std::max(most, values[i]);
  return most >= least;
}

/// Angle between two segments and whether the middle of one lies on the other.
bool sameLine(const LineSegment& a, const LineSegment& b) {
  const cv::Point2f da = a.end - a.begin;
  const cv::Point2f db = b.end - b.begin;
  const float la = std::hypot(da.x, da.y);
  const float lb = std::hypot(db.x, db.y);
  const float sine = std::abs(da.x * db.y - da.y * db.x) / (la * lb);
  if (sine > 0.14F) return false;
  const cv::Point2f between = 0.5F * (b.begin + b.end - a.begin - a.end);
  const float across = std::abs(da.x * between.y - da.y * between.x) / la;
  const float along = std::abs(da.x * between.x + da.y * between.y) / la;
  return across < 3.5F && along < 0.45F * (la + lb);
}

}  // namespace

const std::vector<LineSegment>& NeedleLineSearch::find(const cv::Mat& picture, std::size_t most) {
  found_.clear();
  best_.clear();
  ceiling_ = 0;
  if (picture.rows < 16 || picture.cols < 16) return best_;
  findShallow(picture, false);
  cv::transpose(picture, transposedPicture_);
  findShallow(transposedPicture_, true);
  keepBest(most);
  return best_;
}

/// Response of each pixel to a bright line that is not steeper than 45 degrees: how far it stands above both
/// of its sides. What lacks one side (an edge) does not respond.
void NeedleLineSearch::ridges(const cv::Mat& picture) {
  cv::copyMakeBorder(picture, padded_, kBorder, kBorder, 0, 0, cv::BORDER_REPLICATE);
  response_.create(picture.rows, picture.cols, CV_16SC1);
  const auto columns = static_cast<std::size_t>(picture.cols);
  for (int y = 0; y < picture.rows; ++y) {
    const auto row = [&](int offset) { return padded_.ptr<std::uint8_t>(y + kBorder + offset); };
    const std::uint8_t* above = row(-4);
    const std::uint8_t* above3 = row(-3);
    const std::uint8_t* up = row(-1);
    const std::uint8_t* here = row(0);
    const std::uint8_t* down = row(1);
    const std::uint8_t* below3 = row(3);
    const std::uint8_t* below = row(4);
    auto* out = response_.ptr<std::int16_t>(y);
    for (std::size_t x = 0; x < columns; ++x) {
      const int centre = up[x] + 2 * here[x] + down[x];
      const int side = std::max(2 * (above[x] + above3[x]), 2 * (below[x] + below3[x]));
      out[x] = static_cast<std::int16_t>((centre - side) / 4);
    }
  }
}

void NeedleLineSearch::findShallow(const cv::Mat& picture, bool transposed) {
  ridges(picture);
  if (!transposed) {
    // The ceiling follows the picture's own ridges, so that gain does not matter.
    double sum = 0;
    int count = 1;
    for (int y = 0; y < response_.rows; ++y) {
      const auto* row = response_.ptr<std::int16_t>(y);
      for (int x = 0; x < response_.cols; ++x) {
        const int positive = std::max<int>(row[x], 0);
        sum += positive;
        count += positive > 0;
      }
    }
    ceiling_ = std::clamp(static_cast<float>(2.5 * sum / count), 12.0F, 60.0F);
  }
  const auto high = static_cast<double>(ceiling_);
  cv::min(response_, high, response_);
  cv::max(response_, -0.4 * high, response_);
  const int width = (picture.cols + 63) / 64 * 64;
  const int height = picture.rows + 2 * kMargin;
  columns_.create(width, height, CV_16SC1);
  columns_.setTo(0);
  cv::transpose(response_, columns_(cv::Rect(kMargin, 0, picture.rows, picture.cols)));
  sumLines(width, height, transposed);
}

/// Layout at level k: strip after strip of 2^k columns; within one, slope after slope (rise over the strip
/// from
/// -(2^k - 1) to 2^k - 1); within one, the start row.
void NeedleLineSearch::sumLines(int width, int height, bool transposed) {
  const auto most = static_cast<std::size_t>(2 * width * height);
  for (auto& sums : sums_)
    if (sums.size() < most) sums.resize(most);
  const std::int16_t* from = columns_.ptr<std::int16_t>();
  for (int level = 1; level <= kLevels; ++level) {
    std::int16_t* to = sums_[static_cast<std::size_t>(level % 2)].data();
    const int half = level - 1;
    const int reach = (1 << level) - 1;
    for (int strip = 0; strip < width >> level; ++strip) {
      const std::int16_t* left = from + std::ptrdiff_t{2} * strip * slopes(half) * height;
      const std::int16_t* right = left + std::ptrdiff_t{slopes(half)} * height;
      for (int slope = -reach; slope <= reach; ++slope) {
        // Flat lines of the transposed picture are found in the upright one, and nothing wanted is summed of
        // them.
        if (transposed && 100 * (std::abs(slope) + 2) < kLeastSteep * reach) continue;
        const int part = slope / 2;
        const int shift = slope - part;
        const std::ptrdiff_t row = std::ptrdiff_t{part + (1 << half) - 1} * height;
        const std::int16_t* a = left + row;
        const std::int16_t* b = right + row + shift;
        std::int16_t* out = to + (std::ptrdiff_t{strip} * slopes(level) + slope + reach) * height;
        const int first = std::clamp(-shift, 0, height);
        const int last = std::clamp(height - shift, first, height);
        std::copy(a, a + first, out);
        for (int y = first; y < last; ++y) out[y] = static_cast<std::int16_t>(a[y] + b[y]);
        std::copy(a + last, a + height, out + last);
      }
    }
    if (level >= kFirstLevel) collect(to, level, cv::Size(width, height), transposed);
    from = to;
  }
}

/// Keeps the sums that are largest among the neighbouring rows and slopes of their strip.
void NeedleLineSearch::collect(const std::int16_t* sums, int level, cv::Size size, bool transposed) {
  const int reach = (1 << level) - 1;
  const int height = size.height;
  const auto least = static_cast<std::int16_t>(kLeastShare * ceiling_ * static_cast<float>(reach + 1));
  const auto length = static_cast<float>(reach + 1);
  for (int strip = 0; strip < size.width >> level; ++strip) {
    const std::int16_t* slopeZero = sums + (std::ptrdiff_t{strip} * slopes(level) + reach) * height;
    for (int slope = -reach; slope <= reach; ++slope) {
      if (100 * std::abs(slope) < (transposed ? kLeastSteep : kLeastFlat) * reach) continue;
      const std::int16_t* row = slopeZero + std::ptrdiff_t{slope} * height;
      const std::int16_t* flatter = slope > -reach ? row - height : row;
      const std::int16_t* steeper = slope < reach ? row + height : row;
      for (int y = 1; y + 1 < height; ++y) {
        if (y % kBlock == 1 && y + kBlock < height && !reaches(row + y, least)) {
          y += kBlock - 1;
          continue;
        }
        const std::int16_t v = row[y];
        if (v < least || v < row[y - 1] || v <= row[y + 1]) continue;
        const auto around = {flatter[y - 1], flatter[y], flatter[y + 1],
                             steeper[y - 1], steeper[y], steeper[y + 1]};
        if (v < std::max(around)) continue;
        const cv::Point2f begin(static_cast<float>(strip << level), static_cast<float>(y - kMargin));
        LineSegment line{begin, begin + cv::Point2f(length - 1, static_cast<float>(slope))};
        if (transposed) {
          std::swap(line.begin.x, line.begin.y);
          std::swap(line.end.x, line.end.y);
        }
        line.level = static_cast<float>(v) / length;
        line.score = line.level * std::sqrt(std::hypot(length, static_cast<float>(slope)));
        found_.push_back(line);
      }
    }
  }
}

void NeedleLineSearch::keepBest(std::size_t most) {
  std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  for (const LineSegment& line : found_) {
    if (best_.size() >= most) return;
    if (std::none_of(best_.begin(), best_.end(), [&](const auto& kept) { return sameLine(kept, line); }))
      best_.push_back(line);
  }
}

}  // namespace acuguide::imaging
