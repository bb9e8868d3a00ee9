#include "benchmarks/allocation_counter.h"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <memory>
#include <thread>
#include <vector>

namespace acuguide::benchmarks {
namespace {

class AllocationCounter : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!allocationsAreCounted()) GTEST_SKIP() << "the sanitizer has the allocator";
  }
};

TEST_F(AllocationCounter, CountsNothingWhereNothingIsTaken) {
  std::vector<int> kept(100);
  const Allocations before = allocationsSoFar();
  kept.assign(50, 7);
  EXPECT_EQ((allocationsSoFar() - before).count, 0);
}

TEST_F(AllocationCounter, CountsNewMallocAndPictures) {
  const Allocations before = allocationsSoFar();
  const auto number = std::make_unique<std::vector<double>>(1000);
  const Allocations afterNew = allocationsSoFar() - before;
  EXPECT_EQ(afterNew.count, 2);  // the vector and what it holds
  EXPECT_GE(afterNew.bytes, 8000);

  const Allocations beforePicture = allocationsSoFar();
  const cv::Mat picture(100, 100, CV_8UC1);
  const Allocations afterPicture = allocationsSoFar() - beforePicture;
  EXPECT_GE(afterPicture.count, 1);
  EXPECT_GE(afterPicture.bytes, 10000);
}

TEST_F(AllocationCounter, CountsOnlyItsOwnThread) {
  const Allocations before = allocationsSoFar();
  std::int64_t other = 0;
  std::thread worker([&] {
    const Allocations start = allocationsSoFar();
    for (int i = 0; i < 100; ++i) std::vector<int>(1000).at(0) = i;
    other = (allocationsSoFar() - start).count;
  });
  worker.join();
  EXPECT_EQ(other, 100);
  EXPECT_LT((allocationsSoFar() - before).count, 20);  // the thread itself
}

}  // namespace
}  // namespace acuguide::benchmarks
