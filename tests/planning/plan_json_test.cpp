#include "core/error.h"
#include "core/units.h"
#include "planning/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <sstream>

namespace acuguide::planning {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::filesystem::path data = std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "tests/planning/data";

json example() {
  std::ifstream file(data / "st36_depth.plan.json");
  return json::parse(file);
}

std::string refusalOf(const std::string& text) {
  try {
    parsePlan(text, "my.plan.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

/// What is said of the example with one thing changed.
std::string refusal(const std::function<void(json&)>& change) {
  json plan = example();
  change(plan);
  return refusalOf(plan.dump());
}

std::string set(const std::string& pointer, const json& value) {
  return refusal([&](json& plan) { plan[json::json_pointer(pointer)] = value; });
}

std::string without(const std::string& parent, const std::string& key) {
  return refusal([&](json& plan) { plan[json::json_pointer(parent)].erase(key); });
}

TEST(PlanFile, ReadsEveryKey) {
  const Plan plan = readPlan(data / "st36_depth.plan.json");
  EXPECT_EQ(plan.name, "ST36 left, tibialis anterior");
  EXPECT_THAT(plan.note, StartsWith("Made by hand"));
  EXPECT_EQ(plan.patientCode, "P-017");
  EXPECT_EQ(plan.side, BodySide::Left);
  EXPECT_EQ(plan.acupoint, "ST36");
  EXPECT_EQ(plan.probe, imaging::ProbeSide::Top);
  const auto* target = std::get_if<TargetAtDepth>(&plan.target);
  ASSERT_NE(target, nullptr);
  EXPECT_EQ(target->point.lateralMm, 2.5);
  EXPECT_EQ(target->point.depthMm, 18);
  EXPECT_EQ(plan.entryFromLeft, true);
  EXPECT_NEAR(degrees(plan.entryAngle.value()), 35, 1e-12);
  EXPECT_EQ(plan.corridorWidthMm, 4);
  EXPECT_EQ(plan.targetToleranceMm, 2);
  EXPECT_EQ(plan.maximumDepthMm, 22);
  EXPECT_EQ(plan.instrument.name, "type I 0.8 mm");
  EXPECT_EQ(plan.instrument.lengthMm, 50);
  ASSERT_EQ(plan.dangers.size(), 2u);
  EXPECT_EQ(plan.dangers[0].kind, DangerKind::Vessel);
  EXPECT_TRUE(plan.dangers[0].automatic);
  EXPECT_EQ(plan.dangers[0].marginMm, 3);
  EXPECT_NEAR(degrees(std::get<Ellipse>(plan.dangers[0].shape).angle), 20, 1e-12);
  EXPECT_EQ(plan.dangers[1].marginMm, 2) << "the margin when none is given";
  EXPECT_EQ(std::get<Polygon>(plan.dangers[1].shape).points.size(), 4u);
}

TEST(PlanFile, FillsInWhatMayBeLeftOutAndTakesItsNameFromTheFile) {
  const Plan plan = readPlan(data / "li10_plane.plan.json");
  EXPECT_EQ(plan.name, "li10_plane");
  EXPECT_EQ(plan.probe, imaging::ProbeSide::Unknown);
  EXPECT_EQ(plan.entryFromLeft, false);
  EXPECT_FALSE(plan.entryAngle);
  EXPECT_EQ(plan.corridorWidthMm, 4);
  EXPECT_TRUE(plan.dangers.empty());
  const auto& target = std::get<TargetAtPlane>(plan.target);
  EXPECT_EQ(target.plane, imaging::PlaneLabel::DeepAponeurosis);
  EXPECT_EQ(target.lateralMm, -1.5);
  EXPECT_EQ(target.offsetMm, 0.5);
}

TEST(PlanFile, RefusalNamesTheFile) {
  EXPECT_THAT(set("/side", "middle"), StartsWith("my.plan.json: /side is \"middle\"; use left, right"));
}

TEST(PlanFile, WrongUnitsAreUnknownKeys) {
  const auto rename = [](const std::string& key) {
    return refusal([&](json& plan) {
      plan["target"].erase("depthMm");
      plan["target"][key] = 1.8;
    });
  };
  EXPECT_THAT(rename("depthCm"), HasSubstr("/target/depthCm is not a known key; did you mean \"depthMm\"?"));
  EXPECT_THAT(rename("depth"), HasSubstr("/target/depth is not a known key"));
  EXPECT_THAT(set("/entry/angle", 0.6),
              HasSubstr("/entry/angle is not a known key; did you mean \"angleDeg\"?"));
  EXPECT_THAT(set("/dangers/1/polygon/2/depth", 1),
              HasSubstr("/dangers/1/polygon/2/depth is not a known key"));
  EXPECT_THAT(set("/corridorWidth", 4), HasSubstr("/corridorWidth is not a known key"));
}

struct Bad {
  std::string pointer;
  json value;
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.pointer << " = " << bad.value; }

class PlanFileRefuses : public testing::TestWithParam<Bad> {};

TEST_P(PlanFileRefuses, WithTheKeysPathInOneSentence) {
  const std::string message = set(GetParam().pointer, GetParam().value);
  EXPECT_THAT(message,
              AllOf(StartsWith("my.plan.json: "), HasSubstr(GetParam().pointer), Not(HasSubstr("\n"))));
}

INSTANTIATE_TEST_SUITE_P(
    Values, PlanFileRefuses,
    testing::Values(
        Bad{"/format", "acuguide.plan/2"}, Bad{"/side", 1}, Bad{"/acupoint", "ST99"},
        Bad{"/acupoint", "ST46"}, Bad{"/acupoint", "ST0"}, Bad{"/acupoint", "XX1"}, Bad{"/acupoint", "st36"},
        Bad{"/acupoint", "LU12"}, Bad{"/acupoint", ""}, Bad{"/patientCode", "Zhang San"},
        Bad{"/patientCode", "."}, Bad{"/patientCode", ".."}, Bad{"/probe", "side"},
        Bad{"/target/depthMm", -3}, Bad{"/target/depthMm", 0}, Bad{"/target/depthMm", 4000},
        Bad{"/target/depthMm", "18"}, Bad{"/target/depthMm", nullptr}, Bad{"/target/depthMm", 22.5},
        Bad{"/target/lateralMm", 400}, Bad{"/target/kind", "nerve"}, Bad{"/target/plane", "bone"},
        Bad{"/target/offsetMm", 1}, Bad{"/target/xPx", 4}, Bad{"/entry/from", "top"},
        Bad{"/entry/angleDeg", 0}, Bad{"/entry/angleDeg", 135}, Bad{"/corridorWidthMm", 0},
        Bad{"/corridorWidthMm", -1}, Bad{"/targetToleranceMm", 0}, Bad{"/maximumDepthMm", 0},
        Bad{"/maximumDepthMm", 1e9}, Bad{"/instrument/diameterMm", 0}, Bad{"/instrument/bladeWidthMm", 80},
        Bad{"/instrument/lengthMm", 20}, Bad{"/dangers/0/marginMm", -0.5}, Bad{"/dangers/0/kind", "fat"},
        Bad{"/dangers/0/name", ""}, Bad{"/dangers/0/ellipse/radiusAcrossMm", 0},
        Bad{"/dangers/0/ellipse/depthMm", -2}, Bad{"/dangers/0/automatic", "yes"},
        Bad{"/dangers/1/polygon/0/depthMm", -1}, Bad{"/dangers", 3}, Bad{"/target", json::array()}));

TEST(PlanFile, WhatIsMissingIsNamed) {
  EXPECT_THAT(without("", "side"), HasSubstr("/side is missing"));
  EXPECT_THAT(without("", "target"), HasSubstr("/target is missing"));
  EXPECT_THAT(without("", "instrument"), HasSubstr("/instrument is missing"));
  EXPECT_THAT(without("/target", "kind"), HasSubstr("/target/kind is missing"));
  EXPECT_THAT(without("/target", "depthMm"),
              HasSubstr("/target/depthMm is missing; a target of kind \"depth\""));
  EXPECT_THAT(without("/instrument", "lengthMm"), HasSubstr("/instrument/lengthMm is missing"));
  EXPECT_THAT(without("/dangers/0", "ellipse"), HasSubstr("/dangers/0 has no shape"));
  EXPECT_THAT(without("/dangers/1/polygon/1", "depthMm"),
              HasSubstr("/dangers/1/polygon/1/depthMm is missing"));
}

TEST(PlanFile, NaNIsRefusedWithItsPath) {
  std::string text = example().dump();
  const auto at = text.find("\"depthMm\":18");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 12, "\"depthMm\":NaN");
  EXPECT_THAT(refusalOf(text), HasSubstr("/target/depthMm is nan"));
}

TEST(PlanFile, TargetBelowTheMaximumDepthIsRefused) {
  EXPECT_THAT(set("/maximumDepthMm", 17.9),
              AllOf(HasSubstr("/target/depthMm is 18"), HasSubstr("/maximumDepthMm 17.9")));
}

TEST(PlanFile, ABladeShorterThanItsPathIsRefused) {
  // 18 mm deep at 35 degrees: 18 / sin 35 = 31.4 mm.
  EXPECT_EQ(set("/instrument/lengthMm", 31.5), "accepted");
  EXPECT_THAT(set("/instrument/lengthMm", 31.3),
              AllOf(HasSubstr("/instrument/lengthMm is 31.3"), HasSubstr("31.38 mm")));
  EXPECT_THAT(refusal([](json& plan) {
                plan.erase("entry");
                plan["instrument"]["lengthMm"] = 17;
              }),
              HasSubstr("/instrument/lengthMm is 17"))
      << "straight down is the shortest way";
}

json points(std::initializer_list<std::pair<double, double>> corners) {
  json list = json::array();
  for (const auto& [x, y] : corners) list.push_back({{"lateralMm", x}, {"depthMm", y}});
  return list;
}

TEST(PlanFile, PolygonsMustEncloseSomethingWithoutCrossing) {
  const std::string path = "/dangers/1/polygon";
  EXPECT_EQ(set(path, points({{10, 5}, {20, 5}, {20, 15}, {10, 15}})), "accepted");
  EXPECT_EQ(set(path, points({{10, 5}, {20, 5}, {15, 8}, {20, 15}})), "accepted") << "concave is fine";
  EXPECT_THAT(set(path, points({{0, 5}, {10, 5}})), HasSubstr(path + " has too few entries"));
  EXPECT_THAT(set(path, points({{0, 5}, {10, 15}, {10, 5}, {0, 15}})), HasSubstr(path + " crosses itself"));
  EXPECT_THAT(set(path, points({{0, 5}, {5, 5}, {10, 5}})), HasSubstr(path));
  EXPECT_THAT(set(path, points({{0, 5}, {0, 5}, {10, 5}, {5, 9}})), HasSubstr(path + "/1 repeats"));
}

TEST(PlanFile, ATargetAboveTheSkinOrBelowBoneIsRefused) {
  EXPECT_THAT(set("/target/depthMm", -3), HasSubstr("/target/depthMm"));
  EXPECT_THAT(set("/dangers/1/polygon", points({{0, 12}, {10, 12}, {10, 15}, {0, 15}})),
              HasSubstr("/target/depthMm is 18: the target lies below the bone that begins at 12"));
  const auto onPlane = [](const char* plane, double offset) {
    return refusal([&](json& plan) {
      plan["target"] = {{"kind", "plane"}, {"plane", plane}, {"offsetMm", offset}};
    });
  };
  EXPECT_THAT(onPlane("bone", 1), HasSubstr("below bone"));
  EXPECT_EQ(onPlane("bone", -1), "accepted");
  EXPECT_THAT(onPlane("skin", 0), HasSubstr("above the skin"));
  EXPECT_EQ(onPlane("skin", 4), "accepted");
}

TEST(PlanFile, ANegativeMarginAndNumbersThatAreNoneAreRefused) {
  EXPECT_THAT(set("/dangers/0/marginMm", -1), HasSubstr("/dangers/0/marginMm"));
  std::string text = example().dump();
  text.replace(text.find("\"depthMm\":18"), 12, "\"depthMm\":NaN");
  EXPECT_THAT(refusalOf(text), StartsWith("my.plan.json"));
}

TEST(PlanFile, WhatTheProcedureNeedsIsKept) {
  json plan = example();
  plan["picture"] = "transverse";
  plan["strokes"] = 4;
  plan["entry"]["bladeDeg"] = 45;
  plan["dangers"][0]["course"] = "through";
  plan["point"] = {{"frame", "Reference"}, {"mm", {1.5, -2, 3}}, {"radius95Mm", 4}};
  plan["checklist"] = {{"date", "2026-11-25"}, {"answers", {{"infection", "no"}, {"clotting", "yes"}}}};
  const Plan read = parsePlan(plan.dump(), "my.plan.json");
  EXPECT_EQ(read.picture, LimbPlane::Transverse);
  EXPECT_EQ(read.strokes, 4);
  EXPECT_NEAR(*read.bladeDirection, radians(45.0), 1e-12);
  EXPECT_EQ(read.dangers[0].course, CourseInPicture::Through);
  EXPECT_EQ(read.point->mm, Eigen::Vector3d(1.5, -2, 3));
  EXPECT_EQ(read.checklist->answers.at("clotting"), Answer::Yes);
  const Plan again = parsePlan(planText(read), "again");
  EXPECT_EQ(planText(again), planText(read));
  EXPECT_EQ(again.checklist->date, "2026-11-25");
  EXPECT_THAT(set("/strokes", 6), HasSubstr("/strokes"));
  EXPECT_THAT(set("/entry/bladeDeg", 180), HasSubstr("/entry/bladeDeg"));
}

TEST(PlanFile, ShapeIsEitherEllipseOrPolygon) {
  EXPECT_THAT(set("/dangers/0/polygon", points({{0, 5}, {10, 5}, {5, 9}})),
              HasSubstr("/dangers/0 has an ellipse and a polygon"));
}

TEST(PlanFile, KeysOfOtherTargetsDoNotBelong) {
  EXPECT_THAT(set("/target/xPx", 100),
              HasSubstr("/target/xPx does not belong to a target of kind \"depth\""));
  EXPECT_THAT(refusal([](json& plan) {
                plan["target"] = {{"kind", "pixel"}, {"xPx", 10}};
              }),
              HasSubstr("/target/yPx is missing"));
  EXPECT_THAT(refusal([](json& plan) {
                plan["target"] = {{"kind", "plane"}};
              }),
              HasSubstr("/target/plane is missing"));
}

TEST(PlanFile, TextThatIsNoPlan) {
  EXPECT_THAT(refusalOf(""), HasSubstr("is not JSON"));
  EXPECT_THAT(refusalOf("[1, 2]"), HasSubstr("the top level is a list"));
  EXPECT_THAT(refusalOf("{\n  \"format\": \"acuguide.plan/1\",\n}"), HasSubstr("line 3 is not JSON"));
}

TEST(PlanFile, MissingFileIsNamed) {
  try {
    readPlan("/nowhere/at/all.plan.json");
    FAIL() << "read what is not there";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(StartsWith("/nowhere/at/all.plan.json: "), HasSubstr("cannot be read")));
  }
}

// Writing

void expectSame(const Plan& a, const Plan& b) {
  EXPECT_EQ(planText(a), planText(b));
  EXPECT_EQ(a.entryAngle, b.entryAngle);
  ASSERT_EQ(a.dangers.size(), b.dangers.size());
  for (std::size_t i = 0; i < a.dangers.size(); ++i) {
    if (const auto* ellipse = std::get_if<Ellipse>(&a.dangers[i].shape)) {
      EXPECT_EQ(ellipse->angle, std::get<Ellipse>(b.dangers[i].shape).angle);
      EXPECT_EQ(ellipse->radiusAcrossMm, std::get<Ellipse>(b.dangers[i].shape).radiusAcrossMm);
    }
  }
}

TEST(PlanFile, RoundTripIsExact) {
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / "acuguide_round_trip.plan.json";
  Plan plan = readPlan(data / "st36_depth.plan.json");
  std::get<Ellipse>(plan.dangers[0].shape).radiusAcrossMm = 2.0 / 3.0;
  plan.targetToleranceMm = 0.1 + 0.2;
  for (const Target& target : {plan.target, Target(TargetAtPlane{imaging::PlaneLabel::Bone, -1.0 / 3, -0.7}),
                               Target(TargetAtPixel{{123.25, 88.125}, 33.5, 7.75})}) {
    plan.target = target;
    for (const double angleDeg : {25.1, 27.7, 33.333333333333336, 35.0, 44.9, 59.7, 90.0}) {
      plan.entryAngle = radians(angleDeg);
      std::get<Ellipse>(plan.dangers[0].shape).angle = radians(-angleDeg);
      writePlan(plan, path);
      expectSame(readPlan(path), plan);
    }
  }
  const auto read = std::get<TargetAtPixel>(readPlan(path).target);
  EXPECT_EQ(read.px, Eigen::Vector2d(123.25, 88.125));
  EXPECT_EQ(read.corridorWidthPx, 33.5);
  EXPECT_EQ(read.tolerancePx, 7.75);
  std::filesystem::remove(path);
}

TEST(PlanFile, DegreesInTheFileStayAsAPersonWroteThem) {
  Plan plan = readPlan(data / "st36_depth.plan.json");
  EXPECT_THAT(planText(plan), HasSubstr("\"angleDeg\": 35.0"));
  plan.entryAngle = radians(12.3);
  EXPECT_THAT(planText(plan), HasSubstr("\"angleDeg\": 12.3\n"));
}

TEST(PlanFile, ABadPlanIsNotWrittenAndTheOldFileStays) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "acuguide_kept.plan.json";
  Plan plan = readPlan(data / "st36_depth.plan.json");
  writePlan(plan, path);
  Plan bad = plan;
  bad.corridorWidthMm = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(writePlan(bad, path), Error);
  bad = plan;
  bad.target = TargetAtPlane{imaging::PlaneLabel::Fascia, 0, 0};
  EXPECT_THROW(writePlan(bad, path), Error);
  expectSame(readPlan(path), plan);
  std::filesystem::remove(path);
}

TEST(PlanFile, WhereNothingCanBeWrittenIsSaid) {
  const Plan plan = readPlan(data / "st36_depth.plan.json");
  try {
    writePlan(plan, "/nowhere/at/all.plan.json");
    FAIL() << "wrote to nowhere";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                AllOf(StartsWith("/nowhere/at/all.plan.json: "), HasSubstr("cannot be written")));
  }
}

}  // namespace
}  // namespace acuguide::planning
