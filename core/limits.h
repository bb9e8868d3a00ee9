#pragma once

/// Thresholds that several rooms share, each with its reason.
namespace acuguide::limits {

/// Pixel spacing of an ultrasound image, mm a pixel. 0.005 mm is a third of the wavelength at 100 MHz, far
/// beyond what limb scanners show; at 1 mm a blade of 0.4 mm is not seen.
inline constexpr double kFinestPixelMm = 0.005;
inline constexpr double kCoarsestPixelMm = 1.0;

/// No scanner shows tissue deeper than this, mm: an image that would be taller states its scale in another
/// unit.
inline constexpr double kDeepestImageMm = 300.0;

/// A pixel is at most so many times as long one way as the other. Grabbers give 2 at most (one field of an
/// interlaced image).
inline constexpr double kMostPixelAspect = 4.0;

/// Axes of a rigid pose are of unit length to this share, and at right angles to this cosine: poses are
/// written with as few as three decimals.
inline constexpr double kRigidTolerance = 0.01;

/// No tracker reaches further, mm.
inline constexpr double kFarthestPoseMm = 1e6;

/// Longer than this between two frames, seconds, and the past says nothing of the present.
inline constexpr double kLongestGapSeconds = 1.0;

/// A live source whose images do not change for this long, seconds, is frozen: a scanner's image has noise
/// that differs from frame to frame, and its slowest frame rates are some 5 a second.
inline constexpr double kUnchangedSeconds = 1.5;

}  // namespace acuguide::limits
