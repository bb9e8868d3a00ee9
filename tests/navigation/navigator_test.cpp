#include "navigation/navigator.h"

#include "core/clock.h"
#include "core/error.h"
#include "patience.h"
#include "simulation/simulated_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace acuguide::navigation {
namespace {

using namespace std::chrono_literals;

/// A live source whose flow of frames the test turns on and off.
struct Tap {
  std::atomic<bool> open{true};
  std::atomic<bool> present{true};
};

class TapSource : public acquisition::FrameSource {
 public:
  explicit TapSource(std::shared_ptr<Tap> tap) : tap_(std::move(tap)) {
    if (!tap_->present) throw Error("tap", "is not there", "plug it in");
    info_.name = "tap";
    info_.live = true;
    info_.nominalFramesPerSecond = 50;
  }

  const acquisition::SourceInfo& info() const override { return info_; }

  std::optional<Frame> read() override {
    do {
      std::this_thread::sleep_for(20ms);
      if (!tap_->present) throw Error("tap", "went away", "plug it in");
    } while (!tap_->open && !interrupted_);
    if (interrupted_) return std::nullopt;
    Frame frame;
    frame.pixels = cv::Mat(96, 128, CV_8UC1);
    cv::randu(frame.pixels, 0, 255);
    frame.index = next_++;
    frame.arrival = monotonicSeconds();
    frame.time = frame.arrival;
    return frame;
  }

  void interrupt() noexcept override { interrupted_ = true; }

 private:
  std::shared_ptr<Tap> tap_;
  acquisition::SourceInfo info_;
  std::int64_t next_ = 0;
  std::atomic<bool> interrupted_{false};
};

acquisition::SourceCatalog tapCatalog(const std::shared_ptr<Tap>& tap) {
  acquisition::SourceCatalog catalog;
  catalog.add({"tap", "a source for tests", [](const std::string& text) { return text == "tap"; },
               [tap](const std::string&) { return std::make_unique<TapSource>(tap); }});
  return catalog;
}

/// Waits until `reached` holds; false when it has not within ten seconds.
template <class Condition>
bool eventually(Condition reached) {
  for (int i = 0; i < 1000; ++i) {
    if (reached()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

std::shared_ptr<const planning::Plan> pixelPlan() {
  auto plan = std::make_shared<planning::Plan>();
  plan->target = planning::TargetAtPixel{{60, 50}};
  return plan;
}

TEST(Navigator, ShowsLiveFramesAndCountsThem) {
  Navigator navigator(tapCatalog(std::make_shared<Tap>()));
  std::atomic<int> analysed{0};
  const auto subscription = navigator.subscribe([&](const auto&) { ++analysed; });
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Live; }));
  ASSERT_TRUE(eventually([&] { return analysed > 5; }));
  EXPECT_GT(navigator.times().imaging.count, 5u);
  EXPECT_EQ(navigator.source(), "tap");
}

TEST(Navigator, SilentSourceGoesStaleLosesGuidanceAndComesBackByItself) {
  auto tap = std::make_shared<Tap>();
  Navigator navigator(tapCatalog(tap));
  navigator.setPlan(pixelPlan());
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->guidance.has_value(); }));
  tap->open = false;
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Stale; }));
  EXPECT_FALSE(navigator.snapshot()->guidance);
  EXPECT_FALSE(navigator.snapshot()->alarms.empty());
  tap->open = true;
  EXPECT_TRUE(eventually([&] {
    const auto shown = navigator.snapshot();
    return shown->picture == PictureState::Live && shown->guidance;
  }));
}

