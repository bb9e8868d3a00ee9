#include "recording/session_plans.h"

#include <gtest/gtest.h>

namespace acuguide::recording {
namespace {

std::shared_ptr<const planning::Plan> plan(const std::string& acupoint, planning::BodySide side,
                                           const std::string& name) {
  auto made = std::make_shared<planning::Plan>();
  made->acupoint = acupoint;
  made->side = side;
  made->name = name;
  return made;
}

const std::vector<PlanInForce>& afternoon() {
  using planning::BodySide;
  static const std::vector<PlanInForce> plans{{10, plan("ST36", BodySide::Left, "first")},
                                              {20, plan("ST36", BodySide::Left, "target set again")},
                                              {30, plan("ST36", BodySide::Right, "other leg")},
                                              {40, plan("GB34", BodySide::Left, "next point")}};
  return plans;
}

TEST(SessionPlans, TheOneInForceIsTheLastBeforeThatMoment) {
  EXPECT_EQ(planAt(afternoon(), 9.9), nullptr);
  EXPECT_EQ(planAt(afternoon(), 10)->name, "first");
  EXPECT_EQ(planAt(afternoon(), 29.9)->name, "target set again");
  EXPECT_EQ(planAt(afternoon(), 1e9)->name, "next point");
}

TEST(SessionPlans, EachPointAndSideIsOneWithItsLastTarget) {
  const auto points = pointsOf(afternoon());
  ASSERT_EQ(points.size(), 3u);
  EXPECT_EQ(points[0]->name, "target set again");
  EXPECT_EQ(points[1]->side, planning::BodySide::Right);
  EXPECT_EQ(points[2]->acupoint, "GB34");
}

}  // namespace
}  // namespace acuguide::recording
