#include "imaging/needle/needle_verdict.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr double kPlaneWidth = 1.8;      // a plane is seen over this many lengths of a line that is it
constexpr double kMostPlane = 0.85;      // or over this share of the region's width
constexpr double kLeastPlane = 0.6;      // confidence a plane must have to count against a line
constexpr double kPlaneOdds = 5;         // by which such a line is less likely a needle
constexpr double kEchoReach = 20;        // units beside a shaft where its echoes lie
constexpr double kEchoSine = 0.09;       // and how far they may be turned against it
constexpr double kSameReach = 3;         // and where it is only found again
constexpr float kEdgeCells = 0.6F;       // farther from the middle of what it sees is an edge
constexpr double kEchoConfidence = 0.2;  // least that both must have

bool comparable(double x, double y) { return std::min(x, y) > 0.5 * std::max(x, y); }

/// Whether the network sees both, and a in the middle of what it sees where b is its edge.
bool isTheMiddle(const MeasuredShaft& a, const MeasuredShaft& b) {
  const auto seen = [](const MeasuredShaft& line) { return line.evidence[kEvidenceMean] > kSeenMean; };
  return seen(a) && seen(b) && b.evidence[kEvidenceAside] > a.evidence[kEvidenceAside] + kEdgeCells;
}

/// Whether a rather than b is the shaft, when one of them is the other's echo or edge, or both are the same.
bool isTheShaft(const MeasuredShaft& lineA, const MeasuredShaft& lineB, double beside, ProbeSide probe,
                double unit) {
  if (isTheMiddle(lineA, lineB)) return true;
  if (isTheMiddle(lineB, lineA)) return false;
  const Shaft &a = *lineA.shaft, &b = *lineB.shaft;
  if (std::abs(beside) < kSameReach * unit || probe == ProbeSide::Unknown || !comparable(a.level, b.level) ||
      !comparable(a.length(), b.length()))
    return strengthOf(a) > strengthOf(b);
  return (probe == ProbeSide::Bottom ? -beside : beside) > 0;
}

/// Parts and echoes of the same shaft.
bool related(const Shaft& a, const Shaft& b, double unit) {
  const double sine = std::abs(a.direction.x() * b.direction.y() - a.direction.y() * b.direction.x());
  const double aside = std::abs((b.at(0.5 * (b.begin + b.end)) - a.origin).dot(a.normal()));
  return sine < kEchoSine && aside < kEchoReach * unit;
}

}  // namespace

double strengthOf(const Shaft& shaft) { return std::min(shaft.level, 80.0) * std::sqrt(shaft.length()); }

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

bool isOnPlane(const Shaft& shaft, const std::vector<TissuePlane>& planes, const cv::Rect& bounds,
               double unit) {
  const double left = shaft.at(shaft.begin).x(), right = shaft.at(shaft.end).x();
  return std::any_of(planes.begin(), planes.end(), [&](const TissuePlane& plane) {
    const bool strong = plane.label != PlaneLabel::Fascia && plane.confidence >= kLeastPlane;
    if (!strong || plane.vertices.size() < 2) return false;
    const auto seen = static_cast<double>(plane.vertices.back().x - plane.vertices.front().x);
    if (seen < std::min(kPlaneWidth * (right - left), kMostPlane * bounds.width)) return false;
    int on = 0, all = 0;
    for (double x = left; x <= right; x += 4 * unit, ++all) {
      const double y = shaft.origin.y() + (x - shaft.origin.x()) * shaft.direction.y() / shaft.direction.x();
      const auto ridge = ridgeAt(plane, x);
      on += ridge && std::abs(*ridge - y) < kSameReach * unit;
    }
    return on > 0.8 * all;
  });
}

void NeedleVerdict::weigh(std::span<MeasuredShaft> lines, ProbeSide probe, double unit) {
  weighPlanes(lines);
  giveUpEchoes(lines, probe, unit);
  weighRivals(lines, unit);
}

/// A line that is part of an aponeurosis is more likely that aponeurosis. It is not certain: the finder of
/// planes may have taken the needle for one, so the line only loses odds; and a mere fascia, which may be
/// drawn through whatever is bright, says nothing.
void NeedleVerdict::weighPlanes(std::span<MeasuredShaft> lines) {
  for (MeasuredShaft& line : lines)
    if (line.onPlane) line.confidence /= line.confidence + kPlaneOdds * (1 - line.confidence);
}

/// Sound that runs to and fro inside a shaft, or by a longer way, draws it again farther from the probe. Of
/// two likely shafts side by side the first to arrive is the true one, unless one is by far the weaker (a
/// side lobe).
void NeedleVerdict::giveUpEchoes(std::span<MeasuredShaft> lines, ProbeSide probe, double unit) {
  for (MeasuredShaft& a : lines) {
    for (MeasuredShaft& b : lines) {
      if (&a == &b || a.confidence < kEchoConfidence || b.confidence < kEchoConfidence) continue;
      const double beside = besides(*a.shaft, *b.shaft, kEchoSine);  // > 0: b lies below a in the picture
      if (std::abs(beside) > kEchoReach * unit || !isTheShaft(a, b, beside, probe, unit)) continue;
      a.confidence = std::max(a.confidence, b.confidence);
      b.confidence = 0;
    }
  }
}

/// There is one needle at most: where several lines look like one they speak against each other.
void NeedleVerdict::weighRivals(std::span<MeasuredShaft> lines, double unit) {
  odds_.clear();
  for (const MeasuredShaft& a : lines) odds_.push_back(a.confidence / std::max(1 - a.confidence, 1e-6));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    double others = 0;
    for (std::size_t j = 0; j < lines.size(); ++j)
      if (i != j && !related(*lines[i].shaft, *lines[j].shaft, unit)) others += odds_[j];
    lines[i].confidence = odds_[i] / (1 + odds_[i] + others);
  }
}

}  // namespace acuguide::imaging
