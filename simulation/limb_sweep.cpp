#include "simulation/limb_sweep.h"

#include "core/error.h"
#include "core/units.h"
#include "simulation/decibels.h"
#include "simulation/image_former.h"
#include "simulation/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {

const cv::Rect LimbSweep::kRegion(40, 30, 480, 400);

namespace {

constexpr double kTurn = 2.0 * std::numbers::pi;

Eigen::Matrix3d turned(double aboutX, double aboutY, double aboutZ) {
  return (Eigen::AngleAxisd(radians(aboutZ), Eigen::Vector3d::UnitZ()) *
          Eigen::AngleAxisd(radians(aboutY), Eigen::Vector3d::UnitY()) *
          Eigen::AngleAxisd(radians(aboutX), Eigen::Vector3d::UnitX()))
      .toRotationMatrix();
}

/// Pixels to mm beside and below the middle of the face.
Eigen::Affine3d imageToFace() {
  const cv::Rect& region = LimbSweep::kRegion;
  Eigen::Affine3d image = Eigen::Affine3d::Identity();
  image.linear().diagonal().setConstant(LimbSweep::kSpacingMm);
  image.translation() = Eigen::Vector3d(-LimbSweep::kSpacingMm * (region.x + 0.5 * (region.width - 1)),
                                        -LimbSweep::kSpacingMm * region.y, 0.0);
  return image;
}

const SweepOptions& checked(const SweepOptions& options) {
  const auto require = [](bool fine, const char* what, const char* limits) {
    if (!fine) throw Error("simulated sweep", std::string(what) + " is out of range", limits);
  };
  require(options.frames >= 1, "the number of frames", "give 1 or more");
  require(options.toMm > LimbSweep::kFromMm && options.toMm <= Limb::kLengthMm, "the sweep's end",
          "give more than 6 and at most 100 mm");
  require(options.framesPerSecond > 0.0, "the frame rate", "give more than 0");
  require(options.poseNoiseMm >= 0.0 && options.poseNoiseMm <= 10.0, "the poses' noise", "give 0 to 10 mm");
  require(options.poseNoiseDeg >= 0.0 && options.poseNoiseDeg <= 10.0, "the poses' noise",
          "give 0 to 10 degrees");
  require(std::abs(options.trackerLagSeconds) <= 1.0, "the tracker's lag", "give at most 1 s either way");
  require(options.dropOuts >= 0.0 && options.dropOuts <= 1.0, "the share of drop-outs", "give 0 to 1");
  require(options.pressed >= 0.0 && options.pressed <= 0.3, "what is pressed", "give 0 to 0.3");
  return options;
}

}  // namespace

LimbSweep::LimbSweep(const SweepOptions& options)
    : options_(checked(options)),
      limb_(1, options.pressed),  // the same limb whatever the sweep: a second visit sees it again
      limbToReference_(Eigen::Isometry3d::Identity()),
      faceToProbe_(Eigen::Isometry3d::Identity()) {
  const Eigen::Vector3d axis = Eigen::Vector3d(0.5, 0.4, 0.77).normalized();
  const Eigen::Vector3d middle(0.0, 15.0,
                               50.0);  // turned about itself, so that both numbers say what they mean
  limbToReference_.linear() = Eigen::AngleAxisd(radians(options.movedDeg), axis).toRotationMatrix();
  limbToReference_.translation() =
      middle - limbToReference_.linear() * middle + options.movedMm * Eigen::Vector3d(0.6, -0.48, 0.64);
  faceToProbe_.linear() = turned(92.0, 3.0, -178.0);
  faceToProbe_.translation() = Eigen::Vector3d(1.5, -60.0, 22.0);
  findDropOuts();
}

void LimbSweep::findDropOuts() {
  dropped_.assign(static_cast<std::size_t>(options_.frames), 0);
  const auto wanted = static_cast<std::int64_t>(std::llround(options_.dropOuts * double(options_.frames)));
  Random random(options_.seed, 302);
  for (std::int64_t done = 0; done < wanted;) {
    const auto start = static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(options_.frames));
    const auto length = static_cast<std::int64_t>(1 + random.next() % 10);
    for (std::int64_t i = start; i < std::min(start + length, options_.frames) && done < wanted; ++i) {
      char& dropped = dropped_[static_cast<std::size_t>(i)];
      done += dropped == 0 ? 1 : 0;
      dropped = 1;
    }
  }
}

Eigen::Isometry3d LimbSweep::probeToLimb(double time) const {
  const double whole = static_cast<double>(options_.frames) / options_.framesPerSecond;
  const double share = time / whole;
  const double way = std::clamp(share + 0.03 * std::sin(3.0 * kTurn * share), -0.1, 1.1);
  Random random(options_.seed, 303);
  const double phase = random.uniform(0.0, kTurn);  // another sweep sways otherwise
  const auto sway = [&](double turns, double more) { return std::sin(turns * kTurn * share + phase + more); };
  Eigen::Isometry3d face = Eigen::Isometry3d::Identity();
  face.linear() = turned(3.0 * sway(1.3, 0.0), 2.5 * sway(0.9, 1.0), 2.0 * sway(1.7, 2.0));
  face.translation() =
      Eigen::Vector3d(1.5 * sway(1.1, 3.0), limb_.skin(), kFromMm + (options_.toMm - kFromMm) * way);
  return face * faceToProbe_.inverse();
}

