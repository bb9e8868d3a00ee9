#include "volume/slice_paster.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace acuguide::volume {
namespace {

constexpr unsigned kWhole = 256;  ///< weight of one pixel
constexpr unsigned kMostWeight = 65535;
constexpr unsigned kFullWeight = kMostWeight - kWhole;  ///< from here on a mean takes 1/256 of each new pixel

/// 2^24 over 1 to 256, rounded up: a quotient by multiplying that is exact for dividends below 65536.
const std::array<std::uint64_t, 257>& reciprocals() {
  static const std::array<std::uint64_t, 257> table = [] {
    std::array<std::uint64_t, 257> values{};
    for (std::uint64_t i = 1; i < values.size(); ++i) values[i] = ((std::uint64_t{1} << 24) + i - 1) / i;
    return values;
  }();
  return table;
}

template <Compounding compounding>
inline void compound(std::uint8_t pixel, std::uint8_t& grey, std::uint16_t& weight,
                     const std::array<std::uint64_t, 257>& reciprocal) {
  if constexpr (compounding == Compounding::Mean) {
    if (weight <= kFullWeight) {
      const unsigned seen = weight / kWhole;
      grey = static_cast<std::uint8_t>((pixel + grey * seen) * reciprocal[seen + 1] >> 24);
      weight = static_cast<std::uint16_t>(weight + kWhole);
    } else {
      grey = static_cast<std::uint8_t>((pixel + grey * 255U) / 256U);
    }
  } else {
    if (compounding == Compounding::Latest || pixel > grey) grey = pixel;
    weight = static_cast<std::uint16_t>(std::min(weight + kWhole, kMostWeight));
  }
}

template <Compounding compounding>
inline void compoundShare(double share, std::uint8_t pixel, std::uint8_t& grey, std::uint16_t& weight) {
  constexpr double kLeastShare = 0.125;
  if constexpr (compounding == Compounding::Mean) {
    const double before = weight / double(kWhole), now = share + before;
    grey = static_cast<std::uint8_t>(std::floor((share * pixel + before * grey) / now + 0.5));
    weight = now * kWhole < kMostWeight ? static_cast<std::uint16_t>(std::floor(now * kWhole + 0.5))
                                        : static_cast<std::uint16_t>(kMostWeight);
  } else if (share >= kLeastShare && (compounding == Compounding::Latest || pixel > grey || weight == 0)) {
    grey = pixel;
    weight = static_cast<std::uint16_t>(std::floor(share * kWhole + 0.5));
  }
}

}  // namespace

ClipRegion ClipRegion::plusRectangle(const cv::Rect& rectangle, const cv::Size& image) {
  const cv::Rect inside(rectangle.x, rectangle.y, rectangle.width + 1, rectangle.height + 1);
  return within(inside & cv::Rect({0, 0}, image), {});
}

ClipRegion ClipRegion::within(const cv::Rect& bounds, const cv::Mat& mask) {
  ClipRegion clip;
  for (int row = 0; row < bounds.height; ++row) {
    int start = 0, end = bounds.width;
    if (!mask.empty()) {
      const auto* inside = mask.ptr<std::uint8_t>(row);
      while (start < end && inside[start] == 0) ++start;
      while (end > start && inside[end - 1] == 0) --end;
    }
    if (start < end) clip.runs.push_back({bounds.y + row, {bounds.x + start, bounds.x + end}});
  }
  return clip;
}

ClipRegion ClipRegion::within(const PlusFan& fan) const {
  const double left = std::tan(std::min(fan.leftDeg, fan.rightDeg) * std::numbers::pi / 180.0);
  const double right = std::tan(std::max(fan.leftDeg, fan.rightDeg) * std::numbers::pi / 180.0);
  ClipRegion clip;
  const auto add = [&](int row, double first, double last, const cv::Range& columns) {
    const int start = std::max(static_cast<int>(std::ceil(first)), columns.start);
    const int end = std::min(static_cast<int>(std::floor(last)) + 1, columns.end);
    if (start < end) clip.runs.push_back({row, {start, end}});
  };
  for (const Run& run : runs) {
    const double down = run.row - fan.originPx.y(), middle = fan.originPx.x();
    const double toStop = fan.stopPx * fan.stopPx - down * down;
    if (toStop < 0) continue;
    const double first = middle + std::max(left * down, -std::sqrt(toStop)) + 1;
    const double last = middle + std::min(right * down, std::sqrt(toStop)) - 1;
    const double toStart = fan.startPx * fan.startPx - down * down;
    if (toStart <= 0) {
      add(run.row, first, last, run.columns);
      continue;
    }
    // Nearer than the start radius: what is left of the middle, and what is right of it.
    const double skipFirst = std::ceil(middle - std::sqrt(toStart) + 1);
    const double skipLast = std::floor(middle + std::sqrt(toStart) - 1);
    add(run.row, first, std::min(last, skipFirst - 1), run.columns);
    add(run.row, std::max(first, skipLast + 1), last, run.columns);
  }
  return clip;
}

