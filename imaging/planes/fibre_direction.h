#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/planes/plane_picture.h"
#include "imaging/planes/plane_segmenter.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace acuguide::imaging {

/// Dominant muscle fibre direction between the two aponeuroses: the direction in which averages along
/// straight segments stay brightest, that is the peak of the mean squared local Radon transform over the
/// muscle (the fascicle search of Rana, Hamarneh and Wakeling, "Automated tracking of muscle fascicle
/// orientation in B-mode ultrasound images", J. Biomech. 2009). Long segments do not suffer from the sideways
/// smear of speckle, which pulls gradients towards the horizontal.
class FibreFinder {
 public:
  struct Options {
    double steepestDeg = 45;      ///< steeper is artefact, unless the network sees fibres run that way
    double steepestSeenDeg = 66;  ///< and beyond this all the same
    double leastSeen = 0.35;      ///< certainty from which on the network's direction counts
    /// How far the direction lies from the network's, as a deviation, when looking for it and when measuring
    /// it.
    double coarseSeenDeg = 7, fineSeenDeg = 14;
    double coarseLength =
        0.18;                   ///< of a segment when looking for the direction, share of the picture's width
    double fineLength = 0.4;    ///< of a segment when measuring it
    double marginShare = 0.08;  ///< of the muscle's thickness left out next to each aponeurosis
  };

  FibreFinder() = default;
  explicit FibreFinder(Options options) : options_(options) {}

  /// picture: the one the planes were found in. seen: what the network sees between the two aponeuroses, of
  /// which this finds the exact direction. Absent when there are not two aponeuroses or no direction stands
  /// out.
  std::optional<FibreDirection> process(const PlanePicture& picture, const std::vector<TissuePlane>& planes,
                                        const std::optional<PlaneSegmenter::Fibres>& seen);

 private:
  bool cutOutMuscle(const PlanePicture& picture, const TissuePlane& superficial, const TissuePlane& deep);
  double energyAlong(double angleDeg, double lengthShare);

  Options options_;
  cv::Mat muscle_, inside_;  // working picture, transposed, every second column; zero outside the muscle
  int top_ = 0, bottom_ = 0;
  double places_ = 0;  // inside
  std::vector<float> sum_, count_;
};

/// What the network sees of the fibres between the two aponeuroses; none when there are not two.
std::optional<PlaneSegmenter::Fibres> fibresSeen(const PlaneSegmenter& segmenter, const PlanePicture& picture,
                                                 const std::vector<TissuePlane>& planes);

}  // namespace acuguide::imaging
