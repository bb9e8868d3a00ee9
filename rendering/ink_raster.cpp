#include "rendering/ink_raster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace acuguide::rendering {
namespace {

using Vertex = Ink::Vertex;

/// Where the edge crosses a row, the same for both triangles that share it: its ends are taken in one order.
double crossing(const Vertex& a, const Vertex& b, double y) {
  const bool swap = b.y < a.y || (b.y == a.y && b.x < a.x);
  const Vertex& upper = swap ? b : a;
  const Vertex& lower = swap ? a : b;
  return upper.x + (y - upper.y) * (double(lower.x) - upper.x) / (double(lower.y) - upper.y);
}

/// Opacity over the triangle, 0 to 255: a plane through its corners' values.
struct Opacity {
  double atOrigin = 0, perX = 0, perY = 0;

  Opacity(const Vertex& a, const Vertex& b, const Vertex& c) {
    const double ux = double(b.x) - a.x, uy = double(b.y) - a.y, u = double(b.rgba[3]) - a.rgba[3];
    const double vx = double(c.x) - a.x, vy = double(c.y) - a.y, v = double(c.rgba[3]) - a.rgba[3];
    const double area = ux * vy - uy * vx;
    if (std::abs(area) > 1e-9) {
      perX = (u * vy - v * uy) / area;
      perY = (v * ux - u * vx) / area;
    }
    atOrigin = a.rgba[3] - perX * a.x - perY * a.y;
  }
};

int firstCentreFrom(double position) { return static_cast<int>(std::ceil(position - 0.5)); }

/// `alpha`: opacity at the first pixel's centre; it runs by `perPixel`.
void drawSpan(unsigned char* pixel, int count, double alpha, double perPixel, const Vertex& ink) {
  constexpr double kFixed = 65536;
  auto fixed = static_cast<std::int64_t>((alpha + 0.5) * kFixed);
  const auto step = static_cast<std::int64_t>(perPixel * kFixed);
  const int blue = ink.rgba[2], green = ink.rgba[1], red = ink.rgba[0];
  for (int i = 0; i < count; ++i, pixel += 4, fixed += step) {
    const int opacity = static_cast<int>(std::clamp<std::int64_t>(fixed >> 16, 0, 255));
    if (opacity == 0) continue;
    pixel[0] = blended(pixel[0], blue, opacity);
    pixel[1] = blended(pixel[1], green, opacity);
    pixel[2] = blended(pixel[2], red, opacity);
  }
}

void drawTriangle(const Vertex& a, const Vertex& b, const Vertex& c, const cv::Rect& clip, Pixels& onto) {
  if (a.rgba[3] == 0 && b.rgba[3] == 0 && c.rgba[3] == 0) return;
  const Opacity opacity(a, b, c);
  const std::array<std::pair<const Vertex*, const Vertex*>, 3> edges{{{&a, &b}, {&b, &c}, {&c, &a}}};
  const int top = std::max(clip.y, firstCentreFrom(std::min({a.y, b.y, c.y})));
  const int bottom = std::min(clip.y + clip.height, firstCentreFrom(std::max({a.y, b.y, c.y})));
  for (int row = top; row < bottom; ++row) {
    const double y = row + 0.5;
    double left = clip.x + clip.width, right = clip.x;
    for (const auto& [from, to] : edges) {
      if ((from->y <= y) == (to->y <= y)) continue;
      const double x = crossing(*from, *to, y);
      left = std::min(left, x);
      right = std::max(right, x);
    }
    const int first = std::max(clip.x, firstCentreFrom(left));
    const int last = std::min(clip.x + clip.width, firstCentreFrom(right));
    if (first >= last) continue;
    const double alpha = opacity.atOrigin + opacity.perX * (first + 0.5) + opacity.perY * y;
    drawSpan(onto.ptr(row) + 4 * static_cast<std::ptrdiff_t>(first), last - first, alpha, opacity.perX, a);
  }
}

}  // namespace

void drawInk(const Ink& ink, Pixels& onto) { drawInk(ink, onto, cv::Rect(cv::Point(), onto.size())); }

void drawInk(const Ink& ink, Pixels& onto, const cv::Rect& clip) {
  const cv::Rect inside = clip & cv::Rect(cv::Point(), onto.size());
  const auto& vertices = ink.vertices();
  const auto& triangles = ink.triangles();
  for (std::size_t i = 0; i + 2 < triangles.size(); i += 3)
    drawTriangle(vertices[triangles[i]], vertices[triangles[i + 1]], vertices[triangles[i + 2]], inside,
                 onto);
}

}  // namespace acuguide::rendering
