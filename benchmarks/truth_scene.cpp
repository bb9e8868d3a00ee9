#include "benchmarks/truth_scene.h"

#include "core/units.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace acuguide::benchmarking {
namespace {

using Eigen::Vector2d;

constexpr std::array kNames{
    std::pair{Alteration::Plain, std::string_view("plain")},
    std::pair{Alteration::GainLow, std::string_view("gain_low")},
    std::pair{Alteration::GainHigh, std::string_view("gain_high")},
    std::pair{Alteration::Saturation, std::string_view("saturation")},
    std::pair{Alteration::Tilt, std::string_view("tilt")},
    std::pair{Alteration::TipOutOfPlane, std::string_view("tip_out_of_plane")},
    std::pair{Alteration::SecondLine, std::string_view("second_line")},
    std::pair{Alteration::Echoes, std::string_view("echoes")},
    std::pair{Alteration::Mirror, std::string_view("mirror")},
    std::pair{Alteration::Overshoot, std::string_view("overshoot")},
};

constexpr double kOvershootMm = 7.0;
constexpr double kTailSlope = 0.07;  // mm off plane per mm of shaft, tilted
constexpr double kTipOffPlaneMm =
    1.5;  // of a tip out of plane, whose shaft crosses the plane 18 mm behind it
constexpr double kTipSlope = -0.083;

/// The direction of the planned way, in the picture plane.
Vector2d wayOf(const planning::Plan& plan) {
  const double angle = plan.entryAngle.value_or(radians(30.0));
  return {plan.entryFromLeft.value_or(true) ? std::cos(angle) : -std::cos(angle), std::sin(angle)};
}

/// Brightens a straight line as an echo does: a Gaussian of 1.5 px across it, rough along it.
void addLine(cv::Mat& image, const Vector2d& from, const Vector2d& to, double level) {
  cv::Mat light = cv::Mat::zeros(image.size(), CV_8UC1);
  const Vector2d way = to - from;
  const int pieces = std::max(1, static_cast<int>(way.norm() / 6));
  for (int i = 0; i < pieces; ++i) {
    const Vector2d a = from + way * i / pieces, b = from + way * (i + 1) / pieces;
    const double rough = 0.8 + 0.2 * std::sin(1.7 * i) * std::cos(0.6 * i);
    cv::line(light, {static_cast<int>(std::lround(a.x())), static_cast<int>(std::lround(a.y()))},
             {static_cast<int>(std::lround(b.x())), static_cast<int>(std::lround(b.y()))},
             cv::Scalar(level * rough), 3, cv::LINE_AA);
  }
  cv::GaussianBlur(light, light, cv::Size(7, 7), 1.2);
  cv::max(image, light, image);
}

void mirror(double width, Vector2d& px) { px.x() = width - 1 - px.x(); }

void mirrorTruth(double width, simulation::FrameTruth& truth) {
  if (truth.blade) {
    for (Vector2d* px :
         {&truth.blade->tipPx, &truth.blade->tailPx, &truth.blade->shaftTipPx, &truth.blade->shaftTailPx})
      mirror(width, *px);
    truth.blade->angle = -truth.blade->angle;
  }
  mirror(width, truth.targetPx);
  truth.targetMm.x() = -truth.targetMm.x();
}

planning::DangerZone roundZone(const Vector2d& centre, double radius, double margin) {
  planning::DangerZone zone;
  zone.name = "made zone";
  zone.kind = planning::DangerKind::Nerve;
  zone.shape = planning::Ellipse{{centre.x(), centre.y()}, radius, radius, 0.0};
  zone.marginMm = margin;
  return zone;
}

}  // namespace

std::string_view nameOf(Alteration alteration) {
  for (const auto& [value, name] : kNames)
    if (value == alteration) return name;
  return "plain";
}

const std::vector<Alteration>& alterations() {
  static const std::vector<Alteration> all = [] {
    std::vector<Alteration> values;
    for (const auto& [value, name] : kNames) values.push_back(value);
    return values;
  }();
  return all;
}

TruthScene::TruthScene(const std::string& scenario, std::uint64_t seed, double framesPerSecond,
                       Alteration alteration, const planning::Plan& plan)
    : simulator_(scenario, {seed, static_cast<std::int64_t>(12 * framesPerSecond), framesPerSecond}),
      alteration_(alteration),
      seed_(seed),
      framesPerSecond_(framesPerSecond) {
  const bool withdrawn = scenario == "bl57_calf";
  frames_ = static_cast<std::int64_t>((withdrawn ? 11.5 : 9.5) * framesPerSecond);
  withBlade_ = scenario != "no_needle";
  simulation::BladeCourseOptions course;
  course.targetMm = simulator_.targetMm();
  course.angleDeg = degrees(plan.entryAngle.value_or(radians(30.0)));
  course.fromLeft = plan.entryFromLeft.value_or(true);
  if (withdrawn) {
    course.withdrawAt = 8.5;
    course.offPlaneMm = 0.2;
    course.offPlaneSlope = 0.03;
  }
  if (alteration == Alteration::Overshoot) course.targetMm += kOvershootMm * wayOf(plan);
  if (alteration == Alteration::Tilt) course.offPlaneSlope = kTailSlope;
  if (alteration == Alteration::TipOutOfPlane) {
    course.offPlaneMm = kTipOffPlaneMm;
    course.offPlaneSlope = kTipSlope;
  }
  if (withBlade_) course_.emplace(course, seed);
}

