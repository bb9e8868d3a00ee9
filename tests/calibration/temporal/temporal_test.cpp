#include "calibration/temporal/temporal.h"

#include "calibration/temporal/bottom_line.h"
#include "calibration/temporal/picture_motion.h"
#include "core/error.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <random>

namespace acuguide::calibration {
namespace {

using testing::Contains;
using testing::HasSubstr;

/// Height of a hand-moved probe over time, mm: two rhythms, so that no period fits itself.
double height(double seconds) { return 20.0 * std::sin(4.7 * seconds) + 7.0 * std::sin(2.9 * seconds + 1.0); }

std::vector<TimedPose> trackerOf(double from, double to, double lag) {
  std::vector<TimedPose> poses;
  const Eigen::Vector3d direction = Eigen::Vector3d(0.2, -0.1, 1.0).normalized();
  for (double time = from; time < to; time += 0.0217) {
    TimedPose pose;
    pose.seconds = time;
    pose.pose.topRightCorner<3, 1>() = Eigen::Vector3d(100, 50, -900) + direction * height(time - lag);
    poses.push_back(pose);
  }
  return poses;
}

VideoMotion videoOf(double from, double to, double noisePx = 0.0, double jitterSeconds = 0.0) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  VideoMotion video;
  for (double time = from; time < to; time += 0.085) {
    ++video.frames;
    ++video.framesWithLine;
    const double moment = time + jitterSeconds * normal(random);
    video.middle.add(time, 300.0 - 6.0 * height(moment) + noisePx * normal(random));
  }
  return video;
}

TEST(TimeLag, FindsLagsOfEitherSignFarBelowTheFrameTime) {
  for (const double lag : {-0.31, -0.0648, -0.0031, 0.0, 0.0277, 0.4}) {
    const TemporalSummary summary =
        calibrateTemporal(videoOf(5.0, 22.0), trackerOf(0.0, 30.0, lag), "video", "tracker");
    EXPECT_TRUE(summary.usable) << testing::PrintToString(summary.reasons);
    EXPECT_NEAR(summary.trackerLagSeconds, lag, 0.0003);
    EXPECT_GT(std::abs(summary.lag.correlation), 0.999);
  }
}

TEST(TimeLag, TheStatedUncertaintyIsTheRealOne) {
  double squares = 0.0, stated = 0.0;
  std::mt19937 random(8);
  std::normal_distribution<double> normal;
  for (int run = 0; run < 40; ++run) {
    VideoMotion video = videoOf(5.0, 22.0);
    for (double& value : video.middle.values) value += 12.0 * normal(random);
    const TemporalSummary summary =
        calibrateTemporal(video, trackerOf(0.0, 30.0, -0.0648), "video", "tracker");
    squares += std::pow(summary.trackerLagSeconds + 0.0648, 2);
    stated += std::pow(summary.sigmaSeconds, 2);
  }
  EXPECT_NEAR(std::sqrt(squares / stated), 1.0, 0.35);
}

TEST(TimeLag, RegularMotionIsAmbiguous) {
  Signal fixed, moving;
  for (double time = 0.0; time < 30.0; time += 0.02) moving.add(time, std::sin(2.0 * M_PI * time / 0.3));
  for (double time = 5.0; time < 25.0; time += 0.08) fixed.add(time, std::sin(2.0 * M_PI * time / 0.3));
  const TimeLag lag = findTimeLag(fixed, moving);
  EXPECT_GT(std::abs(lag.rivalCorrelation), 0.99);
}

TEST(Temporal, NamesWhatIsWrong) {
  const auto video = videoOf(5.0, 22.0);
  auto still = trackerOf(0.0, 30.0, 0.0);
  for (auto& pose : still) pose.pose = still.front().pose;
  EXPECT_THAT(calibrateTemporal(video, still, "video", "tracker").reasons, Contains(HasSubstr("static")));

  auto other = trackerOf(0.0, 30.0, 0.0);
  for (auto& pose : other) pose.pose(2, 3) = 30.0 * std::sin(7.1 * pose.seconds);
  const auto summary = calibrateTemporal(video, other, "video", "tracker");
  EXPECT_FALSE(summary.usable);
  EXPECT_THAT(summary.reasons, Contains(HasSubstr("correlation")));

  const auto far = calibrateTemporal(video, trackerOf(0.0, 30.0, 0.7), "video", "tracker");
  EXPECT_FALSE(far.usable);

  EXPECT_THROW(calibrateTemporal(video, trackerOf(500.0, 530.0, 0.0), "video", "tracker"), Error);
  EXPECT_THROW(calibrateTemporal(video, {}, "video", "tracker"), Error);
  EXPECT_THROW(calibrateTemporal({}, trackerOf(0.0, 30.0, 0.0), "video", "tracker"), Error);
}

/// A water tank: a bright band with speckle, a static reverberation and a ruler.
cv::Mat tank(double middle, double slope, int seed) {
  cv::Mat picture(320, 420, CV_8UC1, cv::Scalar(0));
  cv::theRNG().state = std::uint64_t(seed) + 1;
  for (int x = 60; x < 360; ++x) {
    const double line = middle + slope * (x - 209.5);
    for (int y = 0; y < picture.rows; ++y) {
      const double peak = 160.0 * std::exp(-0.5 * std::pow((y - line) / 2.5, 2));
      picture.at<uchar>(y, x) = cv::saturate_cast<uchar>(peak * (0.5 + 0.5 * cv::theRNG().uniform(0.0, 1.0)));
    }
  }
  cv::rectangle(picture, cv::Rect(60, 22, 300, 4), cv::Scalar(220), cv::FILLED);
  for (int y = 20; y < 300; y += 20) cv::line(picture, {400, y}, {410, y}, cv::Scalar(255));
  return picture;
}

TEST(BottomLine, IsFollowedPastWhatDoesNotMove) {
  MovingPart part;
  std::vector<cv::Mat> pictures;
  std::vector<double> middles, slopes;
  for (int i = 0; i < 40; ++i) {
    middles.push_back(160.0 + 80.0 * std::sin(0.5 * i));
    slopes.push_back(0.15 * std::cos(0.37 * i));
    pictures.push_back(tank(middles.back(), slopes.back(), i));
    part.add(pictures.back());
  }
  const cv::Rect area = part.area();
  EXPECT_NEAR(area.x, 60, 4);
  EXPECT_NEAR(area.br().x, 360, 4);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const auto line = findBottomLine(part.moving(pictures[i]), area);
    ASSERT_TRUE(line) << i;
    EXPECT_NEAR(line->yAt(209.5), middles[i], 0.5) << i;
    EXPECT_NEAR(line->slope, slopes[i], 0.01) << i;
  }
}

