#include "report/key_pictures.h"

#include "recording/session_samples.h"
#include "recording/session_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <memory>

namespace acuguide::report {
namespace {

using recording::FrameRecord;
using recording::SessionRecord;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

/// A blade that comes nearer to the target until frame 40 and then goes back; the danger is nearest at 60.
SessionRecord insertion() {
  SessionRecord record;
  record.analysed = true;
  record.dangers = {"median nerve"};
  for (int i = 0; i < 100; ++i) {
    FrameRecord& frame = record.frames.emplace_back();
    frame.time = 100 + i / 10.0;
    if (i >= 10) {
      frame.needle = tracking::NeedleState::Observed;
      frame.guidance.emplace();
      frame.guidance->tipToTargetMm = 2.0 + std::abs(i - 40);
      frame.guidance->dangerMm = 5.0 + std::abs(i - 60);
      frame.guidance->danger = 0;
    }
  }
  return record;
}

assessment::SessionMetrics oneInsertion() {
  assessment::SessionMetrics metrics;
  metrics.insertions.resize(1);
  metrics.insertions[0].insertion.firstFrame = 10;
  metrics.insertions[0].insertion.lastFrame = 99;
  return metrics;
}

std::vector<std::int64_t> numbersOf(const std::vector<KeyFrame>& frames) {
  std::vector<std::int64_t> numbers;
  for (const KeyFrame& one : frames) numbers.push_back(one.frame);
  return numbers;
}

TEST(KeyPictures, TellTheSessionInItsOrder) {
  SessionRecord record = insertion();
  record.events.push_back({80, 0.0, "bookmark", "loss of resistance"});
  const auto frames = keyFrames(record, oneInsertion());
  EXPECT_THAT(numbersOf(frames), ElementsAre(10, 40, 60, 80));
  EXPECT_EQ(frames[0].caption, "1.0 s: first sight of the blade");
  EXPECT_EQ(frames[1].caption, "4.0 s: insertion 1 closest to the target (2.0 mm on the screen)");
  EXPECT_EQ(frames[2].caption, "6.0 s: closest to median nerve (5.0 mm)");
  EXPECT_THAT(frames[3].caption, HasSubstr("bookmark (loss of resistance)"));
}

TEST(KeyPictures, WhatShowsTheSameIsOnePicture) {
  SessionRecord record = insertion();
  record.events.push_back({41, 0.0, "snapshot", ""});
  const auto frames = keyFrames(record, oneInsertion());
  EXPECT_THAT(numbersOf(frames), ElementsAre(10, 41, 60));
  EXPECT_THAT(frames[1].caption, HasSubstr("snapshot; insertion 1 closest"));
  EXPECT_THAT(keyFrames(record, oneInsertion(), 2), SizeIs(2));
}

TEST(KeyPictures, PredictedBladesAreNoEvidence) {
  SessionRecord record = insertion();
  record.frames[40].needle = tracking::NeedleState::Predicted;
  const auto frames = keyFrames(record, oneInsertion());
  EXPECT_THAT(numbersOf(frames), testing::Not(testing::Contains(40)));
}

TEST(KeyPictures, WithoutAnalysisTheFirstAndTheMiddleOne) {
  SessionRecord record;
  record.frames.resize(11);
  EXPECT_THAT(numbersOf(keyFrames(record, {})), ElementsAre(0, 5));
  EXPECT_TRUE(keyFrames(SessionRecord{}, {}).empty());
}

TEST(KeyPictures, NothingOutsideTheUltrasoundPictureIsShown) {
  const recording::samples::TemporaryFolder folder;
  const cv::Rect name(10, 8, 180, 24), region(120, 60, 400, 380);
  {
    recording::SessionWriter writer(folder / "s", {});
    navigation::GuidanceSnapshot snapshot;
    auto frame = std::make_shared<Frame>();
    frame->pixels = cv::Mat(480, 640, CV_8UC1, cv::Scalar(10));
    frame->pixels(region).setTo(120);
    cv::putText(frame->pixels, "DOE JANE 1950", {12, 28}, cv::FONT_HERSHEY_SIMPLEX, 0.6, 255, 2);
    frame->time = 1;
    snapshot.frame = frame;
    snapshot.ownAnalysis().region.bounds = region;
    writer.write(snapshot);
    writer.finish();
  }
  const auto record = recording::readSessionRecord(folder / "s");
  const auto pictures = drawKeyFrames(record, {{0, "a"}});
  ASSERT_THAT(pictures, SizeIs(1));
  ASSERT_EQ(pictures[0].pixels.size(), cv::Size(640, 480));
  double brightest = 0;
  cv::Mat grey;
  cv::cvtColor(pictures[0].pixels(name & cv::Rect(0, 0, 118, 58)), grey, cv::COLOR_BGR2GRAY);
  cv::minMaxLoc(grey, nullptr, &brightest);
  EXPECT_EQ(brightest, 0);
  EXPECT_NEAR(pictures[0].pixels.at<cv::Vec3b>(300, 300)[0], 120, 2) << "the picture itself is there";
}

}  // namespace
}  // namespace acuguide::report
