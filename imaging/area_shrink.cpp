#include "imaging/area_shrink.h"

#include "imaging/vector_clones.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr int kAtOnce = 4;  // old pixels that are added at once: so many are what most new ones have

/// So that the sum is read and written seldom.
ACUGUIDE_VECTOR_CLONES void addRows(const uchar* const* rows, const float* weights, int count, float* sum) {
  const uchar *a = rows[0], *b = rows[1], *c = rows[2], *d = rows[3];
  const float one = weights[0], two = weights[1], three = weights[2], four = weights[3];
  for (int x = 0; x < count; ++x)
    sum[x] += one * static_cast<float>(a[x]) + two * static_cast<float>(b[x]) +
              three * static_cast<float>(c[x]) + four * static_cast<float>(d[x]);
}

void addShares(const float* row, const int* first, const float* const* weights, int count, float* sum) {
  const float *one = weights[0], *two = weights[1], *three = weights[2], *four = weights[3];
  for (int x = 0; x < count; ++x) {
    const float* from = row + first[x];
    sum[x] += one[x] * from[0] + two[x] * from[1] + three[x] * from[2] + four[x] * from[3];
  }
}

ACUGUIDE_VECTOR_CLONES void roundRow(const float* row, int count, uchar* out) {
  for (int x = 0; x < count; ++x) out[x] = static_cast<uchar>(static_cast<int>(row[x] + 0.5F));
}

}  // namespace

void AreaShrink::Shares::set(int from, int to) {
  if (from == before && to == after) return;
  before = from;
  after = to;
  const double scale = static_cast<double>(from) / to;
  most = (static_cast<int>(std::ceil(scale)) + kAtOnce) / kAtOnce * kAtOnce;
  first.assign(static_cast<size_t>(to), 0);
  weights.assign(static_cast<size_t>(to) * static_cast<size_t>(most), 0.0F);
  for (int i = 0; i < to; ++i) {
    const double begin = i * scale, end = std::min(begin + scale, static_cast<double>(from));
    // The last ones begin early enough for all their weights to lie inside.
    const int start = std::min(static_cast<int>(begin), std::max(0, from - most));
    first[static_cast<size_t>(i)] = start;
    for (int k = 0; k < most; ++k) {
      const double covered = std::min(end, start + k + 1.0) - std::max(begin, static_cast<double>(start + k));
      if (covered > 0) weights[static_cast<size_t>(k * to + i)] = static_cast<float>(covered / (end - begin));
    }
  }
}

void AreaShrink::process(const cv::Mat& from, cv::Size size, cv::Mat& to) {
  if (size == from.size()) {
    from.copyTo(to);
    return;
  }
  across_.set(from.cols, size.width);
  down_.set(from.rows, size.height);
  to.create(size, CV_8UC1);
  row_.resize(static_cast<size_t>(from.cols + across_.most));
  shrunk_.resize(static_cast<size_t>(size.width));
  for (int y = 0; y < size.height; ++y) {
    std::fill(row_.begin(), row_.end(), 0.0F);
    for (int k = 0; k < down_.most; k += kAtOnce) {
      const uchar* rows[kAtOnce];
      float weights[kAtOnce];
      for (int i = 0; i < kAtOnce; ++i) {
        weights[i] = down_.weights[static_cast<size_t>((k + i) * size.height + y)];
        rows[i] = from.ptr<uchar>(std::min(down_.first[static_cast<size_t>(y)] + k + i, from.rows - 1));
      }
      addRows(rows, weights, from.cols, row_.data());
    }
    std::fill(shrunk_.begin(), shrunk_.end(), 0.0F);
    for (int k = 0; k < across_.most; k += kAtOnce) {
      const float* weights[kAtOnce];
      for (int i = 0; i < kAtOnce; ++i)
        weights[i] = across_.weights.data() + static_cast<std::ptrdiff_t>(k + i) * size.width;
      addShares(row_.data() + k, across_.first.data(), weights, size.width, shrunk_.data());
    }
    roundRow(shrunk_.data(), size.width, to.ptr<uchar>(y));
  }
}

}  // namespace acuguide::imaging
