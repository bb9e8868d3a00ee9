#include "imaging/needle/needle_classifier.h"

#include "imaging/needle/needle_classifier_weights.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr double kMostLogOdds = 7;
// The trees and their calibration know the network of the folds, which learnt for a third of the time and of
// half of the sources. The built-in one is surer of needles and is fooled less: log odds by which, and from
// where it, or the ridge model, may be believed alone. Chosen on the needle-free pictures at hand and on
// bone/ (no more than 0.4 % false), with seen/ and needle/ in view; training/needle_network_model_card.md has
// the figures.
constexpr double kSurer = 2.3;
constexpr double kPoint = 1.386;     // log odds of 0.8, the operating point
constexpr double kSeenPoint = 2.35;  // root of the score at which the network alone reaches it
constexpr double kSeenSlope = 4;
constexpr double kRidgePoint = 3.6;  // log odds of the ridge model at which it alone reaches it
constexpr double kRidgeSlope = 1.5;
constexpr double kLeastByTrees = 0.5;
constexpr float kLeastOverlap = 0.25F, kMostEdge = 0.5F;
constexpr double kRelatedSine = 0.12;  // lines turned less against each other, and
constexpr double kRelatedCells = 6;    // nearer than this are parts or echoes of one

double logistic(double logOdds) { return 1.0 / (1.0 + std::exp(-logOdds)); }

double sineBetween(const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
  return std::abs(a.x() * b.y() - a.y() * b.x()) / std::max(a.norm() * b.norm(), 1e-9);
}

bool related(const SegmentedLine& line, const Eigen::Vector2d& begin, const Eigen::Vector2d& end) {
  const Eigen::Vector2d axis = end - begin;
  if (sineBetween(line.end - line.begin, axis) > kRelatedSine) return false;
  const Eigen::Vector2d to = 0.5 * (line.begin + line.end) - begin;
  return std::abs(to.x() * axis.y() - to.y() * axis.x()) < kRelatedCells * axis.norm();
}

/// What the network alone is sure of.
double probabilityOfSeen(const NeedleEvidence& evidence) {
  const float aside = evidence[kEvidenceAside], overlap = evidence[kEvidenceOverlap],
              edge = evidence[kEvidenceEdge];
  const bool onLine = (aside < kSeenAside) && (overlap > kLeastOverlap) && (edge < kMostEdge);
  return onLine ? logistic(kSeenSlope * (static_cast<double>(evidence[kEvidenceSeen]) - kSeenPoint) + kPoint)
                : 0;
}

/// What the ridge model alone is sure of, where the trees do not contradict it.
double probabilityOfRidge(const NeedleEvidence& evidence, double byTrees) {
  return byTrees > kLeastByTrees
             ? logistic(kRidgeSlope * (static_cast<double>(evidence[kEvidenceRidge]) - kRidgePoint) + kPoint)
             : 0;
}

}  // namespace

NeedleEvidence needleEvidence(double ridge, const SegmentedLine& seen, const Eigen::Vector2d& begin,
                              const Eigen::Vector2d& end, bool tipAtEnd,
                              const std::vector<SegmentedLine>& lines, double edge) {
  const double logOdds = ridge < 0 ? 0
                                   : std::clamp(std::log(std::max(ridge, 1e-9) / std::max(1 - ridge, 1e-9)),
                                                -kMostLogOdds, kMostLogOdds);
  double rival = 0, overlap = 0;
  for (const SegmentedLine& line : lines)
    if (!related(line, begin, end)) rival = std::max(rival, line.score);
  const double length = (end - begin).norm();
  if (seen.length > 0 && length > 0) {
    const Eigen::Vector2d axis = (end - begin) / length;
    const double a = (seen.begin - begin).dot(axis), b = (seen.end - begin).dot(axis);
    const double low = std::min(a, b), high = std::max(a, b);
    overlap = std::max(0.0, std::min(high, length) - std::max(low, 0.0)) /
              (std::max(high, length) - std::min(low, 0.0));
  }
  const double tip = tipAtEnd ? seen.tipAtEnd : seen.tipAtBegin;
  const double tail = tipAtEnd ? seen.tipAtBegin : seen.tipAtEnd;
  const double values[] = {ridge < 0 ? 0.0 : 1.0,
                           logOdds,
                           std::sqrt(seen.score),
                           seen.mean,
                           seen.low,
                           std::log1p(seen.length),
                           std::max(tip, SegmentedLine::kNoTip),
                           std::max(tail, SegmentedLine::kNoTip),
                           std::sqrt(rival),
                           overlap,
                           logOdds * seen.mean,
                           seen.aside,
                           edge};
  NeedleEvidence evidence{};
  std::transform(std::begin(values), std::end(values), evidence.begin(),
                 [](double v) { return static_cast<float>(v); });
  return evidence;
}

double edgeBeside(const cv::Mat& grey, const cv::Rect& bounds, const Shaft& shaft, double unit) {
  constexpr int kPlaces = 24, kFlat = 1;  // grey levels
  int flat[2] = {0, 0};
  for (int i = 0; i < kPlaces; ++i) {
    const Eigen::Vector2d on = shaft.at(shaft.begin + (i + 0.5) / kPlaces * shaft.length());
    for (const int side : {0, 1}) {
      int least = 255, most = 0;
      for (const double units : {4.0, 6.0, 8.0, 10.0}) {
        const Eigen::Vector2d at = on + (side == 0 ? -units : units) * unit * shaft.normal();
        const cv::Point px(static_cast<int>(std::lround(at.x())), static_cast<int>(std::lround(at.y())));
        const int level = bounds.contains(px) ? grey.at<std::uint8_t>(px) : 0;
        least = std::min(least, level), most = std::max(most, level);
      }
      flat[side] += most - least <= kFlat ? 1 : 0;
    }
  }
  return std::abs(flat[0] - flat[1]) / static_cast<double>(kPlaces);
}

double needleProbability(const NeedleEvidence& evidence, const NeedleFeatures& features) {
  namespace weights = needle_classifier_weights;
  static_assert(weights::kInputs == kNeedleEvidenceCount + kNeedleFeatureCount,
                "run training/train_needle_classifier.py: the evidence has changed");
  std::array<float, weights::kInputs> inputs{};
  std::copy(features.begin(), features.end(), std::copy(evidence.begin(), evidence.end(), inputs.begin()));
  const double sum = weights::kBaseline + sumOfTrees(weights::kRoots, weights::kNodes, inputs);
  const double byTrees = logistic(weights::kSlope * sum + weights::kShift + kSurer);
  return std::max({byTrees, probabilityOfRidge(evidence, byTrees), probabilityOfSeen(evidence)});
}

}  // namespace acuguide::imaging
