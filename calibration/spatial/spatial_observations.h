#pragma once

#include "calibration/spatial/n_wire.h"
#include "calibration/watch.h"
#include "core/frame.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::calibration {

/// A recorded sweep over the phantom, as frames in order. `name` stands in errors and reports.
struct Sweep {
  std::string name;
  std::vector<Frame> frames;
};

/// One frame as a calibration takes it in: grey, with the probe's pose; or why it cannot be used.
struct TrackedPicture {
  std::int64_t frame = 0;
  double time = 0.0;
  cv::Mat grey;
  cv::Mat contrast;  ///< dotContrast()
  Eigen::Matrix4d probeToPhantom = Eigen::Matrix4d::Identity();
  std::string unusable;  ///< empty when usable
};

// All of these work on all cores and throw Cancelled when the watch asks for the end.

/// Composes every frame's pose and prepares its picture. Throws Error: no frames, sizes that
/// change, no poses at all, none that leads from the probe to the phantom (the names that there are stand in
/// the sentence), or none that is valid.
std::vector<TrackedPicture> trackedPictures(const Sweep& sweep, const Phantom& phantom, bool clip,
                                            const Watch& watch = {});

/// The wires seen in a sweep, and why frames were left out.
struct SweepObservations {
  std::size_t total = 0;
  /// From the front of an echo to its centre of brightness, px, middle of all dots. A point is the front plus
  /// this: the front does not move with an echo's brightness as its centre does, and yet the points lie where
  /// the eye sees them.
  double echoDepthPx = 0.0;
  std::vector<WireObservation> seen;
  std::vector<std::pair<std::int64_t, std::string>> left;  ///< frame, reason
};

/// Reads up to `most` evenly spread frames without help of the tracker: for each reading's key() the frames
/// that have it. Frames with several readings stand under each.
std::map<int, std::vector<WireObservation>> readWithoutTracker(const Phantom& phantom,
                                                               const std::vector<TrackedPicture>& pictures,
                                                               std::size_t most, const Watch& watch = {});

/// Finds every wire's dot in every frame, near where `imageToProbe` and the pose expect it. All or nothing: a
/// frame in which a dot is missing, or whose dots do not fit the phantom, is left out with the reason.
/// `echoDepthPx` is given for a validation sweep: its points must be measured as the calibration's were.
SweepObservations observeWires(const Phantom& phantom, const std::vector<TrackedPicture>& pictures,
                               const Eigen::Matrix4d& imageToProbe,
                               std::optional<double> echoDepthPx = std::nullopt, const Watch& watch = {});

}  // namespace acuguide::calibration
