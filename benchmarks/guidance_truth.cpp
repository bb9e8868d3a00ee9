// guidance_truth: holds what the guidance claims against where the simulated blade really is.
//
//   guidance_truth PLANS_DIR OUT.csv SCENARIOS SEEDS IMAGES FPS
//       SCENARIOS, IMAGES: names with commas between, or "all"; SEEDS: "1-20" or "3".
//
// Every insertion (truth_scene.h) is analysed and tracked once and guided under every plan made from the
// scenario's shipped one. One row a scenario, seed, image and plan: counts of frames.
// benchmarks/guidance_truth runs it and makes the table.

#include "benchmarks/truth_scene.h"
#include "navigation/pipeline.h"
#include "planning/danger_zones.h"
#include "planning/picture_frame.h"
#include "simulation/scenario.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace acuguide;
using Eigen::Vector2d;

/// Beyond a limit by no more than this is within the error of what is compared.
constexpr double kAllowedMm = 0.3;
constexpr double kLineMm = 1.0;  // of a needle that is the true one, from the true line

/// How far the true blade is beyond what the plan allows, mm; 0 or less where it is not.
struct Beyond {
  double margin = -1e9, depth = -1e9, past = -1e9, outside = -1e9;
  double worst() const { return std::max({margin, depth, past, outside}); }
};

Beyond beyondLimits(const planning::PictureFrame& frame, const simulation::BladeTruth& truth,
                    const planning::Plan& plan, const guidance::Guidance& guidance) {
  const Vector2d tip = frame.fromPx(truth.tipPx), way = tip - frame.fromPx(truth.tailPx);
  Beyond beyond;
  if (way.norm() < 0.5) return beyond;  // not in the tissue yet
  const Vector2d axis = way.normalized();
  double length = plan.instrument.lengthMm;
  if (axis.y() > 0 && tip.y() > 0) length = std::min(length, tip.y() / axis.y());
  const planning::Shaft shaft{tip, tip - length * axis,
                              std::max(plan.instrument.diameterMm, plan.instrument.bladeWidthMm) / 2};
  for (std::size_t i = 0; i < guidance.dangerOutlinesPx.size(); ++i) {
    planning::Outline outline;
    for (const Vector2d& px : guidance.dangerOutlinesPx[i]) outline.push_back(frame.fromPx(px));
    if (outline.empty()) continue;
    beyond.margin = std::max(beyond.margin, plan.dangers[i].marginMm - planning::distanceTo(outline, shaft));
  }
  if (plan.maximumDepthMm) beyond.depth = tip.y() - *plan.maximumDepthMm;
  if (guidance.target) {
    const Vector2d left = frame.fromPx(guidance.target->px) - tip;
    const double toGo = left.dot(axis);
    const double lateral = (left - toGo * axis).norm();
    if (left.norm() > plan.targetToleranceMm) beyond.past = -toGo - plan.targetToleranceMm;
    const bool at = guidance.state == guidance::GuidanceState::AtTarget;
    beyond.outside = at ? left.norm() - 1.25 * plan.targetToleranceMm : lateral - plan.corridorWidthMm / 2;
  }
  return beyond;
}

struct Counts {
  int frames = 0, visible = 0, claims = 0, unsafe = 0, inMargin = 0, stopped = 0, stops = 0, falseStops = 0;
  int margin = 0, depth = 0, past = 0, outside = 0;
  int seenInMargin = 0, seenStopped = 0;  // of those in which the needle was found
  int tips = 0, covered = 0, farShort = 0, claimTips = 0, claimOff2 = 0;
  double worst = 0, worstTime = 0, aheadSum = 0, errorSum = 0;
};

void count(const navigation::GuidanceSnapshot& snapshot, const simulation::FrameTruth& truth,
           const planning::Plan& plan, Counts& counts) {
  using guidance::GuidanceState;
  const auto frame = planning::PictureFrame::find(snapshot.frame->geometry, snapshot.analysis->region,
                                                  imaging::ProbeSide::Top);
  ++counts.frames;
  if (!frame || !snapshot.guidance) return;
  const guidance::Guidance& guidance = *snapshot.guidance;
  const GuidanceState shown = *navigation::shownState(snapshot);
  const bool claim = shown == GuidanceState::OnCourse || shown == GuidanceState::AtTarget;
  counts.claims += claim;
  counts.stops += shown == GuidanceState::Stop;
  if (!truth.blade) {
    if (claim) ++counts.unsafe, ++counts.outside, counts.worst = std::max(counts.worst, 99.0);
    return;
  }
  const simulation::BladeTruth& blade = *truth.blade;
  counts.visible += blade.visible;
  const Beyond beyond = beyondLimits(*frame, blade, plan, guidance);
  if (claim && beyond.worst() > kAllowedMm) {
    ++counts.unsafe;
    counts.margin += beyond.margin > kAllowedMm;
    counts.depth += beyond.depth > kAllowedMm;
    counts.past += beyond.past > kAllowedMm;
    counts.outside += beyond.outside > kAllowedMm;
  }
  if (claim && beyond.worst() > counts.worst) {
    counts.worst = beyond.worst();
    counts.worstTime = truth.time;
  }
  if (blade.visible && beyond.margin > kAllowedMm) {
    ++counts.inMargin;
    counts.stopped += shown == GuidanceState::Stop;
    const bool seen = snapshot.needle.state == tracking::NeedleState::Observed;
    counts.seenInMargin += seen;
    counts.seenStopped += seen && shown == GuidanceState::Stop;
  }
  if (shown == GuidanceState::Stop && std::max({beyond.margin, beyond.depth, beyond.past}) < -2.0)
    ++counts.falseStops;
  const tracking::NeedleTrack& needle = snapshot.needle;
  if (needle.state != tracking::NeedleState::Observed || !blade.visible) return;
  const Vector2d d = (frame->fromPx(needle.tipPx) - frame->fromPx(needle.tailPx)).normalized();
  const Vector2d off = frame->fromPx(blade.tipPx) - frame->fromPx(needle.tipPx);
  if (std::abs(off.x() * d.y() - off.y() * d.x()) > kLineMm) return;  // another line: counted by its claims
  const double perMm = 1.0 / snapshot.frame->geometry.spacingMm->x();
  const double error = off.dot(d), ahead = needle.tipAheadPx / perMm, behind = needle.tipBehindPx / perMm;
  ++counts.tips;
  counts.covered += error <= ahead && error >= -behind;
  counts.farShort += error > ahead + kAllowedMm;
  counts.aheadSum += ahead;
  counts.errorSum += std::abs(error);
  if (claim) {
    ++counts.claimTips;
    counts.claimOff2 += std::abs(error) > 2.0;
  }
}

