#include "tracking/tip_belief.h"

#include "tracking/needle_scene.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace acuguide::tracking {
namespace {

constexpr double kFrame = 1.0 / 30;

/// A needle along x whose end the image leaves open between two places, px.
imaging::NeedleCandidate openBetween(double near, double far) {
  imaging::NeedleCandidate c = candidateAt(near, 200, 0.9, 0.0, near - 20);
  c.ends.from = {50, 200};
  c.ends.step = {2, 0};
  c.ends.count = 200;
  for (int i = 0; i < c.ends.count; ++i) {
    const double x = 50 + 2.0 * i, off = std::max({near - x, x - far, 0.0});
    c.ends.logLikelihood[static_cast<std::size_t>(i)] = static_cast<float>(-0.4 * off);
  }
  return c;
}

TEST(TipBelief, HoldsTheIntervalThatOneImageLeavesOpen) {
  const TipBelief tip(openBetween(150, 210));
  EXPECT_NEAR(tip.nearPx().x(), 145, 7);
  EXPECT_NEAR(tip.likeliestPx().x(), 180, 3);
  EXPECT_NEAR(tip.farPx().x(), 211, 6);
}

TEST(TipBelief, WithoutEvidenceItIsNormalAboutTheTip) {
  const TipBelief tip(candidateAt(300, 200, 0.9, 0.0));
  EXPECT_NEAR(tip.likeliestPx().x(), 300, 0.3);
  EXPECT_NEAR(tip.farPx().x(), 300 + 1.96 * 4, 1.5);
  EXPECT_NEAR(tip.nearPx().x(), 300 - 1.96 * 4, 1.5);
}

TEST(TipBelief, WhatWasKnownBeforeDecidesBetweenPlacesThatTheFrameLeavesOpen) {
  const TipBelief fresh(openBetween(150, 210));
  TipBelief tip(openBetween(150, 152));
  tip.update(openBetween(150, 210), kFrame, TipMotion());
  EXPECT_LT(tip.likeliestPx().x(), fresh.likeliestPx().x() - 3)
      << "it was at 150 a thirtieth of a second ago";
  EXPECT_GT(tip.farPx().x(), 195) << "but may have got to the other side";
}

TEST(TipBelief, AStillImageSeenOverAndOverIsNotEvidenceOverAndOver) {
  TipBelief tip(openBetween(150, 210));
  for (int i = 0; i < 300; ++i) tip.update(openBetween(150, 210), kFrame, TipMotion());
  EXPECT_LT(tip.nearPx().x(), 160);
  EXPECT_GT(tip.farPx().x(), 200);
}

TEST(TipBelief, FollowsATipThatShowsAgainBehindABand) {
  TipBelief tip(openBetween(150, 210));
  tip.update(openBetween(230, 231), kFrame, TipMotion());
  EXPECT_NEAR(tip.likeliestPx().x(), 230, 4);
  EXPECT_GT(tip.nearPx().x(), 215);
}

// A frame that loses the end of the shaft (shadow, lost contact) shows a shorter needle at once; a hand takes
// its time.
TEST(TipBelief, ATipIsNotDrawnBackFasterThanAHandDraws) {
  TipBelief tip(openBetween(300, 301));
  const TipMotion motion;
  tip.update(openBetween(150, 151), kFrame, motion);
  EXPECT_NEAR(tip.likeliestPx().x(), 150, 4);
  EXPECT_GT(tip.farPx().x(), 300 - 1.5 * motion.retreatPx * kFrame - 4);
  for (int i = 0; i < 60; ++i) tip.update(openBetween(150, 151), kFrame, motion);
  EXPECT_LT(tip.farPx().x(), 162) << "two seconds on there is nothing left to doubt";
}

TEST(TipBelief, FollowsASteadyWithdrawal) {
  TipBelief tip(openBetween(300, 301));
  double x = 300;
  for (int i = 0; i < 45; ++i) {
    x -= 3;
    tip.update(openBetween(x, x + 1), kFrame, TipMotion());
    ASSERT_NEAR(tip.likeliestPx().x(), x, 4);
    ASSERT_LT(tip.farPx().x(), x + 20);
  }
}

}  // namespace
}  // namespace acuguide::tracking