// A stream that stops for a moment every now and then: one alarm, not many.
TEST(Navigator, StaleComesAtOnceAndGoesOnlyAfterASecondOfFreshImages) {
  auto tap = std::make_shared<Tap>();
  Navigator navigator(tapCatalog(tap));
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Live; }));
  tap->open = false;
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Stale; }));
  const auto old = navigator.snapshot()->frame;
  tap->open = true;
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->frame != old; }));
  const double back = monotonicSeconds();
  double last = back;  // when it was last seen stale
  ASSERT_TRUE(eventually([&] {
    const bool stale = navigator.snapshot()->picture == PictureState::Stale;
    if (stale) last = monotonicSeconds();
    return !stale;
  }));
  EXPECT_GT(last - back, 0.7) << "images were fresh all this time";
}

TEST(Navigator, AfterAFreezeTheHeldImageIsNeverCalledLiveNorStale) {
  Navigator navigator(tapCatalog(std::make_shared<Tap>()));
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Live; }));
  navigator.setFrozen(true);
  const auto held = navigator.snapshot()->frame;
  std::this_thread::sleep_for(400ms);
  navigator.setFrozen(false);
  EXPECT_TRUE(eventually([&] {
    const auto shown = navigator.snapshot();
    if (shown->frame == held) {
      EXPECT_EQ(shown->picture, PictureState::Frozen);
    }
    return shown->picture == PictureState::Live;
  }));
}

TEST(Navigator, DeviceThatGoesAwayIsReconnected) {
  auto tap = std::make_shared<Tap>();
  Navigator navigator(tapCatalog(tap));
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Live; }));
  tap->present = false;
  ASSERT_TRUE(
      eventually([&] { return navigator.snapshot()->stream.connection == acquisition::Connection::Lost; }));
  EXPECT_EQ(navigator.snapshot()->picture, PictureState::Stale);
  tap->present = true;
  EXPECT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Live; }));
  EXPECT_GE(navigator.snapshot()->stream.reconnections, 1);
}

TEST(Navigator, FreezeHoldsThePictureWhileTheStreamGoesOn) {
  Navigator navigator(tapCatalog(std::make_shared<Tap>()));
  navigator.setPlan(pixelPlan());
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->guidance.has_value(); }));
  for (int i = 0; i < 10; ++i) {  // whatever the analysis is just doing
    navigator.setFrozen(true);
    const auto held = navigator.snapshot();
    EXPECT_EQ(held->picture, PictureState::Frozen);
    EXPECT_FALSE(held->guidance);
    std::this_thread::sleep_for(60ms);
    EXPECT_EQ(navigator.snapshot()->frame, held->frame) << "the picture that was there at that moment";
    navigator.setFrozen(false);
    EXPECT_TRUE(eventually([&] { return navigator.snapshot()->frame != held->frame; }));
  }
}

TEST(Navigator, PlanTakesEffectOnAFrozenPictureToo) {
  Navigator navigator(tapCatalog(std::make_shared<Tap>()));
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->frame != nullptr; }));
  navigator.setFrozen(true);
  navigator.setPlan(pixelPlan());
  EXPECT_TRUE(eventually([&] { return navigator.snapshot()->plan != nullptr; }));
}

TEST(Navigator, PlanLoadedWhileRunningReachesTheAnalysis) {
  Navigator navigator(tapCatalog(std::make_shared<Tap>()));
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->frame != nullptr; }));
  auto plan = std::make_shared<planning::Plan>(*pixelPlan());
  plan->probe = imaging::ProbeSide::Bottom;
  navigator.setPlan(plan);
  EXPECT_TRUE(
      eventually([&] { return navigator.snapshot()->analysis->region.probe == imaging::ProbeSide::Bottom; }));
}

TEST(Navigator, SpacingGivenByTheUserReachesTheFrame) {
  NavigatorOptions options;
  options.scale = std::make_shared<const GivenScale>("--spacing-mm", Eigen::Vector2d(0.1, 0.2));
  Navigator navigator(tapCatalog(std::make_shared<Tap>()), options);
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->frame != nullptr; }));
  ASSERT_TRUE(navigator.snapshot()->frame->geometry.spacingMm);
  EXPECT_DOUBLE_EQ(navigator.snapshot()->frame->geometry.spacingMm->y(), 0.2);
}

