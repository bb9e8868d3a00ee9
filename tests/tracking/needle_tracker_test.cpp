#include "tracking/needle_tracker.h"

#include "tracking/needle_scene.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace acuguide::tracking {
namespace {

using imaging::NeedleCandidate;
using Candidates = std::vector<NeedleCandidate>;

constexpr double frameSeconds = 1.0 / 30;

/// Feeds frames at 30 a second.
class Stream {
 public:
  explicit Stream(NeedleTrackerOptions options = {}) : tracker_(options) {}
  NeedleTrack frame(const Candidates& candidates) {
    return tracker_.process(candidates, time_ += frameSeconds);
  }
  NeedleTrack frames(int n, const Candidates& candidates) {
    NeedleTrack track;
    for (int i = 0; i < n; ++i) track = frame(candidates);
    return track;
  }
  NeedleTracker& tracker() { return tracker_; }
  double time() const { return time_; }

 private:
  NeedleTracker tracker_;
  double time_ = 0;
};

// Birth

TEST(NeedleTracker, NothingSeenIsNone) {
  const NeedleTrack track = Stream().frames(5, {});
  EXPECT_EQ(track.state, NeedleState::None);
  EXPECT_EQ(track.confidence, 0.0);
}

TEST(NeedleTracker, ASureCandidateIsANeedleAtOnceAndWhereItIs) {
  const NeedleTrack track = Stream().frame({candidateAt(300, 200, 0.85)});
  EXPECT_EQ(track.state, NeedleState::Observed);
  EXPECT_TRUE(track.tipPx.isApprox(Eigen::Vector2d(300, 200)));
  EXPECT_TRUE(track.tailPx.isApprox(candidateAt(300, 200).tailPx));
  EXPECT_EQ(track.unobservedSeconds, 0.0);
  EXPECT_NEAR(track.confidence, 0.85, 1e-12);
  EXPECT_NEAR(track.tipSigmaPx(), 4.0, 0.05);
  EXPECT_NEAR(track.tipAheadPx, 1.96 * 4, 0.1);
  EXPECT_NEAR(track.tipBehindPx, 1.96 * 4, 0.1);
}

TEST(NeedleTracker, AnUnsureOneMustBeSeenAgainTwice) {
  Stream stream;
  EXPECT_EQ(stream.frame({candidateAt(300, 200, 0.75)}).state, NeedleState::None);
  EXPECT_EQ(stream.frame({candidateAt(302, 201, 0.75)}).state, NeedleState::None);
  EXPECT_EQ(stream.frame({candidateAt(304, 202, 0.75)}).state, NeedleState::Observed);
}

TEST(NeedleTracker, ALineThatStaysDoubtfulNeverBecomesANeedle) {
  Stream stream;
  for (int i = 0; i < 60; ++i)
    ASSERT_EQ(stream.frame({candidateAt(300, 200, 0.66)}).state, NeedleState::None) << "frame " << i;
}

TEST(NeedleTracker, UnsureOnesThatJumpAboutNeverBecomeANeedle) {
  Stream stream;
  std::mt19937 random(1);
  std::uniform_real_distribution<double> x(0, 4000), y(0, 3000), angle(-80, 80);
  for (int i = 0; i < 300; ++i)
    ASSERT_EQ(stream.frame({candidateAt(x(random), y(random), 0.7, angle(random))}).state, NeedleState::None)
        << i;
}

TEST(NeedleTracker, AGapStartsTheConfirmationAnew) {
  Stream stream;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(stream.frame({candidateAt(300, 200, 0.6)}).state, NeedleState::None);
    EXPECT_EQ(stream.frame({candidateAt(300, 200, 0.6)}).state, NeedleState::None);
    EXPECT_EQ(stream.frame({}).state, NeedleState::None);
  }
}

