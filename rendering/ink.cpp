#include "rendering/ink.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::rendering {
namespace {

constexpr double kHaloOpacity = 0.85;
constexpr double kSoftEdge = 0.5;  // half the width over which an edge fades: one pixel in all
constexpr double kSharpestMiter = 2.0;

using Points = std::vector<Eigen::Vector2d>;

Points withoutRepeats(std::span<const Eigen::Vector2d> points, bool closed) {
  Points kept;
  for (const Eigen::Vector2d& point : points) {
    if (kept.empty() || (point - kept.back()).norm() > 1e-3) kept.push_back(point);
  }
  if (closed && kept.size() > 1 && (kept.front() - kept.back()).norm() <= 1e-3) kept.pop_back();
  return kept;
}

/// Leaves out points that lie on the straight between their neighbours, as far as the eye can tell.
Points withoutStraightPoints(const Points& points) {
  constexpr double kDeviation = 0.12;
  constexpr std::size_t kFarthest = 24;  // points to look ahead
  Points kept{points.front()};
  std::size_t from = 0;
  while (from + 1 < points.size()) {
    std::size_t to = from + 1;
    for (std::size_t next = to + 1; next < std::min(points.size(), from + kFarthest); ++next) {
      const Eigen::Vector2d along = points[next] - points[from];
      const double length = along.norm();
      bool straight = length > 0;
      for (std::size_t i = from + 1; i < next && straight; ++i) {
        const Eigen::Vector2d offset = points[i] - points[from];
        const double position = offset.dot(along) / length;
        const double deviation = std::abs(along.x() * offset.y() - along.y() * offset.x()) / length;
        straight = deviation <= kDeviation && position >= 0 && position <= length;
      }
      if (!straight) break;
      to = next;
    }
    kept.push_back(points[to]);
    from = to;
  }
  return kept;
}

Eigen::Vector2d leftOf(const Eigen::Vector2d& direction) { return {-direction.y(), direction.x()}; }

/// The direction in which a corner's edges lie, long enough that both sides keep their width.
Eigen::Vector2d miter(const Eigen::Vector2d& before, const Eigen::Vector2d& after) {
  const Eigen::Vector2d sum = leftOf(before) + leftOf(after);
  if (sum.norm() < 1e-6) return leftOf(before);
  const Eigen::Vector2d direction = sum.normalized();
  return direction * std::min(kSharpestMiter, 1.0 / std::max(1e-6, direction.dot(leftOf(before))));
}

/// Cuts a path into its dashes by length along it.
std::vector<Points> dashesOf(const Points& points, double dash, double gap) {
  std::vector<Points> dashes{{points.front()}};
  bool inked = true;
  double left = dash;
  for (std::size_t i = 1; i < points.size(); ++i) {
    Eigen::Vector2d at = points[i - 1];
    double length = (points[i] - at).norm();
    while (length > left) {
      at += (points[i] - at).normalized() * left;
      length -= left;
      if (inked) dashes.back().push_back(at);
      inked = !inked;
      if (inked) dashes.push_back({at});
      left = inked ? dash : gap;
    }
    left -= length;
    if (inked) dashes.back().push_back(points[i]);
  }
  return dashes;
}

}  // namespace

void Ink::line(const Eigen::Vector2d& from, const Eigen::Vector2d& to, const Stroke& stroke) {
  const std::array<Eigen::Vector2d, 2> ends{from, to};
  path(ends, false, stroke);
}

void Ink::polyline(std::span<const Eigen::Vector2d> points, const Stroke& stroke) {
  path(points, false, stroke);
}

void Ink::outline(std::span<const Eigen::Vector2d> points, const Stroke& stroke) {
  path(points, true, stroke);
}

void Ink::circle(const Eigen::Vector2d& centre, double radius, const Stroke& stroke) {
  // So many that the sides stay within a tenth of a pixel of the circle.
  const double corner = std::acos(std::clamp(1 - 0.1 / std::max(radius, 0.2), 0.0, 1.0));
  const int corners = std::clamp(static_cast<int>(std::ceil(std::numbers::pi / corner)), 12, 96);
  Points points;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * i / corners;
    points.push_back(centre + radius * Eigen::Vector2d(std::cos(angle), std::sin(angle)));
  }
  path(points, true, stroke);
}

