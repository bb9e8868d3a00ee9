#include "needle_renderer.h"

#include "needle_example.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace acuguide::training {

namespace {

double normal(std::mt19937& random) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += uniform(random, 0, 1);
  return sum;
}

struct Shape {
  Eigen::Vector2d tip, along, across;  // `along` from tip to tail, `across` away from the probe
  double length = 0, bow = 0;
  double nearWidth = 1, farWidth = 1;  // px at which the profile is 60 grey levels down
  std::vector<double> level;           // grey level of the shaft, a px of its length each
  std::vector<double> wander;          // px that its brightest line lies off the axis
  std::vector<double> bloom;           // factor on its width
  double grain = 0;                    // grey levels of speckle within the shaft
  double grainLength = 1;              // px, along the picture's rows
  int echoes = 0;
  double echoSpacing = 0, echoLoss = 0;
  double shadow = 0, shadowReach = 1;
  double cometFrom = 0, cometTo = 0;  // px of the shaft's length with a comet tail
  double cometFade = 1;               // grey levels a px along the beam
  double cometPitch = 1;              // px from ring to ring
  double beam = 1;                    // +1 when the beam runs down in the picture, -1 when up

  /// px from the axis beyond which nothing is drawn, towards the probe and away from it; and beyond the ends.
  double nearReach() const { return 12 * nearWidth + std::abs(bow); }
  double farReach() const {
    return 12 * farWidth + std::abs(bow) + echoes * echoSpacing +
           std::max(shadow > 0 ? 4 * shadowReach : 0.0, cometTo > cometFrom ? 260 / cometFade : 0.0);
  }
  double endReach() const { return 4 * nearWidth + (cometTo > cometFrom ? farReach() : 0.0); }
};

/// Noise of unit variance with the given correlation length, a px of the shaft each.
std::vector<double> smoothNoise(std::size_t count, double correlation, std::mt19937& random) {
  std::vector<double> noise(count);
  const double keep = std::exp(-1.0 / std::max(correlation, 0.2));
  double state = normal(random);
  for (double& value : noise) {
    state = keep * state + std::sqrt(1 - keep * keep) * normal(random);
    value = state;
  }
  // One pass back makes it smooth instead of only continuous.
  for (std::size_t i = count - 1; i-- > 0;) noise[i] = keep * noise[i + 1] + (1 - keep) * noise[i];
  return noise;
}

/// Speckle that the beam smears along the rows: a hash of place, interpolated.
double grainAt(double x, double y, double length) {
  const auto hash = [](long a, long b) {
    auto n = static_cast<std::uint32_t>(a * 374761393L + b * 668265263L);
    n = (n ^ (n >> 13)) * 1274126177U;
    return static_cast<double>((n ^ (n >> 16)) & 0xFFFFU) / 32768.0 - 1.0;
  };
  const double u = x / length;
  const long cell = static_cast<long>(std::floor(u));
  const double f = u - static_cast<double>(cell);
  const long row = static_cast<long>(std::floor(y / 1.6));
  return (1 - f) * hash(cell, row) + f * hash(cell + 1, row);
}

/// Wandering brightness: smoothed noise, a slow trend, gaps, and fading towards the tail.
std::vector<double> brightness(double peak, double length, double scale, std::mt19937& random) {
  const auto count = static_cast<std::size_t>(std::max(length, 2.0)) + 1;
  std::vector<double> level(count);
  const double sigma = uniform(random, 3, 26);
  const std::vector<double> noise = smoothNoise(count, uniform(random, 3, 14) * scale, random);
  const double fadeFrom = chance(random, 0.5) ? uniform(random, 0.3, 1.0) : 2.0;
  const double fade = uniform(random, 20, 130);
  const double trend = uniform(random, -45, 45);
  for (std::size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count);
    level[i] =
        peak - sigma * std::abs(noise[i]) - std::max(0.0, trend * share) - std::max(0.0, trend * (share - 1));
    if (share > fadeFrom) level[i] -= fade * (share - fadeFrom) / std::max(1 - fadeFrom, 0.1);
  }
  for (int gap = 0; gap < 2; ++gap) {
    if (!chance(random, 0.2)) continue;
    const double middle = uniform(random, 0.15, 0.9) * length;
    const double half = uniform(random, 2, 9) * scale;
    const double depth = uniform(random, 30, 110);
    for (std::size_t i = 0; i < count; ++i) {
      const double q = (static_cast<double>(i) - middle) / half;
      level[i] -= depth * std::exp(-q * q);
    }
  }
  return level;
}

/// Grey levels that add as echoes do in a log-compressed picture.
double compound(double a, double b) {
  constexpr double kSoft = 9;
  const double high = std::max(a, b);
  return high + kSoft * std::log1p(std::exp((std::min(a, b) - high) / kSoft));
}