TEST(Navigator, UnknownSourceFailsWithAMessageAndAnotherCanBeOpened) {
  auto tap = std::make_shared<Tap>();
  Navigator navigator(tapCatalog(tap));
  navigator.open("no such thing");
  ASSERT_TRUE(
      eventually([&] { return navigator.snapshot()->stream.connection == acquisition::Connection::Failed; }));
  EXPECT_FALSE(navigator.snapshot()->stream.message.empty());
  navigator.open("tap");
  EXPECT_TRUE(eventually([&] { return navigator.snapshot()->picture == PictureState::Live; }));
  navigator.close();
  EXPECT_EQ(navigator.snapshot()->picture, PictureState::None);
}

/// A look that finds one vessel in the middle of whatever it is shown.
imaging::Structures oneVessel(const cv::Mat& grey, const imaging::ImagingRegion&) {
  imaging::Structures structures;
  structures.sure = true;
  imaging::PossibleStructure vessel;
  vessel.confidence = 0.9;
  const double x = grey.cols / 2.0, y = grey.rows / 2.0;
  vessel.outlinePx = {{x - 20, y - 20}, {x + 20, y - 20}, {x + 20, y + 20}, {x - 20, y + 20}};
  structures.found.push_back(vessel);
  return structures;
}

TEST(Navigator, LooksForNervesAndVesselsOnlyWhenSwitchedOnAndForgetsThemWhenOff) {
  if (!test::keepsUpWithVideo) GTEST_SKIP() << "its answers would be too old here";
  acquisition::SourceCatalog catalog;
  catalog.add(simulation::simulatorKind());
  NavigatorOptions options;
  options.structureLook = oneVessel;
  options.structureWatch = {0.05, 1.0};
  Navigator navigator(catalog, options);
  navigator.open("sim:no_needle?seed=1&frames=3000");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->sequence > 5; }));
  EXPECT_FALSE(navigator.structuresOn());
  EXPECT_EQ(navigator.snapshot()->structures.state, StructuresState::Off);
  navigator.setStructuresOn(true);
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->structures.state == StructuresState::On; }));
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->structures.zones.size() == 1; }));
  navigator.setStructuresOn(false);
  EXPECT_TRUE(eventually([&] {
    const auto now = navigator.snapshot();
    return now->structures.state == StructuresState::Off && now->structures.zones.empty();
  }));
}

TEST(Navigator, APictureThatStandsStillIsJudgedToo) {
  acquisition::SourceCatalog catalog;
  catalog.add(simulation::simulatorKind());
  NavigatorOptions options;
  options.structures = true;
  options.structureLook = oneVessel;
  options.structureWatch = {0.05, 1.0};
  Navigator navigator(catalog, options);
  navigator.open("sim:no_needle?seed=1&frames=1");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->structures.zones.size() == 1; }));
  EXPECT_EQ(navigator.snapshot()->picture, PictureState::Ended);
  navigator.dismissStructure(navigator.snapshot()->structures.zones[0].id);
  EXPECT_TRUE(eventually([&] {
    const auto now = navigator.snapshot();
    return now->structures.zones.empty() && now->structures.dismissed == 1;
  }));
}

/// A live source whose images have the size of the moment.
class ResizingSource : public acquisition::FrameSource {
 public:
  explicit ResizingSource(std::shared_ptr<std::atomic<int>> width) : width_(std::move(width)) {
    info_.name = "resizing";
    info_.live = true;
  }
  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    std::this_thread::sleep_for(20ms);
    Frame frame;
    frame.pixels = cv::Mat(*width_ * 3 / 4, *width_, CV_8UC1);
    cv::randu(frame.pixels, 0, 255);
    frame.index = next_++;
    frame.time = frame.arrival = monotonicSeconds();
    return frame;
  }

 private:
  std::shared_ptr<std::atomic<int>> width_;
  acquisition::SourceInfo info_;
  std::int64_t next_ = 0;
};

