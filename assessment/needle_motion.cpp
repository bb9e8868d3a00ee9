#include "assessment/needle_motion.h"

#include "core/error.h"
#include "core/pose_chain.h"
#include "core/units.h"
#include "recording/session_poses.h"

#include <cmath>
#include <limits>
#include <string_view>

namespace acuguide::assessment {
namespace {

constexpr double probeStepMm = 0.5;
constexpr double probeStepDegrees = 1.0;

imaging::ProbeSide probeSideOf(const recording::SessionRecord& record) {
  const std::string given = record.metaOr("option.probe", "auto");
  if (given == "bottom") return imaging::ProbeSide::Bottom;
  if (given == "top") return imaging::ProbeSide::Top;
  const auto planned = record.plan ? record.plan->probe : imaging::ProbeSide::Unknown;
  return planning::chooseProbe(planned, imaging::ProbeSide::Unknown).side;
}

Eigen::Vector3d flat(const Eigen::Vector2d& point) { return {point.x(), point.y(), 0.0}; }

/// The nearest rotation to the matrix's upper left part (Arun et al., IEEE TPAMI 1987).
Eigen::Matrix3d rotationOf(const Eigen::Matrix4d& matrix) {
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(matrix.topLeftCorner<3, 3>(),
                                              Eigen::ComputeFullU | Eigen::ComputeFullV);
  Eigen::Matrix3d mirror = Eigen::Matrix3d::Identity();
  mirror(2, 2) = (svd.matrixU() * svd.matrixV().transpose()).determinant() < 0 ? -1.0 : 1.0;
  return svd.matrixU() * mirror * svd.matrixV().transpose();
}

/// The pose `from` to the first of Reference and Tracker that the poses lead to.
ComposedPose poseInRoom(const std::vector<NamedPose>& poses, std::string_view from) {
  for (const std::string_view to : {"Reference", "Tracker"})
    if (ComposedPose pose = composePose(poses, from, to); pose.state != PoseState::Unknown) return pose;
  return {};
}

/// Which pose is the needle's: as asked, or found. A frame of the tip (calibrate pivot) comes before the
/// marker's.
class NeedleName {
 public:
  explicit NeedleName(const MetricsOptions& options)
      : asked_(options.needlePose), axis_(options.needleAxis) {}

  ComposedPose find(const std::vector<NamedPose>& poses) const {
    const auto [from, to] = endsOf(poses);
    return from.empty() ? ComposedPose{} : composePose(poses, from, to);
  }

  /// The frame that the pose leads to; empty: there is no such pose.
  std::string room(const std::vector<NamedPose>& poses) const { return endsOf(poses).second; }

  /// The shaft in the needle's frame, towards the tip: as given, or as the frame's name says.
  Eigen::Vector3d axis(const std::vector<NamedPose>& poses) const {
    return axis_ ? *axis_ : shaftAxisOf(endsOf(poses).first);
  }

 private:
  std::pair<std::string, std::string> endsOf(const std::vector<NamedPose>& poses) const {
    if (!asked_.empty())
      return splitPoseName(asked_, frameNames(poses)).value_or(std::pair<std::string, std::string>());
    for (const char* from : {"NeedleTip", "NeedleShaft", "Needle"})
      for (const char* to : {"Reference", "Tracker"})
        if (composePose(poses, from, to).state != PoseState::Unknown) return {from, to};
    return {};
  }

