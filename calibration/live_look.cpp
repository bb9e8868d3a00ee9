#include "calibration/live_look.h"

#include "calibration/dot_finder.h"
#include "calibration/pose_chain.h"
#include "calibration/wire_labels.h"
#include "core/grey.h"

#include <algorithm>

namespace acuguide::calibration {
namespace {

constexpr std::size_t candidates = 36;
constexpr double strongShare = 0.3;  ///< of the strongest spot's contrast: still a spot to the eye

/// What keeps the probe's pose from being known; empty when it is.
std::string poseFault(const Phantom& phantom, const Frame& frame) {
  if (frame.poses.empty()) return "the picture comes without poses";
  const PoseChain chain =
      findPoseChain(frame.poses, phantom.fixedPoses, phantom.frames.probe, phantom.frames.phantom);
  if (chain.matrix) return {};
  if (!chain.invalid.empty()) return chain.invalid + " is INVALID: the tracker does not see its marker";
  return "no pose leads from " + phantom.frames.probe + " to " + phantom.frames.phantom;
}

}  // namespace

LiveLook lookAt(const Phantom& phantom, const Frame& frame) {
  cv::Mat buffer;
  LiveLook look;
  const auto dots = strongestDots(dotContrast(greyOf(frame.pixels, buffer), phantom.clip), candidates);
  const auto readings = labelDots(phantom, dots);
  const std::size_t wires = phantom.wires.size();
  look.read = !readings.empty();
  if (look.read) {
    look.dotsPx = readings.front().points;
  } else {
    for (const Dot& dot : dots) {
      if (dot.contrast >= strongShare * dots.front().contrast) look.dotsPx.push_back(dot.px);
    }
  }
  const std::string fault = poseFault(phantom, frame);
  look.tracked = fault.empty();
  look.sentence = look.read ? "all " + std::to_string(wires) + " wires"
                            : std::to_string(look.dotsPx.size()) + " bright spots, none of which " +
                                  std::to_string(wires) + " lie as the phantom's wires do";
  if (!fault.empty()) look.sentence += "; " + fault;
  return look;
}

}  // namespace acuguide::calibration
