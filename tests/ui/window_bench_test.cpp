#include "calibration/report/result_list.h"
#include "core/error.h"
#include "ui/bench_sweeps.h"
#include "ui/widgets/bench_report_page.h"
#include "ui/widgets/residual_plot.h"
#include "ui/window_fixture.h"
#include "ui/windows/bench_window.h"

#include <QAbstractButton>
#include <QListWidget>
#include <QTableWidget>
#include <QTest>
#include <gmock/gmock.h>

#include <fstream>
#include <thread>

namespace acuguide::ui {
namespace {

namespace fs = std::filesystem;
using test::textOf;
using test::waitFor;

class Bench : public test::WindowTest {
 protected:
  void SetUp() override {
    WindowTest::SetUp();
    if (IsSkipped()) return;
    test::makeSweeps(path(""));
  }

  fs::path path(const std::string& name) const { return fs::path(folder_.path().toStdString()) / name; }

  BenchOptions benchOptions() const {
    BenchOptions options;
    options.folder = path("results");
    options.request = test::sweepRequest(path(""));
    options.place = path("results") / "probe.json";
    options.settingsFile = path("settings.ini");
    options.readSweep = [this](const std::string& file, const calibration::Watch& watch) {
      while (held_ && !watch.stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      watch.checkpoint();
      return test::sweepOf(path(""), file);
    };
    return options;
  }

  static void click(QWidget& window, const char* button) {
    auto* found = window.findChild<QAbstractButton*>(QString::fromLatin1(button));
    ASSERT_NE(found, nullptr) << button;
    ASSERT_TRUE(found->isEnabled()) << button;
    found->click();
  }

  std::atomic<bool> held_{false};
};

TEST_F(Bench, ACalibrationIsMadeJudgedAndAccepted) {
  BenchWindow window(benchOptions());
  ASSERT_TRUE(test::showActive(window));
  EXPECT_EQ(window.page(), BenchWindow::Page::Calibrations);
  EXPECT_EQ(textOf(window, "benchNone"), "No calibration is here yet.");
  click(window, "benchNew");
  click(window, "benchStart");
  ASSERT_TRUE(waitFor([&] { return window.page() == BenchWindow::Page::Report; }))
      << window.failure().toStdString();
  EXPECT_EQ(textOf(window, "benchReportVerdict"), QStringLiteral("✓ Usable"));
  EXPECT_FALSE(fs::exists(path("results") / "probe.json")) << "nothing is in force before it is accepted";

  click(window, "benchAccept");
  EXPECT_EQ(window.page(), BenchWindow::Page::Calibrations);
  EXPECT_TRUE(calibration::readResult(path("results") / "probe.json").usable);
  const auto* table = window.findChild<QTableWidget*>(QStringLiteral("benchTable"));
  ASSERT_EQ(table->rowCount(), 1);
  EXPECT_EQ(table->item(0, 1)->text(), "probe");
  EXPECT_EQ(table->item(0, 3)->text(), "Probe");
}

TEST_F(Bench, AnOutlierClickedIsTheFrameShown) {
  BenchOptions options = benchOptions();
  options.runAtOnce = true;
  BenchWindow window(options);
  ASSERT_TRUE(test::showActive(window));
  ASSERT_TRUE(waitFor([&] { return window.page() == BenchWindow::Page::Report; }))
      << window.failure().toStdString();
  auto* list = window.findChild<QListWidget*>(QStringLiteral("benchOutliers"));
  int left = -1;
  for (int row = 0; row < list->count(); ++row) {
    if (list->item(row)->text().contains(QStringLiteral("calibration 4 "))) left = row;
  }
  ASSERT_GE(left, 0) << "the frame without wires is listed";
  list->setCurrentRow(left);
  EXPECT_TRUE(
      textOf(window, "benchFrameCaption").startsWith(QStringLiteral("Calibration, frame 4, left out:")));
  QTest::keyClick(&window, Qt::Key_Right);
  EXPECT_TRUE(textOf(window, "benchFrameCaption").startsWith(QStringLiteral("Calibration, frame 5: ")));

  const auto* report = window.findChild<BenchReportPage*>();
  auto* plot = window.findChild<ResidualPlot*>();
  QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(plot->width() - 20, plot->height() / 2));
  EXPECT_EQ(report->shownFrame(), 59u) << "the last frame of the validation";
}

TEST_F(Bench, RejectingLeavesWhatIsInForce) {
  fs::create_directories(path("results"));
  std::ofstream(path("results") / "probe.json") << "as it was";
  BenchOptions options = benchOptions();
  options.runAtOnce = true;
  BenchWindow window(options);
  ASSERT_TRUE(waitFor([&] { return window.page() == BenchWindow::Page::Report; }))
      << window.failure().toStdString();
  click(window, "benchReject");
  EXPECT_EQ(window.page(), BenchWindow::Page::Run);
  std::string kept;
  std::getline(std::ifstream(path("results") / "probe.json"), kept);
  EXPECT_EQ(kept, "as it was");
}

TEST_F(Bench, ARunThatIsNotUsableCannotBeAccepted) {
  BenchOptions options = benchOptions();
  options.request.options.limitMm = 0.05;
  options.request.options.leastFrames = 1000;
  options.runAtOnce = true;
  BenchWindow window(options);
  ASSERT_TRUE(waitFor([&] { return window.page() == BenchWindow::Page::Report; }))
      << window.failure().toStdString();
  EXPECT_EQ(textOf(window, "benchReportVerdict"), QStringLiteral("✗ Not usable"));
  EXPECT_FALSE(window.findChild<QAbstractButton*>(QStringLiteral("benchAccept"))->isEnabled());
}

TEST_F(Bench, CancelEndsARunAndChangesNothing) {
  held_ = true;
  BenchOptions options = benchOptions();
  options.runAtOnce = true;
  BenchWindow window(options);
  EXPECT_TRUE(window.running());
  click(window, "benchStop");
  ASSERT_TRUE(waitFor([&] { return !window.running(); }));
  EXPECT_EQ(window.page(), BenchWindow::Page::Run);
  EXPECT_TRUE(window.failure().isEmpty());
  EXPECT_FALSE(fs::exists(path("results") / "probe.json"));
}

TEST_F(Bench, BadInputIsSaidInTheWindow) {
  BenchOptions options = benchOptions();
  options.request.phantom = path("nowhere.json");
  options.runAtOnce = true;
  BenchWindow window(options);
  ASSERT_TRUE(waitFor([&] { return !window.running(); }));
  EXPECT_TRUE(textOf(window, "benchError").contains(QStringLiteral("nowhere.json")));
}

TEST_F(Bench, ALiveSourceIsRecordedFirst) {
  BenchOptions options = benchOptions();
  options.catalog = test::fakeSources(stream_);
  options.request.calibration = "fake:live";
  BenchWindow window(options);
  window.showRunPage();
  emit window.runPage().recordAsked(QStringLiteral("fake:live"), QStringLiteral("calibration"));
  ASSERT_TRUE(waitFor([&] { return textOf(window, "benchCounts").contains(QStringLiteral("0 of")); }))
      << "the pictures show no phantom, and that is said";
  click(window, "benchStop");
  ASSERT_TRUE(waitFor([&] { return window.runPage().mode() == BenchRunPage::Mode::Choosing; }));
  fs::path recorded;
  for (const auto& file : fs::directory_iterator(path("results") / "sweeps")) recorded = file.path();
  EXPECT_GT(fs::file_size(recorded), 100u);

  emit window.runPage().recordAsked(QStringLiteral("fake:recording"), QStringLiteral("calibration"));
  ASSERT_TRUE(
      waitFor([&] { return textOf(window, "benchError").contains(QStringLiteral("recording already")); }));
}

}  // namespace
}  // namespace acuguide::ui
