#include "planning/landmark_sighting.h"

#include "core/error.h"
#include "core/units.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace acuguide::planning {
namespace {

using Eigen::Vector3d;
using testing::HasSubstr;
using testing::ThrowsMessage;

LandmarkSighting sight(const Vector3d& eye, const Vector3d& place) {
  return {eye, (place - eye).normalized()};
}

/// Round the limb at 400 mm.
Vector3d eyeAt(double degreesRound, double up = 60) {
  const double a = radians(degreesRound);
  return {400 * std::sin(a), up, -400 * std::cos(a)};
}

const Vector3d malleolus{35, -60, 12};

TEST(LandmarkSighting, RaysFromTwoSidesMeetAtThePlace) {
  const LandmarkReading reading = meetingPlace({sight(eyeAt(-20), malleolus), sight(eyeAt(25), malleolus)});
  EXPECT_LT((reading.mm - malleolus).norm(), 1e-6);
  EXPECT_GT(reading.sdMm, 2.0) << "the palpation's own at least";
  EXPECT_LT(reading.sdMm, 6.0);
  const LandmarkReading narrow = meetingPlace({sight(eyeAt(0), malleolus), sight(eyeAt(17), malleolus)});
  EXPECT_GT(narrow.sdMm, reading.sdMm) << "the depth is known less well";
  const LandmarkReading more = meetingPlace(
      {sight(eyeAt(-20), malleolus), sight(eyeAt(25), malleolus), sight(eyeAt(0, 250), malleolus)});
  EXPECT_LT(more.sdMm, reading.sdMm);
}

TEST(LandmarkSighting, RefusesWhatDeterminesNothing) {
  const auto one = sight(eyeAt(0), malleolus);
  EXPECT_THAT([&] { meetingPlace({one}); }, ThrowsMessage<Error>(HasSubstr("click it again")));
  EXPECT_THAT(
      [&] {
        meetingPlace({one, sight(eyeAt(8), malleolus)});
      },
      ThrowsMessage<Error>(HasSubstr("about the same side")));
  EXPECT_THAT(
      [&] {
        meetingPlace({one, sight(eyeAt(40), malleolus + Vector3d(0, 40, 0))});
      },
      ThrowsMessage<Error>(HasSubstr("pass one another by")));
  LandmarkSighting away = sight(eyeAt(40), malleolus);
  away.direction *= -1;
  EXPECT_THAT([&] { meetingPlace({one, away}); }, ThrowsMessage<Error>(HasSubstr("behind the camera")));
}

/// Clicks and board poses with the errors the options claim: the stated deviation covers the true one.
TEST(LandmarkSighting, TheStatedErrorCoversTheTrueOne) {
  std::mt19937 random(5);
  std::normal_distribution<double> normal;
  LandmarkSightingOptions options;
  options.palpationSdMm = 0;
  options.mostStandardDeviations = 10;
  const auto jitter = [&](double sd) {
    return Vector3d(sd * normal(random), sd * normal(random), sd * normal(random));
  };
  double sum = 0, stated = 0;
  constexpr int rounds = 2000;
  for (int i = 0; i < rounds; ++i) {
    std::vector<LandmarkSighting> rays;
    for (const double side : {-20.0, 20.0}) {
      LandmarkSighting ray = sight(eyeAt(side), malleolus);
      ray.direction = (ray.direction + jitter(options.clickSd)).normalized();
      const Vector3d turned = jitter(options.boardSd);
      const double angle = turned.norm();
      const Eigen::Matrix3d board = Eigen::AngleAxisd(angle, turned / angle).toRotationMatrix();
      ray.eye = board * (ray.eye + jitter(options.eyeSdMm));
      ray.direction = board * ray.direction;
      rays.push_back(ray);
    }
    const LandmarkReading reading = meetingPlace(rays, options);
    sum += (reading.mm - malleolus).squaredNorm() / 3;
    stated += reading.sdMm * reading.sdMm;
  }
  EXPECT_LT(sum / rounds, stated / rounds) << "the deviation in each direction is stated by the largest";
  EXPECT_GT(sum / rounds, 0.2 * stated / rounds) << "and not by far too much";
}

}  // namespace
}  // namespace acuguide::planning