double grey(const Shape& shape, double t, double o, double grain, double background) {
  const double centred = 2 * t / shape.length - 1;
  const auto place =
      static_cast<std::size_t>(std::clamp(t, 0.0, static_cast<double>(shape.level.size() - 1)));
  const double off = o - shape.bow * (1 - centred * centred) - shape.wander[place];
  double value = background;
  if (off > 0 && shape.shadow > 0 && t > 0 && t < shape.length)
    value *= 1 - shape.shadow * std::exp(-off / shape.shadowReach);
  const double beyondTip = std::max(0.0, -t);
  const double beyondTail = std::max(0.0, t - shape.length);
  const double endLoss =
      60 * (beyondTip * beyondTip + beyondTail * beyondTail) / (1.3 * shape.nearWidth * shape.nearWidth);
  for (int echo = 0; echo <= shape.echoes; ++echo) {
    const double d = off - echo * shape.echoSpacing;
    const double q = d / (shape.bloom[place] * (d < 0 ? shape.nearWidth : shape.farWidth));
    double level = shape.level[place] + shape.grain * grain - echo * shape.echoLoss -
                   60 * std::abs(q) * std::min(std::abs(q), 3.0) - endLoss;
    if (level > value - 40) value = compound(value, level);
  }
  return value;
}

/// Ringing inside the shaft: a streak that hangs from it along the beam and fades.
double comet(const Shape& shape, const Eigen::Vector2d& fromTip, double value) {
  // Where the beam through this pixel meets the axis.
  const double t = fromTip.x() / shape.along.x();
  if (t < shape.cometFrom || t > shape.cometTo) return value;
  const double below = shape.beam * (fromTip.y() - t * shape.along.y());
  if (below <= 0) return value;
  const double edge = std::min(t - shape.cometFrom, shape.cometTo - t);
  const auto place =
      static_cast<std::size_t>(std::clamp(t, 0.0, static_cast<double>(shape.level.size() - 1)));
  const double ring = 10 * std::cos(2 * std::numbers::pi * below / shape.cometPitch);
  const double level =
      shape.level[place] - 45 - shape.cometFade * below + ring - std::max(0.0, 12 - 3 * edge) * 4;
  return level > value - 40 ? compound(value, level) : value;
}

/// Mean grey level that the shaft will have above the brighter of its two sides.
double contrastOf(const Shape& shape, const cv::Mat& picture, double scale) {
  const auto at = [&](const Eigen::Vector2d& p) {
    const int x = std::clamp(static_cast<int>(std::lround(p.x())), 0, picture.cols - 1);
    const int y = std::clamp(static_cast<int>(std::lround(p.y())), 0, picture.rows - 1);
    return static_cast<double>(picture.ptr<std::uint8_t>(y)[x]);
  };
  const auto side = [&](double t, double from) {
    double sum = 0;
    for (int k = 0; k < 4; ++k)
      sum += at(shape.tip + t * shape.along + (from + std::copysign(k * scale, from)) * shape.across);
    return sum / 4;
  };
  const double reach = 3 * scale + shape.farWidth;
  double sum = 0;
  for (std::size_t i = 0; i < shape.level.size(); ++i) {
    const auto t = static_cast<double>(i);
    const double on = std::max(shape.level[i], at(shape.tip + t * shape.along));
    sum += std::min(on, 255.0) - std::max(side(t, reach), side(t, -reach));
  }
  return sum / static_cast<double>(shape.level.size());
}

}  // namespace

