#include "planning/new_plan.h"

#include "core/error.h"
#include "planning/atlas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::planning {
namespace {

using testing::HasSubstr;

TEST(NewPlan, EveryPointOfTheAtlasGivesAPlanThatReadsBack) {
  for (const Acupoint& point : atlas().points) {
    SCOPED_TRACE(point.code);
    const Plan plan = newPlan(point.code, BodySide::Right);
    EXPECT_EQ(planText(parsePlan(planText(plan), "new")), planText(plan));
    EXPECT_EQ(plan.side, BodySide::Right);
    EXPECT_THAT(plan.note, HasSubstr("Reference depth"));
  }
}

TEST(NewPlan, St36StartsAtItsReferenceDepth) {
  const Plan plan = newPlan("ST36", BodySide::Left);
  // 1-1.5 cun of 20 mm: the middle is 25 mm, the end 30 mm.
  EXPECT_DOUBLE_EQ(std::get<TargetAtDepth>(plan.target).point.depthMm, 25);
  EXPECT_DOUBLE_EQ(plan.maximumDepthMm.value(), 30);
  EXPECT_THAT(describe(plan), HasSubstr("1-1.5 cun"));
  // 30 mm at 40 degrees is 46.7 mm, and 10 mm stay outside.
  EXPECT_EQ(plan.instrument.lengthMm, 70);
}

TEST(NewPlan, NamesWhatToAvoidAndPregnancy) {
  EXPECT_THAT(newPlan("PC6", BodySide::Left).note, HasSubstr("median nerve"));
  EXPECT_THAT(newPlan("HT3", BodySide::Left).note, HasSubstr("ulnar nerve [general knowledge]"));
  for (const char* code : {"LI4", "SP6", "BL60"})
    EXPECT_THAT(newPlan(code, BodySide::Left).note, HasSubstr("Never in pregnancy")) << code;
  EXPECT_THAT(newPlan("ST36", BodySide::Left).note, testing::Not(HasSubstr("regnancy")));
}

TEST(NewPlan, APointWithoutReferenceStartsOnTheDeepAponeurosisAndSaysSo) {
  const Plan plan = newPlan("BL23", BodySide::Left);
  EXPECT_TRUE(std::holds_alternative<TargetAtPlane>(plan.target));
  EXPECT_FALSE(plan.maximumDepthMm);
  EXPECT_THAT(plan.note, HasSubstr("No reference depth"));
}

TEST(NewPlan, UnknownPointsAreRefused) {
  EXPECT_THROW(newPlan("ST99", BodySide::Left), Error);
  EXPECT_THROW(newPlan("knee", BodySide::Left), Error);
}

}  // namespace
}  // namespace acuguide::planning
