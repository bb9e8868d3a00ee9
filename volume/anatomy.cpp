#include "volume/anatomy.h"

#include "imaging/frame_analyzer.h"
#include "imaging/structures/structure_segmenter.h"
#include "imaging/structures/vessel_shadow.h"

#include <Eigen/Dense>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace acuguide::volume {
namespace {

using imaging::PlaneLabel;

/// What the frames have shown so far.
class Gatherer {
 public:
  explicit Gatherer(const AnatomyOptions& options) : options_(options) {}

  void see(const Frame& frame, const cv::Mat& grey, const Eigen::Matrix4d& pose) {
    pose_ = pose;
    number_ = count_++;
    const auto analysis = analyzer_.process(frame);
    for (const imaging::TissuePlane& plane : analysis->planes)
      if (plane.label == PlaneLabel::Bone) add(plane, plane.confidence, bone_);
    addDeepFascia(*analysis);
    const cv::Rect& bounds = analysis->region.bounds;
    const Eigen::Vector3d middle = at(bounds.x + 0.5 * bounds.width, bounds.y + 0.5 * bounds.height);
    if (!searched_.empty() && (middle - lastMiddle_).norm() < options_.structureStepMm) return;
    lastMiddle_ = middle;
    searched_.push_back(number_);
    imaging::Structures structures = segmenter_.process(grey, analysis->region);
    if (!structures.sure) return;
    imaging::dropVesselsInShadow(structures, grey, analysis->region, analysis->plane(PlaneLabel::Bone));
    for (const imaging::PossibleStructure& found : structures.found) add(found);
  }

  std::vector<Segment> segments(const SweepDirections& directions) const {
    std::vector<Segment> segments;
    const auto addSurface = [&](Segment::Kind kind, const char* name,
                                const std::vector<SurfacePoint>& points) {
      TriangleMesh mesh = heightSurface(points, directions);
      if (mesh.triangles.empty()) return;
      double sum = 0;
      for (const float confidence : mesh.confidence) sum += static_cast<double>(confidence);
      const double mean = sum / static_cast<double>(mesh.confidence.size());
      if (mean >= options_.leastConfidence) segments.push_back({kind, name, mean, std::move(mesh)});
    };
    addSurface(Segment::Kind::Bone, "bone", bone_);
    addSurface(Segment::Kind::Fascia, "fascia", deepFascia());
    for (const auto& [kind, sections] : sections_) {
      int number = 0;
      for (const Tube& tube : findTubes(sections, searched_)) {
        if (tube.confidence < options_.leastConfidence) continue;
        const bool nerve = kind == imaging::StructureKind::Nerve;
        segments.push_back({nerve ? Segment::Kind::Nerve : Segment::Kind::Vessel,
                            (nerve ? "nerve " : "vessel ") + std::to_string(++number), tube.confidence,
                            tubeMesh(tube)});
      }
    }
    return segments;
  }

 private:
  Eigen::Vector3d at(double x, double y) const { return (pose_ * Eigen::Vector4d(x, y, 0, 1)).head<3>(); }

  void add(const imaging::TissuePlane& plane, double confidence, std::vector<SurfacePoint>& points) const {
    for (const imaging::PlaneVertex& vertex : plane.vertices)
      points.push_back(
          {at(static_cast<double>(vertex.x), static_cast<double>(vertex.ridge)), confidence, number_});
  }

  /// A plane of a frame that may be the deep fascia.
  struct FasciaCandidate {
    double depthMm = 0.0;  ///< below the skin
    double weight = 0.0;   ///< its confidence; a line that is there but has no sure name is half as sure
    std::vector<SurfacePoint> points;
  };

