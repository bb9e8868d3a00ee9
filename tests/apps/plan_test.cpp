#include "apps/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace acuguide::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string kLeg = std::string(ACUGUIDE_SOURCE_DIR) + "/sample_data/landmarks_right_leg.json";

/// ST36, right, with a nerve drawn on the left of the way down.
json plan() {
  return json::parse(
      R"({"format": "acuguide.plan/1", "side": "right", "acupoint": "ST36", "picture": "transverse",
    "target": {"kind": "depth", "depthMm": 18}, "maximumDepthMm": 25,
    "instrument": {"name": "ours", "diameterMm": 0.8, "bladeWidthMm": 0.8, "lengthMm": 60},
    "dangers": [{"name": "deep peroneal nerve", "kind": "nerve", "marginMm": 2,
                 "ellipse": {"lateralMm": -9, "depthMm": 12, "radiusAcrossMm": 2, "radiusAlongMm": 1.5}}]})");
}

class PlanCommand : public testing::Test {
 protected:
  std::string write(const json& text, const char* name = "in.plan.json") {
    std::ofstream(folder_ / name) << text.dump();
    return path(name);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  Folder folder_;
};

TEST_F(PlanCommand, ProposesTheBestWayInAndSaysWhy) {
  const Outcome outcome =
      acuguide({"plan", "propose", write(plan()), "--probe-width-mm", "38", "--out", path("out.plan.json")});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("proposed: from the right at"));
  EXPECT_THAT(outcome.out, HasSubstr("inside the margin of deep peroneal nerve"));
  EXPECT_THAT(outcome.out, HasSubstr("Blade at 12:00, parallel to deep peroneal nerve"));
  const json out = json::parse(textOf(path("out.plan.json")));
  EXPECT_EQ(out.at("entry").at("from"), "right");
  EXPECT_LT(out.at("entry").at("angleDeg"), 45);
  EXPECT_EQ(acuguide({"plan", "validate", path("out.plan.json")}).exitCode, 0);
}

TEST_F(PlanCommand, AWayThatIsNotThereIsThree) {
  json in = plan();
  in["dangers"][0]["ellipse"]["lateralMm"] = 0;
  in["dangers"][0]["ellipse"]["depthMm"] = 17;
  const Outcome outcome = acuguide({"plan", "propose", write(in), "--out", path("out.plan.json")});
  EXPECT_EQ(outcome.exitCode, 3);
  EXPECT_THAT(outcome.out, HasSubstr("No trajectory is feasible."));
  EXPECT_FALSE(std::filesystem::exists(path("out.plan.json")));
}

TEST_F(PlanCommand, ATargetBelowTheBoneIsRefused) {
  const Outcome outcome = acuguide({"plan", "propose", write(plan()), "--bone-mm", "15"});
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_THAT(outcome.err, HasSubstr("below the bone at 15.0 mm"));
}

TEST_F(PlanCommand, ASideThatTheLandmarksContradictIsRefused) {
  EXPECT_EQ(acuguide({"plan", "validate", write(plan()), "--landmarks", kLeg}).exitCode, 0);
  json left = plan();
  left["side"] = "left";
  for (const char* command : {"validate", "propose"}) {
    const Outcome outcome = acuguide({"plan", command, write(left), "--landmarks", kLeg});
    EXPECT_EQ(outcome.exitCode, 2);
    EXPECT_THAT(outcome.err, HasSubstr("lie as on a right limb, but the side named is left"));
  }
  const std::string made = path("new.plan.json");
  EXPECT_EQ(acuguide({"plan", "new", "ST36", "--side", "left", "--landmarks", kLeg, "--out", made}).exitCode,
            2);
  EXPECT_FALSE(std::filesystem::exists(made));
  EXPECT_EQ(acuguide({"plan", "new", "ST36", "--side", "right", "--landmarks", kLeg, "--out", made}).exitCode,
            0);
  EXPECT_EQ(json::parse(textOf(made)).at("point").at("frame"), "Tracker");
}

TEST_F(PlanCommand, InstrumentsAreDataAndAFolderAddsToThem) {
  EXPECT_THAT(acuguide({"plan", "instruments"}).out, HasSubstr("Hanzhang I-1 [general knowledge]"));
  std::filesystem::create_directory(path("ours"));
  std::ofstream(path("ours/ours.json"))
      << R"({"format":"acuguide.instruments/1","source":"measured","instruments":[
             {"name":"clinic 45","diameterMm":0.7,"bladeWidthMm":0.6,"lengthMm":45}]})";
  EXPECT_THAT(acuguide({"plan", "instruments", "--instruments", path("ours")}).out, HasSubstr("clinic 45"));
  EXPECT_EQ(acuguide({"plan", "instruments", "--instruments", "/nowhere"}).exitCode, 2);
}

TEST_F(PlanCommand, PrintsOnePage) {
  const Outcome outcome = acuguide({"plan", "print", write(plan()), "--out", path("plan.pdf")});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_THAT(textOf(path("plan.pdf")), testing::StartsWith("%PDF-"));
}

}  // namespace
}  // namespace acuguide::test
