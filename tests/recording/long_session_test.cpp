#include "acquisition/process_memory.h"
#include "recording/numbered_picture.h"
#include "recording/session_samples.h"
#include "recording/session_source.h"
#include "recording/session_writer.h"

#include <gtest/gtest.h>

#include <random>

namespace acuguide::recording {
namespace {

using samples::TemporaryFolder;

using samples::drawNumber;
using samples::numberIn;

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;

void record(const std::filesystem::path& folder, std::int64_t frames) {
  SessionWriterOptions options;
  options.minimumFreeBytes = 0;
  SessionWriter writer(folder, options);
  for (std::int64_t i = 0; i < frames; ++i) {
    auto frame = std::make_shared<Frame>();
    frame->pixels = cv::Mat(24, 160, CV_8UC1, cv::Scalar(90 + static_cast<double>(i % 60)));
    drawNumber(frame->pixels, i);
    frame->index = i;
    frame->time = static_cast<double>(i) / 30.0;
    navigation::GuidanceSnapshot snapshot;
    snapshot.frame = frame;
    writer.write(snapshot);
    if (i % 600 == 599) writer.commit();
  }
  writer.finish();
}

/// 200 seeks to random frames: what comes is the frame asked for, by the number in its pixels.
void expectEverySeekRight(const std::filesystem::path& folder, std::int64_t frames) {
  SessionSource source(folder, "s");
  ASSERT_EQ(source.info().frameCount, frames);
  std::mt19937 random(5);
  for (int i = 0; i < 200; ++i) {
    const auto wanted = static_cast<std::int64_t>(random() % static_cast<unsigned>(frames));
    source.seek(wanted);
    const auto frame = source.read();
    ASSERT_TRUE(frame);
    ASSERT_EQ(numberIn(frame->pixels), wanted);
    ASSERT_EQ(frame->index, wanted);
  }
}

/// Half an hour at 30 frames a second beside one minute.
TEST(LongSession, TheFrameShownIsTheFrameAskedForInConstantMemory) {
  const TemporaryFolder folder;
  record(folder / "minute", 1800);
  const std::int64_t before = acquisition::residentBytes();
  record(folder / "halfhour", 54000);
  EXPECT_LT(acquisition::residentBytes() - before, 30 * mebibyte) << "recording";

  expectEverySeekRight(folder / "minute", 1800);
  const std::int64_t minute = acquisition::residentBytes();
  expectEverySeekRight(folder / "halfhour", 54000);
  EXPECT_LT(acquisition::residentBytes() - minute, 50 * mebibyte) << "replay";
}

}  // namespace
}  // namespace acuguide::recording
