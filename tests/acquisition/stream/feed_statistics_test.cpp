#include "acquisition/stream/feed_statistics.h"

#include "acquisition/test_frames.h"

namespace acuguide::acquisition {
namespace {

std::shared_ptr<const Frame> frameAt(int index, double when, int picture) {
  auto frame = std::make_shared<Frame>();
  frame->pixels = noisePicture(picture);
  frame->index = index;
  frame->time = when;
  frame->arrival = when;
  return frame;
}

SourceInfo infoOf(bool live, std::optional<double> rate = {}) {
  return {.name = "s", .description = {}, .live = live, .frameCount = {}, .nominalFramesPerSecond = rate};
}

TEST(FeedStatistics, CountsRepeatedPictures) {
  FeedStatistics statistics;
  const int pictures[] = {1, 1, 2, 3, 3, 3};
  for (int i = 0; i < 6; ++i) statistics.add(frameAt(i, i * 0.1, pictures[i]), infoOf(true));
  EXPECT_EQ(statistics.repeated(), 3);
}

TEST(FeedStatistics, DoesNotCallARecordedFrameRepeatedBecauseItWasSought) {
  FeedStatistics statistics;
  statistics.add(frameAt(4, 0.4, 1), infoOf(false));
  statistics.add(frameAt(4, 0.4, 1), infoOf(false));
  EXPECT_EQ(statistics.repeated(), 0);
  statistics.add(frameAt(5, 0.5, 1), infoOf(false));
  EXPECT_EQ(statistics.repeated(), 1);
}

TEST(FeedStatistics, CountsLateFramesByTheNominalRate) {
  FeedStatistics statistics;
  for (const double when : {0.0, 0.1, 0.249, 0.35, 0.51, 0.6}) {
    statistics.add(frameAt(0, when, static_cast<int>(when * 1000)), infoOf(true, 10.0));
  }
  EXPECT_EQ(statistics.late(), 1);
}

TEST(FeedStatistics, CountsLateFramesByTheMedianOtherwise) {
  FeedStatistics statistics;
  double when = 0.0;
  for (int i = 0; i < 20; ++i) statistics.add(frameAt(i, when += 0.05, i), infoOf(true));
  EXPECT_EQ(statistics.late(), 0);
  statistics.add(frameAt(20, when += 0.2, 20), infoOf(true));
  EXPECT_EQ(statistics.late(), 1);
  statistics.restart();
  statistics.add(frameAt(21, when + 60.0, 21), infoOf(true));
  EXPECT_EQ(statistics.late(), 1) << "the pause before a reconnection is counted as that";
}

TEST(FeedStatistics, MeasuresTheRateOverTheLastSecond) {
  FeedStatistics statistics;
  EXPECT_EQ(statistics.framesPerSecond(0.0), 0.0);
  for (int i = 0; i < 100; ++i) statistics.add(frameAt(i, 10.0 + i * 0.05, i), infoOf(true));
  EXPECT_NEAR(statistics.framesPerSecond(14.96), 20.0, 1.0);
  EXPECT_EQ(statistics.framesPerSecond(16.1), 0.0) << "a silent source has no rate";
  FeedStatistics young;
  for (int i = 0; i < 5; ++i) young.add(frameAt(i, 10.0 + i * 0.05, i), infoOf(true));
  EXPECT_NEAR(young.framesPerSecond(10.2), 20.0, 0.1);
}

}  // namespace
}  // namespace acuguide::acquisition
