#include "imaging/planes/plane_edges.h"

#include "imaging/vector_clones.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::imaging {
namespace {

/// Where a parabola through three neighbouring values peaks, from the middle one.
float peakOffset(float before, float here, float after) {
  const float bend = before - 2 * here + after;
  return bend < 0 ? std::clamp(0.5F * (before - after) / bend, -0.5F, 0.5F) : 0.0F;
}

/// The middle and one side of a Gaussian of 2 * size - 1 values.
template <std::size_t size>
std::array<float, size> gaussian(double sigma) {
  std::array<float, size> side{};
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i)
    sum += (i == 0 ? 1 : 2) * std::exp(-0.5 * static_cast<double>(i * i) / (sigma * sigma));
  for (std::size_t i = 0; i < size; ++i)
    side[i] = static_cast<float>(std::exp(-0.5 * static_cast<double>(i * i) / (sigma * sigma)) / sum);
  return side;
}

ACUGUIDE_VECTOR_CLONES void smoothAlong(const float* row, int count, const float* kernel, float* out) {
  for (int d = 0; d < count; ++d) out[d] = kernel[0] * row[d] + kernel[1] * (row[d - 1] + row[d + 1]);
}

ACUGUIDE_VECTOR_CLONES void smoothAcross(const float* const* rows, int count, const float* kernel,
                                         float* out) {
  for (int d = 0; d < count; ++d)
    out[d] = kernel[0] * rows[2][d] + kernel[1] * (rows[1][d] + rows[3][d]) +
             kernel[2] * (rows[0][d] + rows[4][d]);
}

constexpr int kMostStep = 3;        // depths from one vertex to the next
constexpr float kStepPrice = 5.0F;  // grey levels per pixel of change
constexpr float kNever = -1e9F;

/// One step of the way: where from each depth is best reached, and the sum up to there.
ACUGUIDE_VECTOR_CLONES void stepOn(const float* before, const float* score, int from, int to, float* now,
                                   float* change) {
  for (int d = from; d < to; ++d) {
    float best = before[d], step = 0;
    for (int s = 1; s <= kMostStep; ++s) {
      const float price = kStepPrice * static_cast<float>(s);
      const float down = before[d - s] - price;
      const float up = before[d + s] - price;
      step = down > best ? static_cast<float>(s) : step;
      best = down > best ? down : best;
      step = up > best ? static_cast<float>(-s) : step;
      best = up > best ? up : best;
    }
    now[d] = best + score[d];
    change[d] = step;
  }
}

}  // namespace

void PlaneEdges::process(const cv::Mat& picture, const std::vector<float>& curve, double scale, double sigma,
                         std::vector<PlaneVertex>& vertices) {
  vertices.clear();
  const int width = std::min(picture.cols, static_cast<int>(curve.size()));
  if (width < 8) return;
  const int steps = static_cast<int>(std::ceil((width - 1) / options_.stepPx));
  columns_.clear();
  for (int i = 0; i <= steps; ++i) {
    columns_.push_back(static_cast<int>(std::lround(static_cast<double>(i) * (width - 1) / steps)));
  }
  const int reach = static_cast<int>(std::ceil(options_.reach * scale));
  straighten(picture, curve, reach);
  findRidge(static_cast<int>(options_.slack * scale), std::max(1.0, 0.6 * sigma * scale));
  const int halfStep = std::max(2, static_cast<int>(std::lround(options_.edge * scale)));
  findEdge(-1, halfStep, upper_);
  findEdge(1, halfStep, lower_);
  measureContrast(halfStep);
  smooth(ridgeLine_);
  smooth(upper_);
  smooth(lower_);

  vertices.reserve(columns_.size());
  for (size_t i = 0; i < columns_.size(); ++i) {
    const int x = columns_[i];
    const float top = curve[static_cast<size_t>(x)] - static_cast<float>(reach);
    const float ridge = top + ridgeLine_[i];
    vertices.push_back(
        {static_cast<float>(x), ridge, std::min(ridge, top + upper_[i]), std::max(ridge, top + lower_[i])});
  }
}

