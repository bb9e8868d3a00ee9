#include "tracking/tissue_anchor.h"

#include "simulation/simulator.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace acuguide::tracking {
namespace {

imaging::ImagingRegion wholeOf(const cv::Mat& picture) {
  imaging::ImagingRegion region;
  region.bounds = cv::Rect(0, 0, picture.cols, picture.rows);
  region.probe = imaging::ProbeSide::Top;
  return region;
}

NeedleTrack needleOf(const simulation::FrameTruth& truth) {
  NeedleTrack needle;
  if (!truth.blade || !truth.blade->visible) return needle;
  needle.state = NeedleState::Observed;
  needle.tipPx = truth.blade->tipPx;
  needle.tailPx = truth.blade->tailPx;
  return needle;
}

struct Drift {
  std::vector<double> mm;  ///< of the frames shown as sure
  int frames = 0, sure = 0, badlyShown = 0;
  double quantile(double share) {
    std::sort(mm.begin(), mm.end());
    return mm.empty() ? 0 : mm[static_cast<std::size_t>(share * static_cast<double>(mm.size() - 1))];
  }
};

/// Sets the anchor on the scenario's target in the first picture and follows it.
Drift follow(const std::string& scenario, int frames, int every = 1, std::uint64_t seed = 1) {
  simulation::SimulatorOptions options;
  options.seed = seed;
  options.frames = frames;
  simulation::Simulator simulator(scenario, options);
  TissueAnchor anchor;
  Drift drift;
  for (int i = 0; i < frames; i += every) {
    const simulation::SimulatedFrame shown = simulator.render(i);
    const imaging::ImagingRegion region = wholeOf(shown.frame.pixels);
    if (i == 0) {
      anchor.set(shown.frame.pixels, region, shown.truth.targetPx);
      continue;
    }
    const auto at = anchor.process(shown.frame.pixels, region, needleOf(shown.truth));
    ++drift.frames;
    if (!at || !at->sure) continue;
    ++drift.sure;
    const double mm = (at->px - shown.truth.targetPx).cwiseProduct(*shown.frame.geometry.spacingMm).norm();
    drift.mm.push_back(mm);
    drift.badlyShown += mm > 3;
  }
  return drift;
}

// Issue 5: drift on simulated probe motion, at least 0.6 mm in the median and 1.5 mm at the 95th percentile.
// Ten seconds hold a whole period of every movement; benchmarks/guidance_study measures the full 30.
TEST(TissueAnchor, StaysOnTissueWhileTheProbeSlidesRocksAndPresses) {
  Drift drift = follow("probe_motion", 300, 2);
  RecordProperty("median_um", static_cast<int>(1000 * drift.quantile(0.5)));
  EXPECT_GT(drift.sure, 0.95 * drift.frames);
  EXPECT_LT(drift.quantile(0.5), 0.3);
  EXPECT_LT(drift.quantile(0.95), 0.8);
  EXPECT_EQ(drift.badlyShown, 0);
}

TEST(TissueAnchor, ABladeGoingThroughTheTargetDoesNotTakeItAlong) {
  Drift drift = follow("gb34_near_nerve", 300, 3);
  EXPECT_GT(drift.sure, 0.95 * drift.frames);
  EXPECT_LT(drift.quantile(0.95), 0.8);
}

TEST(TissueAnchor, LostContactIsNotSureAndTheTargetIsFoundAgainWhereItWas) {
  Drift drift = follow("contact_lost", 300, 3);  // no contact from 4 to 7 s
  EXPECT_EQ(drift.badlyShown, 0);
  EXPECT_GT(drift.sure, 0.6 * drift.frames);
}

/// Speckle of its own: nothing of one seed is in another.
cv::Mat speckle(int seed) {
  cv::Mat noise(480, 640, CV_8UC1), picture;
  cv::theRNG().state = static_cast<std::uint64_t>(seed);
  cv::randu(noise, 0, 255);
  cv::GaussianBlur(noise, picture, cv::Size(), 2.5);
  cv::normalize(picture, picture, 0, 255, cv::NORM_MINMAX);
  return picture;
}

TEST(TissueAnchor, OtherTissueIsNeverSure) {
  TissueAnchor anchor;
  const cv::Mat first = speckle(1);
  ASSERT_TRUE(anchor.set(first, wholeOf(first), {320, 240}));
  for (int seed = 2; seed < 12; ++seed) {
    const cv::Mat other = speckle(seed);
    const auto at = anchor.process(other, wholeOf(other), {});
    ASSERT_TRUE(at);
    EXPECT_FALSE(at->sure) << "seed " << seed;
  }
  const auto back = anchor.process(first, wholeOf(first), {});
  EXPECT_TRUE(back->sure) << "the first picture again";
  EXPECT_LT((back->px - Eigen::Vector2d(320, 240)).norm(), 1.0);
}

TEST(TissueAnchor, FollowsAKnownShiftAndStretchAndTellsTheMotion) {
  const cv::Mat first = speckle(3);
  TissueAnchor anchor;
  ASSERT_TRUE(anchor.set(first, wholeOf(first), {300, 200}));
  Eigen::Affine2d motion = Eigen::Affine2d::Identity();
  std::optional<AnchoredPoint> at;
  for (int i = 1; i <= 20; ++i) {
    motion = Eigen::Translation2d(1.5 * i, -0.8 * i) * Eigen::Scaling(1.0, 1 - 0.002 * i);
    const cv::Mat warp = (cv::Mat_<double>(2, 3) << motion(0, 0), motion(0, 1), motion(0, 2), motion(1, 0),
                          motion(1, 1), motion(1, 2));
    cv::Mat picture;
    cv::warpAffine(first, picture, warp, first.size());
    at = anchor.process(picture, wholeOf(picture), {});
  }
  ASSERT_TRUE(at && at->sure);
  EXPECT_LT((at->px - motion * Eigen::Vector2d(300, 200)).norm(), 0.6);
  EXPECT_LT((at->motion * Eigen::Vector2d(380, 260) - motion * Eigen::Vector2d(380, 260)).norm(), 1.0);
}

TEST(TissueAnchor, NothingToHoldOnToIsSaid) {
  TissueAnchor anchor;
  const cv::Mat flat(480, 640, CV_8UC1, cv::Scalar(20)), picture = speckle(4);
  EXPECT_FALSE(anchor.process(flat, wholeOf(flat), {})) << "not set";
  EXPECT_FALSE(anchor.set(flat, wholeOf(flat), {320, 240}));
  EXPECT_FALSE(anchor.set(picture, wholeOf(picture), {-300, 240})) << "outside";
  EXPECT_FALSE(anchor.set(picture, {}, {320, 240})) << "no region";
  EXPECT_FALSE(anchor.isSet());
  ASSERT_TRUE(anchor.set(picture, wholeOf(picture), {320, 240}));
  EXPECT_FALSE(anchor.process(flat, wholeOf(flat), {})->sure) << "contact lost";
  EXPECT_FALSE(anchor.process(cv::Mat(), {}, {})->sure);
}

}  // namespace
}  // namespace acuguide::tracking