TEST(NeedleTracker, AFaintOneIsNeverBorn) {
  Stream stream;
  const NeedleTrack track = stream.frames(50, {candidateAt(300, 200, 0.45)});
  EXPECT_EQ(track.state, NeedleState::None);
  EXPECT_NEAR(track.confidence, 0.45, 1e-12) << "the best that was rejected";
}

// Ages

TEST(NeedleTracker, UnobservedIsPredictedAtOnceAndGoneAfterHalfASecond) {
  Stream stream;
  stream.frames(30, {candidateAt(300, 200, 0.95)});
  double unobserved = 0, sigma = 0;
  for (int i = 1; i <= 30; ++i) {
    const NeedleTrack track = stream.frame({});
    unobserved = i * frameSeconds;
    SCOPED_TRACE(unobserved);
    if (unobserved > 0.5 + 1e-9) {
      EXPECT_EQ(track.state, NeedleState::None);
      continue;
    }
    ASSERT_EQ(track.state, NeedleState::Predicted) << "never Observed without a candidate";
    EXPECT_NEAR(track.unobservedSeconds, unobserved, 1e-9);
    EXPECT_GT(track.tipSigmaPx(), sigma) << "the uncertainty grows";
    EXPECT_NEAR(track.tipPx.x(), 300, 1) << "a still needle stays";
    sigma = track.tipSigmaPx();
  }
}

TEST(NeedleTracker, AgesCountInSecondsWhateverTheFrameRate) {
  for (const double step : {0.004, 0.011, 0.05, 0.12}) {
    NeedleTracker tracker;
    double time = 0;
    for (int i = 0; i < 10; ++i) tracker.process({candidateAt(300, 200, 0.95)}, time += step);
    for (double gap = step; gap < 0.9; gap += step) {
      const NeedleTrack track = tracker.process({}, time + gap);
      if (std::abs(gap - 0.5) < 1e-6) continue;
      EXPECT_EQ(track.state, gap < 0.5 ? NeedleState::Predicted : NeedleState::None) << step << " " << gap;
    }
  }
}

TEST(NeedleTracker, ObservedAgainAfterAShortGap) {
  Stream stream;
  stream.frames(10, {candidateAt(300, 200, 0.95)});
  stream.frames(6, {});
  const NeedleTrack track = stream.frame({candidateAt(303, 201, 0.5)});
  EXPECT_EQ(track.state, NeedleState::Observed);
  EXPECT_EQ(track.unobservedSeconds, 0.0);
}

TEST(NeedleTracker, FadingConfidenceEndsTheNeedle) {
  Stream stream;
  stream.frames(10, {candidateAt(300, 200, 0.95)});
  NeedleTrack track;
  int frames = 0;
  while (frames < 100 && (track = stream.frame({candidateAt(300, 200, 0.3)})).state != NeedleState::None)
    ++frames;
  EXPECT_GT(frames, 1) << "one faint frame does not end it";
  EXPECT_LT(frames, 10) << "low confidence is not found";
}

// Following

TEST(NeedleTracker, FollowsTheFastSwingOfTheRecordedSequenceWithoutLosingIt) {
  Stream stream;
  double worst = 0;
  for (int i = 0; i < 100; ++i) {
    const double x = 300 + 31 * std::sin(2 * std::numbers::pi * i / 9);
    const NeedleTrack track = stream.frame({candidateAt(x, 220, 0.85, 7)});
    ASSERT_EQ(track.state, NeedleState::Observed) << i;
    worst = std::max(worst, std::abs(track.tipPx.x() - x));
  }
  EXPECT_LT(worst, 8) << "no lag: the tip moves up to 21 px a frame";
}

TEST(NeedleTracker, AnOutlierDoesNotPullTheNeedle) {
  Stream stream;
  stream.frames(20, {candidateAt(300, 200, 0.9)});
  const NeedleTrack track = stream.frame({candidateAt(700, 500, 0.75, -40)});
  EXPECT_EQ(track.state, NeedleState::Predicted);
  EXPECT_NEAR(track.tipPx.x(), 300, 1.0);
  EXPECT_EQ(stream.frame({candidateAt(300, 200, 0.9)}).state, NeedleState::Observed);
}