  void addDeepFascia(const imaging::FrameAnalysis& analysis) {
    constexpr double kBelowSkinMm = 2.0, kLeastWidth = 0.5;
    const double pixelMm = pose_.block<3, 1>(0, 1).norm();
    const auto* skin = analysis.plane(PlaneLabel::Skin);
    const double top =
        skin != nullptr && !skin->vertices.empty() ? meanRidge(*skin) : analysis.region.bounds.y;
    std::vector<FasciaCandidate> candidates;
    for (const imaging::TissuePlane& plane : analysis.planes) {
      if (plane.label != PlaneLabel::SuperficialAponeurosis && plane.label != PlaneLabel::Fascia) continue;
      if (plane.vertices.empty()) continue;
      const double depth = (meanRidge(plane) - top) * pixelMm;
      const double width = widthOf(plane) / analysis.region.bounds.width;
      if (depth < kBelowSkinMm || width < kLeastWidth) continue;
      FasciaCandidate candidate{depth, std::max(plane.confidence, 0.5 * width), {}};
      add(plane, candidate.weight, candidate.points);
      candidates.push_back(std::move(candidate));
    }
    if (!candidates.empty()) fascia_.push_back(std::move(candidates));
  }

  /// One candidate of each frame: those of the greatest weights whose depth changes least from frame to
  /// frame, for single frames often take another plane for it (dynamic programming); the shallower one of two
  /// alike.
  std::vector<SurfacePoint> deepFascia() const {
    constexpr double kPerMmOfChange = 0.5, kPerMmOfDepth = 0.03;
    std::vector<std::vector<double>> best(fascia_.size());
    std::vector<std::vector<std::size_t>> from(fascia_.size());
    for (std::size_t i = 0; i < fascia_.size(); ++i) {
      for (const FasciaCandidate& candidate : fascia_[i]) {
        double most = 0.0;
        std::size_t before = 0;
        for (std::size_t k = 0; i > 0 && k < fascia_[i - 1].size(); ++k) {
          const double sum =
              best[i - 1][k] - kPerMmOfChange * std::abs(candidate.depthMm - fascia_[i - 1][k].depthMm);
          if (k > 0 && sum <= most) continue;
          most = sum;
          before = k;
        }
        best[i].push_back(most + candidate.weight - kPerMmOfDepth * candidate.depthMm);
        from[i].push_back(before);
      }
    }
    std::vector<SurfacePoint> points;
    if (fascia_.empty()) return points;
    auto chosen = static_cast<std::size_t>(std::max_element(best.back().begin(), best.back().end()) -
                                           best.back().begin());
    for (std::size_t i = fascia_.size(); i-- > 0;) {
      const auto& seen = fascia_[i][chosen].points;
      points.insert(points.end(), seen.begin(), seen.end());
      chosen = from[i][chosen];
    }
    return points;
  }

  static double meanRidge(const imaging::TissuePlane& plane) {
    double sum = 0;
    for (const imaging::PlaneVertex& vertex : plane.vertices) sum += static_cast<double>(vertex.ridge);
    return sum / static_cast<double>(plane.vertices.size());
  }
  static double widthOf(const imaging::TissuePlane& plane) {
    return static_cast<double>(plane.vertices.back().x) - static_cast<double>(plane.vertices.front().x);
  }

  void add(const imaging::PossibleStructure& found) {
    std::vector<cv::Point2f> outline;
    for (const Eigen::Vector2d& point : found.outlinePx)
      outline.emplace_back(static_cast<float>(point.x()), static_cast<float>(point.y()));
    const cv::Moments moments = cv::moments(outline);
    if (!(moments.m00 > 0)) return;
    const double pixelArea = pose_.block<3, 1>(0, 0).cross(pose_.block<3, 1>(0, 1)).norm();
    sections_[found.kind].push_back({at(moments.m10 / moments.m00, moments.m01 / moments.m00),
                                     std::sqrt(moments.m00 * pixelArea / std::numbers::pi), found.confidence,
                                     number_});
  }

  AnatomyOptions options_;
  imaging::FrameAnalyzer analyzer_;
  imaging::StructureSegmenter segmenter_;
  Eigen::Matrix4d pose_ = Eigen::Matrix4d::Identity();
  Eigen::Vector3d lastMiddle_ = Eigen::Vector3d::Zero();
  std::int32_t number_ = 0, count_ = 0;
  std::vector<std::int32_t> searched_;
  std::vector<SurfacePoint> bone_;
  std::vector<std::vector<FasciaCandidate>> fascia_;  // of each frame that shows any
  std::map<imaging::StructureKind, std::vector<TubeSection>> sections_;
};

/// Calls `paint` for places over a triangle, at most half a `step` apart.
template <class Paint>
void overTriangle(const Eigen::Vector3d& a, const Eigen::Vector3d& b, const Eigen::Vector3d& c, double step,
                  const Paint& paint) {
  const int parts =
      std::max(1, static_cast<int>(std::ceil(2.0 * std::max((b - a).norm(), (c - a).norm()) / step)));
  for (int i = 0; i <= parts; ++i)
    for (int j = 0; i + j <= parts; ++j) paint(a + (b - a) * i / parts + (c - a) * j / parts);
}

}  // namespace

