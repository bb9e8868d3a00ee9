#include "navigation/tracked_source.h"

#include "core/clock.h"
#include "core/error.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace acuguide::navigation {
namespace {

using namespace std::chrono_literals;

/// A frame every 5 ms, with the given pose; ends after `frames`.
class Ticking : public acquisition::FrameSource {
 public:
  Ticking(bool live, std::vector<NamedPose> poses, int frames = 1000000)
      : poses_(std::move(poses)), left_(frames) {
    info_.name = "ticking";
    info_.description = "a frame every 5 ms";
    info_.live = live;
  }
  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    if (left_-- <= 0 || interrupted_) return std::nullopt;
    std::this_thread::sleep_for(5ms);
    Frame frame;
    frame.pixels = cv::Mat(4, 4, CV_8UC1, cv::Scalar(1));
    frame.time = frame.arrival = monotonicSeconds();
    frame.poses = poses_;
    return frame;
  }
  void interrupt() noexcept override { interrupted_ = true; }

 private:
  acquisition::SourceInfo info_;
  std::vector<NamedPose> poses_;
  int left_;
  std::atomic<bool> interrupted_ = false;
};

NamedPose pose(const std::string& from, double x) {
  NamedPose result{from, "Tracker", Eigen::Matrix4d::Identity(), true};
  result.matrix(0, 3) = x;
  return result;
}

acquisition::SourceOpener trackerOf(int frames) {
  return [frames](const std::string&) {
    return std::make_unique<Ticking>(true, std::vector{pose("Needle", 7)}, frames);
  };
}

/// The first frame for which `wanted` holds, of the next two seconds' worth.
template <class Wanted>
std::optional<Frame> frameWith(TrackedSource& source, Wanted wanted) {
  for (int i = 0; i < 400; ++i) {
    auto frame = source.read();
    if (frame && wanted(*frame)) return frame;
  }
  return std::nullopt;
}

bool needleIsSeen(const Frame& frame) { return findPose(frame.poses, "NeedleToTracker").has_value(); }

TEST(TrackedSource, PicturesGetTheTrackersPosesBesideTheirOwn) {
  TrackedSource source(std::make_unique<Ticking>(true, std::vector{pose("Probe", 3)}), "tracker",
                       trackerOf(1000000));
  const auto frame = frameWith(source, needleIsSeen);
  ASSERT_TRUE(frame);
  EXPECT_NEAR((*findPose(frame->poses, "NeedleToTracker"))(0, 3), 7, 1e-9);
  EXPECT_NEAR((*findPose(frame->poses, "ProbeToTracker"))(0, 3), 3, 1e-9);
}

TEST(TrackedSource, ATrackerThatGoesAwayTakesItsPosesAndComesBack) {
  TrackedSource source(std::make_unique<Ticking>(true, std::vector<NamedPose>{}), "tracker", trackerOf(10));
  ASSERT_TRUE(frameWith(source, needleIsSeen));
  const auto lost = [](const Frame& frame) { return !frame.poses.empty() && !needleIsSeen(frame); };
  ASSERT_TRUE(frameWith(source, lost)) << "an old pose must not pass for a new one";
  EXPECT_TRUE(frameWith(source, needleIsSeen));
}

TEST(TrackedSource, WhatIsWrongWithTheTrackerIsSaidAtOnce) {
  const auto broken = [](const std::string& source) -> std::unique_ptr<acquisition::FrameSource> {
    throw Error(source, "is no tracker", "");
  };
  EXPECT_THROW(TrackedSource(std::make_unique<Ticking>(true, std::vector<NamedPose>{}), "tracker", broken),
               Error);
}

TEST(TrackedSource, RecordedPicturesKeepTheirOwnPoses) {
  EXPECT_THROW(TrackedSource(std::make_unique<Ticking>(false, std::vector<NamedPose>{}), "tracker",
                             trackerOf(1000000)),
               Error);
}

}  // namespace
}  // namespace acuguide::navigation
