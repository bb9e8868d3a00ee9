#include "imaging/needle/needle_detector.h"

#include "imaging/needle/needle_end_evidence.h"
#include "imaging/needle/needle_ends.h"
#include "imaging/needle/needle_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::imaging {

namespace {

constexpr double kSearchSize = 290;      // px: root of the search picture's area
constexpr std::size_t kMostLines = 28;   // of the search that are fitted
constexpr std::size_t kMostShafts = 16;  // of these that are measured and judged
constexpr std::size_t kMostSeen = 3;     // lines that the network sees and that are judged as well
constexpr double kLeastSeen = 0.8;       // score such a line must have
constexpr double kSameSine = 0.05;       // a ridge turned less against a seen line, and
constexpr double kSameAcross = 2;        // units beside it, is the same shaft
constexpr double kFitSine = 0.09;        // a fit may turn a seen line by so much,
constexpr double kFitAcross = 5;         // move it by so many units,
constexpr double kFitOverlap = 0.4;      // and must keep this share of the two lengths
constexpr double kWide = 2.6;            // units of the fit of wide shafts per unit
constexpr double kLeastAngle = 3.5 * std::numbers::pi / 180;
constexpr double kMostAngle = 67 * std::numbers::pi / 180;
constexpr double kMostWidth = 0.8;         // of the region's width that a needle covers
constexpr double kLeastRemembered = 0.02;  // confidence of lines that are followed over time
constexpr double kLeastContrast = 8;       // grey levels
constexpr double kSeenTip = 1;             // weight of what the network says of the tip end
constexpr float kSameEnds = 0.6F;  // ridge and network share less of a shaft that the network sees as longer
constexpr double kTipCells =
    2.5;  // standard deviation of the network's tip (phantom_convex: 80 % within 1.3)
constexpr double kSeenWrong = 0.2;  // how much of a place far before the tip that the network sees is left

/// Makes the places less likely that lie before `tip`, to which the network saw the shaft go. Of those beyond
/// it says nothing: a tip that leaves the plane is seen too short, and claims are judged by the far end. Nor
/// does it rule: it goes on over an aponeurosis behind a tip, and what the cuts show weighs more.
void doubtBefore(const Eigen::Vector2d& tip, double sigmaPx, NeedleEndEvidence& ends) {
  for (int i = 0; i < ends.count; ++i) {
    const double off = std::max(0.0, (tip - ends.at(i)).dot(ends.step.normalized())) / sigmaPx;
    ends.logLikelihood[static_cast<std::size_t>(i)] +=
        static_cast<float>(std::log(kSeenWrong + std::exp(-0.5 * off * off)));
  }
}

/// The share of both lengths together that both cover, along a.
double overlapOf(const Shaft& a, const Shaft& b) {
  double low = (b.at(b.begin) - a.origin).dot(a.direction), high = (b.at(b.end) - a.origin).dot(a.direction);
  if (low > high) std::swap(low, high);
  const double both = std::min(high, a.end) - std::max(low, a.begin);
  return std::max(0.0, both) / std::max(1.0, std::max(high, a.end) - std::min(low, a.begin));
}

}  // namespace

NeedleDetector::NeedleDetector(NeedleDetectorOptions options)
    : options_(std::move(options)), segmenter_(options_.network) {
  shafts_.resize(kMostShafts + kMostSeen + 1);
  // From corner to corner of a picture twice as wide as high.
  for (Shaft& shaft : shafts_) shaft.cuts.reserve(320);
  judged_.reserve(kMostShafts + kMostSeen);
}

void NeedleDetector::reset() {
  shaftCount_ = 0;
  judged_.clear();
  memory_.reset();
  advance_.reset();
  segmenter_.reset();
}

