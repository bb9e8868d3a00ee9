#include "imaging/needle/needle_line_search.h"

#include "imaging/vector_clones.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr int kMargin = 32;  // rows above and below, for lines that enter a strip from there
constexpr int kFirstLevel = 5;
constexpr float kLeastShare = 0.22F;  // of the ceiling: mean response a stretch must have
constexpr int kLeastSteep = 40;       // percent: least tangent in the transposed picture, up to 68 degrees
constexpr int kLeastFlat = 5;         // and in the upright one, from 3 degrees

constexpr int kBlock = 32;

int slopes(int level) { return (2 << level) - 1; }

/// Whether one of the next kBlock values is `least` or more.
ACUGUIDE_VECTOR_CLONES bool reaches(const std::int16_t* values, std::int16_t least) {
  std::int16_t most = values[0];
  for (int i = 1; i < kBlock; ++i) most = std::max(most, values[i]);
  return most >= least;
}

/// How far a row stands above those three and four rows to each of its sides.
ACUGUIDE_VECTOR_CLONES void ridgeRow(const std::uint8_t* const* rows, int count, std::int16_t* out) {
  for (int x = 0; x < count; ++x) {
    const auto centre = static_cast<std::int16_t>(rows[2][x] + 2 * rows[3][x] + rows[4][x]);
    const auto above = static_cast<std::int16_t>(2 * (rows[0][x] + rows[1][x]));
    const auto below = static_cast<std::int16_t>(2 * (rows[5][x] + rows[6][x]));
    const auto rise = static_cast<std::int16_t>(centre - std::max(above, below));
    out[x] = static_cast<std::int16_t>(rise / 4);
  }
}

ACUGUIDE_VECTOR_CLONES void sumPositive(const std::int16_t* row, int count, int& sum, int& positive) {
  int total = 0, places = 0;
  for (int x = 0; x < count; ++x) {
    total += std::max<int>(row[x], 0);
    places += row[x] > 0 ? 1 : 0;
  }
  sum += total;
  positive += places;
}

ACUGUIDE_VECTOR_CLONES void limitRow(std::int16_t low, std::int16_t high, int count, std::int16_t* row) {
  for (int x = 0; x < count; ++x) row[x] = std::max(low, std::min(high, row[x]));
}

ACUGUIDE_VECTOR_CLONES void addRows(const std::int16_t* a, const std::int16_t* b, int count,
                                    std::int16_t* out) {
  for (int y = 0; y < count; ++y) out[y] = static_cast<std::int16_t>(a[y] + b[y]);
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
void NeedleLineSearch::ridges(const cv::Mat& picture, cv::Mat& response) {
  response.create(picture.rows, picture.cols, CV_16SC1);
  for (int y = 0; y < picture.rows; ++y) {
    constexpr std::array<int, 7> offsets = {-4, -3, -1, 0, 1, 3, 4};
    std::array<const std::uint8_t*, 7> rows{};
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = picture.ptr<std::uint8_t>(std::clamp(y + offsets[i], 0, picture.rows - 1));
    ridgeRow(rows.data(), picture.cols, response.ptr<std::int16_t>(y));
  }
}

void NeedleLineSearch::findShallow(const cv::Mat& picture, bool transposed) {
  cv::Mat& response = responses_[transposed ? 1 : 0];
  cv::Mat& columns = columns_[transposed ? 1 : 0];
  ridges(picture, response);
  if (!transposed) {
    // The ceiling follows the picture's own ridges, so that gain does not matter.
    int sum = 0, count = 1;
    for (int y = 0; y < response.rows; ++y)
      sumPositive(response.ptr<std::int16_t>(y), response.cols, sum, count);
    ceiling_ = std::clamp(static_cast<float>(2.5 * sum / count), 12.0F, 60.0F);
  }
  const auto high = static_cast<std::int16_t>(std::lround(ceiling_));
  const auto low = static_cast<std::int16_t>(std::lround(-0.4 * ceiling_));
  for (int y = 0; y < response.rows; ++y) limitRow(low, high, response.cols, response.ptr<std::int16_t>(y));
  const int width = (picture.cols + 63) / 64 * 64;
  const int height = picture.rows + 2 * kMargin;
  columns.create(width, height, CV_16SC1);
  for (int x = 0; x < width; ++x) {
    auto* column = columns.ptr<std::int16_t>(x);
    std::fill_n(column, x < picture.cols ? kMargin : height, std::int16_t{0});
    std::fill_n(column + height - kMargin, kMargin, std::int16_t{0});
  }
  cv::transpose(response, columns(cv::Rect(kMargin, 0, picture.rows, picture.cols)));
  sumLines(columns, transposed);
}

/// Layout at level k: strip after strip of 2^k columns; within one, slope after slope (rise over the strip
/// from
/// -(2^k - 1) to 2^k - 1); within one, the start row.
void NeedleLineSearch::sumLines(const cv::Mat& columns, bool transposed) {
  const int width = columns.rows, height = columns.cols;
  const auto most = static_cast<std::size_t>(2 * width * height);
  for (auto& sums : sums_)
    if (sums.size() < most) sums.resize(most);
  const std::int16_t* from = columns.ptr<std::int16_t>();
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
        addRows(a + first, b + first, last - first, out + first);
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
