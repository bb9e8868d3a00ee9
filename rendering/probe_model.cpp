#include "rendering/probe_model.h"

#include "rendering/lofted_body.h"
#include "rendering/palette.h"
#include "rendering/solid.h"

#include <vtkPolyData.h>
#include <vtkRenderer.h>

#include <algorithm>

namespace acuguide::rendering {
namespace {

constexpr palette::Colour kHousing = palette::colour(0xC9D0D6);
constexpr palette::Colour kLens = palette::colour(0x5B6670);
constexpr palette::Colour kMark = palette::kAccent;

// Lengths as shares of the picture's width, after the proportions of a 38 mm linear probe.
const std::vector<BodySection> kLensSections{
    {0.00, 0.50, 0.075, 6}, {0.02, 0.52, 0.095, 6}, {0.05, 0.53, 0.105, 6}};
const std::vector<BodySection> kHousingSections{{0.05, 0.535, 0.110, 5},   {0.07, 0.550, 0.120, 5},
                                                {0.24, 0.550, 0.128, 4.5}, {0.34, 0.500, 0.132, 3.6},
                                                {0.46, 0.350, 0.138, 2.8}, {0.60, 0.250, 0.140, 2.4},
                                                {0.95, 0.205, 0.135, 2.2}, {1.05, 0.150, 0.110, 2}};
const std::vector<BodySection> kCableSections{
    {1.03, 0.08, 0.08, 2}, {1.14, 0.050, 0.050, 2}, {1.40, 0.035, 0.035, 2}};
const std::vector<BodySection> kMarkSections{{0.09, 0.014, 0.012, 2}, {0.20, 0.014, 0.012, 2}};

/// Value at `t` (0..1) between b and c of the curve through a, b, c, d (Catmull-Rom).
double between(double a, double b, double c, double d, double t) {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/// More sections, on smooth curves through the given ones.
std::vector<BodySection> smoothed(const std::vector<BodySection>& sections) {
  constexpr int kSteps = 6;
  std::vector<BodySection> fine;
  for (std::size_t i = 0; i + 1 < sections.size(); ++i) {
    const BodySection& a = sections[i == 0 ? 0 : i - 1];
    const BodySection& b = sections[i];
    const BodySection& c = sections[i + 1];
    const BodySection& d = sections[std::min(i + 2, sections.size() - 1)];
    for (int k = 0; k < kSteps; ++k) {
      const double t = static_cast<double>(k) / kSteps;
      fine.push_back({b.along + (c.along - b.along) * t,
                      between(a.halfWidth, b.halfWidth, c.halfWidth, d.halfWidth, t),
                      between(a.halfDepth, b.halfDepth, c.halfDepth, d.halfDepth, t),
                      b.squareness + (c.squareness - b.squareness) * t});
    }
  }
  fine.push_back(sections.back());
  return fine;
}

std::vector<BodySection> scaled(std::vector<BodySection> sections, double size) {
  for (BodySection& section : sections) {
    section.along *= size;
    section.halfWidth *= size;
    section.halfDepth *= size;
  }
  return sections;
}

}  // namespace

struct ProbeModel::Parts {
  explicit Parts(vtkRenderer* renderer)
      : lens(renderer, kLens), housing(renderer, kHousing), cable(renderer, kLens), mark(renderer, kMark) {}
  Solid lens, housing, cable, mark;
};

ProbeModel::ProbeModel(vtkRenderer* renderer) : parts_(std::make_unique<Parts>(renderer)) {}

ProbeModel::~ProbeModel() = default;

void ProbeModel::place(const SpaceFrame& frame) {
  const double size = frame.width();
  const Eigen::Vector3d face = Eigen::Vector3d::Zero();
  const Eigen::Vector3d right = Eigen::Vector3d::UnitX();
  parts_->lens.show(loftedBody(scaled(kLensSections, size), face, frame.outwards(), right));
  parts_->housing.show(loftedBody(scaled(smoothed(kHousingSections), size), face, frame.outwards(), right));
  parts_->cable.show(loftedBody(scaled(smoothed(kCableSections), size), face, frame.outwards(), right));
  // The mark is on the front, at the side that is the picture's left.
  const Eigen::Vector3d mark = face + size * Eigen::Vector3d(-0.44, 0, 0.125);
  parts_->mark.show(loftedBody(scaled(kMarkSections, size), mark, frame.outwards(), right));
}

}  // namespace acuguide::rendering
