#pragma once

#include "core/triangle_mesh.h"
#include "volume/height_surface.h"
#include "volume/sweep.h"
#include "volume/tube_finder.h"
#include "volume/volume.h"

#include <array>
#include <string>
#include <vector>

namespace acuguide::volume {

/// Something found in a volume: a surface, and the voxels it stands for.
struct Segment {
  enum class Kind { Bone, Fascia, Vessel, Nerve };
  Kind kind = Kind::Bone;
  std::string name;         ///< "bone", "fascia", "vessel 1"; as file names without the space: "vessel1"
  double confidence = 0.0;  ///< 0..1, mean over the surface
  TriangleMesh mesh;        ///< the volume's coordinates, mm
};

struct AnatomyOptions {
  double leastConfidence = 0.3;  ///< what is less sure is left out
  double structureStepMm = 0.5;  ///< frames nearer to the last one are not searched for vessels and nerves
};

/// What the frames of a sweep show, put together in space: the bone's and the deep fascia's surface from the
/// planes of each frame (imaging/frame_analysis.h; height_surface.h), vessels and nerves as tubes from the
/// masks (imaging/structures/structures.h; tube_finder.h). None is more than possible: whoever shows it says
/// so. Throws as reconstruct().
std::vector<Segment> findAnatomy(const OpenSweep& open, const Sweep& sweep, const AnatomyOptions& options,
                                 const Told& told, const std::stop_token& stop);

/// Voxels of the segments, numbered from 1 in their order; 0 for none. Bone: 1 mm below its surface; fascia:
/// a band of 1 mm; tubes: what they hold. A later segment is written over an earlier one, bone over all.
Volume labelsOf(const std::vector<Segment>& segments, const VolumeGrid& grid,
                const SweepDirections& directions);

/// The directions of a sweep that was looked through.
SweepDirections directionsOf(const Sweep& sweep);

}  // namespace acuguide::volume
