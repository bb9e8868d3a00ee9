#include "simulation/scenario.h"

#include "core/error.h"
#include "simulation/limb_anatomy.h"
#include "simulation/scenario_definition.h"

namespace acuguide::simulation {

namespace {

//                            aperture depth  radius MHz  focus spacing face
const ProbeOptions kStandard{50.0, 36.0, 0.0, 10.0, 16.0, 0.08, 15.0, 320, 640};
const ProbeOptions kForearm{38.0, 28.0, 0.0, 12.0, 12.0, 0.06, 7.0, 256, 640};
const ProbeOptions kWrist{38.0, 24.0, 0.0, 13.0, 9.0, 0.06, 40.0, 256, 640};
const ProbeOptions kCalf{50.0, 45.0, 0.0, 9.0, 20.0, 0.10, 15.0, 320, 640};
const ProbeOptions kCurved{56.0, 75.0, 60.0, 5.0, 40.0, 0.19, 54.0, 224, 560};

BladeCourseOptions insertion(double angleDeg, bool fromLeft) {
  BladeCourseOptions course;
  course.angleDeg = angleDeg;
  course.fromLeft = fromLeft;
  return course;
}

ScenarioDefinition define(std::string name, std::string description, const ProbeOptions& probe,
                          Anatomy anatomy, Eigen::Vector2d target) {
  ScenarioDefinition definition;
  definition.info = {std::move(name), std::move(description)};
  definition.probe = probe;
  definition.anatomy = std::move(anatomy);
  definition.targetMm = target;
  definition.targetPlane = PlaneLabel::DeepAponeurosis;
  return definition;
}

ScenarioDefinition st36InPlane() {
  auto scenario = define(
      "st36_in_plane", "ST36: blade at 30 degrees from the left to the deep aponeurosis of tibialis anterior",
      kStandard, st36Anatomy(), {0.0, 17.5});
  scenario.course = insertion(30.0, true);
  return scenario;
}

ScenarioDefinition li10Steep() {
  auto scenario =
      define("li10_steep", "LI10: a steep blade at 58 degrees from the left, faint, over the radius",
             kForearm, li10Anatomy(), {-11.5, 12.7});
  scenario.course = insertion(58.0, true);
  return scenario;
}

ScenarioDefinition gb34NearNerve() {
  auto scenario =
      define("gb34_near_nerve",
             "GB34: blade at 35 degrees from the left, the common peroneal nerve just beyond the target",
             kStandard, gb34Anatomy(), {0.5, 15.0});
  scenario.course = insertion(35.0, true);
  return scenario;
}

ScenarioDefinition bl57Calf() {
  auto scenario = define("bl57_calf",
                         "BL57: calf lengthwise, blade at 40 degrees from the right to the "
                         "gastrocnemius-soleus plane, withdrawn at the end",
                         kCalf, bl57Anatomy(), {0.0, 23.0});
  scenario.course = insertion(40.0, false);
  scenario.course->withdrawAt = 8.5;
  scenario.course->offPlaneMm = 0.2;
  scenario.course->offPlaneSlope = 0.03;
  return scenario;
}

ScenarioDefinition pc6MedianNerve() {
  auto scenario = define("pc6_median_nerve",
                         "PC6: forearm across, blade at 25 degrees from the left beside the median nerve",
                         kWrist, pc6Anatomy(), {-4.0, 8.4});
  scenario.targetPlane.reset();  // beside the nerve, on no plane
  scenario.course = insertion(25.0, true);
  return scenario;
}

ScenarioDefinition gb30Curved() {
  auto scenario =
      define("gb30_curved",
             "GB30: curved probe, deep target under gluteus maximus, blade at 48 degrees from the left",
             kCurved, gb30Anatomy(), {-2.0, 40.0});
  scenario.course = insertion(48.0, true);
  scenario.scanner.residualDbPerMm = -0.10;
  scenario.scanner.noiseRiseDbPerMm = 0.17;
  scenario.bladeEcho.echoDb = 0.0;
  scenario.bladeEcho.reverberationSpacing = 1.8;
  scenario.bladeEcho.beamHalfThickness = 2.0;
  return scenario;
}

ScenarioDefinition noNeedle() {
  auto scenario = define("no_needle", "Calf lengthwise without a blade; probe and tissue move a little",
                         kCalf, bl57Anatomy(), {0.0, 23.0});
  scenario.motion.slideMm = 1.0;
  scenario.motion.compression = 0.025;
  return scenario;
}

ScenarioDefinition probeMotion() {
  auto scenario = define("probe_motion", "ST36 while the probe slides, rocks and leaves the plane a little",
                         kStandard, st36Anatomy(), {0.0, 17.5});
  scenario.course = insertion(30.0, true);
  scenario.motion.slideMm = 4.0;
  scenario.motion.rockDeg = 2.0;
  scenario.motion.elevationMm = 0.7;
  scenario.motion.compression = 0.03;
  return scenario;
}

ScenarioDefinition contactLost() {
  auto scenario = define("contact_lost", "ST36: from 4 to 7 s part of the probe loses contact with the skin",
                         kStandard, st36Anatomy(), {0.0, 17.5});
  scenario.course = insertion(30.0, true);
  scenario.contact = {4.0, 7.0, 0.55, true};
  return scenario;
}

/// A blade whose surface is rough enough to send sound back whatever its angle, as an upright one must be to
/// show.
constexpr double kRoughSteepLossDb = 8.0;

ScenarioDefinition st36Vertical() {
  auto scenario =
      define("st36_vertical", "ST36: an upright blade at 86 degrees, rough, with its echoes beneath",
             kStandard, st36Anatomy(), {-4.0, 17.5});
  scenario.course = insertion(86.0, true);
  scenario.bladeEcho.steepLossDb = kRoughSteepLossDb;
  return scenario;
}

ScenarioDefinition gb30Steep() {
  ScenarioDefinition scenario = gb30Curved();
  scenario.info = {"gb30_steep", "GB30: curved probe, a rough blade at 74 degrees from the right"};
  scenario.course = insertion(74.0, false);
  scenario.bladeEcho.steepLossDb = kRoughSteepLossDb;
  return scenario;
}

ScenarioDefinition st36StandOff() {
  constexpr double kGelMm = 5.0;
  auto scenario = define("st36_stand_off", "ST36 under 5 mm of gel: blade at 42 degrees from the right",
                         kStandard, underGel(st36Anatomy(), kGelMm), {0.0, 17.5 + kGelMm});
  scenario.course = insertion(42.0, false);
  return scenario;
}

ScenarioDefinition li10BesideBone() {
  auto scenario = define("li10_beside_bone", "LI10: blade at 45 degrees from the left down beside the radius",
                         kForearm, li10Anatomy(), {-3.0, 19.0});
  scenario.targetPlane.reset();  // above the bone, on no plane
  scenario.course = insertion(45.0, true);
  scenario.bladeEcho.steepLossDb = 16.0;
  return scenario;
}

ScenarioDefinition bl57OutOfPlane() {
  auto scenario =
      define("bl57_out_of_plane",
             "BL57: the blade comes through the plane: a dot with a comet's tail where it crosses", kCalf,
             bl57Anatomy(), {0.0, 23.0});
  scenario.course = insertion(80.0, true);
  scenario.course->offPlaneSlope = 0.6;
  scenario.bladeEcho.steepLossDb = kRoughSteepLossDb;
  scenario.bladeEcho.reverberations = 6;
  scenario.bladeEcho.reverberationDb = -6.0;
  return scenario;
}

}  // namespace

const std::vector<ScenarioDefinition>& scenarioDefinitions() {
  static const std::vector<ScenarioDefinition> definitions = {
      st36InPlane(), li10Steep(),    gb34NearNerve(),  bl57Calf(),      pc6MedianNerve(),
      gb30Curved(),  noNeedle(),     probeMotion(),    contactLost(),   st36Vertical(),
      gb30Steep(),   st36StandOff(), li10BesideBone(), bl57OutOfPlane()};
  return definitions;
}

const ScenarioDefinition& findScenario(const std::string& name) {
  std::string known;
  for (const ScenarioDefinition& definition : scenarioDefinitions()) {
    if (definition.info.name == name) return definition;
    known += (known.empty() ? "" : ", ") + definition.info.name;
  }
  throw Error("simulator", "there is no scenario \"" + name + "\"", "choose one of " + known);
}

std::vector<ScenarioInfo> scenarios() {
  std::vector<ScenarioInfo> infos;
  for (const ScenarioDefinition& definition : scenarioDefinitions()) infos.push_back(definition.info);
  return infos;
}

}  // namespace acuguide::simulation
