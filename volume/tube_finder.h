#pragma once

#include "core/triangle_mesh.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace acuguide::volume {

/// Where one frame cuts a vessel or nerve.
struct TubeSection {
  Eigen::Vector3d centre;   ///< mm, the volume's coordinates
  double radius = 0.0;      ///< mm, of a circle of the same area
  double confidence = 0.0;  ///< that it is one, 0..1
  std::int32_t frame = 0;
};

/// A vessel or nerve along a sweep.
struct Tube {
  std::vector<Eigen::Vector3d> centreline;  ///< mm, from the sweep's beginning on
  std::vector<double> radius;               ///< mm, at each place of it
  double confidence = 0.0;                  ///< mean of its sections' times the share of frames that saw it
};

struct TubeOptions {
  double mostStepMm = 2.5;  ///< between the centre of a section and the tube's last ones
  int mostMissing = 8;      ///< frames in which a tube may be missed and go on
  int leastSections = 8;
  double leastLengthMm = 12.0;  ///< shorter ones are left out
  double sigmaMm = 2.0;         ///< of the weights that smooth the centreline
};

/// Links the sections of one kind, frame by frame, to tubes: each goes to the nearest tube that ends close
/// by, along which it has gone on straight. `frames`: those that were looked at, in order. Longest first.
std::vector<Tube> findTubes(const std::vector<TubeSection>& sections, const std::vector<std::int32_t>& frames,
                            const TubeOptions& options = {});

/// The tube's wall, open at its ends.
TriangleMesh tubeMesh(const Tube& tube);

}  // namespace acuguide::volume