void Ink::disc(const Eigen::Vector2d& centre, double radius, palette::Colour colour, double halo) {
  circle(centre, radius / 2, {.colour = colour, .width = radius, .halo = halo});
}

void Ink::rectangle(const cv::Rect2d& area, palette::Colour colour, double opacity) {
  const Eigen::Vector2d corner(area.x, area.y);
  const std::uint32_t a = add(corner, colour, opacity);
  const std::uint32_t b = add(corner + Eigen::Vector2d(area.width, 0), colour, opacity);
  const std::uint32_t c = add(corner + Eigen::Vector2d(area.width, area.height), colour, opacity);
  const std::uint32_t d = add(corner + Eigen::Vector2d(0, area.height), colour, opacity);
  quad(a, b, c, d);
}

void Ink::clear() {
  vertices_.clear();
  triangles_.clear();
}

void Ink::path(std::span<const Eigen::Vector2d> points, bool closed, const Stroke& stroke) {
  Points whole = withoutRepeats(points, closed);
  if (whole.size() < 2) return;
  if (!closed) whole = withoutStraightPoints(whole);
  std::vector<Points> pieces;
  if (stroke.dash > 0) {
    if (closed) whole.push_back(whole.front());
    closed = false;
    pieces = dashesOf(whole, stroke.dash, std::max(stroke.gap, 1.0));
  } else {
    pieces.push_back(std::move(whole));
  }
  if (stroke.halo > 0) {
    for (const Points& piece : pieces)
      band(piece, closed, stroke.width + 2 * stroke.halo, palette::kHalo, kHaloOpacity * stroke.opacity,
           stroke.halo);
  }
  for (const Points& piece : pieces) band(piece, closed, stroke.width, stroke.colour, stroke.opacity, 0);
}

// A band has four lanes: transparent, inked, inked, transparent. An open one has also a transparent row at
// each end.
void Ink::band(const Points& input, bool closed, double width, palette::Colour colour, double opacity,
               double extension) {
  const Points points = withoutRepeats(input, closed);
  const std::size_t n = points.size();
  if (n < 2) return;
  const double inner = std::max(0.0, width / 2 - kSoftEdge);
  const double outer = width / 2 + kSoftEdge;
  const double strength = opacity * std::min(1.0, width);

  std::uint32_t before = 0;
  bool first = true;
  const auto row = [&](const Eigen::Vector2d& at, const Eigen::Vector2d& across, double rowStrength) {
    const std::uint32_t lane = add(at - across * outer, colour, 0);
    add(at - across * inner, colour, rowStrength);
    add(at + across * inner, colour, rowStrength);
    add(at + across * outer, colour, 0);
    if (!first) {
      for (std::uint32_t k = 0; k < 3; ++k) quad(before + k, before + k + 1, lane + k + 1, lane + k);
    }
    before = lane;
    first = false;
  };

  for (std::size_t i = 0; i < n + (closed ? 1 : 0); ++i) {
    const Eigen::Vector2d& at = points[i % n];
    const bool starts = !closed && i == 0;
    const bool ends = !closed && i == n - 1;
    const Eigen::Vector2d after =
        ends ? Eigen::Vector2d::Zero().eval() : (points[(i + 1) % n] - at).normalized().eval();
    const Eigen::Vector2d came = starts ? after : (at - points[(i + n - 1) % n]).normalized().eval();
    if (starts) {
      row(at - after * (extension + kSoftEdge), leftOf(after), 0);
      row(at - after * (extension - kSoftEdge), leftOf(after), strength);
    } else if (ends) {
      row(at + came * (extension - kSoftEdge), leftOf(came), strength);
      row(at + came * (extension + kSoftEdge), leftOf(came), 0);
    } else {
      row(at, miter(came, after), strength);
    }
  }
}

std::uint32_t Ink::add(const Eigen::Vector2d& position, palette::Colour colour, double opacity) {
  const auto alpha = static_cast<std::uint8_t>(std::lround(std::clamp(opacity, 0.0, 1.0) * 255));
  vertices_.push_back({static_cast<float>(position.x()),
                       static_cast<float>(position.y()),
                       {colour.red, colour.green, colour.blue, alpha}});
  return static_cast<std::uint32_t>(vertices_.size() - 1);
}

void Ink::quad(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  triangles_.insert(triangles_.end(), {a, b, c, a, c, d});
}

}  // namespace acuguide::rendering
