#include "calibration/spatial/live_look.h"

#include "calibration/pose_chain.h"
#include "calibration/spatial/dot_finder.h"
#include "calibration/spatial/wire_labels.h"
#include "calibration/temporal/bottom_line.h"
#include "core/grey.h"

namespace acuguide::calibration {
namespace {

constexpr std::size_t candidates = 36;
constexpr double leastPointContrast = 8.0;  ///< grey levels; speckle stays below
constexpr double strongShare = 0.3;         ///< of the strongest spot's contrast: still a spot to the eye

/// What keeps the probe's pose from being known; empty when it is.
std::string poseFault(const Phantom& phantom, const Frame& frame) {
  if (frame.poses.empty()) return "the picture comes without poses";
  const PoseChain chain =
      findPoseChain(frame.poses, phantom.fixedPoses, phantom.frames.probe, phantom.frames.phantom);
  if (chain.matrix) return {};
  if (!chain.invalid.empty()) return chain.invalid + " is INVALID: the tracker does not see its marker";
  return "no pose leads from " + phantom.frames.probe + " to " + phantom.frames.phantom;
}

/// The wires of an N-wire phantom.
void lookForWires(const Phantom& phantom, const std::vector<Dot>& dots, LiveLook& look) {
  const auto readings = labelDots(phantom, dots);
  const std::string wires = std::to_string(phantom.wires.size());
  look.read = !readings.empty();
  if (look.read) {
    look.dotsPx = readings.front().points;
    look.sentence = "all " + wires + " wires";
    return;
  }
  for (const Dot& dot : dots) {
    if (dot.contrast >= strongShare * dots.front().contrast) look.dotsPx.push_back(dot.px);
  }
  look.sentence = std::to_string(look.dotsPx.size()) + " bright spots, none of which " + wires +
                  " lie as the phantom's wires do";
}

/// The one spot of a point phantom.
void lookForPoint(const std::vector<Dot>& dots, LiveLook& look) {
  look.read = !dots.empty() && dots.front().contrast >= leastPointContrast;
  if (look.read) look.dotsPx = {dots.front().px};
  look.sentence = look.read ? "the point" : "no bright spot";
}

/// The line of a wall, in the whole picture: what never moves is not known yet.
void lookForWall(const cv::Mat& grey, LiveLook& look) {
  const auto line = findBottomLine(grey, {0, 0, grey.cols, grey.rows});
  look.read = line.has_value();
  for (const double share : {0.2, 0.5, 0.8}) {
    const double x = share * grey.cols;
    if (line) look.dotsPx.emplace_back(x, line->yAt(x));
  }
  look.sentence = look.read ? "the wall" : "no line across the picture";
}

}  // namespace

LiveLook lookAt(const Phantom& phantom, const Frame& frame) {
  cv::Mat buffer;
  LiveLook look;
  const cv::Mat& grey = greyOf(frame.pixels, buffer);
  if (phantom.kind == PhantomKind::Wall) {
    lookForWall(grey, look);
  } else {
    const auto dots = strongestDots(dotContrast(grey, phantom.clip), candidates);
    phantom.kind == PhantomKind::Point ? lookForPoint(dots, look) : lookForWires(phantom, dots, look);
  }
  const std::string fault = poseFault(phantom, frame);
  look.tracked = fault.empty();
  if (!fault.empty()) look.sentence += "; " + fault;
  return look;
}

}  // namespace acuguide::calibration