/// contrast_: of the band, and weight_: how much a vertex counts when smoothing.
void PlaneEdges::measureContrast(int halfStep) {
  contrast_.clear();
  for (size_t i = 0; i < columns_.size(); ++i) {
    const auto at = [&](float depth) {
      return cell(static_cast<int>(i), std::clamp(static_cast<int>(depth), 0, profiles_.cols - 1));
    };
    const auto aside = static_cast<float>(2 * halfStep);
    contrast_.push_back(at(ridgeLine_[i]) - 0.5F * (at(upper_[i] - aside) + at(lower_[i] + aside)));
  }
  weight_.assign(contrast_.begin(), contrast_.end());
  const auto middle = weight_.begin() + static_cast<std::ptrdiff_t>(weight_.size() / 2);
  std::nth_element(weight_.begin(), middle, weight_.end());
  const float usual = std::max(1.0F, *middle);
  for (size_t i = 0; i < weight_.size(); ++i) weight_[i] = std::clamp(contrast_[i] / usual, 0.02F, 1.0F);
}

/// profiles_: a row a vertex, the depths from curve - reach to curve + reach.
void PlaneEdges::straighten(const cv::Mat& picture, const std::vector<float>& curve, int reach) {
  const int vertices = static_cast<int>(columns_.size()), depths = 2 * reach + 1;
  raw_.create(vertices, depths, CV_32F);
  for (int i = 0; i < vertices; ++i) {
    float* row = raw_.ptr<float>(i);
    std::fill_n(row, depths, 0.0F);
    // The columns half way to either neighbour.
    const int a =
        i > 0 ? (columns_[static_cast<size_t>(i - 1)] + columns_[static_cast<size_t>(i)]) / 2 + 1 : 0;
    const int b = i + 1 < vertices
                      ? (columns_[static_cast<size_t>(i)] + columns_[static_cast<size_t>(i + 1)]) / 2
                      : columns_[static_cast<size_t>(i)];
    const float share = 1.0F / static_cast<float>((b - a) / 2 + 1);  // every other column is enough
    for (int x = a; x <= b; x += 2) {
      const float top = curve[static_cast<size_t>(x)] - static_cast<float>(reach);
      const auto whole = static_cast<int>(std::floor(top));
      const float part = top - static_cast<float>(whole);
      const auto value = [&](int y) {
        return static_cast<float>(picture.at<uchar>(std::clamp(y, 0, picture.rows - 1), x));
      };
      float here = value(whole);
      const auto add = [&](int d, float next) {
        row[d] += share * (here + part * (next - here));
        here = next;
      };
      if (whole >= 0 && whole + depths < picture.rows) {
        const uchar* next = picture.ptr<uchar>(whole + 1) + x;
        for (int d = 0; d < depths; ++d, next += picture.step) add(d, *next);
      } else {
        for (int d = 0; d < depths; ++d) add(d, value(whole + d + 1));
      }
    }
  }
  smoothProfiles();
}

/// A profile with its first and last value repeated `by` times around it; valid until the next call.
const float* PlaneEdges::frame(const float* profile, int depths, int by) {
  framed_.resize(static_cast<size_t>(depths + 2 * by));
  std::fill_n(framed_.begin(), by, profile[0]);
  std::copy_n(profile, depths, framed_.begin() + by);
  std::fill_n(framed_.begin() + by + depths, by, profile[depths - 1]);
  return framed_.data() + by;
}

/// profiles_: raw_ with Gaussians of 0.8 px along depth and 1.4 vertices across.
void PlaneEdges::smoothProfiles() {
  static const auto alongDepth = gaussian<2>(0.8);
  static const auto acrossVertices = gaussian<3>(1.4);
  const int vertices = raw_.rows, depths = raw_.cols;
  along_.create(vertices, depths, CV_32F);
  profiles_.create(vertices, depths, CV_32F);
  for (int i = 0; i < vertices; ++i)
    smoothAlong(frame(raw_.ptr<float>(i), depths, 1), depths, alongDepth.data(), along_.ptr<float>(i));
  for (int i = 0; i < vertices; ++i) {
    const float* rows[5];
    for (int d = -2; d <= 2; ++d) rows[d + 2] = along_.ptr<float>(std::clamp(i + d, 0, vertices - 1));
    smoothAcross(rows, depths, acrossVertices.data(), profiles_.ptr<float>(i));
  }
}

