#include "planning/atlas.h"

#include "core/error.h"
#include "planning/atlas_json.h"
#include "planning/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::planning {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Atlas, HoldsAllLimbPointsWithNamesInFourLanguages) {
  EXPECT_EQ(atlas().points.size(), 40u);
  for (const Acupoint& point : atlas().points) {
    SCOPED_TRACE(point.code);
    EXPECT_FALSE(point.names.chinese.empty());
    EXPECT_GE(static_cast<unsigned char>(point.names.chinese[0]), 0xe4) << "a CJK ideograph";
    EXPECT_GE(static_cast<unsigned char>(point.names.korean[0]), 0xea) << "a Hangul syllable";
    EXPECT_FALSE(point.avoid.empty());
    EXPECT_FALSE(point.stack.empty());
  }
}

// domain.md: "pregnancy (and LI4, SP6, BL60 at any time in it)".
TEST(Atlas, Li4Sp6Bl60AreForbiddenInPregnancyAndNoOther) {
  std::vector<std::string> forbidden;
  for (const Acupoint& point : atlas().points)
    if (point.forbiddenInPregnancy()) forbidden.push_back(point.code);
  EXPECT_THAT(forbidden, testing::UnorderedElementsAre("LI4", "SP6", "BL60"));
}

// domain.md: the table of B-cun.
TEST(Atlas, SegmentsHaveTheirCun) {
  const auto cun = [](const char* name) { return atlas().segment(name)->cun; };
  EXPECT_EQ(cun("upper_arm"), 9);
  EXPECT_EQ(cun("forearm"), 12);
  EXPECT_EQ(cun("thigh_anterior"), 18);
  EXPECT_EQ(cun("leg_medial"), 15);
  EXPECT_EQ(cun("thigh_lateral"), 19);
  EXPECT_EQ(cun("thigh_posterior"), 14);
  EXPECT_EQ(cun("leg_lateral"), 16);
  EXPECT_EQ(cun("foot_height"), 3);
}

// domain.md: depth .5-1 / 1-1.5 of the two textbooks: the careful reading is the shallower of both ends.
TEST(Atlas, ReferenceDepthIsTheCarefulReading) {
  EXPECT_EQ(atlas().point("LI10")->referenceDepth().to, 0.8);
  EXPECT_EQ(atlas().point("PC3")->referenceDepth().from, 0.5);
  EXPECT_EQ(atlas().point("GB30")->referenceDepth().to, 2.5);
}

// domain.md: "anatomy from general knowledge" keeps its mark wherever it is shown.
TEST(Atlas, GeneralKnowledgeStaysMarked) {
  EXPECT_THAT(describe(*atlas().point("LI15")), HasSubstr("humerus [general knowledge]"));
  EXPECT_THAT(describe(*atlas().point("HT3")), HasSubstr("ulnar nerve [general knowledge]"));
  EXPECT_THAT(describe(*atlas().point("PC6")), HasSubstr("median nerve\n"));
  EXPECT_THAT(describe(*atlas().point("SP6")), HasSubstr("never in pregnancy"));
  EXPECT_THAT(describe(*atlas().point("HT1")), HasSubstr("lung when directed medially"));
  EXPECT_THAT(describe(*atlas().point("ST36")), HasSubstr("reference only"));
}

// domain.md: point sets used after stroke; at most 5 points a session.
TEST(Atlas, ProtocolsOfTheTrials) {
  EXPECT_THAT(atlas().protocol("stroke_seven")->points,
              ElementsAre("LI15", "LI11", "LI4", "GB30", "GB31", "GB34", "GB39"));
  EXPECT_THAT(atlas().protocol("stroke_eleven")->points,
              ElementsAre("PC6", "LI11", "LI10", "TE5", "LI4", "GB30", "ST36", "GB34", "SP6", "ST41", "LR3"));
  EXPECT_EQ(atlas().mostPointsASession, 5);
}

TEST(Atlas, BrokenDataIsRefusedByName) {
  Atlas broken = atlas();
  broken.points[0].locus = AtLandmark{"elbow"};
  EXPECT_THROW(checkAtlas(broken, "test"), Error);
  broken = atlas();
  broken.points.push_back(broken.points[0]);
  EXPECT_THROW(checkAtlas(broken, "test"), Error);
  broken = atlas();
  broken.points[0].locus = BetweenLandmarks{"LI14", "LI11", 0.5};  // and LI14 needs LI15, the first
  ASSERT_EQ(broken.points[0].code, "LI15");
  try {
    checkAtlas(broken, "test");
    FAIL() << "a point defined by itself";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("LI15 is defined by itself"));
  }
  EXPECT_THROW(readAtlasPoints(R"({"format": "acuguide.atlas.points/1"})", "test", broken), Error);
}

}  // namespace
}  // namespace acuguide::planning
