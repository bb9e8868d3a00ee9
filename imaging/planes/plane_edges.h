#pragma once

#include "imaging/frame_analysis.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// The band's ridge and its two edges at full resolution, sub-pixel, along a rough curve.
///
/// The picture is straightened along the curve (a depth profile per vertex, averaged over its neighbours).
/// The ridge is the brightest way along, then the lower edge the way along the strongest fall below it and
/// the upper edge the one along the strongest rise above it, each found over all columns at once by dynamic
/// programming with small changes of depth (Amini et al., "Using dynamic programming for solving variational
/// problems in vision", PAMI 1990): a band of several layers keeps its outer edges where single profiles
/// would jump between layers. A dark gap ends the band, and where it fades it keeps its usual thickness. The
/// upper edge is then placed where the rise is steepest, the lower one where the fall has come down to a
/// third: an echo ends in a tail, and that is where people see it end. Both are smoothed by penalised least
/// squares (Whittaker 1923).
class PlaneEdges {
 public:
  struct Options {
    double stepPx = 6;     ///< between vertices
    double reach = 18;     ///< how far from the curve is looked at, in working pixels
    double slack = 7;      ///< how far from the curve the ridge may be
    double edge = 2.0;     ///< half length of the step an edge is matched with
    double stiffness = 6;  ///< of the smoothing, in squared vertices
  };

  PlaneEdges() = default;
  explicit PlaneEdges(Options options) : options_(options) {}

  /// picture: CV_8UC1, probe side up. curve: depth of each of its columns. scale: picture pixels per working
  /// pixel. sigma: half thickness of the band, working pixels. Fills `vertices`, picture pixels.
  void process(const cv::Mat& picture, const std::vector<float>& curve, double scale, double sigma,
               std::vector<PlaneVertex>& vertices);

  /// Contrast of the band at each vertex of the last call: ridge over both sides, in grey levels.
  const std::vector<float>& contrast() const { return contrast_; }

 private:
  void smoothProfiles();
  const float* frame(const float* profile, int depths, int by);
  void straighten(const cv::Mat& picture, const std::vector<float>& curve, int reach);
  void findRidge(int slack, double sigmaPx);
  void findEdge(int direction, int halfStep, std::vector<float>& edge);
  void favourUsualThickness();
  float steepestNear(int vertex, int depth) const;
  float footOf(int vertex, int depth, int halfStep) const;
  void measureContrast(int halfStep);
  void bestWay(std::vector<int>& way);
  void allow(size_t vertex, int from, int to) { range_[vertex] = {from, to}; }
  void smooth(std::vector<float>& line) const;
  float cell(int vertex, int depth) const { return profiles_.at<float>(vertex, depth); }

  Options options_;
  std::vector<int> columns_;
  cv::Mat raw_, along_, profiles_, score_, cost_, from_;
  std::vector<float> framed_;  // a profile with its ends repeated
  std::vector<double> soFar_;  // sums of a profile
  std::vector<int> ridge_, way_, thickness_;
  std::vector<cv::Range> range_;  // depths looked at, per vertex
  std::vector<float> ridgeLine_, upper_, lower_, contrast_, weight_;
  mutable std::vector<double> a_, b_, c_, d_;
};

}  // namespace acuguide::imaging
