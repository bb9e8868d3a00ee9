#include "imaging/needle/needle_ends.h"

#include <gtest/gtest.h>

#include <string>

namespace acuguide::imaging {
namespace {

constexpr double kSpacing = 3;  // px from cut to cut

/// A shaft whose cuts are drawn as letters: 's' shows it, 'b' lies in a bright band, '.' is dark tissue. The
/// part found so far is the first run of 's'.
Shaft shaftOf(const std::string& cuts) {
  Shaft shaft;
  shaft.level = 60;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    ShaftCut cut;
    cut.along = static_cast<float>(kSpacing * static_cast<double>(i));
    cut.below = cut.above = cuts[i] == 'b' ? 115.0F : 50.0F;
    cut.contrast = cuts[i] == 's' ? 60.0F : 4.0F;
    cut.peak = std::max(cut.below, cut.above) + cut.contrast;
    shaft.cuts.push_back(cut);
  }
  shaft.first = static_cast<int>(cuts.find('s'));
  shaft.last = static_cast<int>(cuts.find_first_not_of('s', cuts.find('s')));
  shaft.begin = shaft.cuts[static_cast<std::size_t>(shaft.first)].along;
  shaft.end = shaft.cuts[static_cast<std::size_t>(shaft.last - 1)].along;
  return shaft;
}

std::string run(char kind, std::size_t length) { return std::string(length, kind); }

TEST(NeedleEnds, AreTheFoundOnesInDarkTissue) {
  const Shaft shaft = shaftOf(run('.', 20) + run('s', 30) + run('.', 40));
  const NeedleEnds ends = endsAcrossBands(shaft);
  EXPECT_EQ(ends.begin, shaft.begin);
  EXPECT_EQ(ends.end, shaft.end);
}

TEST(NeedleEnds, GoOnBehindAFasciaWhereTheShaftShowsAgain) {
  const Shaft shaft = shaftOf(run('s', 30) + run('b', 10) + run('s', 25) + run('.', 30));
  EXPECT_EQ(endsAcrossBands(shaft).end, kSpacing * (30 + 10 + 25 - 1));
}

TEST(NeedleEnds, GoOnBehindTwoFasciae) {
  const Shaft shaft =
      shaftOf(run('s', 30) + run('b', 8) + run('s', 20) + run('b', 8) + run('s', 20) + run('.', 20));
  EXPECT_EQ(endsAcrossBands(shaft).end, kSpacing * (30 + 8 + 20 + 8 + 20 - 1));
}

TEST(NeedleEnds, GoBackToTheSkinToo) {
  const Shaft found = shaftOf(run('.', 10) + run('s', 20) + run('b', 8) + run('.', 30));
  EXPECT_EQ(endsAcrossBands(found).end, found.end);
  Shaft shaft = shaftOf(run('s', 20) + run('b', 8) + run('s', 30) + run('.', 30));
  shaft.first = 28;  // only the deep part was found
  shaft.last = 58;
  shaft.begin = kSpacing * 28;
  shaft.end = kSpacing * 57;
  EXPECT_EQ(endsAcrossBands(shaft).begin, 0);
}

TEST(NeedleEnds, StopAtAFasciaBehindWhichThereIsNothing) {
  const Shaft shaft = shaftOf(run('s', 30) + run('b', 10) + run('.', 40));
  const NeedleEnds ends = endsAcrossBands(shaft);
  EXPECT_EQ(ends.end, shaft.end);
}

TEST(NeedleEnds, AFewBrightPointsBehindTheFasciaAreNotTheShaft) {
  const Shaft shaft = shaftOf(run('s', 30) + run('b', 10) + "..ss..s..ss...s" + run('.', 30));
  EXPECT_EQ(endsAcrossBands(shaft).end, shaft.end);
}

TEST(NeedleEnds, GoOnAcrossAShortGapWhereTheShaftWasHeading) {
  Shaft shaft = shaftOf(run('s', 30) + run('.', 15) + run('s', 12) + run('.', 20));
  EXPECT_EQ(endsAcrossBands(shaft).end, kSpacing * (30 + 15 + 12 - 1));
  for (std::size_t i = 0; i < shaft.cuts.size(); ++i)  // a line a little turned against the shaft
    shaft.cuts[i].offset = 0.06F * (static_cast<float>(i) - 15);
  EXPECT_EQ(endsAcrossBands(shaft).end, kSpacing * (30 + 15 + 12 - 1));
}

TEST(NeedleEnds, ABrightFibreAfterDarkTissueIsNotTheShaft) {
  Shaft beside = shaftOf(run('s', 30) + run('.', 15) + run('s', 30));
  for (std::size_t i = 45; i < beside.cuts.size(); ++i) beside.cuts[i].offset = 2;
  EXPECT_EQ(endsAcrossBands(beside).end, beside.end);
  const Shaft far = shaftOf(run('s', 30) + run('.', 26) + run('s', 30));
  EXPECT_EQ(endsAcrossBands(far).end, far.end);
  const Shaft farForItsLength = shaftOf(run('s', 14) + run('.', 12) + run('s', 30));
  EXPECT_EQ(endsAcrossBands(farForItsLength).end, farForItsLength.end);
  Shaft fainter = shaftOf(run('s', 30) + run('.', 15) + run('s', 30));
  for (std::size_t i = 45; i < fainter.cuts.size(); ++i) fainter.cuts[i].contrast = 20;
  EXPECT_EQ(endsAcrossBands(fainter).end, fainter.end);
}

TEST(NeedleEnds, NoCutsNoChange) {
  Shaft shaft;
  shaft.begin = 3;
  shaft.end = 9;
  EXPECT_EQ(endsAcrossBands(shaft).begin, 3);
  EXPECT_EQ(endsAcrossBands(shaft).end, 9);
}

}  // namespace
}  // namespace acuguide::imaging
