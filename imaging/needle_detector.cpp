#include "imaging/needle_detector.h"

#include "imaging/needle_ends.h"
#include "imaging/needle_model.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::imaging {

namespace {

constexpr double kSearchSize = 290;      // px: root of the search picture's area
constexpr std::size_t kMostLines = 28;   // of the search that are fitted
constexpr std::size_t kMostShafts = 16;  // that are measured and judged
constexpr double kLeastAngle = 3.5 * std::numbers::pi / 180;
constexpr double kMostAngle = 67 * std::numbers::pi / 180;
constexpr double kPlaneWidth = 1.8;      // a plane is seen over this many lengths of a line that is it
constexpr double kLeastPlane = 0.6;      // confidence a plane must have to count against a line
constexpr double kPlaneOdds = 5;         // by which such a line is less likely a needle
constexpr double kMostPlane = 0.85;      // or over this share of the region's width
constexpr double kEchoReach = 20;        // units beside a shaft where its echoes lie
constexpr double kEchoSine = 0.09;       // and how far they may be turned against it
constexpr double kSameReach = 3;         // and where it is only found again
constexpr double kEchoConfidence = 0.2;  // least that both must have
constexpr double kMostWidth = 0.8;       // of the region's width that a needle covers
constexpr double kLeastContrast = 8;     // grey levels

double strength(const Shaft& shaft) { return std::min(shaft.level, 80.0) * std::sqrt(shaft.length()); }

/// How far b lies beside a (px), when they are nearly parallel and run side by side; a large number
/// otherwise.
double besides(const Shaft& a, const Shaft& b, double sine) {
  constexpr double kApart = 1e6;
  const double cross = a.direction.x() * b.direction.y() - a.direction.y() * b.direction.x();
  if (std::abs(cross) > sine) return kApart;
  double low = (b.at(b.begin) - a.origin).dot(a.direction);
  double high = (b.at(b.end) - a.origin).dot(a.direction);
  if (low > high) std::swap(low, high);
  const double shared = std::min(high, a.end) - std::max(low, a.begin);
  if (shared < 0.4 * std::min(a.length(), b.length())) return kApart;
  const double middle = 0.5 * (std::max(low, a.begin) + std::min(high, a.end));
  const Eigen::Vector2d on = b.at((a.at(middle) - b.origin).dot(b.direction));
  return (on - a.at(middle)).dot(a.normal());
}

}  // namespace

NeedleDetector::NeedleDetector(NeedleDetectorOptions options) : options_(options) {
  shafts_.resize(kMostShafts + 1);
  judged_.reserve(kMostShafts);
  odds_.reserve(kMostShafts);
}

void NeedleDetector::reset() {
  shaftCount_ = 0;
  judged_.clear();
  memory_.reset();
}

