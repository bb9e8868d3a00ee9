#pragma once

#include "core/units.h"
#include "guidance/guidance.h"

#include <cmath>
#include <memory>
#include <ostream>
#include <utility>

namespace acuguide::guidance {

inline void PrintTo(GuidanceState state, std::ostream* out) { *out << nameOf(state); }

/// A picture of 401 x 301 px, its centre line at x = 200, with a target 20 mm deep on it.
struct Scene {
  planning::Plan plan;
  GuidanceOptions options;
  ImageGeometry geometry{Eigen::Vector2d(0.1, 0.1)};
  imaging::FrameAnalysis analysis;

  Scene() {
    plan.target = planning::TargetAtDepth{{0, 20}};
    plan.acupoint = "ST36";
    analysis.region.bounds = {0, 0, 401, 301};
    analysis.region.probe = imaging::ProbeSide::Top;
    options.holdSeconds = 0;  // most tests ask what one frame says
  }

  GuidanceRule rule() const { return GuidanceRule(std::make_shared<const planning::Plan>(plan), options); }
  Guidance guide(const tracking::NeedleTrack& needle) const {
    GuidanceRule once = rule();
    return once.process(geometry, analysis, needle);
  }
};

inline tracking::NeedleTrack needleBetween(const Eigen::Vector2d& tailPx, const Eigen::Vector2d& tipPx,
                                           double time = 0.0) {
  tracking::NeedleTrack needle;
  needle.state = tracking::NeedleState::Observed;
  needle.tipPx = tipPx;
  needle.tailPx = tailPx;
  needle.confidence = 0.9;
  needle.time = time;
  return needle;
}

}  // namespace acuguide::guidance
