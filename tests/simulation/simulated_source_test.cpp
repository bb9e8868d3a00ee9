#include "simulation/simulated_source.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace acuguide::simulation {
namespace {

bool samePixels(const cv::Mat& first, const cv::Mat& second) {
  return first.size() == second.size() && cv::norm(first, second, cv::NORM_INF) == 0.0;
}

TEST(SimulatedSource, SaysWhatItIs) {
  const SimulatedSource source("sim:no_needle?seed=5&frames=12&fps=20");
  EXPECT_EQ(source.info().name, "sim:no_needle?seed=5&frames=12&fps=20");
  EXPECT_FALSE(source.info().live);
  EXPECT_TRUE(source.info().seekable);
  EXPECT_EQ(source.info().frameCount, 12);
  EXPECT_EQ(source.info().nominalFramesPerSecond, 20.0);
  EXPECT_EQ(SimulatedSource("sim:no_needle").info().frameCount, 300);
}

TEST(SimulatedSource, ReadsInOrderThenEnds) {
  SimulatedSource source("sim:st36_in_plane?frames=3");
  for (std::int64_t index = 0; index < 3; ++index) {
    const auto frame = source.read();
    ASSERT_TRUE(frame.has_value());
    EXPECT_EQ(frame->index, index);
    EXPECT_NEAR(frame->time, static_cast<double>(index) / 30.0, 1e-12);
    EXPECT_GT(frame->arrival, 0.0);
  }
  EXPECT_FALSE(source.read().has_value());
}

TEST(SimulatedSource, SeekingGivesTheSameBytesAsReadingOn) {
  SimulatedSource onwards("sim:bl57_calf?seed=2&frames=8"), sought("sim:bl57_calf?seed=2&frames=8");
  std::vector<cv::Mat> pictures;
  while (const auto frame = onwards.read()) pictures.push_back(frame->pixels);
  ASSERT_EQ(pictures.size(), 8U);
  for (const std::int64_t index : {7, 2, 5}) {
    sought.seek(index);
    const auto frame = sought.read();
    ASSERT_TRUE(frame.has_value());
    EXPECT_EQ(frame->index, index);
    EXPECT_TRUE(samePixels(frame->pixels, pictures[static_cast<std::size_t>(index)]));
  }
  EXPECT_THROW(sought.seek(8), Error);
  EXPECT_THROW(sought.seek(-1), Error);
}

TEST(SimulatedSource, LengthCostsNothing) {
  SimulatedSource source("sim:no_needle?frames=1000000000000");
  source.seek(999999999999);
  const auto frame = source.read();
  ASSERT_TRUE(frame.has_value());
  EXPECT_GT(cv::mean(frame->pixels)[0], 10.0);
}

TEST(SimulatedSource, RefusesWhatItDoesNotUnderstand) {
  for (const char* text : {"sim:", "sim:nowhere", "sim:no_needle?seed=abc", "sim:no_needle?seed=-1",
                           "sim:no_needle?frames=0", "sim:no_needle?frames=1e3", "sim:no_needle?sed=1",
                           "sim:no_needle?fps=0", "sim:no_needle?seed", "video.mp4"})
    EXPECT_THROW(SimulatedSource{text}, Error) << text;
}

TEST(SimulatedSource, JoinsTheCatalogue) {
  acquisition::SourceCatalog catalog;
  catalog.add(simulatorKind());
  const auto source = catalog.open("sim:pc6_median_nerve?seed=3&frames=2");
  ASSERT_NE(source, nullptr);
  EXPECT_TRUE(source->read().has_value());
  EXPECT_FALSE(simulatorKind().claims("/data/sim:strange"));
}

}  // namespace
}  // namespace acuguide::simulation
