#include "volume/tube_finder.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace acuguide::volume {
namespace {

struct Track {
  std::vector<TubeSection> sections;
  int firstLook = 0, lastLook = 0;  ///< which of the frames looked at

  /// Where it would be now, were it to go on as it did over its last sections.
  Eigen::Vector3d expected(int look) const {
    const TubeSection& last = sections.back();
    if (sections.size() < 4) return last.centre;
    const TubeSection& before = sections[sections.size() - 4];
    const double steps = std::max<double>(3.0, last.frame - before.frame);
    (void)look;
    return last.centre + (last.centre - before.centre) / steps * std::min(3.0, double(look - lastLook));
  }
};

double lengthOf(const std::vector<Eigen::Vector3d>& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) length += (line[i] - line[i - 1]).norm();
  return length;
}

/// Local straight lines through the sections, by their place along the main direction.
Tube smoothed(const Track& track, const TubeOptions& options) {
  const std::vector<TubeSection>& sections = track.sections;
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const TubeSection& section : sections) mean += section.centre / double(sections.size());
  Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
  for (const TubeSection& section : sections)
    spread += (section.centre - mean) * (section.centre - mean).transpose();
  Eigen::Vector3d along = Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(spread).eigenvectors().col(2);
  if (along.dot(sections.back().centre - sections.front().centre) < 0) along *= -1;
  std::vector<double> place;
  for (const TubeSection& section : sections) place.push_back(along.dot(section.centre - mean));
  const auto [first, last] = std::minmax_element(place.begin(), place.end());

  Tube tube;
  const int steps = std::max(2, static_cast<int>(std::ceil(*last - *first)) + 1);
  for (int i = 0; i < steps; ++i) {
    const double here = *first + (*last - *first) * i / (steps - 1);
    double all = 0, moment = 0, square = 0, radius = 0;
    Eigen::Vector3d sum = Eigen::Vector3d::Zero(), tilted = Eigen::Vector3d::Zero();
    for (std::size_t k = 0; k < sections.size(); ++k) {
      const double off = place[k] - here;
      const double weight =
          sections[k].confidence * std::exp(-0.5 * off * off / (options.sigmaMm * options.sigmaMm)) + 1e-12;
      all += weight, moment += weight * off, square += weight * off * off;
      sum += weight * sections[k].centre, tilted += weight * off * sections[k].centre;
      radius += weight * sections[k].radius;
    }
    const double determinant = all * square - moment * moment;
    tube.centreline.emplace_back(determinant > 1e-6 * all * all
                                     ? Eigen::Vector3d((square * sum - moment * tilted) / determinant)
                                     : Eigen::Vector3d(sum / all));
    tube.radius.push_back(radius / all);
  }
  double sure = 0;
  for (const TubeSection& section : sections) sure += section.confidence / double(sections.size());
  tube.confidence = sure * double(sections.size()) / double(track.lastLook - track.firstLook + 1);
  return tube;
}

}  // namespace

std::vector<Tube> findTubes(const std::vector<TubeSection>& sections, const std::vector<std::int32_t>& frames,
                            const TubeOptions& options) {
  std::map<std::int32_t, std::vector<const TubeSection*>> byFrame;
  for (const TubeSection& section : sections) byFrame[section.frame].push_back(&section);
  std::vector<Track> open, done;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const int look = static_cast<int>(i);
    for (std::size_t t = open.size(); t-- > 0;) {
      if (look - open[t].lastLook <= options.mostMissing) continue;
      done.push_back(std::move(open[t]));
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(t));
    }
    auto found = byFrame[frames[i]];
    // The closest pair first.
    while (!found.empty()) {
      double nearest = options.mostStepMm;
      std::size_t track = open.size(), section = 0;
      for (std::size_t t = 0; t < open.size(); ++t) {
        if (open[t].lastLook == look) continue;
        for (std::size_t s = 0; s < found.size(); ++s) {
          const double off = (found[s]->centre - open[t].expected(look)).norm();
          if (off >= nearest) continue;
          nearest = off, track = t, section = s;
        }
      }
      if (track == open.size()) break;
      open[track].sections.push_back(*found[section]);
      open[track].lastLook = look;
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(section));
    }
    for (const TubeSection* section : found) open.push_back({{*section}, look, look});
  }
  for (Track& track : open) done.push_back(std::move(track));

  std::vector<Tube> tubes;
  for (const Track& track : done) {
    if (static_cast<int>(track.sections.size()) < options.leastSections) continue;
    Tube tube = smoothed(track, options);
    if (lengthOf(tube.centreline) >= options.leastLengthMm) tubes.push_back(std::move(tube));
  }
  std::sort(tubes.begin(), tubes.end(),
            [](const Tube& a, const Tube& b) { return lengthOf(a.centreline) > lengthOf(b.centreline); });
  return tubes;
}

TriangleMesh tubeMesh(const Tube& tube) {
  constexpr std::uint32_t kRound = 24;
  TriangleMesh mesh;
  Eigen::Vector3d side = Eigen::Vector3d::UnitX();
  for (std::size_t i = 0; i < tube.centreline.size(); ++i) {
    const Eigen::Vector3d ahead = tube.centreline[std::min(i + 1, tube.centreline.size() - 1)];
    const Eigen::Vector3d behind = tube.centreline[i == 0 ? 0 : i - 1];
    const Eigen::Vector3d along = (ahead - behind).normalized();
    side -= along * along.dot(side);
    if (side.norm() < 1e-3) side = along.unitOrthogonal();
    side.normalize();
    const Eigen::Vector3d other = along.cross(side);
    for (std::uint32_t k = 0; k < kRound; ++k) {
      const double angle = 2.0 * std::numbers::pi * k / kRound;
      const Eigen::Vector3d point =
          tube.centreline[i] + tube.radius[i] * (std::cos(angle) * side + std::sin(angle) * other);
      mesh.vertices.push_back(
          {static_cast<float>(point.x()), static_cast<float>(point.y()), static_cast<float>(point.z())});
      mesh.confidence.push_back(static_cast<float>(tube.confidence));
    }
  }
  for (std::uint32_t i = 0; i + 1 < tube.centreline.size(); ++i) {
    for (std::uint32_t k = 0; k < kRound; ++k) {
      const std::uint32_t a = i * kRound + k, b = i * kRound + (k + 1) % kRound, c = a + kRound,
                          d = b + kRound;
      mesh.triangles.push_back({a, b, c});
      mesh.triangles.push_back({b, d, c});
    }
  }
  return mesh;
}

}  // namespace acuguide::volume
