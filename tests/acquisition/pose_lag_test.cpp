#include "acquisition/pose_lag.h"

#include <Eigen/Geometry>
#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::acquisition {
namespace {

constexpr double period = 0.08;

double position(double time) { return 30.0 * std::sin(1.3 * time); }
double angle(double time) { return 0.4 * std::sin(0.9 * time); }

/// A recording whose poses were stamped `lag` off: what it says at t happened at t - lag.
class Tracked : public FrameSource {
 public:
  explicit Tracked(double lag, int frames = 100) : lag_(lag), frames_(frames) {
    info_.frameCount = frames;
    info_.nominalFramesPerSecond = 1.0 / period;
    info_.seekable = true;
  }
  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    if (next_ >= frames_) return std::nullopt;
    Frame frame;
    frame.pixels = cv::Mat(2, 2, CV_8UC1, cv::Scalar(double(next_ % 200)));
    frame.index = next_;
    frame.time = 100.0 + double(next_) * period;
    NamedPose pose{"Probe", "Tracker", Eigen::Matrix4d::Identity(), next_ != lost};
    const double happened = frame.time - lag_;
    pose.matrix.topLeftCorner<3, 3>() =
        Eigen::AngleAxisd(angle(happened), Eigen::Vector3d::UnitY()).toRotationMatrix();
    pose.matrix(0, 3) = position(happened);
    frame.poses = {pose};
    ++next_;
    return frame;
  }
  void seek(std::int64_t index) override { next_ = index; }

  std::int64_t lost = -1;

 private:
  double lag_;
  std::int64_t frames_, next_ = 0;
  SourceInfo info_;
};

TEST(PoseLag, EachPictureGetsThePoseOfItsOwnMoment) {
  for (const double lag : {-0.0648, -0.3, 0.0, 0.05, 0.21}) {
    PoseLagSource source(std::make_unique<Tracked>(lag), lag);
    int count = 0, valid = 0;
    while (const auto frame = source.read()) {
      EXPECT_EQ(frame->index, count);
      EXPECT_EQ(frame->pixels.at<uchar>(0, 0), count % 200);
      ++count;
      const auto pose = findPose(frame->poses, "ProbeToTracker");
      if (!pose) continue;
      ++valid;
      EXPECT_NEAR((*pose)(0, 3), position(frame->time), 0.08) << lag;
      EXPECT_NEAR(std::atan2((*pose)(0, 2), (*pose)(0, 0)), angle(frame->time), 0.002) << lag;
    }
    EXPECT_EQ(count, 100);
    EXPECT_GE(valid, 95) << lag;
  }
}

TEST(PoseLag, AnInvalidPoseIsNotBridged) {
  auto tracked = std::make_unique<Tracked>(-0.02);
  tracked->lost = 50;
  PoseLagSource source(std::move(tracked), -0.02);
  int invalid = 0;
  while (const auto frame = source.read())
    if (frame->index > 10 && !findPose(frame->poses, "ProbeToTracker")) ++invalid;
  EXPECT_EQ(invalid, 2) << "both intervals that end at the lost pose";
}

TEST(PoseLag, AfterASeekThePosesAreThoseOfReadingThrough) {
  PoseLagSource through(std::make_unique<Tracked>(-0.15), -0.15),
      jumping(std::make_unique<Tracked>(-0.15), -0.15);
  std::vector<Frame> frames;
  while (auto frame = through.read()) frames.push_back(std::move(*frame));
  for (const std::int64_t index : {40, 7, 98, 41}) {
    jumping.seek(index);
    const auto frame = jumping.read();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->index, index);
    EXPECT_LT((frame->poses[0].matrix - frames[std::size_t(index)].poses[0].matrix).norm(), 1e-9);
  }
}

TEST(PoseLag, FramesWithoutPosesPassThrough) {
  SourceCatalog catalog;
  catalog.add({"test", "a test", [](const std::string&) { return true; },
               [](const std::string&) { return std::make_unique<Tracked>(0.0, 3); }});
  const auto source = withPoseLag(catalog, 0.1).open("anything");
  int count = 0;
  while (source->read()) ++count;
  EXPECT_EQ(count, 3);
}

}  // namespace
}  // namespace acuguide::acquisition
