#pragma once

#include "acquisition/frame_source.h"
#include "volume/slice_paster.h"
#include "volume/volume.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace acuguide::volume {

/// How the axes of the reference are to be taken, where a volume is opened in 3D Slicer.
enum class ReferenceAxes {
  Lps,  ///< as PLUS's VolumeReconstructor writes them
  Ras,  ///< as 3D Slicer takes poses that come over OpenIGTLink and those of PLUS's sequence files
};

struct SweepOptions {
  std::string image = "Image";  ///< coordinates of the pixels
  /// Coordinates the volume is in: "Reference". Empty: Reference where the poses know it, else Tracker, else
  /// whatever else the image's poses lead to, when that is one.
  std::string reference;
  ReferenceAxes axes = ReferenceAxes::Lps;
  std::optional<cv::Rect> clip;  ///< px, as PLUS's ClipRectangle; none: the imaging region
  std::optional<PlusFan> fan;    ///< of it
  std::vector<NamedPose>
      fixedPoses;          ///< that each frame has besides its own (ImageToProbe of a PLUS configuration)
  double spacingMm = 0.3;  ///< of a voxel, all three ways
};

/// How a sweep is read: opened anew for each pass. Lag and calibration are part of what is opened.
using OpenSweep = std::function<std::unique_ptr<acquisition::FrameSource>()>;

/// One call a frame; throws nothing.
using Told = std::function<void(std::int64_t done)>;

/// Reading was ended by the one who watches it. Nothing has been written.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "cancelled"; }
};

/// A sweep looked through once, before memory is taken for its volume.
struct Sweep {
  std::string name, reference;
  ClipRegion clip;
  bool wholeImage = false;  ///< no imaging region was found, and none given
  /// mm in the reference (LPS) from px, of each frame read; none: not used.
  std::vector<std::optional<Eigen::Matrix4d>> imageToReference;
  std::int64_t used = 0, invalid = 0;  ///< frames; with a valid pose, without one
  std::int64_t otherSize = 0;          ///< frames of another size than the first, left out
  VolumeGrid grid;
  /// The poses between image and reference that never change, as "ImageToProbeTransform", and the way there
  /// ("Image>Probe>Tracker>Reference"), for the volume's file.
  std::vector<Field> fields;

  /// What the volume and its weights take.
  std::uint64_t bytes() const { return grid.voxels() * (sizeof(std::uint8_t) + sizeof(std::uint16_t)); }
  /// The finest spacing, in steps of 0.05 mm, at which they take at most so many bytes.
  double spacingWithin(std::uint64_t bytes) const;
};

/// Reads poses and the imaging region of a whole sweep. The grid is that of PLUS's VolumeReconstructor: it
/// begins at the least coordinate of the clip region's corners over all frames, and has ceil(extent /
/// spacing)
/// + 1 voxels. Throws Error with what is wrong: no frames, no poses, none that lead to the reference, none or
/// one valid, pixels of a size that no image has, a probe that did not move, a spacing out of range. Throws
/// Cancelled.
Sweep surveySweep(const OpenSweep& open, const SweepOptions& options, const Told& told,
                  const std::stop_token& stop);

struct ReconstructionOptions {
  Interpolation interpolation = Interpolation::Nearest;
  Compounding compounding = Compounding::Mean;
  double longestHoleMm = 0.0;  ///< holes up to this are filled; 0: none
};

/// The volume of a sweep that surveySweep() has looked through. Frames are read on a thread of their own.
/// Throws Error (a sweep that reads otherwise than before) and Cancelled.
Volume reconstruct(const OpenSweep& open, const Sweep& sweep, const ReconstructionOptions& options,
                   const Told& told, const std::stop_token& stop);

/// Reads the sweep's used frames in order. Throws as reconstruct().
using UseFrame = std::function<void(const Frame& frame, const cv::Mat& grey, const Eigen::Matrix4d& pose)>;
void forEachUsedFrame(const OpenSweep& open, const Sweep& sweep, const Told& told,
                      const std::stop_token& stop, const UseFrame& use);

}  // namespace acuguide::volume
