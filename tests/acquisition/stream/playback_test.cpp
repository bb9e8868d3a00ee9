#include "acquisition/stream/playback.h"

#include <gtest/gtest.h>

namespace acuguide::acquisition {
namespace {

TEST(PlaybackPace, KeepsTheRecordedPace) {
  PlaybackPace pace(0.04);
  EXPECT_EQ(pace.due(10.0, 1.0, 100.0), 100.0) << "the first frame at once";
  pace.released(10.0, 100.0, 100.0);
  EXPECT_NEAR(pace.due(10.5, 1.0, 100.1), 100.5, 1e-9);
  EXPECT_NEAR(pace.due(10.5, 2.0, 100.1), 100.25, 1e-9);
  EXPECT_NEAR(pace.due(10.5, 0.1, 100.1), 105.0, 1e-9);
}

TEST(PlaybackPace, DoesNotDriftWhenALittleLate) {
  PlaybackPace pace(0.04);
  pace.released(0.0, 100.0, 100.0);
  pace.released(0.1, 100.1, 100.15);
  EXPECT_NEAR(pace.due(0.2, 1.0, 100.15), 100.2, 1e-9);
}

TEST(PlaybackPace, DoesNotRushWhenMuchLate) {
  PlaybackPace pace(0.04);
  pace.released(0.0, 100.0, 100.0);
  pace.released(0.1, 100.1, 103.0);
  EXPECT_NEAR(pace.due(0.2, 1.0, 103.0), 103.1, 1e-9);
}

TEST(PlaybackPace, BridgesJumpsBackAndLongPauses) {
  PlaybackPace pace(0.04);
  pace.released(50.0, 100.0, 100.0);
  EXPECT_NEAR(pace.due(0.0, 1.0, 100.0), 100.04, 1e-9);
  EXPECT_NEAR(pace.due(5000.0, 1.0, 100.0), 105.0, 1e-9);
}

TEST(PlaybackPace, GoesOnFromAPauseAndStartsOverAfterASeek) {
  PlaybackPace pace(0.04);
  pace.released(1.0, 100.0, 100.0);
  pace.resume(200.0);
  EXPECT_NEAR(pace.due(1.1, 1.0, 200.0), 200.1, 1e-9);
  pace.restart();
  EXPECT_EQ(pace.due(7.0, 1.0, 201.0), 201.0);
}

}  // namespace
}  // namespace acuguide::acquisition
