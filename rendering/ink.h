#pragma once

#include "rendering/palette.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace acuguide::rendering {

/// How a line is drawn. Lengths in device pixels.
struct Stroke {
  palette::Colour colour;
  double width = 1.0;
  double opacity = 1.0;
  double halo = 0.0;  ///< width of the dark border on each side
  double dash = 0.0;  ///< length of a dash; 0: solid
  double gap = 0.0;   ///< between dashes
};

/// Lines and areas as triangles with soft edges, in drawing order: smooth on every graphics driver, also the
/// software rasteriser, without multisampling. Positions are view coordinates (see PictureLayout).
class Ink {
 public:
  struct Vertex {
    float x = 0, y = 0;
    std::array<std::uint8_t, 4> rgba{};
  };

  void line(const Eigen::Vector2d& from, const Eigen::Vector2d& to, const Stroke& stroke);
  void polyline(std::span<const Eigen::Vector2d> points, const Stroke& stroke);
  void outline(std::span<const Eigen::Vector2d> points, const Stroke& stroke);  ///< closed
  void circle(const Eigen::Vector2d& centre, double radius, const Stroke& stroke);
  void disc(const Eigen::Vector2d& centre, double radius, palette::Colour colour, double halo);
  void rectangle(const cv::Rect2d& area, palette::Colour colour, double opacity = 1.0);

  const std::vector<Vertex>& vertices() const { return vertices_; }
  /// Three indices each; the corners of a triangle differ in opacity only, not in colour.
  const std::vector<std::uint32_t>& triangles() const { return triangles_; }
  void clear();

 private:
  void path(std::span<const Eigen::Vector2d> points, bool closed, const Stroke& stroke);
  void band(const std::vector<Eigen::Vector2d>& points, bool closed, double width, palette::Colour colour,
            double opacity, double extension);
  std::uint32_t add(const Eigen::Vector2d& position, palette::Colour colour, double opacity);
  void quad(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d);

  std::vector<Vertex> vertices_;
  std::vector<std::uint32_t> triangles_;
};

}  // namespace acuguide::rendering