const std::vector<NeedleCandidate>& NeedleDetector::process(const cv::Mat& grey, const ImagingRegion& region,
                                                            const std::vector<TissuePlane>& planes,
                                                            double time) {
  judged_.clear();
  shaftCount_ = 0;
  const cv::Rect whole(0, 0, grey.cols, grey.rows);
  const cv::Rect bounds = region.bounds & whole;
  needles_.clear();
  if (grey.type() != CV_8UC1 || bounds.width < 48 || bounds.height < 48) return needles_;
  prepare(grey, bounds);
  fitShafts(bounds);
  if (options_.still) segmenter_.reset();
  segmenter_.process(grey, bounds, time);
  addSeen();
  judge(region, planes, bounds);
  verdict_.weigh(judged_, region.probe, unit_);
  if (!options_.still) recall(time);
  for (const MeasuredShaft& shaft : judged_)
    if (shaft.confidence >= options_.leastConfidence) needles_.push_back(candidate(shaft));
  std::sort(needles_.begin(), needles_.end(),
            [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  return needles_;
}

void NeedleDetector::prepare(const cv::Mat& grey, const cv::Rect& bounds) {
  unit_ = std::max(1.0, std::sqrt(static_cast<double>(bounds.area())) / kSearchSize);
  const cv::Size size(std::max(16, static_cast<int>(std::lround(bounds.width / unit_))),
                      std::max(16, static_cast<int>(std::lround(bounds.height / unit_))));
  shrink_.process(grey(bounds), size, reduced_);
  grey_ = grey;
  fit_.setPicture(grey, bounds, unit_);
  meter_.setPicture(reduced_);
}

/// Fits what the search found; the same line found twice is kept once.
void NeedleDetector::fitShafts(const cv::Rect& bounds) {
  const Eigen::Vector2d corner(bounds.x, bounds.y);
  const auto full = [&](const cv::Point2f& p) -> Eigen::Vector2d {
    // Pixel centres: the middle of search pixel 0 is (unit - 1) / 2 in the full picture.
    return corner + unit_ * Eigen::Vector2d(p.x + 0.5, p.y + 0.5) - Eigen::Vector2d(0.5, 0.5);
  };
  for (const LineSegment& line : search_.find(reduced_, kMostLines)) {
    if (shaftCount_ == kMostShafts) break;
    if (liesOnShaft(full(line.begin), full(line.end))) continue;
    Shaft& shaft = shafts_[shaftCount_];
    if (!fit_.fit(full(line.begin), full(line.end), shaft)) continue;
    if (!keepsShaft(shaft, bounds)) continue;
    const auto same =
        std::find_if(shafts_.begin(), shafts_.begin() + static_cast<std::ptrdiff_t>(shaftCount_),
                     [&](const Shaft& o) { return std::abs(besides(o, shaft, 0.06)) < 2.5 * unit_; });
    if (same == shafts_.begin() + static_cast<std::ptrdiff_t>(shaftCount_))
      ++shaftCount_;
    else if (strengthOf(shaft) > strengthOf(*same))
      std::swap(shaft, *same);
  }
  std::sort(shafts_.begin(), shafts_.begin() + static_cast<std::ptrdiff_t>(shaftCount_),
            [](const Shaft& a, const Shaft& b) { return strengthOf(a) > strengthOf(b); });
}

/// What the network sees and no ridge stands for yet.
void NeedleDetector::addSeen() {
  for (const SegmentedLine& line : segmenter_.lines(kMostSeen)) {
    if (line.score < kLeastSeen || shaftCount_ >= kMostShafts + kMostSeen) break;
    Shaft& shaft = shafts_[shaftCount_];
    if (!fitSeen(segmenter_.toPicture(line.begin), segmenter_.toPicture(line.end), shaft)) continue;
    const auto last = shafts_.begin() + static_cast<std::ptrdiff_t>(shaftCount_);
    const bool known = std::any_of(shafts_.begin(), last, [&](const Shaft& o) {
      return std::abs(besides(o, shaft, kSameSine)) < kSameAcross * unit_ &&
             overlapOf(o, shaft) > kFitOverlap;
    });
    if (!known) ++shaftCount_;
  }
}

/// Lays a seen line along the ridge that it follows; a wide shaft has none for the narrow fit, and one that
/// is hardly brighter than what lies beside it is left where the network sees it.
bool NeedleDetector::fitSeen(const Eigen::Vector2d& a, const Eigen::Vector2d& b, Shaft& shaft) {
  if (!fit_.lay(a, b, shaft)) return false;
  Shaft seen;  // the line alone: its cuts are not needed, and would be copied
  seen.origin = shaft.origin;
  seen.direction = shaft.direction;
  seen.begin = shaft.begin;
  seen.end = shaft.end;
  const auto kept = [&] {
    const double sine = std::abs(seen.direction.dot(shaft.normal()));
    const double across = std::abs((seen.origin - shaft.origin).dot(shaft.normal()));
    return sine < kFitSine && across < kFitAcross * unit_ && overlapOf(seen, shaft) > kFitOverlap &&
           shaft.level > 0;
  };
  if (fit_.fit(a, b, shaft) && kept()) return true;
  wideFit_.setPicture(grey_, segmenter_.bounds(), kWide * unit_);
  if (wideFit_.fit(a, b, shaft) && kept()) {
    wideFit_.complete(shaft);
    const Eigen::Vector2d begin = shaft.at(shaft.begin), end = shaft.at(shaft.end);
    if (kept() && fit_.lay(begin, end, shaft)) return true;
  }
  return fit_.lay(a, b, shaft);
}

/// Long shafts are found piece by piece; the first piece already led to the whole.
bool NeedleDetector::liesOnShaft(const Eigen::Vector2d& a, const Eigen::Vector2d& b) const {
  const Eigen::Vector2d middle = 0.5 * (a + b);
  const Eigen::Vector2d axis = (b - a).normalized();
  for (std::size_t i = 0; i < shaftCount_; ++i) {
    const Shaft& shaft = shafts_[i];
    const double along = (middle - shaft.origin).dot(shaft.direction);
    const double across = std::abs((middle - shaft.origin).dot(shaft.normal()));
    const double sine = std::abs(axis.dot(shaft.normal()));
    if (along > shaft.begin && along < shaft.end && across < 2 * unit_ && sine < 0.1) return true;
  }
  return false;
}

bool NeedleDetector::keepsShaft(const Shaft& shaft, const cv::Rect& bounds) const {
  const double angle = std::asin(std::min(1.0, std::abs(shaft.direction.y())));
  // Over most of the width: a needle ends in the tissue, an aponeurosis does not.
  const double width = shaft.length() * std::cos(angle);
  return angle >= kLeastAngle && angle <= kMostAngle && shaft.level >= kLeastContrast &&
         width <= kMostWidth * bounds.width;
}

/// Which end is the tip. A steep shaft goes down from the skin. A flat one shows it by leaving the picture at
/// its tail, by stopping sharply at its tip, and by coming from the nearer side.
bool NeedleDetector::tipAtEnd(const Shaft& shaft, const SegmentedLine& seen, const cv::Rect& bounds,
                              ProbeSide probe) const {
  double down = shaft.direction.y();  // > 0: the end lies lower in the picture
  if (probe == ProbeSide::Bottom) down = -down;
  const double sure = probe == ProbeSide::Unknown ? 0.6 : 1.0;
  const double steep = std::copysign(std::max(0.0, std::abs(down) - 0.16), down);
  const auto drops = meter_.endDrops(shaft);
  const double left = shaft.at(shaft.begin).x() - bounds.x;
  const double right = bounds.x + bounds.width - 1 - shaft.at(shaft.end).x();
  const double border = 6 * unit_;
  const double leaves = (left < border ? 1.0 : 0.0) - (right < border ? 1.0 : 0.0);
  const double nearer = (right - left) / bounds.width;
  return 20 * sure * steep + 3 * leaves + 2 * (drops[1] - drops[0]) + 1.5 * meter_.tilt(shaft) +
             0.8 * nearer + kSeenTip * (seen.tipAtEnd - seen.tipAtBegin) + hintTipAtEnd(options_.hint) >
         0;
}

void NeedleDetector::judge(const ImagingRegion& region, const std::vector<TissuePlane>& planes,
                           const cv::Rect& bounds) {
  const std::span<const Shaft> shafts(shafts_.data(), shaftCount_);
  const ShaftSurroundings in{reduced_, unit_, bounds, region.probe, search_.ceiling(), shafts};
  for (std::size_t i = 0; i < shaftCount_; ++i) fit_.complete(shafts_[i]);
  const std::vector<SegmentedLine>& lines = segmenter_.lines(kMostSeen);
  for (std::size_t i = 0; i < shaftCount_; ++i) {
    const Shaft& shaft = shafts[i];
    MeasuredShaft measured;
    measured.shaft = &shaft;
    const SegmentedLine& seen = measured.seen = segmenter_.along(shaft);
    measured.tipAtEnd = tipAtEnd(shaft, seen, bounds, region.probe);
    measured.features = meter_.measure(i, measured.tipAtEnd, in);
    measured.onPlane = isOnPlane(shaft, planes, bounds, unit_);
    const double ridge = keepsShaft(shaft, bounds) ? needleProbability(measured.features) : -1;
    measured.evidence = needleEvidence(ridge, seen, segmenter_.toCells(shaft.at(shaft.begin)),
                                       segmenter_.toCells(shaft.at(shaft.end)), measured.tipAtEnd, lines,
                                       edgeBeside(grey_, bounds, shaft, unit_));
    measured.confidence = needleProbability(measured.evidence, measured.features);
    const double hint = std::exp(hintLogOdds(shafts[i], measured.tipAtEnd, options_.hint));
    measured.confidence *= hint / (1 + (hint - 1) * measured.confidence);
    judged_.push_back(measured);
  }
}

/// What the pictures before say of this one's lines.
void NeedleDetector::recall(double time) {
  memory_.begin(time, unit_);
  advance_.begin(time, unit_);
  for (MeasuredShaft& judged : judged_) {
    if (judged.confidence < kLeastRemembered) continue;
    const Eigen::Vector2d tip = judged.shaft->at(judged.tipAtEnd ? judged.shaft->end : judged.shaft->begin);
    const Eigen::Vector2d tail = judged.shaft->at(judged.tipAtEnd ? judged.shaft->begin : judged.shaft->end);
    const double odds = std::exp(advance_.note(tip, tail));
    judged.confidence *= odds / (1 + (odds - 1) * judged.confidence);
    judged.confidence = memory_.confidence(judged.confidence, tip, tail);
    memory_.note(judged.confidence, tip, tail);
  }
}

NeedleCandidate NeedleDetector::candidate(const MeasuredShaft& judged) const {
  const Shaft& shaft = *judged.shaft;
  NeedleCandidate out;
  out.confidence = judged.confidence;
  out.tipSigmaPx = 3 * unit_;
  const bool seen = judged.seen.score >= kLeastSeen && judged.evidence[kEvidenceMean] > kSeenMean &&
                    judged.evidence[kEvidenceAside] < kSeenAside;
  const bool longer = seen && judged.evidence[kEvidenceOverlap] < kSameEnds;
  if (longer && options_.still) {
    endAsSeen(judged, out);
  } else {
    const NeedleEnds ends = endsAcrossBands(shaft);
    out.tipPx = shaft.at(judged.tipAtEnd ? ends.end : ends.begin);
    out.tailPx = shaft.at(judged.tipAtEnd ? ends.begin : ends.end);
    measureEnds(shaft, judged.tipAtEnd, unit_, out.ends);
    if (seen) doubtBefore(tipSeen(judged), kTipCells * pixelsOfCell(shaft), out.ends);
  }
  if (out.ends.count > 1) {
    out.tipPx = out.ends.at(quantileOf(out.ends, 0.5));
    const double interval = quantileOf(out.ends, 0.975) - quantileOf(out.ends, 0.025);
    out.tipSigmaPx = std::max(1.5 * unit_, 0.25 * interval * out.ends.step.norm());
  }
  out.lateralSigmaPx =
      std::max(0.25, shaft.residual / std::sqrt(std::max(1.0, shaft.length() / (4 * unit_))));
  out.curvature =
      std::abs(shaft.bow) > unit_ ? 8 * std::abs(shaft.bow) / (shaft.length() * shaft.length()) : 0.0;
  return out;
}

/// A patchy or hazy shaft is seen by the network as a whole where its ridge ends at the first gap.
void NeedleDetector::endAsSeen(const MeasuredShaft& judged, NeedleCandidate& out) const {
  const Shaft& shaft = *judged.shaft;
  const SegmentedLine& seen = judged.seen;
  const auto onLine = [&](const Eigen::Vector2d& cell) {
    return shaft.at((segmenter_.toPicture(cell) - shaft.origin).dot(shaft.direction));
  };
  out.tipPx = onLine(judged.tipAtEnd ? seen.end : seen.begin);
  out.tailPx = onLine(judged.tipAtEnd ? seen.begin : seen.end);
  out.tipSigmaPx = kTipCells * pixelsOfCell(shaft);
}

Eigen::Vector2d NeedleDetector::tipSeen(const MeasuredShaft& judged) const {
  return segmenter_.toPicture(judged.tipAtEnd ? judged.seen.end : judged.seen.begin);
}

/// Length of a cell of the network's answer along a shaft, px.
double NeedleDetector::pixelsOfCell(const Shaft& shaft) const {
  const Eigen::Vector2d a = segmenter_.toCells(shaft.origin);
  return 1 / (segmenter_.toCells(shaft.origin + shaft.direction) - a).norm();
}

}  // namespace acuguide::imaging