SweepDirections directionsOf(const Sweep& sweep) {
  std::vector<Eigen::Matrix4d> poses;
  for (const auto& pose : sweep.imageToReference)
    if (pose) poses.push_back(*pose);
  const cv::Rect bounds = sweep.clip.bounds();
  return SweepDirections::of(poses, {bounds.x + 0.5 * bounds.width, bounds.y + 0.5 * bounds.height});
}

std::vector<Segment> findAnatomy(const OpenSweep& open, const Sweep& sweep, const AnatomyOptions& options,
                                 const Told& told, const std::stop_token& stop) {
  Gatherer gatherer(options);
  forEachUsedFrame(open, sweep, told, stop,
                   [&](const Frame& frame, const cv::Mat& grey, const Eigen::Matrix4d& pose) {
                     gatherer.see(frame, grey, pose);
                   });
  return gatherer.segments(directionsOf(sweep));
}

Volume labelsOf(const std::vector<Segment>& segments, const VolumeGrid& grid,
                const SweepDirections& directions) {
  Volume labels;
  labels.grid = grid;
  labels.grey.assign(grid.voxels(), 0);
  const double step = *std::min_element(grid.spacingMm.begin(), grid.spacingMm.end());
  const auto paint = [&](const Eigen::Vector3d& place, std::uint8_t label) {
    std::array<int, 3> voxel{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double at = (place[static_cast<Eigen::Index>(axis)] - grid.originMm[axis]) / grid.spacingMm[axis];
      voxel[axis] = static_cast<int>(std::floor(at + 0.5));
      if (voxel[axis] < 0 || voxel[axis] >= grid.size[axis]) return;
    }
    labels.grey[grid.index(voxel[0], voxel[1], voxel[2])] = label;
  };
  std::vector<std::size_t> order;
  for (const bool bone : {false, true})
    for (std::size_t i = 0; i < std::min<std::size_t>(segments.size(), 255); ++i)
      if ((segments[i].kind == Segment::Kind::Bone) == bone) order.push_back(i);
  for (const std::size_t i : order) {
    const Segment& segment = segments[i];
    const auto label = static_cast<std::uint8_t>(i + 1);
    const auto at = [&](std::uint32_t vertex) {
      const auto& place = segment.mesh.vertices[vertex];
      return Eigen::Vector3d(double(place[0]), double(place[1]), double(place[2]));
    };
    const bool tube = segment.kind == Segment::Kind::Vessel || segment.kind == Segment::Kind::Nerve;
    // A tube is filled from its wall to the middle of the ring its triangle belongs to (tubeMesh: 24 a ring).
    constexpr std::uint32_t kRound = 24;
    const auto middleOf = [&](std::uint32_t vertex) {
      const std::uint32_t ring = vertex / kRound * kRound;
      return Eigen::Vector3d(0.5 * (at(ring) + at(ring + kRound / 2)));
    };
    for (const auto& [a, b, c] : segment.mesh.triangles) {
      const double least = segment.kind == Segment::Kind::Bone ? 0.0 : -0.5, most = least + 1.0;
      if (tube) {
        const Eigen::Vector3d middle = middleOf(a);
        const double reach = (at(a) - middle).norm();
        for (double inward = 0; inward <= reach; inward += 0.5 * step)
          overTriangle(at(a), at(b), at(c), step, [&](const Eigen::Vector3d& place) {
            paint(place + (middle - place) * inward / reach, label);
          });
      } else {
        for (double below = least; below <= most; below += 0.5 * step)
          overTriangle(at(a), at(b), at(c), step,
                       [&](const Eigen::Vector3d& place) { paint(place + below * directions.depth, label); });
      }
    }
  }
  return labels;
}

}  // namespace acuguide::volume
