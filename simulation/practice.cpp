#include "simulation/practice.h"

#include "core/clock.h"
#include "simulation/random.h"
#include "simulation/simulator.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <numbers>
#include <thread>

namespace acuguide::simulation {
namespace {

constexpr double framesPerSecond = 25.0;
constexpr double steepest = 1.45, shallowest = 0.17;  ///< radians
constexpr double longestMm = 70.0, farthestOutMm = -5.0;

struct Place {
  const char* scenario;
  const char* acupoint;
  double angleDeg;  ///< of a straight way to the target
};
constexpr std::array<Place, 4> places{{{"st36_in_plane", "ST36", 30.0},
                                       {"gb34_near_nerve", "GB34", 35.0},
                                       {"bl57_calf", "BL57", 40.0},
                                       {"li10_steep", "LI10", 50.0}}};

constexpr double inRadians(double degrees) { return degrees * std::numbers::pi / 180.0; }

SimulatorOptions optionsOf(std::uint64_t seed) {
  SimulatorOptions options;
  options.seed = seed;
  options.framesPerSecond = framesPerSecond;
  return options;
}

}  // namespace

PracticeTask practiceTask(std::uint64_t seed) {
  Random random(seed, 77);
  const Place& place = places[random.next() % places.size()];
  PracticeTask task;
  task.scenario = place.scenario;
  task.acupoint = place.acupoint;
  task.seed = seed;
  task.fromLeft = random.uniform() < 0.5;
  const double straight = inRadians(place.angleDeg + random.uniform(-6.0, 6.0));
  Simulator simulator(task.scenario, optionsOf(seed));
  const FrameTruth truth = simulator.renderWithBlade(0, std::nullopt).truth;
  task.targetMm = truth.targetMm;
  task.structures = truth.structures;
  task.spacingMm = simulator.picture(0).geometry.spacingMm->x();
  task.originPx = truth.targetPx - truth.targetMm / task.spacingMm;
  const double side = task.fromLeft ? -1.0 : 1.0;
  task.entryMm = task.targetMm.x() + side * task.targetMm.y() / std::tan(straight);
  task.angle = straight + inRadians(random.uniform(5.0, 12.0)) * (random.uniform() < 0.5 ? -1.0 : 1.0);
  return task;
}

PracticeBlade::PracticeBlade(const PracticeTask& task)
    : entryMm_(task.entryMm), fromLeft_(task.fromLeft), angle_(task.angle) {}

void PracticeBlade::advance(double mm) {
  const std::lock_guard lock(mutex_);
  inserted_ = std::clamp(inserted_ + mm, farthestOutMm, longestMm);
}

void PracticeBlade::turn(double radians) {
  const std::lock_guard lock(mutex_);
  angle_ = std::clamp(angle_ + radians, shallowest, steepest);
}

double PracticeBlade::inserted() const {
  const std::lock_guard lock(mutex_);
  return inserted_;
}

BladePose PracticeBlade::pose() const {
  const std::lock_guard lock(mutex_);
  BladePose pose;
  pose.angle = angle_;
  pose.fromLeft = fromLeft_;
  pose.tipMm = Eigen::Vector2d(entryMm_, 0.0) + inserted_ * pose.direction();
  return pose;
}

struct PracticeSource::Room {
  acquisition::SourceInfo info;
  Simulator simulator;
  PracticeTask task;
  std::shared_ptr<const PracticeBlade> blade;
  std::int64_t next = 0;
  double due = 0.0;
  Eigen::Vector2d lastTipMm = Eigen::Vector2d::Zero();

  Room(std::string name, const PracticeTask& what, std::shared_ptr<const PracticeBlade> held)
      : simulator(what.scenario, optionsOf(what.seed)), task(what), blade(std::move(held)) {
    info.name = std::move(name);
    info.description = "Practice on the simulator, " + task.acupoint;
    info.live = true;
    info.nominalFramesPerSecond = framesPerSecond;
    lastTipMm = blade->pose().tipMm;
  }

  void addPoses(Frame& frame, const BladePose& pose) const {
    const Eigen::Vector2d along = pose.direction();
    NamedPose needle{"Needle", "Reference", Eigen::Matrix4d::Identity(), true};
    needle.matrix.topLeftCorner<2, 2>() << along.x(), -along.y(), along.y(), along.x();
    needle.matrix.block<2, 1>(0, 3) = pose.tipMm;
    NamedPose image{"Image", "Reference", Eigen::Matrix4d::Identity(), true};
    image.matrix.diagonal().head<3>().setConstant(task.spacingMm);
    image.matrix.block<2, 1>(0, 3) = -task.spacingMm * task.originPx;
    frame.poses = {needle, image};
  }
};

PracticeSource::PracticeSource(std::string name, const PracticeTask& task,
                               std::shared_ptr<const PracticeBlade> blade)
    : room_(std::make_unique<Room>(std::move(name), task, std::move(blade))) {}

PracticeSource::~PracticeSource() = default;

const acquisition::SourceInfo& PracticeSource::info() const { return room_->info; }

std::optional<Frame> PracticeSource::read() {
  const double now = monotonicSeconds();
  if (room_->due > now) std::this_thread::sleep_for(std::chrono::duration<double>(room_->due - now));
  room_->due = std::max(now, room_->due) + 1.0 / framesPerSecond;
  BladePose pose = room_->blade->pose();
  pose.speedMmPerSecond = (pose.tipMm - room_->lastTipMm).dot(pose.direction()) * framesPerSecond;
  room_->lastTipMm = pose.tipMm;
  const bool inside = room_->blade->inserted() > 0.0;
  Frame frame =
      room_->simulator.renderWithBlade(room_->next++, inside ? std::optional(pose) : std::nullopt).frame;
  frame.time = frame.arrival;  // a hand's time, not the simulator's
  room_->addPoses(frame, pose);
  return frame;
}

}  // namespace acuguide::simulation
