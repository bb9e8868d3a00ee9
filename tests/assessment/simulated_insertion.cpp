#include "assessment/simulated_insertion.h"

#include "core/units.h"

#include <cmath>

namespace acuguide::assessment::samples {
namespace {

const Eigen::Vector2d direction(std::cos(radians(30.0)), std::sin(radians(30.0)));

/// Of the room: turned and moved against the picture, so that mixing the two up shows.
Eigen::Affine3d roomFromPicture() {
  return Eigen::Translation3d(120, -40, 65) *
         Eigen::AngleAxisd(radians(70), Eigen::Vector3d(1, 2, 3).normalized());
}

}  // namespace

SimulatedInsertion::SimulatedInsertion(const std::filesystem::path& folder)
    : writer_(folder, [] {
        recording::SessionWriterOptions options;
        options.source = "a test";
        options.minimumFreeBytes = 0;
        return options;
      }()) {}

void SimulatedInsertion::nothing(double seconds) {
  for (int i = 0; i < std::lround(seconds * rate); ++i) write(false);
}

void SimulatedInsertion::move(double alongMm, double seconds, bool seen) {
  const auto steps = static_cast<int>(std::lround(seconds * rate));
  const double from = along_;
  for (int i = 1; i <= steps; ++i) {
    along_ = from + (alongMm - from) * i / steps;
    write(seen);
  }
}

void SimulatedInsertion::write(bool seen) {
  auto picture = std::make_shared<Frame>();
  picture->pixels = cv::Mat(16, 16, CV_8UC1, cv::Scalar(frame_ % 200));
  picture->index = frame_;
  picture->epoch = epoch_;
  picture->time = 100.0 + static_cast<double>(frame_) / rate;
  if (scaled) picture->geometry.spacingMm = Eigen::Vector2d(spacingMm, spacingMm);

  navigation::GuidanceSnapshot snapshot;
  const Eigen::Vector2d tip = along_ * direction;
  snapshot.ownAnalysis().region.bounds = {0, 0, 401, 300};
  if (seen) {
    snapshot.needle.state = tracking::NeedleState::Observed;
    snapshot.needle.confidence = 0.9;
    const Eigen::Vector2d aside(0.0, shownAsideMm);
    snapshot.needle.tipPx = (tip + aside) / spacingMm;
    snapshot.needle.tailPx = ((along_ - 20.0) * direction + aside) / spacingMm;
  }
  if (planned) {
    guidance::Guidance guidance;
    guidance.state = seen ? state : guidance::GuidanceState::NoNeedle;
    const Eigen::Vector2d target = targetAlongMm * direction;
    guidance.target = guidance::TargetInPicture{target / spacingMm, target.y(), "depth"};
    if (seen) {
      guidance.tipToTarget = ImageLength{0, (tip + Eigen::Vector2d(0.0, shownAsideMm) - target).norm()};
      guidance.tipDepth = ImageLength{0, tip.y()};
      guidance.angleError = radians(along_ < 20 ? 3.0 : -1.0);
      guidance.nearestDanger = guidance::DangerInPicture{0, "a nerve", {0, 40.0 - along_}, false};
    }
    snapshot.guidance = guidance;
  }
  if (tracked) {
    NamedPose needle{"Needle", "Reference", Eigen::Matrix4d::Identity(), true};
    const Eigen::Affine3d inPicture =
        Eigen::Translation3d(tip.x(), tip.y(), 0) * Eigen::AngleAxisd(radians(30), Eigen::Vector3d::UnitZ());
    needle.matrix = (roomFromPicture() * inPicture).matrix();
    NamedPose image{"Image", "Reference", Eigen::Matrix4d::Identity(), true};
    image.matrix = (roomFromPicture() * Eigen::Scaling(spacingMm)).matrix();
    NamedPose probe{"Probe", "Reference", roomFromPicture().matrix(), true};
    probe.matrix(2, 3) += probeShiftMm * static_cast<double>(frame_) / rate;
    picture->poses = {needle, image, probe};
    if (marker) {
      // The tip's frame: z along the shaft, which is x of the frame above.
      const Eigen::Affine3d tipFrame =
          Eigen::Affine3d(needle.matrix) * Eigen::AngleAxisd(radians(90), Eigen::Vector3d::UnitY());
      const Eigen::Affine3d tipInMarker =
          Eigen::Translation3d(12.0, -30.0, 140.0) *
          Eigen::AngleAxisd(radians(70), Eigen::Vector3d(1, 2, 3).normalized());
      picture->poses[0].matrix = (tipFrame * tipInMarker.inverse()).matrix();
      picture->poses.push_back({"NeedleTip", "Needle", tipInMarker.matrix(), true});
    }
  }
  snapshot.frame = picture;
  writer_.write(snapshot);
  ++frame_;
}

}  // namespace acuguide::assessment::samples
