#pragma once

#include "core/units.h"
#include "imaging/frame_analysis.h"

#include <Eigen/Core>

#include <optional>

namespace acuguide::imaging {

/// A straight piece in the picture, full-image pixels, from the superficial to the deep side.
struct Caliper {
  Eigen::Vector2d fromPx = Eigen::Vector2d::Zero();
  Eigen::Vector2d toPx = Eigen::Vector2d::Zero();
};

/// The muscle between the two aponeuroses, as it is measured in ultrasound: inner edge to inner edge, on
/// straight lines (van der Zee and Kuo, "TimTrack", PLoS ONE 2022, 10.1371/journal.pone.0265752; Seynnes and
/// Cronin, PLoS ONE 2020, 10.1371/journal.pone.0229034). Angles and lengths are those of the tissue where the
/// pixel spacing is known (pixels need not be square), else those of the pixels.
struct MuscleArchitecture {
  /// At right angles to the superficial aponeurosis, in the middle of what is seen of both.
  ImageLength thickness;
  Caliper thicknessAt;
  /// Between the fibres and the deep aponeurosis, radians, 0 or more; none where no fibre direction stands
  /// out.
  std::optional<double> pennation;
  /// Along the fibres from one aponeurosis to the other through the middle of the muscle, both drawn on
  /// straight beyond the picture. None where the fibres run too flat for that to mean anything.
  std::optional<ImageLength> fascicle;
  Caliper fascicleAt;
  double fascicleSeen = 0.0;  ///< share of it that lies in the picture, 0..1
};

/// What the measurement errs by in one picture, one standard deviation, against the median of three observers
/// in 115 real pictures (MuscleMeasure.StatedErrorsCoverTheObserversInRealPictures counts what 1.96 of it
/// cover).
inline constexpr double thicknessErrorShare = 0.035;  ///< of the thickness
inline constexpr double pennationError = radians(1.7);

/// None where not both aponeuroses are seen over a third of the region's width, above one another.
std::optional<MuscleArchitecture> muscleArchitecture(const FrameAnalysis& analysis,
                                                     const std::optional<Eigen::Vector2d>& spacingMm);

}  // namespace acuguide::imaging