  std::string asked_;
  std::optional<Eigen::Vector3d> axis_;
};

/// Below the probe face of the picture, where the poses say how the picture lies in the room.
std::optional<TissueSide> tissueBelowProbe(const recording::SessionRecord& record,
                                           const recording::FrameRecord& frame,
                                           const std::vector<NamedPose>& poses, const std::string& room) {
  const ComposedPose image = composePose(poses, "Image", room);
  if (image.state != PoseState::Valid || frame.region.empty()) return std::nullopt;
  const bool bottom = probeSideOf(record) == imaging::ProbeSide::Bottom;
  const double face = bottom ? frame.region.y + frame.region.height - 1 : frame.region.y;
  const Eigen::Vector4d centre(frame.region.x + (frame.region.width - 1) / 2.0, face, 0.0, 1.0);
  const Eigen::Vector3d down = image.matrix.block<3, 1>(0, 1);
  if (down.norm() < 1e-9) return std::nullopt;
  return TissueSide{(image.matrix * centre).head<3>(), (bottom ? -1.0 : 1.0) * down.normalized()};
}

/// Puts the needle of a frame where `tip` and `back`, a point of the shaft behind it, are in the picture.
void placeNeedle(const recording::SessionRecord& record, const Eigen::Vector2d& tipPx,
                 const Eigen::Vector2d& backPx, recording::FrameRecord& frame) {
  frame.needle = tracking::NeedleState::Observed;
  frame.tipPx = tipPx;
  frame.tailPx = backPx;
  const auto picture = pictureFrameOf(record, frame);
  if (!frame.guidance || !picture || !picture->scaled()) return;
  const Eigen::Vector2d tip = picture->fromPx(tipPx), shaft = tip - picture->fromPx(backPx);
  frame.guidance->tipDepthMm = tip.y();
  frame.guidance->tipToTargetMm = frame.guidance->angleErrorDegrees = std::nullopt;
  if (!frame.guidance->targetPx || shaft.norm() < 1e-6) return;
  const Eigen::Vector2d way = picture->fromPx(*frame.guidance->targetPx) - tip;
  frame.guidance->tipToTargetMm = way.norm();
  const double tolerance = record.plan ? record.plan->targetToleranceMm : planning::Plan{}.targetToleranceMm;
  if (way.norm() <= tolerance) return;
  const double cross = way.x() * shaft.y() - way.y() * shaft.x();
  frame.guidance->angleErrorDegrees = degrees(std::atan2(std::abs(cross), way.dot(shaft)));
}

}  // namespace

recording::SessionRecord withTrackedNeedle(recording::SessionRecord record, const MetricsOptions& options) {
  constexpr double backMm = 20.0;
  const NeedleName name(options);
  recording::readSessionPoses(record.folder, [&](std::int64_t id, const std::vector<NamedPose>& poses) {
    if (id < 0 || id >= static_cast<std::int64_t>(record.frames.size())) return;
    const ComposedPose needle = name.find(poses), image = composePose(poses, "Image", name.room(poses));
    if (needle.state != PoseState::Valid || image.state != PoseState::Valid) return;
    const NeedleSample sample = sampleOf(needle.matrix, name.axis(poses));
    const Eigen::Affine3d toPicture(Eigen::Affine3d(image.matrix).inverse());
    const Eigen::Vector3d tip = toPicture * sample.tip;
    const Eigen::Vector3d back = toPicture * Eigen::Vector3d(sample.tip - backMm * sample.axis());
    placeNeedle(record, tip.head<2>(), back.head<2>(), record.frames[static_cast<std::size_t>(id)]);
  });
  return record;
}

bool brokenBetween(const recording::SessionRecord& record, std::int64_t before, std::int64_t now) {
  for (std::int64_t i = before + 1; i <= now; ++i)
    if (record.frames[static_cast<std::size_t>(i)].broken) return true;
  return false;
}

std::optional<planning::PictureFrame> pictureFrameOf(const recording::SessionRecord& record,
                                                     const recording::FrameRecord& frame) {
  imaging::ImagingRegion region;
  region.bounds = frame.region;
  return planning::PictureFrame::find({frame.spacingMm}, region, probeSideOf(record));
}

NeedlePath pathInPictures(const recording::SessionRecord& record) {
  NeedlePath path;
  for (std::size_t i = 0; i < record.frames.size(); ++i) {
    const recording::FrameRecord& frame = record.frames[i];
    if (frame.needle != tracking::NeedleState::Observed) continue;
    const auto picture = pictureFrameOf(record, frame);
    if (!picture || !picture->scaled()) continue;
    NeedleSample sample;
    sample.frame = static_cast<std::int64_t>(i);
    sample.time = frame.time;
    sample.broken = !path.empty() && brokenBetween(record, path.back().frame, sample.frame);
    sample.tip = flat(picture->fromPx(frame.tipPx));
    const Eigen::Vector3d shaft = sample.tip - flat(picture->fromPx(frame.tailPx));
    if (shaft.norm() < 1e-6) continue;
    sample.orientation = Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitX(), shaft);
    sample.tissue = TissueSide{};
    path.push_back(sample);
  }
  return path;
}

