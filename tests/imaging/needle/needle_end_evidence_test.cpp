#include "imaging/needle/needle_end_evidence.h"

#include <gtest/gtest.h>

#include <string>

namespace acuguide::imaging {
namespace {

constexpr double kSpacing = 3, kUnit = 2;  // px from cut to cut; px per search px

/// A shaft whose cuts are drawn as letters. 's' shows it in dark tissue, '.' is dark tissue without it, 'b' a
/// bright band, as bright with it as without, 'f' and 'g' a shaft that has faded, '#' is black. `last`: cuts
/// from the first 's' that were taken for the shaft.
Shaft shaftOf(const std::string& cuts, int last) {
  Shaft shaft;
  shaft.level = 85;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    ShaftCut cut;
    cut.along = static_cast<float>(kSpacing * static_cast<double>(i));
    cut.below = cut.above = 110.0F;
    cut.peak = 205.0F;
    switch (cuts[i]) {
      case 'b':
        cut.below = cut.above = 205.0F;
        cut.peak = 215.0F;
        cut.offset = i % 2 ? 3.0F : -3.0F;
        break;
      case '.':
        cut.peak = 112.0F;
        cut.offset = i % 2 ? 3.0F : -2.0F;
        break;
      case 'f':
        cut.peak = 160.0F;
        break;
      case 'g':
        cut.peak = 130.0F;
        break;
      case '#':
        cut.below = cut.above = cut.peak = 2.0F;
        break;
      default:
        break;
    }
    cut.contrast = cut.peak - std::max(cut.below, cut.above);
    shaft.cuts.push_back(cut);
  }
  shaft.first = static_cast<int>(cuts.find('s'));
  shaft.last = last;
  return shaft;
}

std::string run(char kind, std::size_t length) { return std::string(length, kind); }

/// Ends of the 95 % interval and its middle, cuts.
struct Interval {
  double near = 0, middle = 0, far = 0;
};
Interval intervalOf(const Shaft& shaft, bool tipAtEnd = true) {
  NeedleEndEvidence ends;
  measureEnds(shaft, tipAtEnd, kUnit, ends);
  EXPECT_GT(ends.count, 1);
  const auto cut = [&](double share) { return ends.at(quantileOf(ends, share)).x() / kSpacing; };
  return {cut(0.025), cut(0.5), cut(0.975)};
}

TEST(NeedleEndEvidence, ASharpEndIsKnownToACut) {
  const Interval tip = intervalOf(shaftOf(run('s', 40) + run('.', 60), 40));
  EXPECT_NEAR(tip.middle, 39, 1);
  EXPECT_GT(tip.near, 35);
  EXPECT_LT(tip.far, 43);
}

TEST(NeedleEndEvidence, WhereTheFoundStretchEndsDoesNotMatter) {
  for (const int last : {25, 32, 40, 48})
    EXPECT_NEAR(intervalOf(shaftOf(run('s', 40) + run('.', 60), last)).middle, 39, 1) << last;
}

TEST(NeedleEndEvidence, TheShaftIsFollowedBehindABand) {
  const Interval tip = intervalOf(shaftOf(run('s', 30) + run('b', 12) + run('s', 20) + run('.', 40), 30));
  EXPECT_NEAR(tip.middle, 61, 1);
  EXPECT_GT(tip.near, 57);
}

TEST(NeedleEndEvidence, ABandThatHidesTheEndLeavesItOpenAsFarAsTheBand) {
  const Interval tip = intervalOf(shaftOf(run('s', 30) + run('b', 14) + run('.', 40), 30));
  EXPECT_LT(tip.near, 34) << "it may end where the band begins";
  EXPECT_GT(tip.far, 41) << "and where it ends";
  EXPECT_LT(tip.far, 48) << "but not in the dark behind";
}

// At a crossing the band lies on one side first and on the other behind, and on the line itself neither side
// is bright: the brightness there is the band's, not the needle's.
TEST(NeedleEndEvidence, ABandThatIsCrossedIsNotTheShaft) {
  Shaft shaft = shaftOf(run('s', 30) + run('.', 60), 30);
  for (std::size_t i = 30; i < 44; ++i) {
    ShaftCut& cut = shaft.cuts[i];
    if (i < 35) cut.below = 225.0F;
    if (i >= 38) cut.above = 220.0F;
    if (i < 41) cut.peak = 240.0F, cut.offset = 3.0F - 0.6F * (static_cast<float>(i) - 30.0F);
  }
  const Interval tip = intervalOf(shaft);
  EXPECT_LT(tip.near, 34);
  EXPECT_GT(tip.far, 33) << "the tip may be in it all the same";
  EXPECT_LT(tip.far, 48);
}

TEST(NeedleEndEvidence, AShaftThatFadesLeavesItsEndOpen) {
  const Interval sharp = intervalOf(shaftOf(run('s', 40) + run('.', 60), 40));
  const Interval fading = intervalOf(shaftOf(run('s', 30) + run('f', 8) + run('g', 8) + run('.', 60), 40));
  EXPECT_GT(fading.far - fading.near, 1.5 * (sharp.far - sharp.near));
  EXPECT_GT(fading.far, 38);
}

/// A shaft that leaves the plane from its 30th cut on: its level falls as the square of the way, by 60 in 44
/// cuts, and is gone in the tissue's 112 about the 85th. It ends at `tip`, and the tissue goes on.
Shaft leavingThePlane(std::size_t tip) {
  Shaft shaft = shaftOf(run('s', 30) + run('.', 150), 60);
  for (std::size_t i = 30; i < tip; ++i) {
    const float way = (static_cast<float>(i) - 30.0F) / 44.0F, level = 205.0F - 60.0F * way * way;
    ShaftCut& cut = shaft.cuts[i];
    if (level < 112.0F) break;
    cut.peak = level;
    cut.offset = 0.0F;
    cut.contrast = level - 110.0F;
  }
  return shaft;
}

TEST(NeedleEndEvidence, AShaftThatLeavesThePlaneIsFollowedAsItFades) {
  for (const std::size_t tip : {60, 66, 72}) {
    const Interval found = intervalOf(leavingThePlane(tip));
    EXPECT_NEAR(found.middle, static_cast<double>(tip) - 1, 3) << tip;
    EXPECT_GT(found.far, static_cast<double>(tip)) << tip;
  }
}

// What is fainter than the tissue shows neither the shaft nor its end.
TEST(NeedleEndEvidence, AShaftThatHasFadedAwayMayGoOnFarBeyond) {
  const Interval found = intervalOf(leavingThePlane(110));
  EXPECT_LT(found.near, 90) << "it may end where it is last seen";
  EXPECT_GT(found.far, 110) << "and as far on again as nothing speaks against it";
}

// The first cuts beyond a shaft that has not faded are dim and lie beside it: blur, or its bevel.
TEST(NeedleEndEvidence, ADimEndIsLeftOpenAndNotTaken) {
  Shaft shaft = shaftOf(run('s', 40) + run('.', 60), 40);
  for (std::size_t i = 40; i < 46; ++i) {
    shaft.cuts[i].peak = 170.0F;
    shaft.cuts[i].offset = 2.5F;
    shaft.cuts[i].contrast = 60.0F;
  }
  const Interval tip = intervalOf(shaft);
  EXPECT_LT(tip.near, 41);
  EXPECT_LT(tip.middle, 44.5);
  EXPECT_GT(tip.far, 45);
}

TEST(NeedleEndEvidence, BlackTissueDoesNotShowThatTheShaftEnds) {
  const Interval tip = intervalOf(shaftOf(run('s', 40) + run('#', 25) + run('.', 30), 40));
  EXPECT_GT(tip.far, 55) << "shadow and fluid hide what lies in them";
}

TEST(NeedleEndEvidence, CountsFromTheTailWhicheverEndTheTipIs) {
  Shaft shaft = shaftOf(run('.', 50) + run('s', 40) + run('.', 10), 90);
  EXPECT_NEAR(intervalOf(shaft, false).middle, 50, 1);
  NeedleEndEvidence ends;
  measureEnds(shaft, false, kUnit, ends);
  EXPECT_LT(ends.step.x(), 0);
  EXPECT_NEAR(ends.step.norm(), kSpacing, 1e-6);
}

TEST(NeedleEndEvidence, NoCutsNoEvidence) {
  NeedleEndEvidence ends;
  ends.count = 5;
  measureEnds(Shaft(), true, kUnit, ends);
  EXPECT_EQ(ends.count, 0);
}

}  // namespace
}  // namespace acuguide::imaging
