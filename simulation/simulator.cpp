#include "simulation/simulator.h"

#include "core/clock.h"
#include "core/error.h"
#include "simulation/ground_truth.h"
#include "simulation/image_former.h"
#include "simulation/scenario_definition.h"
#include "simulation/tissue_map.h"

namespace acuguide::simulation {

namespace {

/// Two scenarios with the same seed are still two limbs (FNV-1a over the name).
std::uint64_t limbSeed(const std::string& scenario, std::uint64_t seed) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char letter : scenario) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3ULL;
  return hash ^ seed;
}

}  // namespace

struct Simulator::Parts {
  Parts(const ScenarioDefinition& definition, std::uint64_t seed)
      : probe(definition.probe),
        tissue(definition.anatomy, seed),
        scenario(place(definition, probe, tissue)),
        map(probe, tissue, seed),
        motion(definition.motion, scenario.structures),
        bladeEcho(probe, definition.bladeEcho, seed),
        former(probe, map, definition.scanner, seed) {
    if (scenario.definition.course) course.emplace(*scenario.definition.course, seed);
  }

  ProbeGeometry probe;
  TissueSampler tissue;
  PlacedScenario scenario;
  TissueMap map;
  TissueMotion motion;
  BladeEcho bladeEcho;
  ImageFormer former;
  std::optional<BladeCourse> course;
};

Simulator::Simulator(const std::string& scenario, const SimulatorOptions& options) : options_(options) {
  const ScenarioDefinition& definition = findScenario(scenario);
  if (options.frames < 1)
    throw Error("simulator", "frames is " + std::to_string(options.frames), "give 1 or more");
  if (!(options.framesPerSecond >= 1.0 && options.framesPerSecond <= 240.0))
    throw Error("simulator", "fps is " + std::to_string(options.framesPerSecond), "give 1 to 240");
  parts_ = std::make_unique<Parts>(definition, limbSeed(scenario, options.seed));
}

Simulator::~Simulator() = default;

const ScenarioInfo& Simulator::info() const { return parts_->scenario.definition.info; }

Eigen::Vector2d Simulator::targetMm() const { return parts_->scenario.definition.targetMm; }

void Simulator::moveTo(std::int64_t index, const std::optional<BladePose>& blade) {
  parts_->motion.moveTo(static_cast<double>(index) / options_.framesPerSecond, blade);
}

Frame Simulator::form(std::int64_t index) {
  const double start = monotonicSeconds();
  Frame frame;
  frame.index = index;
  frame.time = static_cast<double>(index) / options_.framesPerSecond;
  frame.geometry.spacingMm = Eigen::Vector2d::Constant(parts_->scenario.definition.probe.spacingMm);
  const cv::Mat& beams = parts_->former.form(parts_->motion, parts_->bladeEcho,
                                             parts_->scenario.definition.contact, frame.time, index);
  parts_->probe.scanConvert(beams, frame.pixels);
  frame.arrival = monotonicSeconds();
  frame.decodeSeconds = frame.arrival - start;
  return frame;
}

Frame Simulator::picture(std::int64_t index) {
  const double time = static_cast<double>(index) / options_.framesPerSecond;
  moveTo(index, parts_->course ? parts_->course->at(time) : std::nullopt);
  return form(index);
}

SimulatedFrame Simulator::render(std::int64_t index) {
  const double time = static_cast<double>(index) / options_.framesPerSecond;
  return renderWithBlade(index, parts_->course ? parts_->course->at(time) : std::nullopt);
}

SimulatedFrame Simulator::renderWithBlade(std::int64_t index, const std::optional<BladePose>& blade) {
  moveTo(index, blade);
  SimulatedFrame simulated{form(index), {}};
  simulated.truth =
      groundTruth(parts_->scenario, parts_->probe, parts_->tissue, parts_->motion, simulated.frame.time);
  simulated.truth.index = index;
  return simulated;
}

}  // namespace acuguide::simulation
