#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace acuguide::imaging {

// All coordinates are full-image pixels, x right, y down, centre of the first pixel at (0,0). Angles are
// radians, positive when the line rises to the right in the picture as stored.

/// Where the transducer face is in the picture.
enum class ProbeSide { Unknown, Top, Bottom };

/// The part of a screen grab that holds the ultrasound picture.
struct ImagingRegion {
  cv::Rect bounds;  ///< empty when no picture was found
  cv::Mat mask;     ///< CV_8UC1, size of bounds, 255 where insonified; empty when the whole rectangle is
  ProbeSide probe = ProbeSide::Unknown;
  double confidence = 0.0;  ///< 0..1
};

enum class PlaneLabel { Skin, SuperficialAponeurosis, DeepAponeurosis, Fascia, Bone };

/// As in planes.csv: "skin", "superficial_aponeurosis", "deep_aponeurosis", "fascia", "bone".
std::string_view nameOf(PlaneLabel label);

struct PlaneVertex {
  float x = 0;
  float ridge = 0;  ///< y of the brightest line of the band
  float upper = 0;  ///< y of the band's upper edge
  float lower = 0;  ///< y of the band's lower edge
};

/// A bright band across the picture. Vertices by rising x, at most 8 px apart; a gap wider than that is a
/// broken plane.
struct TissuePlane {
  PlaneLabel label = PlaneLabel::Fascia;
  double confidence = 0.0;  ///< 0..1
  std::vector<PlaneVertex> vertices;
};

/// Dominant muscle fibre direction between the two aponeuroses.
struct FibreDirection {
  double angle = 0.0;
  double confidence = 0.0;
};

/// How well one frame bears out each place at which a needle may end along its line. A place that the image
/// cannot tell from its neighbours (inside a bright aponeurosis, in shadow, where the shaft fades) is as
/// likely as they are.
struct NeedleEndEvidence {
  static constexpr int kMost = 256;
  Eigen::Vector2d from = Eigen::Vector2d::Zero();  ///< px, the first place
  Eigen::Vector2d step = Eigen::Vector2d::Zero();  ///< px, from place to place, away from the tail
  int count = 0;                                   ///< places; 0: nothing is known but the candidate's tip
  std::array<float, kMost> logLikelihood{};        ///< natural logarithm; only differences mean anything

  Eigen::Vector2d at(double place) const { return from + place * step; }
};

/// Something in this frame that may be a needle.
struct NeedleCandidate {
  Eigen::Vector2d tipPx = Eigen::Vector2d::Zero();   ///< deep end of the shaft, the likeliest
  Eigen::Vector2d tailPx = Eigen::Vector2d::Zero();  ///< where the visible shaft ends towards the skin
  double confidence = 0.0;    ///< calibrated: the share of such candidates that are needles
  double tipSigmaPx = 0.0;    ///< standard deviation of the tip along the shaft
  double lateralSigmaPx = 0;  ///< and across it
  double curvature = 0.0;     ///< 1/px, 0 for a straight shaft
  NeedleEndEvidence ends;     ///< of the tip along the line

  double angle() const;  ///< of the line tail-tip, in (-pi/2, pi/2]
  double lengthPx() const { return (tipPx - tailPx).norm(); }
};

/// All that one frame (and its recent past) shows.
struct FrameAnalysis {
  ImagingRegion region;
  std::vector<TissuePlane> planes;  ///< at most one of each label but Fascia
  std::optional<FibreDirection> fibres;
  std::vector<NeedleCandidate> needles;  ///< by falling confidence

  const TissuePlane* plane(PlaneLabel label) const;
};

/// That of a picture in which nothing was looked for.
const std::shared_ptr<const FrameAnalysis>& noAnalysis();

/// y of the plane's ridge at column x, by linear interpolation; none beyond its ends or in a gap.
std::optional<double> ridgeAt(const TissuePlane& plane, double x);

}  // namespace acuguide::imaging
