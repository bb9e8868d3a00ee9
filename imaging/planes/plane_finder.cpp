#include "imaging/planes/plane_finder.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

constexpr double leastSeen = 0.35;  // share of the width a plane must be seen over

/// What memory is set aside for at once: more planes are never named, and wider pictures seldom seen.
constexpr std::size_t mostPlanes = 8, usualVertices = 256;

/// Takes out the stretches where nothing of the band is to be seen. Short ones are bridged; so are those at
/// the sides of the picture, where the aperture is cut and echoes are weak, up to a tenth of the width.
/// Returns the share kept.
double dropBreaks(const std::vector<float>& contrast, std::vector<float>& sorted,
                  std::vector<PlaneVertex>& vertices) {
  const size_t n = vertices.size(), bridged = std::max<size_t>(3, n / 30),
               atSides = std::max<size_t>(3, n / 10);
  constexpr float least = 4;  // grey levels
  sorted.assign(contrast.begin(), contrast.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(n / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const float floor = std::max(least, 0.2F * *middle);
  size_t kept = 0;
  for (size_t i = 0; i < n;) {
    size_t end = i;
    while (end < n && contrast[end] < floor) ++end;
    if (end - i > (i == 0 || end == n ? atSides : bridged)) {
      i = end;
      continue;
    }
    for (end = std::max(end, i + 1); i < end; ++i) vertices[kept++] = vertices[i];
  }
  vertices.resize(kept);
  return static_cast<double>(kept) / static_cast<double>(std::max<size_t>(n, 1));
}

}  // namespace

void PlaneFinder::reset() {
  labeller_.reset();
  segmenter_.reset();
}

void PlaneFinder::process(const cv::Mat& grey, const ImagingRegion& region, double time,
                          std::vector<TissuePlane>& planes, double networkHolds) {
  planes.reserve(mostPlanes);
  count_ = 0;
  if (picture_.prepare(grey, region)) find(time, networkHolds, planes);
  for (; planes.size() > count_; planes.pop_back()) spare_.push_back(std::move(planes.back().vertices));
}

void PlaneFinder::find(double time, double networkHolds, std::vector<TissuePlane>& planes) {
  const cv::Size working(picture_.columns(), picture_.depths());
  segmenter_.process(picture_.upright(), working, time, networkHolds);
  bands_.process(picture_.levelled());
  suggested_ = segmenter_.curves();
  labeller_.suggest(working, suggested_);
  const auto& curves = curves_.process(bands_, picture_.transposed(), suggested_);
  texture_.process(picture_.levelled(), curves);
  bone_.process(picture_.transposed(), picture_.lastDepth(), segmenter_);
  for (const LabelledCurve& labelled :
       labeller_.process(curves, texture_, bands_, segmenter_, working, time)) {
    if (labelled.label == PlaneLabel::Fascia && followsBone(curves[static_cast<size_t>(labelled.curve)]))
      continue;
    const double seen = trace(curves[static_cast<size_t>(labelled.curve)]);
    if (!vertices_.empty()) add(planes, labelled.label, labelled.confidence * std::min(1.0, 1.2 * seen));
  }
  addBone(planes);
}

/// The plane just traced, with the vertices' memory of an earlier one.
void PlaneFinder::add(std::vector<TissuePlane>& planes, PlaneLabel label, double confidence) {
  if (count_ == planes.size()) {
    planes.emplace_back();
    if (!spare_.empty()) {
      planes.back().vertices = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  TissuePlane& plane = planes[count_++];
  plane.label = label;
  plane.confidence = confidence;
  plane.vertices.reserve(usualVertices);
  plane.vertices.assign(vertices_.begin(), vertices_.end());
}

/// A curve along most of a bone's surface is that bone, seen as a band.
bool PlaneFinder::followsBone(const PlaneCurve& curve) const {
  constexpr float near = 6;
  size_t on = 0;
  for (const PlaneBone::Point& p : bone_.surface()) {
    const float depth =
        curve.at(2.0F * static_cast<float>(p.column) / static_cast<float>(picture_.columns() - 1) - 1);
    on += std::abs(depth - p.ridge) < near;
  }
  return bone_.confidence() > 0.5 && 2 * on > bone_.surface().size();
}

void PlaneFinder::addBone(std::vector<TissuePlane>& planes) {
  const auto& surface = bone_.surface();
  if (surface.empty()) return;
  vertices_.clear();
  const auto full = [&](float depth) { return static_cast<float>(picture_.toFull(depth)); };
  const auto vertexAt = [&](const PlaneBone::Point& p) {
    return PlaneVertex{full(static_cast<float>(p.column)), full(p.ridge), full(p.upper), full(p.lower)};
  };
  constexpr float widest = 8;  // between vertices of an unbroken plane
  for (size_t i = 0; i < surface.size(); ++i) {
    const PlaneVertex here = vertexAt(surface[i]);
    vertices_.push_back(picture_.toFrame(here));
    if (i + 1 == surface.size() || surface[i + 1].column - surface[i].column > PlaneBone::columnStep)
      continue;
    const PlaneVertex next = vertexAt(surface[i + 1]);
    const int parts = static_cast<int>(std::ceil((next.x - here.x) / widest));
    for (int k = 1; k < parts; ++k) {
      const float w = static_cast<float>(k) / static_cast<float>(parts);
      const auto between = [w](float a, float b) { return a + w * (b - a); };
      vertices_.push_back(
          picture_.toFrame({between(here.x, next.x), between(here.ridge, next.ridge),
                            between(here.upper, next.upper), between(here.lower, next.lower)}));
    }
  }
  add(planes, PlaneLabel::Bone, bone_.confidence());
}

/// vertices_: of the plane along a curve; empty when too little of it is seen. Returns the share that is.
double PlaneFinder::trace(const PlaneCurve& curve) {
  const cv::Mat& upright = picture_.upright();
  path_.resize(static_cast<size_t>(upright.cols));
  for (int x = 0; x < upright.cols; ++x) {
    const double u = 2 * picture_.toWorking(x) / (picture_.columns() - 1) - 1;
    path_[static_cast<size_t>(x)] = static_cast<float>(picture_.toFull(curve.at(static_cast<float>(u))));
  }
  edges_.process(upright, path_, picture_.scale(), bands_.sigma(curve.scale), vertices_);
  if (vertices_.empty()) return 0;
  const double seen = dropBreaks(edges_.contrast(), sorted_, vertices_);
  if (seen < leastSeen) vertices_.clear();
  for (PlaneVertex& v : vertices_) v = picture_.toFrame(v);
  return seen;
}

}  // namespace acuguide::imaging
