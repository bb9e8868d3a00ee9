#include "calibration/tools/tool_tip.h"

#include "core/error.h"

#include <gmock/gmock.h>

namespace acuguide::calibration {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Result pivot() {
  Result result;
  result.kind = "pivot";
  result.usable = true;
  result.details["pose"] = "NeedleToTracker";
  result.details["tipMm"] = {1.0, -2.0, 90.0};
  result.details["shaftDirection"] = {0.0, 0.6, -0.8};  // towards the handle: a spin cannot tell
  return result;
}

TEST(ToolTip, IsAPoseWithItsShaftTowardsTheTip) {
  const NamedPose shaft = toolShaftPose(pivot(), "pivot.json");
  EXPECT_EQ(shaft.name(), "NeedleShaftToNeedle");
  EXPECT_TRUE(shaft.valid);
  EXPECT_TRUE(shaft.matrix.topRightCorner(3, 1).isApprox(Eigen::Vector3d(1, -2, 90)));
  EXPECT_TRUE(shaft.matrix.block(0, 2, 3, 1).isApprox(Eigen::Vector3d(0, -0.6, 0.8)));
  EXPECT_NEAR(shaft.matrix.topLeftCorner(3, 3).determinant(), 1, 1e-9);
}

TEST(ToolTip, WhatIsNoToolsTipIsRefused) {
  const auto of = [](auto change) {
    return [change] {
      Result result = pivot();
      change(result);
      toolShaftPose(result, "pivot.json");
    };
  };
  EXPECT_THAT(of([](Result& r) { r.kind = "scale"; }), ThrowsMessage<Error>(HasSubstr("of kind scale")));
  EXPECT_THAT(of([](Result& r) { r.usable = false; }), ThrowsMessage<Error>(HasSubstr("not usable")));
  EXPECT_THAT(of([](Result& r) { r.details.erase("shaftDirection"); }),
              ThrowsMessage<Error>(HasSubstr("--spin")));
  EXPECT_THAT(of([](Result& r) {
                r.details["tipMm"] = {1.0, "x", 2.0};
              }),
              ThrowsMessage<Error>(HasSubstr("/tipMm")));
  EXPECT_THAT(of([](Result& r) { r.details["pose"] = ""; }), ThrowsMessage<Error>(HasSubstr("/pose")));
}

}  // namespace
}  // namespace acuguide::calibration
