#pragma once

#include "imaging/frame_analysis.h"

#include <Eigen/Core>

#include <array>

namespace acuguide::tracking {

/// How a tip may move along its shaft.
struct TipMotion {
  double speedPx = 400.0;    ///< px/s: scale of the distance it may have gone since the frame before
  double retreatPx = 130.0;  ///< px/s: faster than this no tip is believed to have been drawn back
  double mostPrior = 0.7;    ///< log odds: what earlier frames can say against a place at most
};

/// Where along its line the tip of one needle may be: a likelihood over all places at which it may end, kept
/// from frame to frame, so that ends that one frame cannot tell apart all stay. What the frame says
/// (imaging::NeedleEndEvidence) rules; what was known before, spread by how far a tip can go, decides between
/// places that it leaves open, and by no more than `mostPrior`: a frame's speckle is the next one's too, and
/// must not be counted twice. A tip that one frame loses is not drawn back by it: the far end of the interval
/// retreats no faster than a hand draws a needle back. Takes no memory from the heap.
class TipBelief {
 public:
  explicit TipBelief(const imaging::NeedleCandidate& first);

  /// Follows the needle to the next frame, `seconds` later (or earlier).
  void update(const imaging::NeedleCandidate& seen, double seconds, const TipMotion& motion);

  Eigen::Vector2d likeliestPx() const { return ends_.at(middle_); }  ///< the median
  /// 95 % of tips lie between these two.
  Eigen::Vector2d nearPx() const { return ends_.at(near_); }
  Eigen::Vector2d farPx() const { return ends_.at(far_); }

 private:
  void weigh();

  imaging::NeedleEndEvidence ends_;         ///< what this frame and those before say together
  bool blurred_ = false;                    ///< measured in an image: both ends are that much less certain
  double near_ = 0, middle_ = 0, far_ = 0;  ///< places
  Eigen::Vector2d reachedPx_ = Eigen::Vector2d::Zero();  ///< farthest that the tip cannot yet have left
};

}  // namespace acuguide::tracking