cv::Rect ClipRegion::bounds() const {
  cv::Rect all;
  for (const Run& run : runs) all |= cv::Rect(run.columns.start, run.row, run.columns.size(), 1);
  return all;
}

SlicePaster::SlicePaster(const VolumeGrid& grid, Interpolation interpolation, Compounding compounding)
    : interpolation_(interpolation), compounding_(compounding) {
  volume_.grid = grid;
  volume_.grey.assign(grid.voxels(), 0);
  volume_.weight.assign(grid.voxels(), 0);
}

void SlicePaster::paste(const cv::Mat& grey, const ClipRegion& clip,
                        const Eigen::Matrix4d& imageToReference) {
  Eigen::Matrix4d referenceToVoxel = Eigen::Matrix4d::Identity();
  for (int axis = 0; axis < 3; ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    referenceToVoxel(axis, axis) = 1.0 / volume_.grid.spacingMm[i];
    referenceToVoxel(axis, 3) = -volume_.grid.originMm[i] / volume_.grid.spacingMm[i];
  }
  const Eigen::Matrix4d toVoxel = referenceToVoxel * imageToReference;
  const bool nearest = interpolation_ == Interpolation::Nearest;
  switch (compounding_) {
    case Compounding::Mean:
      return nearest ? pasteNearest<Compounding::Mean>(grey, clip, toVoxel)
                     : pasteLinear<Compounding::Mean>(grey, clip, toVoxel);
    case Compounding::Maximum:
      return nearest ? pasteNearest<Compounding::Maximum>(grey, clip, toVoxel)
                     : pasteLinear<Compounding::Maximum>(grey, clip, toVoxel);
    case Compounding::Latest:
      return nearest ? pasteNearest<Compounding::Latest>(grey, clip, toVoxel)
                     : pasteLinear<Compounding::Latest>(grey, clip, toVoxel);
  }
}

/// The columns of a row whose voxels are in the grid. They are one run, as the grid is convex.
cv::Range SlicePaster::insideOf(const Eigen::Vector3d& start, const Eigen::Vector3d& step,
                                cv::Range columns) const {
  double first = columns.start, last = columns.end - 1;
  for (int axis = 0; axis < 3; ++axis) {
    // floor(p + 0.5) in 0 to size - 1
    const double low = -0.5 - start[axis];
    const double high = volume_.grid.size[static_cast<std::size_t>(axis)] - 0.5 - start[axis];
    if (std::abs(step[axis]) < 1e-12) {
      if (low > 0 || high <= 0) return {0, 0};
      continue;
    }
    first = std::max(first, (step[axis] > 0 ? low : high) / step[axis]);
    last = std::min(last, (step[axis] > 0 ? high : low) / step[axis]);
  }
  if (first > last) return {0, 0};
  return {static_cast<int>(std::ceil(first)), static_cast<int>(std::floor(last)) + 1};
}

template <Compounding compounding>
void SlicePaster::pasteNearest(const cv::Mat& grey, const ClipRegion& clip,
                               const Eigen::Matrix4d& imageToVoxel) {
  // Whole voxels above 32 bits of fraction: a thousand steps are off by less than a ten-millionth of a voxel.
  constexpr double kOne = 4294967296.0;
  constexpr int kFraction = 32;
  constexpr std::int64_t kMargin = 4096;
  const VolumeGrid& grid = volume_.grid;
  const auto& reciprocal = reciprocals();
  const std::int64_t rowSize = grid.size[0], sliceSize = rowSize * grid.size[1];
  const Eigen::Vector3d across = imageToVoxel.block<3, 1>(0, 0), down = imageToVoxel.block<3, 1>(0, 1);
  const auto step = [&](int axis) { return std::llround(across[axis] * kOne); };
  const std::int64_t stepX = step(0), stepY = step(1), stepZ = step(2);
  for (const auto& [row, used] : clip.runs) {
    const Eigen::Vector3d start = imageToVoxel.block<3, 1>(0, 3) + row * down;
    cv::Range columns = insideOf(start, across, used);
    const auto place = [&](int axis, int column) {
      return std::llround((start[axis] + column * across[axis] + 0.5) * kOne);
    };
    // A little inside: rounded steps must not lead out. The first pixel of a sweep lies half a voxel inside.
    const auto inGrid = [&](int column) {
      for (int axis = 0; axis < 3; ++axis) {
        const std::int64_t exact = place(axis, column), size = grid.size[static_cast<std::size_t>(axis)];
        if (exact < kMargin || exact >= (size << kFraction) - kMargin) return false;
      }
      return true;
    };
    while (!columns.empty() && !inGrid(columns.start)) ++columns.start;
    while (!columns.empty() && !inGrid(columns.end - 1)) --columns.end;
    if (columns.empty()) continue;
    std::int64_t x = place(0, columns.start), y = place(1, columns.start), z = place(2, columns.start);
    const auto* pixel = grey.ptr<std::uint8_t>(row);
    for (int column = columns.start; column < columns.end; ++column) {
      const auto voxel = static_cast<std::size_t>((z >> kFraction) * sliceSize + (y >> kFraction) * rowSize +
                                                  (x >> kFraction));
      compound<compounding>(pixel[column], volume_.grey[voxel], volume_.weight[voxel], reciprocal);
      x += stepX, y += stepY, z += stepZ;
    }
  }
}

