#include "imaging/analysis_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace acuguide::imaging {
namespace {

TEST(AnalysisPool, GivesWhatIsLetGoOfAgainWithItsMemory) {
  AnalysisPool pool;
  auto first = pool.take();
  first->needles.resize(3);
  const FrameAnalysis* place = first.get();
  first.reset();
  const auto again = pool.take();
  EXPECT_EQ(again.get(), place);
  EXPECT_EQ(again->needles.size(), 3u);
}

TEST(AnalysisPool, NeverGivesWhatSomebodyStillHas) {
  AnalysisPool pool;
  std::vector<std::shared_ptr<const FrameAnalysis>> kept;
  for (int i = 0; i < 20; ++i) {
    const auto taken = pool.take();
    for (const auto& one : kept) ASSERT_NE(one, taken);
    kept.push_back(taken);
  }
  const FrameAnalysis* const seventh = kept[7].get();
  kept[7].reset();
  EXPECT_EQ(pool.take().get(), seventh);
}

TEST(AnalysisPool, OthersReadWhileItIsTakenFrom) {
  AnalysisPool pool;
  std::vector<std::thread> readers;
  std::atomic<int> wrong{0};
  for (std::size_t i = 0; i < 200; ++i) {
    const auto taken = pool.take();
    taken->needles.resize(1 + i % 7);
    readers.emplace_back([&wrong, held = std::shared_ptr<const FrameAnalysis>(taken), i] {
      wrong += held->needles.size() != 1 + i % 7;
    });
    if (readers.size() < 8) continue;
    for (std::thread& reader : readers) reader.join();
    readers.clear();
  }
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace acuguide::imaging
