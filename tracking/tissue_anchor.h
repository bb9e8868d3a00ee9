#pragma once

#include "imaging/frame_analysis.h"
#include "tracking/needle_track.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace acuguide::tracking {

/// A point that stays on its piece of tissue. Full-image pixels.
struct AnchoredPoint {
  Eigen::Vector2d px = Eigen::Vector2d::Zero();
  double sigmaPx = 0.0;  ///< standard deviation, with what has accumulated since it was set
  /// How the tissue round the point moved since it was set: where a pixel of that picture is now.
  Eigen::Affine2d motion = Eigen::Affine2d::Identity();
  bool sure =
      false;  ///< false: the tissue is not recognised; `px` is where it was last, moved as far as known
};

struct TissueAnchorOptions {
  double workingWidth = 320;   ///< px of the reduced picture across the imaging region
  double reachAcross = 0.16;   ///< half width of the tissue watched, as a share of the region's width
  double reachAlong = 0.16;    ///< half height of it, as a share of the region's width too
  int points = 9;              ///< patches along each side of it
  int patch = 15;              ///< px of the reduced picture
  double leastInliers = 0.45;  ///< share of patches that must move as one piece to be sure
  double renewInliers = 0.62;  ///< below this the picture has changed so much that a new reference is taken
  double mostSigma = 0.012;    ///< of the region's width: less exact than this is not sure
};

/// Carries a point (a target) through probe pressure and motion. Patches round it are followed from a
/// reference picture by pyramidal Lucas-Kanade (Bouguet 2000), forward and back (Kalal et al., ICPR 2010);
/// those that agree on one affine motion (RANSAC) move the point. The reference is kept while it is
/// recognised, so that nothing accumulates; when speckle has decorrelated a new one is taken and the
/// uncertainty adds up, until the first reference is recognised again. Patches on the needle are left out: it
/// moves by itself. One stream, one thread. Does not throw.
class TissueAnchor {
 public:
  explicit TissueAnchor(TissueAnchorOptions options = {});

  bool isSet() const { return !references_.empty(); }
  void reset();

  /// Ties the point to what the picture shows there now. `grey` CV_8UC1, the whole picture. False, and not
  /// set, where there is too little tissue to recognise (outside the picture, at its rim, without contact).
  bool set(const cv::Mat& grey, const imaging::ImagingRegion& region, const Eigen::Vector2d& px,
           const NeedleTrack& needle = {});

  /// Where the point is in the next picture; none when it is not set.
  std::optional<AnchoredPoint> process(const cv::Mat& grey, const imaging::ImagingRegion& region,
                                       const NeedleTrack& needle);

 private:
  struct Reference {
    cv::Mat picture;  ///< reduced
    std::vector<cv::Mat> pyramid;
    std::vector<cv::Point2f> patches;                      ///< reduced px
    Eigen::Vector2d point;                                 ///< the anchored point in it, reduced px
    double sigma = 0;                                      ///< of `point`, reduced px
    Eigen::Affine2d motion = Eigen::Affine2d::Identity();  ///< last known, from it to the newest picture
  };
  struct Match {
    Eigen::Affine2d motion = Eigen::Affine2d::Identity();
    double inliers = 0;  ///< share of the patches
    Eigen::Vector2d point;
    double sigma = 0;
  };

  void reduce(const cv::Mat& grey, const imaging::ImagingRegion& region);
  Reference reference(const Eigen::Vector2d& point, double sigma, const NeedleTrack& needle) const;
  std::optional<Match> match(const Reference& from, const NeedleTrack& needle) const;
  bool onNeedle(const cv::Point2f& reduced, const NeedleTrack& needle) const;
  Eigen::Affine2d toFull() const;
  Eigen::Vector2d reducedOf(const Eigen::Vector2d& full) const;
  AnchoredPoint anchored(bool sure) const;

  TissueAnchorOptions options_;
  cv::Rect bounds_;
  double scale_ = 1;  ///< full px a reduced px
  cv::Mat reduced_;
  std::vector<cv::Mat> pyramid_;
  std::vector<Reference> references_;  ///< the first, and the one in use when it is another
  Eigen::Vector2d last_ = Eigen::Vector2d::Zero();
  double lastSigma_ = 0;
};

}  // namespace acuguide::tracking
