#include "apps/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace acuguide::test {
namespace {

using testing::HasSubstr;

const std::string kLeg = std::string(ACUGUIDE_SOURCE_DIR) + "/sample_data/landmarks_right_leg.json";

TEST(Atlas, ListsPointsProtocolsAndLandmarks) {
  EXPECT_THAT(acuguide({"atlas", "list"}).out, HasSubstr("ST36\tZusanli\t足三里\t족삼리\tLeg Three Miles"));
  const Outcome protocol = acuguide({"atlas", "list", "--protocol", "stroke_seven"});
  EXPECT_THAT(protocol.out, HasSubstr("at most 5 points a session"));
  EXPECT_THAT(protocol.out, HasSubstr("GB39"));
  EXPECT_THAT(protocol.out, testing::Not(HasSubstr("PC6")));
  EXPECT_THAT(acuguide({"atlas", "list", "--landmarks"}).out, HasSubstr("lateral_malleolus"));
}

TEST(Atlas, ShowsAPointWithItsDoubts) {
  const Outcome outcome = acuguide({"atlas", "show", "SP6"});
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_THAT(outcome.out, HasSubstr("never in pregnancy"));
  EXPECT_THAT(outcome.out, HasSubstr("general knowledge"));
  EXPECT_THAT(outcome.out, HasSubstr("WHO Standard"));
}

TEST(Atlas, LocatesThePointsOfALeg) {
  const Folder folder;
  const Outcome outcome =
      acuguide({"atlas", "locate", "--landmarks", kLeg, "--side", "right", "--out", folder / "points.json"});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("lie as on a right limb"));
  EXPECT_THAT(outcome.out, HasSubstr("GB30: needs greater_trochanter, sacral_hiatus"));
  const auto points = nlohmann::json::parse(textOf(folder / "points.json"));
  EXPECT_EQ(points.at("format"), "acuguide.points/1");
  EXPECT_EQ(points.at("sideCheck"), "agrees");
  EXPECT_EQ(points.at("frame"), "Tracker");
  bool found = false;
  for (const auto& point : points.at("points")) {
    if (point.at("point") != "ST36") continue;
    found = true;
    EXPECT_NEAR(point.at("mm")[2], 346.2, 0.1);  // 3 sixteenths of 340.8 mm down the line to the ankle
    EXPECT_EQ(point.at("segment"), "leg_lateral");
  }
  EXPECT_TRUE(found);
}

TEST(Atlas, RefusesTheWrongSideAndLeavesTheFile) {
  const Folder folder;
  std::ofstream(folder / "points.json") << "kept";
  const Outcome outcome =
      acuguide({"atlas", "locate", "--landmarks", kLeg, "--side", "left", "--out", folder / "points.json"});
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_THAT(outcome.err, HasSubstr("lie as on a right limb, but the side named is left"));
  EXPECT_EQ(textOf(folder / "points.json"), "kept");
}

TEST(Atlas, UnknownNamesGetASentence) {
  EXPECT_EQ(acuguide({"atlas", "show", "ST99"}).exitCode, 2);
  EXPECT_EQ(acuguide({"atlas", "list", "--protocol", "headache"}).exitCode, 2);
  EXPECT_EQ(
      acuguide({"atlas", "locate", "--landmarks", "missing.json", "--side", "left", "--out", "x"}).exitCode,
      2);
}

}  // namespace
}  // namespace acuguide::test
