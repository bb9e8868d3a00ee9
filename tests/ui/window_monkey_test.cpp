#include "planning/new_plan.h"
#include "simulation/practice.h"
#include "ui/bench_sweeps.h"
#include "ui/monkey.h"
#include "ui/window_fixture.h"
#include "ui/windows/bench_window.h"
#include "ui/windows/guide_window.h"
#include "ui/windows/plan_window.h"
#include "ui/windows/practice_window.h"
#include "ui/windows/replay_window.h"

#include <QDir>
#include <gtest/gtest.h>

#include <fstream>

namespace acuguide::ui {
namespace {

/// Every window under a monkey for a while: nothing ends, nothing hangs. ACUGUIDE_MONKEY_SECONDS: of all five
/// together. ACUGUIDE_MONKEY_SEED: to play one again.
class WindowMonkey : public test::WindowTest {
 protected:
  void SetUp() override {
    WindowTest::SetUp();
    if (IsSkipped()) return;
    // What it opens and saves stays in this test's folder.
    home_ = qgetenv("HOME");
    qputenv("HOME", folder_.path().toUtf8());
    before_ = QDir::currentPath();
    QDir::setCurrent(folder_.path());
    path_ = qgetenv("PATH");
    qputenv("PATH", folder_.path().toUtf8());  // no reader of pages, no other program is started
    planning::writePlan(plan(), folder_.filePath(QStringLiteral("st36.plan.json")).toStdString());
  }
  void TearDown() override {
    if (!before_.isEmpty()) {
      QDir::setCurrent(before_);
      qputenv("HOME", home_);
      qputenv("PATH", path_);
    }
  }

  static planning::Plan plan() {
    planning::Plan plan = planning::newPlan("ST36", planning::BodySide::Left);
    plan.target = planning::TargetAtDepth{{0, 15}};
    planning::DangerZone zone;
    zone.name = "deep peroneal nerve";
    zone.shape = planning::Ellipse{{8, 12}, 2, 2, 0};
    plan.dangers = {zone};
    return plan;
  }
  WindowOptions chosen(const std::string& source) const {
    WindowOptions made = options(source);
    made.plan = std::make_shared<const planning::Plan>(plan());
    made.trackers = made.sources.catalog;
    made.askFirst = true;
    made.openBench = [] {};
    auto recording = std::make_shared<bool>(false);
    made.recording.start = [recording] { *recording = true; };
    made.recording.stop = [recording] { *recording = false; };
    made.recording.status = [recording] { return RecordingStatus{*recording, 3.0, {}}; };
    made.recording.note = [](const std::string&, const std::string&) {};
    return made;
  }
  void play(QWidget& window) {
    ASSERT_TRUE(test::showActive(window));
    const char* seed = std::getenv("ACUGUIDE_MONKEY_SEED");
    test::Monkey monkey(window, folder_.path(),
                        seed != nullptr ? static_cast<std::uint32_t>(std::atoi(seed)) : 20261201U);
    monkey.run(test::Monkey::seconds());
    EXPECT_GT(monkey.steps(), static_cast<int>(test::Monkey::seconds())) << "it hardly came to anything";
    std::printf("monkey: %d steps\n", monkey.steps());
  }

  QByteArray home_, path_;
  QString before_;
};

TEST_F(WindowMonkey, Guide) {
  auto made = chosen("fake:screen");
  navigation::NavigatorOptions running;
  running.structures = true;
  running.structureLook = [](const cv::Mat& grey, const imaging::ImagingRegion&) {
    imaging::Structures structures;
    structures.sure = true;
    imaging::PossibleStructure vessel;
    vessel.confidence = 0.9;
    const double x = grey.cols / 2.0, y = grey.rows / 2.0;
    vessel.outlinePx = {{x - 20, y - 20}, {x + 20, y - 20}, {x + 20, y + 20}, {x - 20, y + 20}};
    structures.found.push_back(vessel);
    return structures;
  };
  navigation::Navigator navigator(made.sources.catalog, running);
  GuideWindow window(navigator, made);
  play(window);
}

TEST_F(WindowMonkey, Replay) {
  auto made = chosen("fake:recording");
  navigation::Navigator navigator(made.sources.catalog);
  ReplayWindow window(navigator, made);
  play(window);
}

TEST_F(WindowMonkey, Practice) {
  auto made = chosen("fake:practice");
  std::mutex mutex;
  std::shared_ptr<simulation::PracticeBlade> blade;
  simulation::PracticeTask task;
  std::uint64_t seed = 1;
  const auto begin = [&] {
    const std::lock_guard lock(mutex);
    task = simulation::practiceTask(seed++);
    blade = std::make_shared<simulation::PracticeBlade>(task);
    return PracticeRound{"practice:" + std::to_string(task.seed),
                         std::make_shared<const planning::Plan>(plan())};
  };
  made.sources.catalog.add({"practice:SEED", "a limb",
                            [](const std::string& text) { return text.starts_with("practice:"); },
                            [&](const std::string& text) {
                              const std::lock_guard lock(mutex);
                              return std::make_unique<simulation::PracticeSource>(text, task, blade);
                            }});
  navigation::Navigator navigator(made.sources.catalog);
  made.source = begin().source;
  PracticeWindow window(navigator, made,
                        {begin,
                         [&](double mm, double degrees) {
                           const std::lock_guard lock(mutex);
                           blade->advance(mm);
                           blade->turn(radians(degrees));
                         },
                         [] { return std::optional<assessment::InsertionMetrics>(); }},
                        std::nullopt);
  play(window);
  navigator.close();
}

TEST_F(WindowMonkey, Plan) {
  PlanWindow window(test::fakeSources(stream_));
  window.standAlone([](const QString&) { return true; });
  window.open(plan());
  play(window);
}

TEST_F(WindowMonkey, Bench) {
  BenchOptions made;
  made.folder = folder_.filePath(QStringLiteral("results")).toStdString();
  made.place = made.folder / "probe.json";
  made.settingsFile = folder_.filePath(QStringLiteral("bench.ini")).toStdString();
  made.catalog = test::fakeSources(stream_);
  test::makeSweeps(folder_.path().toStdString());
  made.request = test::sweepRequest(folder_.path().toStdString());
  made.readSweep = [this](const std::string& file, const calibration::Watch& watch) {
    watch.checkpoint();
    return test::sweepOf(folder_.path().toStdString(), file);
  };
  BenchWindow window(made);
  play(window);
}

}  // namespace
}  // namespace acuguide::ui