std::vector<double> tipDepths(const recording::SessionRecord& record, const NeedlePath& path) {
  std::vector<double> depths(record.frames.size(), std::numeric_limits<double>::quiet_NaN());
  for (const NeedleSample& sample : path)
    depths[static_cast<std::size_t>(sample.frame)] =
        sample.tissue ? sample.tissue->depth(sample.tip) : std::numeric_limits<double>::quiet_NaN();
  return depths;
}

Eigen::Vector3d shaftAxisOf(std::string_view frame) {
  const bool tip = frame.starts_with("NeedleTip") || frame.starts_with("NeedleShaft");
  return tip ? Eigen::Vector3d::UnitZ() : Eigen::Vector3d::UnitX();
}

NeedleSample sampleOf(const Eigen::Matrix4d& needle, const Eigen::Vector3d& axis) {
  NeedleSample sample;
  sample.tip = needle.block<3, 1>(0, 3);
  sample.orientation = Eigen::Quaterniond(rotationOf(needle)) *
                       Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitX(), axis);
  return sample;
}

std::optional<NeedlePath> pathOfPoses(const recording::SessionRecord& record, const MetricsOptions& options) {
  const NeedleName name(options);
  NeedlePath path;
  bool known = false;
  recording::readSessionPoses(record.folder, [&](std::int64_t id, const std::vector<NamedPose>& poses) {
    if (id < 0 || id >= static_cast<std::int64_t>(record.frames.size())) return;
    const ComposedPose needle = name.find(poses);
    known = known || needle.state != PoseState::Unknown;
    if (needle.state != PoseState::Valid) return;
    const recording::FrameRecord& frame = record.frames[static_cast<std::size_t>(id)];
    if (!path.empty() && frame.time <= path.back().time) return;  // a row that is there twice
    NeedleSample sample = sampleOf(needle.matrix, name.axis(poses));
    sample.frame = id;
    sample.time = frame.time;
    sample.broken = !path.empty() && brokenBetween(record, path.back().frame, sample.frame);
    sample.tissue =
        options.tissue ? options.tissue : tissueBelowProbe(record, frame, poses, name.room(poses));
    path.push_back(sample);
  });
  if (!known && !options.needlePose.empty())
    throw Error(record.folder.string(), "has no pose " + options.needlePose,
                "see its poses with 'acuguide session info'");
  if (path.empty()) return std::nullopt;
  return path;
}

std::optional<ProbeMotion> probeMotion(const recording::SessionRecord& record, std::int64_t firstFrame,
                                       std::int64_t lastFrame) {
  std::optional<NeedleSample> anchor;
  Eigen::Quaterniond facing = Eigen::Quaterniond::Identity();
  ProbeMotion motion;
  recording::readSessionPoses(record.folder, [&](std::int64_t id, const std::vector<NamedPose>& poses) {
    if (id < firstFrame || id > lastFrame) return;
    const ComposedPose probe = poseInRoom(poses, "Probe");
    if (probe.state != PoseState::Valid) return;
    const NeedleSample now = sampleOf(probe.matrix, Eigen::Vector3d::UnitX());
    if (!anchor) {
      anchor = now;
      facing = now.orientation;
      return;
    }
    if (const double mm = (now.tip - anchor->tip).norm(); mm >= probeStepMm) {
      motion.mm += mm;
      anchor->tip = now.tip;
    }
    if (const double turned = degrees(now.orientation.angularDistance(facing)); turned >= probeStepDegrees) {
      motion.degrees += turned;
      facing = now.orientation;
    }
  });
  if (!anchor) return std::nullopt;
  return motion;
}

}  // namespace acuguide::assessment
