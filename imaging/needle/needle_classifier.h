#pragma once

#include "imaging/needle/needle_features.h"
#include "imaging/needle/needle_line_extractor.h"

#include <opencv2/core.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace acuguide::imaging {

/// What the verdict on a line looks at, in this order.
inline constexpr std::array<std::string_view, 13> kNeedleEvidenceNames = {
    "is_ridge",  // 1 where the ridge model may judge it (its angles, its contrast), else 0
    "ridge",     // log odds that the ridge model gives it (needle_model.h); 0 where it may not judge
    "seen",      // root of the network's score along the line
    "mean",      // likelihood of shaft over the seen length
    "low",       // its lower quartile
    "length",    // logarithm of one plus the seen length in cells
    "tip",       // score of a tip at the tip, from -9
    "tail",      // and at the tail
    "rival",     // root of the best score of an unrelated line
    "overlap",   // share of ridge and seen length together that both cover
    "both",      // product of "ridge" and "mean"
    "aside",     // cells between the line and the middle of what the network sees along it: an edge of a wide
                 // shaft
    "edge",  // how much more of one side than of the other is flat: the edge of a sector or of the picture
};
/// Places in the row.
inline constexpr std::size_t kEvidenceRidge = 1, kEvidenceSeen = 2, kEvidenceMean = 3, kEvidenceOverlap = 9,
                             kEvidenceAside = 11, kEvidenceEdge = 12;
/// From this mean likelihood the network sees a line, and up to so many cells aside it is this one that it
/// sees.
inline constexpr float kSeenMean = 0.3F, kSeenAside = 1.2F;
inline constexpr std::size_t kNeedleEvidenceCount = kNeedleEvidenceNames.size();
using NeedleEvidence = std::array<float, kNeedleEvidenceCount>;

/// `ridge`: probability that the ridge model gives the line, below 0 where it may not judge. `seen`: what the
/// network sees along it, from the shaft's `begin` to its `end`; those in cells. `lines`: all that the
/// network sees. `edge`: see edgeBeside().
NeedleEvidence needleEvidence(double ridge, const SegmentedLine& seen, const Eigen::Vector2d& begin,
                              const Eigen::Vector2d& end, bool tipAtEnd,
                              const std::vector<SegmentedLine>& lines, double edge);

/// By how much more of one side of a shaft than of the other is flat, 0..1: speckle is nowhere flat, what
/// lies beyond the picture is. `grey`: CV_8UC1; `unit`: px per search px.
double edgeBeside(const cv::Mat& grey, const cv::Rect& bounds, const Shaft& shaft, double unit);

/// The share of lines with this evidence and these features of the ridge that are needles: boosted trees over
/// both, then Platt's calibration. Weights (needle_classifier_weights.h) are written by
/// training/train_needle_classifier.py, from pictures of sources that the network had not seen.
double needleProbability(const NeedleEvidence& evidence, const NeedleFeatures& features);

}  // namespace acuguide::imaging
