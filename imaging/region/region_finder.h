#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/region/probe_side.h"
#include "imaging/region/region_sector.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace acuguide::imaging {

/// Finds the ultrasound picture in a screen grab. An ultrasound picture varies from pixel to pixel
/// everywhere, a screen's background is flat: the largest compact area of varying cells is the picture. Text,
/// rulers, logos and grey ramps vary too, but are thin or small and fall to an opening. Lines that run across
/// just outside of it (a membrane, the transducer face behind an echo-free layer) are taken in. The sides are
/// then settled to the pixel.
///
/// A picture between two slanted straight sides that meet beyond its top or bottom is a sector: the mask is
/// then bounded by these two lines and by two arcs about the point where they meet. Anything else is a
/// rectangle (mask empty).
///
/// Full-image pixels. Pictures without such an area give an empty region. Does not throw.
class RegionFinder {
 public:
  /// grey: CV_8UC1. With `still` every call searches. Otherwise the region is kept over the stream: every
  /// `recheckEvery` frames it is sought again; a larger one replaces it at once, another one when it was seen
  /// `patience` times running, so that contact loss does not shrink it.
  ImagingRegion process(const cv::Mat& grey, bool still = false);

  /// Where the transducer face of the last picture is by its face alone (probe_side.h); in a sector as in the
  /// region.
  ProbeSide probeByFace() const { return byFace_; }

  void reset();

  static constexpr int recheckEvery = 30;
  static constexpr int patience = 4;

 private:
  ImagingRegion find(const cv::Mat& grey, ProbeSide& byFace);
  bool measureActivity(const cv::Mat& grey);
  cv::Rect largestArea(cv::Size picture);
  void takeInLines(const cv::Mat& grey, cv::Rect& box) const;

  ImagingRegion last_, other_;
  ProbeSide byFace_ = ProbeSide::Unknown;
  cv::Size size_;
  int age_ = 0, seen_ = 0;
  void openWindows(int window);
  cv::Rect largestConnected(int& cells);

  ProbeSideFinder side_;
  SectorFitter sector_;
  cv::Mat activity_, varying_, opened_;  // per cell
  std::vector<int> soFar_;               // varying cells above and to the left
  std::vector<cv::Point> open_;          // cells of an area whose neighbours are still to be looked at
  std::vector<std::uint16_t> steps_;     // per pixel column
  std::vector<float> sorted_;
};

}  // namespace acuguide::imaging