TEST(Navigator, AnotherImageSizeTakesTheGivenScaleAndTheConfirmationAwayUntilItIsBack) {
  const auto width = std::make_shared<std::atomic<int>>(160);
  acquisition::SourceCatalog catalog;
  catalog.add({"resizing", "a source for tests", [](const std::string& text) { return text == "resizing"; },
               [width](const std::string&) { return std::make_unique<ResizingSource>(width); }});
  NavigatorOptions options;
  options.scale = std::make_shared<const GivenScale>("--spacing-mm 0.1", 0.1);
  Navigator navigator(catalog, options);
  navigator.open("resizing");
  const auto scaledAt = [&](int columns, bool scaled) {
    return eventually([&] {
      const auto frame = navigator.snapshot()->frame;
      return frame && frame->pixels.cols == columns && frame->geometry.spacingMm.has_value() == scaled;
    });
  };
  ASSERT_TRUE(scaledAt(160, true));
  navigator.setReadiness({true, true, true});
  *width = 320;
  ASSERT_TRUE(scaledAt(320, false));
  const auto alarms = navigator.snapshot()->alarms;
  EXPECT_TRUE(std::any_of(alarms.begin(), alarms.end(), [](const Alarm& alarm) {
    return alarm.kind == AlarmKind::NotCalibrated && alarm.detail.find("160x120") != std::string::npos;
  }));
  EXPECT_FALSE(navigator.readiness().pointConfirmed);
  EXPECT_TRUE(navigator.readiness().checklistPassed);
  *width = 160;
  EXPECT_TRUE(scaledAt(160, true));
}

TEST(Navigator, AnotherSourceHasToBeConfirmedAgain) {
  Navigator navigator(tapCatalog(std::make_shared<Tap>()));
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->frame != nullptr; }));
  navigator.setReadiness({true, true, true});
  navigator.open("tap");
  EXPECT_FALSE(navigator.readiness().pointConfirmed);
}

TEST(Navigator, WhatAStageThrowsIsAnAlarmAndTheImageGoesOn) {
  const auto failing = std::make_shared<std::atomic<bool>>(false);
  NavigatorOptions options;
  options.analyzer.afterStage = [failing](std::string_view) {
    if (*failing) throw std::runtime_error("a stage has failed");
  };
  Navigator navigator(tapCatalog(std::make_shared<Tap>()), options);
  navigator.setPlan(pixelPlan());
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] { return navigator.snapshot()->guidance.has_value(); }));
  *failing = true;
  const auto failed = [&] {
    const auto shown = navigator.snapshot();
    return shown->failure == "a stage has failed" && !shown->guidance && !shown->alarms.empty() &&
           shown->alarms[0].kind == AlarmKind::AnalysisFailed;
  };
  ASSERT_TRUE(eventually(failed));
  const auto before = navigator.snapshot()->frame;
  EXPECT_TRUE(eventually([&] { return navigator.snapshot()->frame != before; })) << "the image goes on";
  *failing = false;
  EXPECT_TRUE(eventually([&] {
    const auto shown = navigator.snapshot();
    return shown->guidance.has_value() && shown->failure.empty();
  }));
}

TEST(Navigator, AListenerThatThrowsIsAnAlarmAndEndsNothing) {
  Navigator navigator(tapCatalog(std::make_shared<Tap>()));
  const auto subscription = navigator.subscribe([](const auto&) { throw std::runtime_error("no memory"); });
  navigator.open("tap");
  ASSERT_TRUE(eventually([&] {
    const auto alarms = navigator.snapshot()->alarms;
    return !alarms.empty() && alarms[0].kind == AlarmKind::AnalysisFailed && alarms[0].detail == "no memory";
  }));
  const auto before = navigator.snapshot()->sequence;
  EXPECT_TRUE(eventually([&] { return navigator.snapshot()->sequence > before + 3; }));
}

}  // namespace
}  // namespace acuguide::navigation
