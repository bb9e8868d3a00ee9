#include "acquisition/gated_source.h"

#include "acquisition/source_catalog.h"
#include "test_frames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

namespace acuguide::acquisition {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// Hands over what it was given.
class Given : public FrameSource {
 public:
  Given(bool live, std::deque<Frame> frames) : frames_(std::move(frames)) { info_.live = live; }
  void setFinite(bool finite) { info_.finite = finite; }
  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    if (frames_.empty()) return std::nullopt;
    Frame frame = std::move(frames_.front());
    frames_.pop_front();
    return frame;
  }

 private:
  SourceInfo info_;
  std::deque<Frame> frames_;
};

Frame frameAt(std::int64_t index, double time, double arrival, cv::Size size = {32, 24}) {
  Frame frame;
  frame.pixels = noisePicture(static_cast<int>(index), size.width, size.height);
  frame.index = index;
  frame.time = time;
  frame.arrival = arrival;
  return frame;
}

TEST(GatedSource, ALiveClockThatGoesBackBeginsAnEpochAndTimeGoesOn) {
  std::deque<Frame> frames;
  for (int i = 0; i < 20; ++i) frames.push_back(frameAt(i, i / 10.0 - (i >= 10 ? 0.8 : 0.0), 5 + i / 10.0));
  const auto source = gated(std::make_unique<Given>(true, std::move(frames)));
  for (int i = 0; i < 20; ++i) {
    const auto frame = source->read();
    EXPECT_NEAR(frame->time, i / 10.0, 1e-9);
    EXPECT_EQ(frame->epoch, i >= 10 ? 1 : 0) << i;
  }
}

TEST(GatedSource, APipelineThatWaitsForItsReaderKeepsItsTimes) {
  for (const bool finite : {false, true}) {
    std::deque<Frame> frames;
    for (int i = 0; i < 40; ++i) frames.push_back(frameAt(i, i / 15.0, 5 + i / 3.0));  // read at a fifth
    auto given = std::make_unique<Given>(true, std::move(frames));
    given->setFinite(finite);
    const auto source = gated(std::move(given));
    std::optional<Frame> last;
    while (auto frame = source->read()) last = std::move(frame);
    EXPECT_EQ(source->remark().empty(), finite) << source->remark();
    if (finite) {
      EXPECT_NEAR(last->time, 39 / 15.0, 1e-9);
    }
  }
}

TEST(GatedSource, RecordedTimesStayAndEachBreakIsAnEpoch) {
  std::deque<Frame> frames;
  for (const double time : {1.0, 1.1, 1.2, 0.5, 0.6, 5.0, 5.1})
    frames.push_back(frameAt(static_cast<std::int64_t>(frames.size()), time, 0));
  frames.push_back(frameAt(7, 5.2, 0, {64, 48}));
  const auto source = gated(std::make_unique<Given>(false, std::move(frames)));
  std::vector<double> times;
  std::vector<std::int64_t> epochs;
  while (const auto frame = source->read()) {
    times.push_back(frame->time);
    epochs.push_back(frame->epoch);
  }
  EXPECT_THAT(times, testing::ElementsAre(1.0, 1.1, 1.2, 0.5, 0.6, 5.0, 5.1, 5.2));
  EXPECT_THAT(epochs, testing::ElementsAre(0, 0, 0, 1, 1, 2, 2, 3)) << "the last: another image size";
}

TEST(GatedSource, MillimetresThatCannotBeAreTakenAway) {
  std::deque<Frame> frames{frameAt(0, 0, 0)};
  frames[0].geometry.spacingMm = Eigen::Vector2d(80, 80);
  const auto frame = gated(std::make_unique<Given>(false, std::move(frames)))->read();
  EXPECT_FALSE(frame->geometry.spacingMm);
  EXPECT_THAT(frame->geometry.whyNoScale, HasSubstr("80 x 80"));
}

TEST(GatedSource, APoseThatIsNotRigidIsInvalidAndItsFaultIsSaid) {
  std::deque<Frame> frames{frameAt(0, 0, 0), frameAt(1, 0.1, 0)};
  Eigen::Matrix4d mirrored = Eigen::Matrix4d::Identity();
  mirrored(2, 2) = -1;
  frames[0].poses = {{"Probe", "Tracker", Eigen::Matrix4d::Identity(), true},
                     {"Needle", "Tracker", mirrored, true}};
  const auto source = gated(std::make_unique<Given>(false, std::move(frames)));
  const auto frame = source->read();
  EXPECT_TRUE(frame->poses[0].valid);
  EXPECT_FALSE(frame->poses[1].valid);
  EXPECT_THAT(source->remark(), HasSubstr("NeedleToTracker is not used: it is mirrored"));
  source->read();
  EXPECT_THAT(source->remark(), IsEmpty());
}

TEST(GatedSource, ASenderWithoutAClockIsTold) {
  std::deque<Frame> frames;
  for (int i = 0; i < 60; ++i) frames.push_back(frameAt(i, 7.0, i / 30.0));
  const auto source = gated(std::make_unique<Given>(true, std::move(frames)));
  double last = 0;
  while (const auto frame = source->read()) last = frame->time;
  EXPECT_NEAR(last - 7.0, 59 / 30.0, 0.01);
  EXPECT_THAT(source->remark(), HasSubstr("clock cannot be used"));
}

TEST(GatedSource, EveryCatalogPutsItsSourcesBehindIt) {
  SourceCatalog catalog;
  catalog.add({"given", "", [](const std::string&) { return true; },
               [](const std::string&) { return std::make_unique<Given>(false, std::deque<Frame>{}); }});
  const auto source = catalog.open("given");
  EXPECT_NE(dynamic_cast<GatedSource*>(source.get()), nullptr);
}

}  // namespace
}  // namespace acuguide::acquisition
