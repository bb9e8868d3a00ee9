#include "tracking/needle_track.h"

#include "core/units.h"

#include <gtest/gtest.h>

namespace acuguide::tracking {
namespace {

TEST(NeedleTrack, AngleIsPositiveWhenTheLineRisesToTheRight) {
  NeedleTrack track;
  track.tipPx = {100, 200};
  track.tailPx = {200, 100};  // up and to the right of the tip: y points down
  EXPECT_NEAR(degrees(track.angle()), 45, 1e-9);
  track.tailPx = {0, 100};
  EXPECT_NEAR(degrees(track.angle()), -45, 1e-9);
  track.tailPx = {100, 100};
  EXPECT_NEAR(degrees(track.angle()), 90, 1e-9);
  track.tailPx = {100, 300};
  EXPECT_NEAR(degrees(track.angle()), 90, 1e-9) << "a line has no direction";
}

TEST(NeedleTrack, TipSigmaIsTheWorstDirection) {
  NeedleTrack track;
  track.tipCovariancePx << 5, 4, 4, 5;  // eigenvalues 9 and 1
  EXPECT_NEAR(track.tipSigmaPx(), 3.0, 1e-12);
}

TEST(NeedleTrack, StatesAreNamedAsInTheFile) {
  EXPECT_EQ(nameOf(NeedleState::None), "none");
  EXPECT_EQ(nameOf(NeedleState::Predicted), "predicted");
  EXPECT_EQ(nameOf(NeedleState::Observed), "observed");
}

}  // namespace
}  // namespace acuguide::tracking