TEST(NeedleTracker, KeepsToItsOwnAmongSeveral) {
  Stream stream;
  stream.frames(20, {candidateAt(300, 200, 0.8)});
  const NeedleTrack track = stream.frame({candidateAt(600, 100, 0.95, -30), candidateAt(301, 200, 0.5)});
  EXPECT_EQ(track.state, NeedleState::Observed);
  EXPECT_NEAR(track.tipPx.x(), 300, 2);
}

TEST(NeedleTracker, ADoubleEchoDoesNotMakeItFlicker) {
  Stream stream;
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> confidence(0.55, 0.95);
  stream.frames(5, {candidateAt(300, 200, 0.9, 7)});
  for (int i = 0; i < 200; ++i) {
    const NeedleCandidate shaft =
        candidateAt(300 + 3 * normal(random), 200 + 0.5 * normal(random), confidence(random), 7);
    const NeedleCandidate echo =
        candidateAt(300 + 3 * normal(random), 194 + 0.5 * normal(random), confidence(random), 7);
    const NeedleTrack track = stream.frame({shaft, echo});
    ASSERT_EQ(track.state, NeedleState::Observed);
    ASSERT_NEAR(track.tipPx.y(), 200, 2.5) << "frame " << i;
  }
}

TEST(NeedleTracker, AFarBetterNeedleElsewhereTakesOverAfterConfirmation) {
  Stream stream;
  stream.frames(3, {candidateAt(300, 200, 0.75)});
  stream.frames(10, {candidateAt(300, 200, 0.6)});
  const Candidates both{candidateAt(600, 350, 0.97, 50), candidateAt(300, 200, 0.6)};
  EXPECT_NEAR(stream.frame(both).tipPx.x(), 300, 2) << "not at once";
  EXPECT_NEAR(stream.frame(both).tipPx.x(), 300, 2);
  EXPECT_NEAR(stream.frame(both).tipPx.x(), 600, 2);
  for (int i = 0; i < 50; ++i) ASSERT_NEAR(stream.frame(both).tipPx.x(), 600, 2) << "and not back";
}

TEST(NeedleTracker, ASlightlyBetterOneElsewhereDoesNot) {
  Stream stream;
  stream.frames(10, {candidateAt(300, 200, 0.85)});
  for (int i = 0; i < 50; ++i) {
    const NeedleTrack track = stream.frame({candidateAt(600, 350, 0.9, 50), candidateAt(300, 200, 0.85)});
    ASSERT_NEAR(track.tipPx.x(), 300, 2);
  }
}

TEST(NeedleTracker, WhileUnseenASureOneElsewhereTakesOverWhenSeenAgain) {
  Stream stream;
  stream.frames(10, {candidateAt(300, 200, 0.9)});
  const Candidates elsewhere{candidateAt(700, 400, 0.9, 60)};
  EXPECT_EQ(stream.frame(elsewhere).state, NeedleState::Predicted);
  const NeedleTrack track = stream.frame(elsewhere);
  EXPECT_EQ(track.state, NeedleState::Observed);
  EXPECT_NEAR(track.tipPx.x(), 700, 2);
}

// Time

TEST(NeedleTracker, ARepeatedFrameChangesAndProvesNothing) {
  NeedleTracker tracker;
  const Candidates unsure{candidateAt(300, 200, 0.6)};
  for (int i = 0; i < 20; ++i) EXPECT_EQ(tracker.process(unsure, 1.0).state, NeedleState::None);
  NeedleTracker other;
  other.process({candidateAt(300, 200, 0.9)}, 0.0);
  const NeedleTrack once = other.process({candidateAt(310, 204, 0.9)}, 0.03);
  for (int i = 0; i < 10; ++i) {
    const NeedleTrack again = other.process({candidateAt(310, 204, 0.9)}, 0.03);
    EXPECT_EQ(again.tipPx, once.tipPx);
    EXPECT_EQ(again.tipCovariancePx, once.tipCovariancePx);
    EXPECT_EQ(again.confidence, once.confidence);
  }
}