template <Compounding compounding>
void SlicePaster::pasteLinear(const cv::Mat& grey, const ClipRegion& clip,
                              const Eigen::Matrix4d& imageToVoxel) {
  const VolumeGrid& grid = volume_.grid;
  const Eigen::Vector3d across = imageToVoxel.block<3, 1>(0, 0), down = imageToVoxel.block<3, 1>(0, 1);
  for (const auto& [row, used] : clip.runs) {
    const Eigen::Vector3d start = imageToVoxel.block<3, 1>(0, 3) + row * down;
    const auto* pixel = grey.ptr<std::uint8_t>(row);
    const cv::Range columns = insideOf(start, across, used);
    for (int column = columns.start; column < columns.end; ++column) {
      const Eigen::Vector3d place = start + column * across;
      std::array<int, 3> low{}, high{};
      std::array<double, 3> share{};
      bool inside = true;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double at = place[static_cast<Eigen::Index>(axis)], whole = std::floor(at);
        share[axis] = at - whole;
        low[axis] = static_cast<int>(whole);
        high[axis] = low[axis] + (share[axis] != 0 ? 1 : 0);
        inside = inside && low[axis] >= 0 && high[axis] < grid.size[axis];
      }
      if (!inside) continue;
      for (int corner = 7; corner >= 0; --corner) {
        const bool right = (corner & 4) != 0, below = (corner & 2) != 0, behind = (corner & 1) != 0;
        const double weight = (right ? share[0] : 1 - share[0]) *
                              ((below ? share[1] : 1 - share[1]) * (behind ? share[2] : 1 - share[2]));
        if (weight == 0) continue;
        const std::size_t voxel =
            grid.index(right ? high[0] : low[0], below ? high[1] : low[1], behind ? high[2] : low[2]);
        compoundShare<compounding>(weight, pixel[column], volume_.grey[voxel], volume_.weight[voxel]);
      }
    }
  }
}

std::size_t fillHoles(Volume& volume, double longestMm) {
  const VolumeGrid& grid = volume.grid;
  std::vector<std::array<int, 3>> directions;  // one of each opposite pair
  for (int z = 0; z <= 1; ++z)
    for (int y = -1; y <= 1; ++y)
      for (int x = -1; x <= 1; ++x)
        if (z > 0 || y > 0 || (y == 0 && x > 0)) directions.push_back({x, y, z});
  std::vector<double> lengths;
  for (const auto& direction : directions)
    lengths.push_back(std::hypot(direction[0] * grid.spacingMm[0], direction[1] * grid.spacingMm[1],
                                 direction[2] * grid.spacingMm[2]));
  const auto seen = [&](int x, int y, int z, const std::array<int, 3>& direction,
                        int steps) -> std::ptrdiff_t {
    for (int i = 1; i <= steps; ++i) {
      x += direction[0], y += direction[1], z += direction[2];
      if (x < 0 || y < 0 || z < 0 || x >= grid.size[0] || y >= grid.size[1] || z >= grid.size[2]) return 0;
      if (volume.weight[grid.index(x, y, z)] > 0) return i;
    }
    return 0;
  };
  std::size_t filled = 0;
  for (int z = 0; z < grid.size[2]; ++z) {
    for (int y = 0; y < grid.size[1]; ++y) {
      for (int x = 0; x < grid.size[0]; ++x) {
        const std::size_t here = grid.index(x, y, z);
        if (volume.weight[here] > 0) continue;
        double shortest = longestMm, value = -1;
        for (std::size_t d = 0; d < directions.size(); ++d) {
          const auto& forth = directions[d];
          const std::array<int, 3> back{-forth[0], -forth[1], -forth[2]};
          const int most = static_cast<int>(shortest / lengths[d]) - 1;
          const auto ahead = seen(x, y, z, forth, most);
          if (ahead == 0) continue;
          const auto behind = seen(x, y, z, back, most + 1 - static_cast<int>(ahead));
          if (behind == 0) continue;
          const int a = static_cast<int>(ahead), b = static_cast<int>(behind);
          const double one = volume.grey[grid.index(x + a * forth[0], y + a * forth[1], z + a * forth[2])];
          const double other = volume.grey[grid.index(x - b * forth[0], y - b * forth[1], z - b * forth[2])];
          shortest = (a + b) * lengths[d];
          value = (b * one + a * other) / (a + b);
        }
        if (value < 0) continue;
        volume.grey[here] = static_cast<std::uint8_t>(value + 0.5);
        ++filled;
      }
    }
  }
  return filled;
}

}  // namespace acuguide::volume