TEST(BottomLine, IsNotFoundWhereThereIsNone) {
  cv::Mat noise(320, 420, CV_8UC1);
  cv::theRNG().state = 5;
  cv::randu(noise, 0, 255);
  EXPECT_FALSE(findBottomLine(noise, {0, 0, 420, 320}));
  EXPECT_FALSE(findBottomLine(cv::Mat::zeros(320, 420, CV_8UC1), {0, 0, 420, 320}));
  EXPECT_FALSE(findBottomLine(noise, {}));
}

TEST(PictureMotion, FollowsAPictureThatMovesAsAWhole) {
  cv::Mat scene(600, 400, CV_8UC1);
  cv::theRNG().state = 2;
  cv::randu(scene, 0, 255);
  cv::GaussianBlur(scene, scene, {0, 0}, 18.0);
  cv::normalize(scene, scene, 0, 255, cv::NORM_MINMAX);
  PictureMotion motion;
  Signal moved, seen;
  for (double time = 5.0; time < 20.0; time += 0.08) {
    const double shift = 0.3 * height(time);
    const cv::Matx23d by(1, 0, 0, 0, 1, -150.0 + shift);
    cv::Mat picture;
    cv::warpAffine(scene, picture, by, {400, 300}, cv::INTER_LINEAR);
    motion.add(picture);
    seen.add(time, 0.0);
  }
  seen.values = motion.values();
  for (double time = 0.0; time < 25.0; time += 0.02) moved.add(time, height(time + 0.12));
  const TimeLag lag = findTimeLag(seen, moved);
  EXPECT_NEAR(lag.seconds, -0.12, 0.005);
  EXPECT_GT(std::abs(lag.correlation), 0.95);
}

}  // namespace
}  // namespace acuguide::calibration