std::optional<simulation::BladePose> TruthScene::poseAt(double time) const {
  return course_ ? course_->at(time) : std::nullopt;
}

simulation::SimulatedFrame TruthScene::frame(std::int64_t index) {
  simulation::SimulatedFrame simulated =
      simulator_.renderWithBlade(index, poseAt(static_cast<double>(index) / framesPerSecond_));
  alter(simulated);
  return simulated;
}

void TruthScene::alter(simulation::SimulatedFrame& simulated) const {
  cv::Mat& image = simulated.frame.pixels;
  const auto& blade = simulated.truth.blade;
  const double perMm = 1.0 / simulated.frame.geometry.spacingMm->x();
  switch (alteration_) {
    case Alteration::GainLow:
      image.convertTo(image, CV_8UC1, 0.65);
      break;
    case Alteration::GainHigh:
      image.convertTo(image, CV_8UC1, 1.25);
      break;
    case Alteration::Saturation:
      image.convertTo(image, CV_8UC1, 1.9, -20);
      break;
    case Alteration::SecondLine: {
      // From the other side, at another steepness, in another place with every seed.
      const double shift = 40.0 * static_cast<double>(seed_ % 5) - 80.0;
      const bool fromLeft = !course_ || course_->at(7.0)->fromLeft;
      const double x = fromLeft ? 470 + shift : 170 - shift, slope = fromLeft ? -1.0 : 1.0;
      addLine(image, {x, 110}, {x + slope * 150, 190}, 190);
      break;
    }
    case Alteration::Echoes:
      if (blade && blade->visible) {
        const Vector2d below(0, 2.2 * perMm);
        const Vector2d way = (blade->tipPx - blade->tailPx).normalized();
        addLine(image, blade->tailPx + below, blade->tipPx + below + 4.0 * perMm * way, 150);
      }
      break;
    case Alteration::Mirror:
      cv::flip(image, image, 1);
      mirrorTruth(image.cols, simulated.truth);
      break;
    default:
      break;
  }
}

planning::Plan TruthScene::planFor(planning::Plan plan) const {
  if (alteration_ != Alteration::Mirror) return plan;
  if (plan.entryFromLeft) plan.entryFromLeft = !*plan.entryFromLeft;
  if (auto* depth = std::get_if<planning::TargetAtDepth>(&plan.target))
    depth->point.lateralMm = -depth->point.lateralMm;
  if (auto* plane = std::get_if<planning::TargetAtPlane>(&plan.target)) plane->lateralMm = -plane->lateralMm;
  for (planning::DangerZone& zone : plan.dangers) {
    if (auto* ellipse = std::get_if<planning::Ellipse>(&zone.shape)) {
      ellipse->centre.lateralMm = -ellipse->centre.lateralMm;
      ellipse->angle = -ellipse->angle;
    } else {
      for (planning::PicturePoint& point : std::get<planning::Polygon>(zone.shape).points)
        point.lateralMm = -point.lateralMm;
    }
  }
  return plan;
}

std::vector<AdversarialPlan> adversarialPlans(const planning::Plan& shipped, const Vector2d& targetMm) {
  const Vector2d way = wayOf(shipped), across(-way.y(), way.x());
  const double length = targetMm.y() / way.y();
  const auto at = [&](double share) -> Vector2d { return targetMm - (1.0 - share) * length * way; };
  const double half = std::max(shipped.instrument.diameterMm, shipped.instrument.bladeWidthMm) / 2;
  const auto aimedAt = [](planning::Plan plan, const Vector2d& point, double limit) {
    plan.target = planning::TargetAtDepth{{point.x(), point.y()}};
    plan.maximumDepthMm = limit;
    return plan;
  };
  std::vector<AdversarialPlan> plans{{"shipped", shipped}};
  const auto withZone = [&](std::string name, const Vector2d& centre, double radius, double margin) {
    planning::Plan plan = shipped;
    plan.dangers.push_back(roundZone(centre, radius, margin));
    plans.push_back({std::move(name), std::move(plan)});
  };
  withZone("zone_ahead", at(0.62), 1.2, 1.5);
  withZone("zone_grazed", at(0.5) + (1.5 + 1.5 + half - 0.6) * across, 1.5, 1.5);
  withZone("zone_behind", targetMm + (1.5 + 1.2 + 1.5 + half) * way, 1.2, 1.5);
  planning::Plan narrow = shipped;
  narrow.corridorWidthMm = 1.2;
  narrow.targetToleranceMm = 0.8;
  plans.push_back({"narrow", narrow});
  plans.push_back({"shallow", aimedAt(shipped, at(0.55), at(0.55).y())});
  plans.push_back({"half_way", aimedAt(shipped, at(0.75), at(0.75).y() + 1.0)});
  return plans;
}

}  // namespace acuguide::benchmarking