void PlaneEdges::findRidge(int slack, double sigmaPx) {
  const int depths = profiles_.cols, middle = depths / 2;
  const int half = static_cast<int>(std::lround(sigmaPx)), size = 2 * half + 1;
  score_.create(profiles_.rows, depths, CV_32F);
  soFar_.resize(static_cast<size_t>(depths + size));
  range_.resize(columns_.size());
  for (int i = 0; i < score_.rows; ++i) {
    float* row = score_.ptr<float>(i);
    const float* framed = frame(profiles_.ptr<float>(i), depths, half);
    soFar_[0] = 0;
    for (int d = 0; d < depths + 2 * half; ++d)
      soFar_[static_cast<size_t>(d) + 1] =
          soFar_[static_cast<size_t>(d)] + static_cast<double>(framed[d - half]);
    for (int d = 0; d < depths; ++d)
      row[d] =
          static_cast<float>((soFar_[static_cast<size_t>(d + size)] - soFar_[static_cast<size_t>(d)]) / size);
    allow(static_cast<size_t>(i), std::max(0, middle - slack), std::min(depths, middle + slack + 1));
    for (int d = middle - slack; d <= middle + slack; ++d) {
      const auto off = static_cast<float>(d - middle) / static_cast<float>(slack);
      row[d] *= 1 - 0.25F * off * off;
    }
  }
  bestWay(ridge_);
  ridgeLine_.assign(ridge_.begin(), ridge_.end());
}

void PlaneEdges::findEdge(int direction, int halfStep, std::vector<float>& edge) {
  const int depths = profiles_.cols;
  score_.create(profiles_.size(), CV_32F);
  for (int i = 0; i < score_.rows; ++i) {
    const float* profile = profiles_.ptr<float>(i);
    float* score = score_.ptr<float>(i);
    const int ridge = ridge_[static_cast<size_t>(i)];
    const float peak = profile[ridge];
    float base = peak;
    for (int d = ridge; d >= 0 && d < depths; d += direction) base = std::min(base, profile[d]);
    const float height = std::max(1.0F, peak - base);
    if (direction > 0)
      allow(static_cast<size_t>(i), ridge, depths);
    else
      allow(static_cast<size_t>(i), 0, ridge + 1);
    float darkest = peak, inner = 0, outer = 0;
    const float* at = frame(profile, depths, halfStep + 1);
    for (int k = 1; k <= halfStep; ++k) {
      inner += at[ridge - direction * k];
      outer += at[ridge + direction * k];
    }
    for (int d = ridge, n = 0; d >= 0 && d < depths; d += direction, ++n) {
      // Beyond a dark gap it is another band's edge.
      darkest = std::min(darkest, at[d - direction * (halfStep / 2)]);
      const float joined = std::clamp((darkest - base) / (0.45F * height) - 0.3F, 0.0F, 1.0F);
      score[d] = joined * (inner - outer) / static_cast<float>(halfStep) - 0.2F * static_cast<float>(n);
      inner += at[d] - at[d - direction * halfStep];
      outer += at[d + direction * (halfStep + 1)] - at[d + direction];
    }
  }
  bestWay(way_);
  favourUsualThickness();
  bestWay(way_);
  edge.resize(way_.size());
  for (size_t i = 0; i < way_.size(); ++i) {
    edge[i] = direction > 0 ? footOf(static_cast<int>(i), way_[i], halfStep)
                            : steepestNear(static_cast<int>(i), way_[i]);
  }
}

/// A band keeps its thickness: where it fades, its edge is not taken from the layer next to it.
void PlaneEdges::favourUsualThickness() {
  constexpr float price = 0.5F;  // grey levels per pixel beyond a third more or less than usual
  thickness_.clear();
  for (size_t i = 0; i < way_.size(); ++i) thickness_.push_back(std::abs(way_[i] - ridge_[i]));
  const auto middle = thickness_.begin() + static_cast<std::ptrdiff_t>(thickness_.size() / 2);
  std::nth_element(thickness_.begin(), middle, thickness_.end());
  const int usual = *middle;
  for (size_t i = 0; i < way_.size(); ++i) {
    float* score = score_.ptr<float>(static_cast<int>(i));
    for (int d = range_[i].start; d < range_[i].end; ++d) {
      const int off = std::abs(std::abs(d - ridge_[i]) - usual) - usual / 3;
      if (off > 0) score[d] -= price * static_cast<float>(off);
    }
  }
}

/// Where the step from dark to bright is steepest, to a fraction of a pixel.
float PlaneEdges::steepestNear(int vertex, int depth) const {
  const cv::Range range = range_[static_cast<size_t>(vertex)];
  if (depth <= range.start || depth + 1 >= range.end) return static_cast<float>(depth);
  const float* score = score_.ptr<float>(vertex) + depth;
  return static_cast<float>(depth) + peakOffset(score[-1], score[0], score[1]);
}