TEST(NeedleTracker, ALongGapOrStepBackStartsAnew) {
  for (const double jump : {1.5, -1.5}) {
    Stream stream;
    stream.frames(60, {candidateAt(300, 200, 0.9)});
    EXPECT_EQ(stream.tracker().process({}, stream.time() + jump).state, NeedleState::None);
  }
}

TEST(NeedleTracker, FollowsAReplaySteppingBackwards) {
  NeedleTracker tracker;
  const auto at = [](int i) { return Candidates{candidateAt(100 + 6.0 * i, 100 + 3.4 * i, 0.85)}; };
  for (int i = 0; i < 40; ++i) tracker.process(at(i), i * frameSeconds);
  for (int i = 38; i >= 0; --i) {
    const NeedleTrack track = tracker.process(at(i), i * frameSeconds);
    ASSERT_EQ(track.state, NeedleState::Observed);
    EXPECT_NEAR(track.tipPx.x(), 100 + 6.0 * i, 4);
    EXPECT_GT(track.tipVelocityPx.x(), 50) << "velocity is of the recorded time, in which the needle goes in";
  }
}

TEST(NeedleTracker, IrregularTimesAreTakenAsTheyAre) {
  NeedleTracker tracker;
  std::mt19937 random(7);
  std::uniform_real_distribution<double> step(0.002, 0.15);
  double time = 0;
  for (int i = 0; i < 200; ++i) {
    time += step(random);
    const double x = 100 + 60 * time, y = 100 + 34.6 * time;
    const NeedleTrack track = tracker.process({candidateAt(x, y, 0.85)}, time);
    ASSERT_EQ(track.state, NeedleState::Observed);
    ASSERT_EQ(track.time, time);
    if (i > 5) {
      ASSERT_NEAR(track.tipPx.x(), x, 1.5);
    }
  }
}

TEST(NeedleTracker, BrokenInputIsPassedOver) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Stream stream;
  stream.frames(5, {candidateAt(300, 200, 0.9)});
  NeedleCandidate pointlike = candidateAt(300, 200, 0.9);
  pointlike.tailPx = pointlike.tipPx;
  const NeedleTrack track =
      stream.frame({candidateAt(nan, 200, 0.99), candidateAt(300, 200, nan), pointlike});
  EXPECT_EQ(track.state, NeedleState::Predicted);
  EXPECT_TRUE(stream.tracker().process({candidateAt(300, 200, 0.9)}, nan).tipPx.allFinite());
  EXPECT_EQ(stream.frame({candidateAt(300, 200, 0.9)}).state, NeedleState::Observed);
}

TEST(NeedleTracker, ResetForgets) {
  Stream stream;
  stream.frames(10, {candidateAt(300, 200, 0.9)});
  stream.tracker().reset();
  EXPECT_EQ(stream.frame({}).state, NeedleState::None);
}

// Stills

TEST(NeedleTracker, StillTakesTheBestSureOneOfEachFrameByItself) {
  NeedleTrackerOptions options;
  options.still = true;
  Stream stream(options);
  const NeedleTrack track = stream.frame({candidateAt(100, 100, 0.81), candidateAt(300, 200, 0.9)});
  EXPECT_EQ(track.state, NeedleState::Observed);
  EXPECT_EQ(track.tipPx, Eigen::Vector2d(300, 200));
  EXPECT_EQ(track.tailPx, candidateAt(300, 200).tailPx);
  EXPECT_EQ(track.tipVelocityPx, Eigen::Vector2d::Zero());
  const NeedleTrack next = stream.frame({candidateAt(300, 200, 0.79)});
  EXPECT_EQ(next.state, NeedleState::None) << "nothing is remembered";
  EXPECT_NEAR(next.confidence, 0.79, 1e-12);
}

}  // namespace
}  // namespace acuguide::tracking
