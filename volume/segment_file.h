#pragma once

#include "volume/anatomy.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::volume {

/// Writes a surface as VTK XML poly data (.vtp), with "confidence" at its points; coordinates LPS, mm
/// ("SPACE" says so, as 3D Slicer writes it). Throws Error.
void writeVtp(const TriangleMesh& mesh, const std::filesystem::path& path);

/// Fields that make an NRRD file of labels a segmentation of 3D Slicer (.seg.nrrd): each segment's name,
/// colour, label and extent.
/// https://slicer.readthedocs.io/en/latest/developer_guide/modules/segmentations.html
std::vector<Field> segmentationFields(const std::vector<Segment>& segments, const Volume& labels);

/// A segment as a segmentation's fields name it.
struct SegmentEntry {
  std::string id, name;                   ///< "vessel1", "possible vessel 1 (64 %)"
  std::array<double, 3> colour{1, 1, 1};  ///< red, green, blue; 0..1
  std::uint8_t label = 0;                 ///< of its voxels
  double confidence = 0;                  ///< 0..1; 0 where the file does not say it
};

/// The segments of a segmentation read from a file, acuguide's or 3D Slicer's; those without a label are left
/// out.
std::vector<SegmentEntry> segmentsOf(const Volume& labels);

/// Beside VOLUME.ENDING: VOLUME.NAME.stl and .vtp of each segment, and VOLUME.seg.nrrd of all. Returns what
/// was written. Throws Error.
std::vector<std::filesystem::path> writeSegments(const std::vector<Segment>& segments, const VolumeGrid& grid,
                                                 const SweepDirections& directions,
                                                 const std::filesystem::path& volume);

}  // namespace acuguide::volume