std::vector<std::string> parts(const std::string& text) {
  std::vector<std::string> found;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) found.push_back(part);
  return found;
}

void insertion(const std::filesystem::path& plans, const std::string& scenario, std::uint64_t seed,
               benchmarking::Alteration alteration, double framesPerSecond, std::ostream& out) {
  const planning::Plan shipped = planning::readPlan(plans / (scenario + ".plan.json"));
  benchmarking::TruthScene scene(scenario, seed, framesPerSecond, alteration, shipped);
  std::vector<benchmarking::AdversarialPlan> made = benchmarking::adversarialPlans(shipped, scene.targetMm());
  std::vector<navigation::Pipeline> pipelines(made.size());
  std::vector<Counts> counts(made.size());
  for (std::size_t k = 0; k < made.size(); ++k) {
    made[k].plan = scene.planFor(made[k].plan);
    pipelines[k].setPlan(std::make_shared<const planning::Plan>(made[k].plan));
  }
  for (std::int64_t i = 0; i < scene.frames(); ++i) {
    simulation::SimulatedFrame simulated = scene.frame(i);
    const navigation::GuidanceSnapshot first =
        pipelines[0].process(std::make_shared<const Frame>(std::move(simulated.frame)));
    count(first, simulated.truth, made[0].plan, counts[0]);
    for (std::size_t k = 1; k < made.size(); ++k)
      count(pipelines[k].guideAgain(first), simulated.truth, made[k].plan, counts[k]);
  }
  for (std::size_t k = 0; k < made.size(); ++k) {
    const Counts& c = counts[k];
    out << scenario << ',' << seed << ',' << nameOf(alteration) << ',' << made[k].name << ',' << c.frames
        << ',' << c.visible << ',' << c.claims << ',' << c.unsafe << ',' << c.margin << ',' << c.depth << ','
        << c.past << ',' << c.outside << ',' << c.worst << ',' << c.worstTime << ',' << c.inMargin << ','
        << c.stopped << ',' << c.stops << ',' << c.falseStops << ',' << c.tips << ',' << c.covered << ','
        << c.farShort << ',' << c.claimTips << ',' << c.claimOff2 << ',' << c.aheadSum << ',' << c.errorSum
        << ',' << c.seenInMargin << ',' << c.seenStopped << std::endl;
  }
}

void run(const std::vector<std::string>& given) {
  std::vector<std::string> scenarios = parts(given[2]);
  if (given[2] == "all") {
    scenarios.clear();
    for (const simulation::ScenarioInfo& info : simulation::scenarios()) scenarios.push_back(info.name);
  }
  std::vector<benchmarking::Alteration> images;
  for (const benchmarking::Alteration alteration : benchmarking::alterations()) {
    const std::vector<std::string> wanted = parts(given[4]);
    if (given[4] == "all" || std::find(wanted.begin(), wanted.end(), nameOf(alteration)) != wanted.end())
      images.push_back(alteration);
  }
  const std::size_t dash = given[3].find('-');
  const std::uint64_t firstSeed = std::stoull(given[3].substr(0, dash));
  const std::uint64_t lastSeed =
      dash == std::string::npos ? firstSeed : std::stoull(given[3].substr(dash + 1));
  std::ofstream out(given[1]);
  if (!out) throw std::runtime_error(given[1] + ": cannot be written");
  out << "scenario,seed,image,plan,frames,visible,claims,unsafe,in_margin,too_deep,past,outside,worst_mm,"
         "worst_s,"
         "blade_in_margin,stopped,stops,false_stops,tips,covered,far_short,claim_tips,claim_off_2mm,ahead_"
         "sum_mm,"
         "error_sum_mm,seen_in_margin,seen_stopped\n";
  for (std::uint64_t seed = firstSeed; seed <= lastSeed; ++seed)
    for (const benchmarking::Alteration image : images)
      for (const std::string& scenario : scenarios)
        insertion(given[0], scenario, seed, image, std::stod(given[5]), out);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> given(argv + 1, argv + argc);
  cv::setNumThreads(1);
  try {
    if (given.size() != 6) {
      std::cerr << "usage: guidance_truth PLANS_DIR OUT.csv SCENARIOS SEEDS IMAGES FPS\n";
      return 2;
    }
    run(given);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
  return 0;
}
