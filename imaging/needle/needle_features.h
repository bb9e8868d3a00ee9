#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/needle/needle_line_search.h"
#include "imaging/needle/needle_shaft.h"

#include <opencv2/core.hpp>

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace acuguide::imaging {

/// What the needle model looks at, in the order of kNeedleFeatureNames. Lengths are relative to the picture
/// or to the search unit, brightness relative to the picture's own, so that scanner, gain and zoom matter
/// little.
inline constexpr std::array<std::string_view, 37> kNeedleFeatureNames = {
    "length",           // of the shaft / root of the region's area
    "contrast",         // typical contrast of a cut / 64 grey levels
    "contrast_gain",    // the same / mean positive ridge response of the picture
    "peak",             // mean grey level on the shaft / 255
    "peak_rank",        // share of the picture that is darker than the shaft
    "filled",           // share of cuts with at least half the typical contrast
    "weakest",          // 10th percentile of contrast / typical
    "strongest",        // 90th percentile of contrast / typical
    "residual",         // scatter about the line, units
    "bow",              // sagitta of the best parabola, units
    "bow_share",        // the same as a share of the length, percent
    "width",            // median full width at half contrast, units
    "width_spread",     // its interquartile range / median
    "tip_drop",         // fall of brightness over the tip / typical contrast
    "tail_drop",        // and over the tail
    "tip_border",       // tip to the nearest lateral border / region width
    "tail_border",      // tail to the nearest lateral or probe border / region width
    "tip_beyond",       // strongest ridge that goes on from the tip, within 24 degrees / typical contrast
    "tail_beyond",      // and from the tail
    "line_beyond",      // share of the rest of the line, border to border, that shows half the contrast
    "parallel_mean",    // mean ridge response of the same direction in the surroundings / on the shaft
    "parallel_most",    // strongest coherent parallel line in the surroundings / on the shaft
    "texture",          // mean absolute ridge response of the surroundings / on the shaft
    "side_difference",  // brightness of one side against the other / typical contrast
    "far_darker",       // near minus far side, 8 to 30 units away / 64; 0 when the probe side is unknown
    "angle",            // steepness, radians
    "tip_depth",  // distance of the tip from the nearer of top and bottom (or from the probe) / region height
    "tail_depth",       // and of the tail
    "rivals_parallel",  // strength of other lines within 10 degrees / own
    "rivals",           // strength of all other lines / own
    "rank",             // 1 / place among the lines of the picture by strength
    "saturation",       // share of cuts as bright as the picture's brightest 1 %
    "rival_most",       // strength of the strongest other line that is no echo / own
    "rival_contrast",   // largest contrast of such a line / own
    "tilt",             // contrast of the tip's half minus the tail's / typical
    "local_rank",       // share of the surroundings that is darker than the shaft
    "local_lead"};      // shaft minus the surroundings' 95th percentile, grey levels / 64

inline constexpr std::size_t kNeedleFeatureCount = kNeedleFeatureNames.size();
using NeedleFeatures = std::array<float, kNeedleFeatureCount>;

/// The picture a shaft lies in.
struct ShaftSurroundings {
  const cv::Mat& search;  ///< CV_8UC1 search picture
  double unit;            ///< px of the full picture per px of the search picture
  cv::Rect bounds;        ///< of the region, full px
  ProbeSide probe;
  float ceiling;                  ///< NeedleLineSearch::ceiling()
  std::span<const Shaft> shafts;  ///< all of the picture, by falling strength
};

/// Measures shafts. Keeps its buffers.
class NeedleFeatureMeter {
 public:
  /// Call once per picture, before measure().
  void setPicture(const cv::Mat& search);

  /// `tipAtEnd`: the tip is where `along` is largest.
  NeedleFeatures measure(std::size_t index, bool tipAtEnd, const ShaftSurroundings& in);

  /// How strongly the shaft's brightness falls at its two ends, as shares of its typical contrast.
  std::array<double, 2> endDrops(const Shaft& shaft) const;

  /// Contrast of the half at the end minus that of the half at the beginning, as a share of the typical
  /// contrast.
  static double tilt(const Shaft& shaft);

 private:
  double beyond(const Shaft& shaft, bool atEnd, const ShaftSurroundings& in) const;
  void measureCuts(const Shaft& shaft, NeedleFeatures& out);
  static void measureRivals(std::size_t index, const ShaftSurroundings& in, NeedleFeatures& out);
  void measureSurroundings(const Shaft& shaft, const ShaftSurroundings& in, NeedleFeatures& out);
  float rankOf(float level) const;

  std::array<float, 257> darker_{};  ///< share of the picture below each grey level
  float bright_ = 255;               ///< its 99th percentile
  std::vector<float> values_, widths_;
};

}  // namespace acuguide::imaging
