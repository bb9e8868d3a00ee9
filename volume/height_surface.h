#pragma once

#include "core/triangle_mesh.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace acuguide::volume {

/// A place on a surface as one frame saw it.
struct SurfacePoint {
  Eigen::Vector3d place;    ///< mm, the volume's coordinates
  double confidence = 0.0;  ///< of the line it belongs to, 0..1
  std::int32_t frame = 0;
};

/// Along which directions a sweep sees: `depth` from the probe into the tissue, `along` the way of the probe;
/// unit vectors, at right angles.
struct SweepDirections {
  Eigen::Vector3d depth = Eigen::Vector3d::UnitY(), along = Eigen::Vector3d::UnitZ();

  /// From the frames' image-to-reference matrices in their order: the mean of the image's y axes, and the
  /// main direction in which the middles of the images lie, at right angles to it.
  static SweepDirections of(const std::vector<Eigen::Matrix4d>& poses, const Eigen::Vector2d& middlePx);
};

struct HeightSurfaceOptions {
  double stepMm = 0.5;       ///< between the surface's vertices
  double sigmaMm = 0.9;      ///< of the Gaussian weight of points about a vertex
  int leastPoints = 10;      ///< within two sigma
  int leastFrames = 3;       ///< of these points
  double mostGapMm = 0.9;    ///< from a vertex to the middle of its points, across
  double leastAreaMm2 = 25;  ///< pieces smaller than this are left out
};

/// The surface through points of many frames, as heights along the depth over the plane of the sweep: at each
/// vertex a quadratic is fitted to the points about it by weighted least squares, those far off being counted
/// ever less (Tukey's biweight from the weighted median on; moving least squares, Levin, Math Comp 1998,
/// 10.1090/S0025-5718-98-00974-0), so that the noise of single poses averages out. A surface that hides what
/// is below it, as bone does, has one height everywhere. Confidence: the points' own, less where few frames
/// saw it or they differ. Vertices face the probe. No surface: an empty mesh.
TriangleMesh heightSurface(const std::vector<SurfacePoint>& points, const SweepDirections& directions,
                           const HeightSurfaceOptions& options = {});

}  // namespace acuguide::volume
