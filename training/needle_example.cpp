#include "needle_example.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::training {

namespace {

using imaging::ImagingRegion;
using imaging::ProbeSide;

/// Another gain and dynamic range: what a scanner's user turns first.
void regrade(cv::Mat& picture, std::mt19937& random) {
  const double gamma = uniform(random, 0.65, 1.5);
  const double gain = uniform(random, 0.7, 1.25);
  cv::Mat table(1, 256, CV_8UC1);
  for (int i = 0; i < 256; ++i)
    table.at<std::uint8_t>(i) = cv::saturate_cast<std::uint8_t>(255 * gain * std::pow(i / 255.0, gamma));
  cv::LUT(picture, table, picture);
}

/// Another depth setting or screen: the picture larger or smaller, not always alike in both directions.
void resize(cv::Mat& picture, cv::Rect& b, std::mt19937& random) {
  const double zoom = uniform(random, 0.6, 1.6);
  const double wide = zoom * (chance(random, 0.4) ? uniform(random, 0.85, 1.2) : 1.0);
  cv::Mat zoomed;
  cv::resize(picture, zoomed, cv::Size(), wide, zoom, zoom < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  picture = zoomed;
  b = cv::Rect(static_cast<int>(b.x * wide), static_cast<int>(b.y * zoom), static_cast<int>(b.width * wide),
               static_cast<int>(b.height * zoom)) &
      cv::Rect(0, 0, picture.cols, picture.rows);
}

void turnOver(cv::Mat& picture, ImagingRegion& region, std::mt19937& random) {
  cv::Rect& b = region.bounds;
  if (chance(random, 0.5)) {
    cv::flip(picture, picture, 1);
    b.x = picture.cols - b.x - b.width;
  }
  if (!chance(random, 0.4)) return;
  cv::flip(picture, picture, 0);
  b.y = picture.rows - b.y - b.height;
  if (region.probe == ProbeSide::Top)
    region.probe = ProbeSide::Bottom;
  else if (region.probe == ProbeSide::Bottom)
    region.probe = ProbeSide::Top;
}

/// A smaller part of the picture, as less depth or a narrower probe would show; or the region found a little
/// wrongly.
void crop(cv::Rect& b, std::mt19937& random) {
  if (chance(random, 0.25)) {
    const int w = static_cast<int>(b.width * uniform(random, 0.7, 1.0));
    const int h = static_cast<int>(b.height * uniform(random, 0.65, 1.0));
    b = cv::Rect(b.x + static_cast<int>(uniform(random, 0, b.width - w)), b.y, w, h);
  } else if (chance(random, 0.3)) {
    const auto off = [&] { return static_cast<int>(uniform(random, 0, 9)); };
    const int left = off(), top = off();
    b = cv::Rect(b.x + left, b.y + top, b.width - left - off(), b.height - top - off());
  }
}

/// Motion blur, a soft picture, a noisy one, a badly compressed one.
void degrade(cv::Mat& picture, std::mt19937& random) {
  const double kind = uniform(random, 0, 1);
  if (kind < 0.15) {
    cv::GaussianBlur(picture, picture, cv::Size(), uniform(random, 0.5, 1.5));
  } else if (kind < 0.25) {
    cv::blur(picture, picture, cv::Size(3 + 2 * static_cast<int>(uniform(random, 0, 3)), 1));
  } else if (kind < 0.3) {
    cv::blur(picture, picture, cv::Size(1, 3 + 2 * static_cast<int>(uniform(random, 0, 2))));
  } else if (kind < 0.4) {
    const double level = uniform(random, 4, 22);
    for (int y = 0; y < picture.rows; ++y) {
      auto* row = picture.ptr<std::uint8_t>(y);
      for (int x = 0; x < picture.cols; ++x)
        row[x] = cv::saturate_cast<std::uint8_t>(row[x] +
                                                 level * (uniform(random, -1, 1) + uniform(random, -1, 1)));
    }
  } else if (kind < 0.45) {
    cv::medianBlur(picture, picture, 3);
  }
}

}  // namespace

double uniform(std::mt19937& random, double low, double high) {
  return low + (high - low) * (static_cast<double>(random() >> 5) / 134217728.0);
}

bool chance(std::mt19937& random, double share) { return uniform(random, 0, 1) < share; }

Example makeExample(const cv::Mat& original, const ImagingRegion& region, ExampleKind kind,
                    const RenderOptions& options, std::mt19937& random) {
  Example example;
  example.grey = original.clone();
  example.region = region;
  if (kind == ExampleKind::AsIs) return example;
  regrade(example.grey, random);
  resize(example.grey, example.region.bounds, random);
  turnOver(example.grey, example.region, random);
  if (example.region.probe != ProbeSide::Bottom) crop(example.region.bounds, random);
  if (kind == ExampleKind::Drawn)
    example.needle = renderNeedle(example.grey, example.region.bounds,
                                  example.region.probe == ProbeSide::Bottom, options, random);
  degrade(example.grey, random);
  if (chance(random, 0.25)) example.region.probe = ProbeSide::Unknown;
  return example;
}

int labelOf(const imaging::Shaft& shaft, const RenderedNeedle& needle, double unit) {
  const Eigen::Vector2d axis = (needle.tail - needle.tip).normalized();
  const double length = (needle.tail - needle.tip).norm();
  const double sine = std::abs(axis.x() * shaft.direction.y() - axis.y() * shaft.direction.x());
  const Eigen::Vector2d a = shaft.at(shaft.begin) - needle.tip;
  const Eigen::Vector2d b = shaft.at(shaft.end) - needle.tip;
  const double low = std::max(0.0, std::min(a.dot(axis), b.dot(axis)));
  const double high = std::min(length, std::max(a.dot(axis), b.dot(axis)));
  const Eigen::Vector2d normal(-axis.y(), axis.x());
  const double across = std::abs(0.5 * (a + b).dot(normal));
  if (high <= low) return across < 4 * unit && sine < 0.1 ? -1 : 0;
  if (sine < 0.07 && across < 5 * unit && high - low > 0.5 * length && shaft.length() < 1.35 * length)
    return 1;
  return sine < 0.15 && across < 30 * unit ? -1 : 0;
}

}  // namespace acuguide::training