std::vector<NeedleCandidate> NeedleDetector::process(const cv::Mat& grey, const ImagingRegion& region,
                                                     const std::vector<TissuePlane>& planes, double time) {
  judged_.clear();
  shaftCount_ = 0;
  const cv::Rect whole(0, 0, grey.cols, grey.rows);
  const cv::Rect bounds = region.bounds & whole;
  std::vector<NeedleCandidate> needles;
  if (grey.type() != CV_8UC1 || bounds.width < 48 || bounds.height < 48) return needles;
  prepare(grey, bounds);
  fitShafts(bounds);
  judge(region, bounds);
  weighPlanes(planes, bounds);
  giveUpEchoes(region.probe);
  weighRivals();
  if (!options_.still) recall(time);
  for (const MeasuredShaft& shaft : judged_)
    if (shaft.confidence >= options_.leastConfidence) needles.push_back(candidate(shaft));
  std::sort(needles.begin(), needles.end(),
            [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  return needles;
}

void NeedleDetector::prepare(const cv::Mat& grey, const cv::Rect& bounds) {
  unit_ = std::max(1.0, std::sqrt(static_cast<double>(bounds.area())) / kSearchSize);
  const cv::Size size(std::max(16, static_cast<int>(std::lround(bounds.width / unit_))),
                      std::max(16, static_cast<int>(std::lround(bounds.height / unit_))));
  cv::resize(grey(bounds), reduced_, size, 0, 0, cv::INTER_AREA);
  cv::blur(grey, smooth_, cv::Size(3, 3));
  fit_.setPicture(smooth_, bounds, unit_);
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
    else if (strength(shaft) > strength(*same))
      std::swap(shaft, *same);
  }
  std::sort(shafts_.begin(), shafts_.begin() + static_cast<std::ptrdiff_t>(shaftCount_),
            [](const Shaft& a, const Shaft& b) { return strength(a) > strength(b); });
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
bool NeedleDetector::tipAtEnd(const Shaft& shaft, const cv::Rect& bounds, ProbeSide probe) const {
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
             0.8 * nearer >
         0;
}

void NeedleDetector::judge(const ImagingRegion& region, const cv::Rect& bounds) {
  const std::span<const Shaft> shafts(shafts_.data(), shaftCount_);
  const ShaftSurroundings in{reduced_, unit_, bounds, region.probe, search_.ceiling(), shafts};
  const std::size_t count = std::min(shaftCount_, kMostShafts);
  for (std::size_t i = 0; i < count; ++i) fit_.complete(shafts_[i]);
  for (std::size_t i = 0; i < count; ++i) {
    MeasuredShaft measured;
    measured.shaft = &shafts[i];
    measured.tipAtEnd = tipAtEnd(shafts[i], bounds, region.probe);
    measured.features = meter_.measure(i, measured.tipAtEnd, in);
    measured.confidence = needleProbability(measured.features);
    judged_.push_back(measured);
  }
}

/// A line that is part of an aponeurosis seen far beyond it is more likely that aponeurosis. It is not
/// certain: the finder of planes may have taken the needle for one, so the line only loses odds; and a mere
/// fascia, which may be drawn through whatever is bright, says nothing.
void NeedleDetector::weighPlanes(const std::vector<TissuePlane>& planes, const cv::Rect& bounds) {
  for (MeasuredShaft& judged : judged_) {
    const Shaft& shaft = *judged.shaft;
    const double left = shaft.at(shaft.begin).x(), right = shaft.at(shaft.end).x();
    const auto isOn = [&](const TissuePlane& plane) {
      const bool strong = plane.label != PlaneLabel::Fascia && plane.confidence >= kLeastPlane;
      if (!strong || plane.vertices.size() < 2) return false;
      const double seen = plane.vertices.back().x - plane.vertices.front().x;
      if (seen < std::min(kPlaneWidth * (right - left), kMostPlane * bounds.width)) return false;
      int on = 0, all = 0;
      for (double x = left; x <= right; x += 4 * unit_, ++all) {
        const double y =
            shaft.origin.y() + (x - shaft.origin.x()) * shaft.direction.y() / shaft.direction.x();
        const auto ridge = ridgeAt(plane, x);
        on += ridge && std::abs(*ridge - y) < kSameReach * unit_;
      }
      return on > 0.8 * all;
    };
    if (std::any_of(planes.begin(), planes.end(), isOn))
      judged.confidence /= judged.confidence + kPlaneOdds * (1 - judged.confidence);
  }
}

/// Whether a rather than b is the shaft, when one of them is the other's echo or both are the same.
bool NeedleDetector::isTheShaft(const MeasuredShaft& a, const MeasuredShaft& b, double beside,
                                ProbeSide probe) const {
  if (std::abs(beside) < kSameReach * unit_) return strength(*a.shaft) > strength(*b.shaft);
  const auto comparable = [](double x, double y) { return std::min(x, y) > 0.5 * std::max(x, y); };
  if (probe == ProbeSide::Unknown || !comparable(a.shaft->level, b.shaft->level) ||
      !comparable(a.shaft->length(), b.shaft->length()))
    return strength(*a.shaft) > strength(*b.shaft);
  return (probe == ProbeSide::Bottom ? -beside : beside) > 0;
}

/// Sound that runs to and fro inside a shaft, or by a longer way, draws it again farther from the probe. Of
/// two likely shafts side by side the first to arrive is the true one, unless one is by far the weaker (a
/// side lobe).
void NeedleDetector::giveUpEchoes(ProbeSide probe) {
  for (MeasuredShaft& a : judged_) {
    for (MeasuredShaft& b : judged_) {
      if (&a == &b || a.confidence < kEchoConfidence || b.confidence < kEchoConfidence) continue;
      const double beside = besides(*a.shaft, *b.shaft, kEchoSine);  // > 0: b lies below a in the picture
      if (std::abs(beside) > kEchoReach * unit_ || !isTheShaft(a, b, beside, probe)) continue;
      a.confidence = std::max(a.confidence, b.confidence);
      b.confidence = 0;
    }
  }
}

/// There is one needle at most: where several lines look like one they speak against each other. Parts and
/// echoes of the same shaft do not.
void NeedleDetector::weighRivals() {
  odds_.clear();
  for (const MeasuredShaft& a : judged_) odds_.push_back(a.confidence / std::max(1 - a.confidence, 1e-6));
  for (std::size_t i = 0; i < judged_.size(); ++i) {
    const Shaft& a = *judged_[i].shaft;
    double others = 0;
    for (std::size_t j = 0; j < judged_.size(); ++j) {
      const Shaft& b = *judged_[j].shaft;
      const double sine = std::abs(a.direction.x() * b.direction.y() - a.direction.y() * b.direction.x());
      const double aside = std::abs((b.at(0.5 * (b.begin + b.end)) - a.origin).dot(a.normal()));
      const bool related = sine < kEchoSine && aside < kEchoReach * unit_;
      if (i != j && !related) others += odds_[j];
    }
    judged_[i].confidence = odds_[i] / (1 + odds_[i] + others);
  }
}

void NeedleDetector::recall(double time) {
  memory_.begin(time, unit_);
  for (MeasuredShaft& judged : judged_) {
    const Eigen::Vector2d tip = judged.shaft->at(judged.tipAtEnd ? judged.shaft->end : judged.shaft->begin);
    const Eigen::Vector2d tail = judged.shaft->at(judged.tipAtEnd ? judged.shaft->begin : judged.shaft->end);
    judged.confidence = memory_.confidence(judged.confidence, tip, tail);
    memory_.note(judged.confidence, tip, tail);
  }
}

NeedleCandidate NeedleDetector::candidate(const MeasuredShaft& judged) const {
  const Shaft& shaft = *judged.shaft;
  NeedleCandidate out;
  const NeedleEnds ends = endsAcrossBands(shaft);
  out.tipPx = shaft.at(judged.tipAtEnd ? ends.end : ends.begin);
  out.tailPx = shaft.at(judged.tipAtEnd ? ends.begin : ends.end);
  out.confidence = judged.confidence;
  // Where the tip lies at a bright band it may be anywhere in it.
  const double hidden = judged.tipAtEnd ? ends.hiddenAfterEnd : ends.hiddenBeforeBegin;
  out.tipSigmaPx = std::hypot(3 * unit_, 0.5 * hidden);
  out.lateralSigmaPx =
      std::max(0.25, shaft.residual / std::sqrt(std::max(1.0, shaft.length() / (4 * unit_))));
  out.curvature =
      std::abs(shaft.bow) > unit_ ? 8 * std::abs(shaft.bow) / (shaft.length() * shaft.length()) : 0.0;
  return out;
}

}  // namespace acuguide::imaging