// Whoever lies there moves a little, and the marker with them.
Eigen::Isometry3d LimbSweep::referenceToTracker(double time) const {
  Eigen::Isometry3d reference = Eigen::Isometry3d::Identity();
  reference.linear() = turned(40.0 + std::sin(0.7 * time), -15.0 + 0.6 * std::sin(0.4 * time), 100.0);
  reference.translation() =
      Eigen::Vector3d(80.0 + 2.0 * std::sin(0.5 * time), -120.0, 900.0 + std::sin(0.9 * time));
  return reference;
}

SweptFrame LimbSweep::render(std::int64_t index) {
  const double time = static_cast<double>(index) / options_.framesPerSecond;
  const Eigen::Affine3d imageToProbe = faceToProbe_ * imageToFace();
  SweptFrame swept;
  swept.imageToReference = limbToReference_ * probeToLimb(time) * imageToProbe;

  const double tracked = time - options_.trackerLagSeconds;
  Eigen::Isometry3d probe = referenceToTracker(tracked) * limbToReference_ * probeToLimb(tracked);
  Random random(options_.seed ^ mixBits(static_cast<std::uint64_t>(index)), 304);
  const auto noise = [&](double sigma) {
    const double x = random.normal(), y = random.normal(), z = random.normal();
    return Eigen::Vector3d(sigma * Eigen::Vector3d(x, y, z));
  };
  probe.translation() += noise(options_.poseNoiseMm);
  const Eigen::Vector3d tilt = noise(options_.poseNoiseDeg);
  // About the probe's face, as a marker near it would: a lever of the sensor's offset is the translation's
  // part.
  const Eigen::Vector3d face = probe * faceToProbe_.translation();
  const Eigen::Matrix3d turn = turned(tilt.x(), tilt.y(), tilt.z());
  probe.linear() = turn * probe.linear();
  probe.translation() = face + turn * (probe.translation() - face);

  Frame& frame = swept.frame;
  frame.index = index;
  frame.time = frame.arrival = time;
  frame.geometry.spacingMm = Eigen::Vector2d(kSpacingMm, kSpacingMm);
  frame.poses = {{"Image", "Probe", imageToProbe.matrix(), true},
                 {"Probe", "Tracker", probe.matrix(), dropped_[static_cast<std::size_t>(index)] == 0},
                 {"Reference", "Tracker", referenceToTracker(tracked).matrix(), true}};
  frame.pixels = image(limbToReference_.inverse() * swept.imageToReference, index);
  return swept;
}

cv::Mat LimbSweep::image(const Eigen::Affine3d& imageToLimb, std::int64_t index) {
  const ScannerOptions scanner;
  const Eigen::Vector3d beam = imageToLimb.linear().col(1).normalized();
  power_.create(kRegion.size(), CV_32FC1);
  Random random(options_.seed ^ mixBits(static_cast<std::uint64_t>(index)), 301);
  std::vector<double> lost(static_cast<std::size_t>(kRegion.width), 0.0);
  for (int row = 0; row < kRegion.height; ++row) {
    const double range = (row + 0.5) * kSpacingMm;
    const double gain = amplitude(scanner.gainDb + scanner.residualDbPerMm * range);
    const double level = amplitude(scanner.noiseDb + scanner.noiseRiseDbPerMm * range) / std::numbers::sqrt2;
    auto* power = power_.ptr<float>(row);
    for (int column = 0; column < kRegion.width; ++column) {
      const Eigen::Vector3d place = imageToLimb * Eigen::Vector3d(kRegion.x + column, kRegion.y + row, 0.0);
      const Echo echo = limb_.at(place, beam);
      double& down = lost[static_cast<std::size_t>(column)];
      down += kSpacingMm * echo.attenuation;
      const double through = gain * amplitude(std::clamp(-down, -45.0, 6.0));
      const Eigen::Vector2d sum =
          through * (echo.diffuse * limb_.scatterers(place) + Eigen::Vector2d(echo.specular, 0.0)) +
          level * Eigen::Vector2d(random.normal(), random.normal());
      power[column] = static_cast<float>(sum.squaredNorm() + 1e-12);
    }
  }
  // As the scanner's own smoothing, before the logarithm.
  cv::GaussianBlur(power_, power_, cv::Size(5, 5), 1.0, 1.0);
  cv::log(power_, power_);
  power_.convertTo(grey_, CV_8UC1, 10.0 / std::numbers::ln10 * 255.0 / scanner.dynamicRangeDb, 255.0);
  cv::Mat picture(kHeightPx, kWidthPx, CV_8UC1, cv::Scalar(0));
  grey_.copyTo(picture(kRegion));
  return picture;
}

std::vector<std::pair<std::string, TriangleMesh>> LimbSweep::surfaces() const {
  auto surfaces = limb_.surfaces(kFromMm, options_.toMm);
  for (auto& [name, mesh] : surfaces) {
    for (auto& vertex : mesh.vertices) {
      const Eigen::Vector3d point =
          limbToReference_ * Eigen::Vector3d(double(vertex[0]), double(vertex[1]), double(vertex[2]));
      vertex = {static_cast<float>(point.x()), static_cast<float>(point.y()), static_cast<float>(point.z())};
    }
  }
  return surfaces;
}

std::vector<std::pair<std::string, Eigen::Vector3d>> LimbSweep::targets() const {
  auto targets = limb_.targets();
  for (auto& [name, point] : targets) point = limbToReference_ * point;
  return targets;
}

}  // namespace acuguide::simulation