/// Where the fall from bright to dark has come down to a third of its height.
float PlaneEdges::footOf(int vertex, int depth, int halfStep) const {
  constexpr float level = 0.35F;
  const float* profile = profiles_.ptr<float>(vertex);
  const auto at = [&](int d) { return profile[std::clamp(d, 0, profiles_.cols - 1)]; };
  float bright = at(depth), dark = bright;
  for (int k = 1; k <= halfStep; ++k) bright = std::max(bright, at(depth - k));
  for (int k = 1; k <= halfStep + halfStep / 2; ++k) dark = std::min(dark, at(depth + k));
  const float foot = dark + level * (bright - dark);
  int d = depth;
  while (at(d) < foot && depth - d < halfStep) --d;
  while (at(d + 1) >= foot && d - depth < 2 * halfStep) ++d;
  const float above = at(d), below = at(d + 1);
  return static_cast<float>(d) +
         (above > below ? std::clamp((above - foot) / (above - below), 0.0F, 1.0F) : 0.0F);
}

/// The depth per vertex, within its range, with the greatest summed score less a price for each change of
/// depth.
void PlaneEdges::bestWay(std::vector<int>& way) {
  constexpr int most = kMostStep;
  const int vertices = score_.rows, depths = score_.cols;
  // Framed by `most` on either side, so that no step needs a check.
  cost_.create(vertices, depths + 2 * most, CV_32F);
  from_.create(vertices, depths, CV_32F);
  std::fill_n(cost_.ptr<float>(0), cost_.cols, kNever);
  for (int d = range_[0].start; d < range_[0].end; ++d) cost_.at<float>(0, d + most) = score_.at<float>(0, d);
  for (int i = 1; i < vertices; ++i) {
    const cv::Range range = range_[static_cast<size_t>(i)];
    std::fill_n(cost_.ptr<float>(i), cost_.cols, kNever);
    stepOn(cost_.ptr<float>(i - 1) + most, score_.ptr<float>(i), range.start, range.end,
           cost_.ptr<float>(i) + most, from_.ptr<float>(i));
  }
  way.resize(static_cast<size_t>(vertices));
  const float* last = cost_.ptr<float>(vertices - 1) + most;
  int d = static_cast<int>(std::max_element(last, last + depths) - last);
  for (int i = vertices - 1; i >= 0; --i) {
    way[static_cast<size_t>(i)] = d;
    if (i > 0) d -= static_cast<int>(from_.at<float>(i, d));
  }
}

/// Minimises sum weight (z - y)^2 + stiffness^2 * sum (second difference of z)^2: a pentadiagonal system.
/// Where the band is hardly seen its neighbours decide.
void PlaneEdges::smooth(std::vector<float>& line) const {
  const size_t n = line.size();
  if (n < 5) return;
  const double l = options_.stiffness * options_.stiffness;
  a_.assign(n, 0);  // diagonal
  b_.assign(n, 0);  // first off-diagonal
  c_.assign(n, 0);  // second
  d_.resize(n);
  for (size_t i = 0; i < n; ++i) {
    a_[i] = weight_[i];
    d_[i] = weight_[i] * line[i];
  }
  for (size_t i = 0; i + 2 < n; ++i) {
    a_[i] += l;
    a_[i + 1] += 4 * l;
    a_[i + 2] += l;
    b_[i] -= 2 * l;
    b_[i + 1] -= 2 * l;
    c_[i] += l;
  }
  // LDL^T in place.
  for (size_t i = 0; i < n; ++i) {
    if (i >= 1) a_[i] -= b_[i - 1] * b_[i - 1] * a_[i - 1];
    if (i >= 2) a_[i] -= c_[i - 2] * c_[i - 2] * a_[i - 2];
    if (i + 1 < n) {
      if (i >= 1) b_[i] -= c_[i - 1] * b_[i - 1] * a_[i - 1];
      b_[i] /= a_[i];
    }
    if (i + 2 < n) c_[i] /= a_[i];
  }
  for (size_t i = 0; i < n; ++i) {
    if (i >= 1) d_[i] -= b_[i - 1] * d_[i - 1];
    if (i >= 2) d_[i] -= c_[i - 2] * d_[i - 2];
  }
  for (size_t i = 0; i < n; ++i) d_[i] /= a_[i];
  for (size_t k = n; k-- > 0;) {
    if (k + 1 < n) d_[k] -= b_[k] * d_[k + 1];
    if (k + 2 < n) d_[k] -= c_[k] * d_[k + 2];
    line[k] = static_cast<float>(d_[k]);
  }
}

}  // namespace acuguide::imaging
