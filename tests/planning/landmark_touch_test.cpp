#include "planning/landmark_touch.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace acuguide::planning {
namespace {

using Eigen::Vector3d;
using testing::HasSubstr;
using testing::ThrowsMessage;

const Vector3d malleolus(35, -5, 64);

/// The tip at `mm` for `seconds` at 30 a second, from `start`; returns the time after it.
double hold(LandmarkTouch& touch, double start, double seconds, const Vector3d& mm, double sdMm = 0.0) {
  std::mt19937 random(3);
  std::normal_distribution<double> noise(0, 1);
  double time = start;
  for (; time < start + seconds; time += 1 / 30.0)
    touch.see(time, Vector3d(mm + sdMm * Vector3d(noise(random), noise(random), noise(random))));
  return time - 1 / 30.0;
}

TEST(LandmarkTouch, TakesTheMeanOfARestingTip) {
  LandmarkTouch touch;
  const double now = hold(touch, 10, 1.0, malleolus, 0.3);
  const LandmarkReading reading = touch.reading(now);
  EXPECT_LT((reading.mm - malleolus).norm(), 0.3);
  EXPECT_GT(reading.sdMm, 2.0) << "the finger's own error";
  EXPECT_LT(reading.sdMm, 2.1);
}

TEST(LandmarkTouch, AMovingTipIsRefused) {
  LandmarkTouch touch;
  for (int i = 0; i < 30; ++i) touch.see(i / 30.0, Vector3d(malleolus + Vector3d(0.6 * i, 0, 0)));
  EXPECT_THAT([&] { touch.reading(29 / 30.0); }, ThrowsMessage<Error>(HasSubstr("is moving")));
}

TEST(LandmarkTouch, WhatWasBeforeTheRestDoesNotCount) {
  LandmarkTouch touch;
  double now = hold(touch, 0, 1.0, malleolus + Vector3d(80, 0, 0));
  now = hold(touch, now + 1 / 30.0, 0.7, malleolus);
  EXPECT_LT((touch.reading(now).mm - malleolus).norm(), 1e-9);
}

TEST(LandmarkTouch, ATipThatWasHiddenRestsAnew) {
  LandmarkTouch touch;
  double now = hold(touch, 0, 1.0, malleolus);
  touch.see(now += 1 / 30.0, std::nullopt);
  EXPECT_FALSE(touch.tip(now));
  EXPECT_THAT([&] { touch.reading(now); }, ThrowsMessage<Error>(HasSubstr("is not seen")));
  now = hold(touch, now, 0.2, malleolus);
  EXPECT_TRUE(touch.tip(now));
  EXPECT_THAT([&] { touch.reading(now); }, ThrowsMessage<Error>(HasSubstr("long enough")));
}

TEST(LandmarkTouch, ATrackerThatFellSilentShowsNoTip) {
  LandmarkTouch touch;
  const double now = hold(touch, 0, 1.0, malleolus);
  EXPECT_FALSE(touch.tip(now + 1.0));
  EXPECT_THAT([&] { touch.reading(now + 1.0); }, ThrowsMessage<Error>(HasSubstr("is not seen")));
  touch.see(now + 1.0, malleolus);
  EXPECT_THAT([&] { touch.reading(now + 1.0); }, ThrowsMessage<Error>(HasSubstr("long enough")));
}

TEST(LandmarkTouch, WhatWasTouchedIsWrittenAndReadBack) {
  PatientLandmarks patient;
  patient.frame = "Reference";
  patient.landmarks["lateral_malleolus"] = {malleolus, 2.25};
  patient.segmentsMm["leg_lateral"] = 338.5;
  const PatientLandmarks read = parseLandmarks(patientLandmarksText(patient, "P-01"), "written");
  EXPECT_EQ(read.frame, "Reference");
  EXPECT_EQ(read.landmarks.at("lateral_malleolus").mm, malleolus);
  EXPECT_DOUBLE_EQ(read.landmarks.at("lateral_malleolus").sdMm, 2.25);
  EXPECT_DOUBLE_EQ(read.segmentsMm.at("leg_lateral"), 338.5);
}

}  // namespace
}  // namespace acuguide::planning
