#include "planning/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace acuguide::planning {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::filesystem::path data = std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "tests/planning/data";

TEST(PlanText, SaysEverythingThatGuidanceWillGoBy) {
  const std::string text = describe(readPlan(data / "st36_depth.plan.json"));
  for (const char* part :
       {"ST36, left side", "patient P-017", "18 mm below the probe face", "2.5 mm right of the centre line",
        "from the picture's left at 35 degrees", "corridor 4 mm wide", "never deeper than 22 mm",
        "50 mm long", "anterior tibial artery? (vessel, 3 mm to stay free)",
        "tibia (bone, 2 mm to stay free)"})
    EXPECT_THAT(text, HasSubstr(part));
  EXPECT_THAT(text, Not(HasSubstr("\n"))) << "one paragraph";
}

TEST(PlanText, SaysWhatIsNotPlanned) {
  Plan plan = readPlan(data / "li10_plane.plan.json");
  EXPECT_THAT(describe(plan),
              HasSubstr("on the deep aponeurosis, 1.5 mm left of the centre line, 0.5 mm below it"));
  EXPECT_THAT(describe(plan), HasSubstr("No danger zone is planned."));
  plan.entryFromLeft.reset();
  plan.maximumDepthMm.reset();
  EXPECT_THAT(describe(plan), HasSubstr("The entry is left open"));
  EXPECT_THAT(describe(plan), HasSubstr("with no depth limit"));
}

}  // namespace
}  // namespace acuguide::planning