RenderedNeedle renderNeedle(cv::Mat& picture, const cv::Rect& bounds, bool probeAtBottom,
                            const RenderOptions& options, std::mt19937& random) {
  const double w = bounds.width, h = bounds.height;
  const double size = std::sqrt(w * h);
  const double scale = size / 500;
  RenderedNeedle needle;
  needle.angleDeg = uniform(random, options.angleDeg[0], options.angleDeg[1]);
  if (chance(random, options.flatShare)) needle.angleDeg = uniform(random, 4, 16);
  const double angle = needle.angleDeg * std::numbers::pi / 180;
  needle.peak = uniform(random, options.peak[0], options.peak[1]) - std::max(0.0, needle.angleDeg - 45) * 1.5;
  const bool fromRight = chance(random, 0.5);
  // Transrectal and phantom pictures show nearly flat needles that come slightly towards the probe.
  const bool rising = needle.angleDeg < 11 && chance(random, 0.4);

  // In a frame with x away from the entry side and y away from the probe; then placed.
  const double dx = std::cos(angle), dy = rising ? -std::sin(angle) : std::sin(angle);
  const double most = 0.92 * std::min(w / dx, h / std::abs(dy));
  const double length =
      std::clamp((0.16 + 0.74 * std::pow(uniform(random, 0, 1), 1.3)) * size, 0.15 * size, most);
  Eigen::Vector2d tail;
  if (chance(random, 0.3)) {  // the visible part begins inside the picture
    tail = {uniform(random, 0.03, 0.97 - length * dx / w) * w, 0};
    tail.y() = uniform(random, 0.04, 0.96 - length * std::abs(dy) / h) * h;
  } else if (needle.angleDeg < 40 || chance(random, 0.5)) {
    tail = {0, uniform(random, 0.03, 0.97 - length * std::abs(dy) / h) * h};
  } else {
    tail = {uniform(random, 0.0, 0.97 - length * dx / w) * w, 0};
  }
  if (rising) tail.y() += length * std::abs(dy);
  const Eigen::Vector2d tip = tail + length * Eigen::Vector2d(dx, dy);
  const auto place = [&](const Eigen::Vector2d& p) -> Eigen::Vector2d {
    return {bounds.x + (fromRight ? w - 1 - p.x() : p.x()),
            bounds.y + (probeAtBottom ? h - 1 - p.y() : p.y())};
  };
  needle.tip = place(tip);
  needle.tail = place(tail);

  Shape shape;
  shape.tip = needle.tip;
  shape.along = (needle.tail - needle.tip).normalized();
  shape.across = {-shape.along.y(), shape.along.x()};
  if ((shape.across.y() > 0) == probeAtBottom) shape.across = -shape.across;
  shape.length = length;
  shape.bow = chance(random, 0.6) ? uniform(random, -0.03, 0.03) * length : 0;
  // The beam is broader across than along its axis, so steep shafts look thicker.
  const double axial = uniform(random, 1.3, 2.8) * scale;
  const double lateral = axial * uniform(random, 1.0, 1.8);
  shape.nearWidth = std::max(0.9, std::hypot(axial * std::cos(angle), lateral * std::sin(angle)));
  shape.farWidth = shape.nearWidth * uniform(random, 1.0, chance(random, 0.4) ? 2.3 : 1.3);
  shape.level = brightness(needle.peak, length, scale, random);
  const double wander = chance(random, 0.6) ? uniform(random, 0, 1.3) * scale : 0;
  shape.wander = smoothNoise(shape.level.size(), uniform(random, 4, 25) * scale, random);
  for (double& value : shape.wander) value *= wander;
  const double bloom = uniform(random, 0, 0.45);
  shape.bloom = smoothNoise(shape.level.size(), uniform(random, 6, 40) * scale, random);
  for (double& value : shape.bloom) value = std::clamp(std::exp(bloom * value), 0.5, 2.2);
  shape.grain = uniform(random, 0, 35);
  shape.grainLength = uniform(random, 2, 9) * scale;
  if (chance(random, 0.45)) {
    shape.echoes = 1 + static_cast<int>(uniform(random, 0, 3));
    shape.echoSpacing = uniform(random, 5, 15) * scale + shape.nearWidth;
    shape.echoLoss = uniform(random, 25, 80);
  }
  if (chance(random, 0.4)) {
    shape.shadow = uniform(random, 0.1, 0.6);
    shape.shadowReach = uniform(random, 20, 150) * scale;
  }

  shape.beam = probeAtBottom ? -1 : 1;
  if (chance(random, 0.2)) {
    const double part = uniform(random, 0.05, 0.3) * length;
    shape.cometFrom = uniform(random, 0, length - part);
    shape.cometTo = shape.cometFrom + part;
    shape.cometFade = uniform(random, 0.5, 4) / scale;
    shape.cometPitch = uniform(random, 4, 14) * scale;
  }
  needle.bend = shape.bow * shape.across;
  needle.contrast = contrastOf(shape, picture, scale);

  const double nearReach = shape.nearReach(), farReach = shape.farReach(), endReach = shape.endReach();
  for (int y = bounds.y; y < bounds.y + bounds.height; ++y) {
    auto* row = picture.ptr<std::uint8_t>(y);
    for (int x = bounds.x; x < bounds.x + bounds.width; ++x) {
      const Eigen::Vector2d d = Eigen::Vector2d(x, y) - shape.tip;
      const double t = d.dot(shape.along), o = d.dot(shape.across);
      if (o < -nearReach || o > farReach || t < -endReach || t > length + endReach) continue;
      double value = grey(shape, t, o, grainAt(x, y, shape.grainLength), row[x]);
      if (shape.cometTo > shape.cometFrom) value = comet(shape, d, value);
      row[x] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5);
    }
  }
  return needle;
}

}  // namespace acuguide::training
