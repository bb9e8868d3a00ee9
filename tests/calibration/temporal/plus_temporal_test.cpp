// PLUS's water-tank recordings in ../shared/data/plus, where they are there.
#include "acquisition/sequence/sequence_source.h"
#include "calibration/temporal/temporal.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace acuguide::calibration {
namespace {

const std::filesystem::path sequences =
    std::filesystem::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/plus/sequences";

VideoMotion videoMotion(const std::filesystem::path& file) {
  std::vector<Frame> frames;
  VideoMotionMeter meter;
  acquisition::SequenceSource source(file.string());
  while (auto frame = source.read()) {
    meter.learn(frame->pixels);
    frames.push_back(std::move(*frame));
  }
  for (const Frame& frame : frames) meter.measure(frame.time, frame.pixels);
  return meter.result();
}

TEST(PlusTemporal, LagAsPlusFoundIt) {
  if (!std::filesystem::exists(sequences)) GTEST_SKIP() << "no PLUS recordings in " << sequences;
  const VideoMotion video = videoMotion(sequences / "WaterTankBottomTranslationVideoBuffer.igs.mha");
  EXPECT_EQ(video.frames, 201);
  EXPECT_EQ(video.middle.size(), 201u);

  const auto header =
      acquisition::readSequenceHeader(sequences / "WaterTankBottomTranslationTrackerBuffer.igs.mha");
  const auto times = header.times().seconds;
  std::vector<TimedPose> poses;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto named = header.posesOf(std::int64_t(i));
    const auto probe = findPose(named, "ProbeToTracker"), reference = findPose(named, "ReferenceToTracker");
    if (probe && reference) poses.push_back({times[i], reference->inverse() * *probe});
  }
  const TemporalSummary summary = calibrateTemporal(video, poses, "video", "tracker");
  EXPECT_TRUE(summary.usable) << testing::PrintToString(summary.reasons);
  EXPECT_NEAR(summary.trackerLagSeconds, -0.0648266, 0.002);
  EXPECT_NEAR(std::abs(summary.lag.correlation), 0.98, 0.01);
  EXPECT_LT(summary.sigmaSeconds, 0.01);
  // This scanner draws its 403 columns one after another, in about one frame time (85 ms).
  ASSERT_TRUE(summary.leftLagSeconds && summary.rightLagSeconds);
  EXPECT_NEAR(*summary.rightLagSeconds - *summary.leftLagSeconds, -0.085, 0.015);
}

}  // namespace
}  // namespace acuguide::calibration
