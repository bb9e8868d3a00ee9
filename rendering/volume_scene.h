#pragma once

#include "core/triangle_mesh.h"
#include "rendering/palette.h"
#include "volume/volume.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class vtkRenderer;

namespace acuguide::rendering {

/// Something found in a volume, as it is drawn.
struct VolumeStructure {
  std::string id;  ///< "bone", "vessel1": as its file is named
  palette::Colour colour;
  double confidence = 0;   ///< 0..1; 0 where it is not known
  std::uint8_t label = 0;  ///< of its voxels in the segmentation; 0 where it has none there
  TriangleMesh mesh;       ///< mm, the volume's coordinates; may be empty
};

/// A volume in space: a rendering of its grey levels in its frame, the surfaces in it, and where its three
/// slices lie. What the volume's window shows beside the slices.
class VolumeScene {
 public:
  /// The volume must outlive it.
  VolumeScene(const volume::Volume& volume, const std::vector<VolumeStructure>& structures);
  ~VolumeScene();
  VolumeScene(const VolumeScene&) = delete;
  VolumeScene& operator=(const VolumeScene&) = delete;

  vtkRenderer* renderer() const;
  void showSurfaces(bool shown);
  void showSlices(bool shown);
  /// Voxel each slice lies at (sagittal: x, coronal: y, axial: z).
  void setSlices(const std::array<int, 3>& voxel);
  void setWindowLevel(double window, double level);  ///< of the slices

  /// Size of the view it is drawn into: the view from before shows all of the volume in it.
  void fitInto(cv::Size view);
  void turn(double right, double up);  ///< radians
  void approach(double factor);
  void pan(double right, double up);  ///< shares of the view's height
  void resetView();

  /// Where the letters of the six directions stand in the view, beside the volume's faces: R, L, A, P, I, S;
  /// pixels, y down; none for the one the volume hides.
  std::array<std::optional<Eigen::Vector2d>, 6> directionsInView() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace acuguide::rendering
