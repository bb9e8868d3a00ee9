#include "calibration/report/result_list.h"
#include "core/error.h"
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

/// Sweeps over a phantom of three N's, its wires drawn as dots where the picture cuts them.
class Bench : public test::WindowTest {
 protected:
  void SetUp() override {
    WindowTest::SetUp();
    if (IsSkipped()) return;
    for (const char* name : {"calibration", "validation"}) std::ofstream(path(name)) << name;
    std::ofstream(path("phantom.json")) << R"({"format": "acuguide.phantom/1", "name": "two N", "nWires": [
      [{"name": "a", "frontMm": [0, 0, 0], "backMm": [0, 0, 40]},
       {"name": "b", "frontMm": [1, 0, 0], "backMm": [19.6, 0, 40]},
       {"name": "c", "frontMm": [20.6, 0, 0], "backMm": [20.6, 0, 40]}],
      [{"name": "d", "frontMm": [0, 10, 0], "backMm": [0, 10, 40]},
       {"name": "e", "frontMm": [19.6, 10, 0], "backMm": [1, 10, 40]},
       {"name": "f", "frontMm": [20.6, 10, 0], "backMm": [20.6, 10, 40]}],
      [{"name": "g", "frontMm": [3, 20, 0], "backMm": [3, 20, 40]},
       {"name": "h", "frontMm": [4, 20, 0], "backMm": [22.6, 20, 40]},
       {"name": "i", "frontMm": [23.6, 20, 0], "backMm": [23.6, 20, 40]}]]})";
  }

  fs::path path(const std::string& name) const { return fs::path(folder_.path().toStdString()) / name; }

  BenchOptions benchOptions() const {
    BenchOptions options;
    options.folder = path("results");
    options.request = {path("phantom.json"), path("calibration").string(), path("validation").string(), {}};
    options.place = path("results") / "probe.json";
    options.settingsFile = path("settings.ini");
    options.readSweep = [this](const std::string& file, const calibration::Watch& watch) {
      while (held_ && !watch.stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      watch.checkpoint();
      return sweep(file);
    };
    return options;
  }

  calibration::Sweep sweep(const std::string& file) const {
    const calibration::Phantom phantom = calibration::readPhantom(path("phantom.json"));
    calibration::Sweep made{fs::path(file).filename().string(), {}};
    for (int i = 0; i < 30; ++i) {
      const double t = 0.3 * i + (made.name == "validation" ? 0.11 : 0.0);
      Frame frame;
      frame.index = i;
      frame.time = 0.1 * i;
      frame.pixels = cv::Mat(320, 360, CV_8UC1, cv::Scalar(4));
      Eigen::Isometry3d pose = Eigen::Isometry3d::Identity();
      pose.translation() = Eigen::Vector3d(-6 + std::sin(t), -6 + std::cos(t), 20 + 8 * std::sin(0.7 * t));
      pose.linear() = (Eigen::AngleAxisd(0.1 * std::sin(1.1 * t), Eigen::Vector3d::UnitX()) *
                       Eigen::AngleAxisd(0.1 * std::cos(0.8 * t), Eigen::Vector3d::UnitY()) *
                       Eigen::AngleAxisd(0.1 * std::sin(0.5 * t), Eigen::Vector3d::UnitZ()))
                          .toRotationMatrix();
      Eigen::Matrix3d plane;
      plane << pose.linear().leftCols<2>() * 0.1, pose.translation();
      for (const auto& wire : phantom.wires) drawDot(frame.pixels, *calibration::cutPx(plane, wire));
      frame.poses = {{"Probe", "Phantom", pose.matrix(), true}};
      made.frames.push_back(frame);
    }
    if (made.name == "calibration") made.frames[4].pixels.setTo(4);
    return made;
  }

  static void drawDot(cv::Mat& picture, const Eigen::Vector2d& px) {
    constexpr int reach = 16;
    const cv::Point middle(cvRound(px.x()), cvRound(px.y()));
    for (int y = std::max(0, middle.y - reach); y < std::min(picture.rows, middle.y + reach); ++y) {
      for (int x = std::max(0, middle.x - reach); x < std::min(picture.cols, middle.x + reach); ++x) {
        const double dx = (x - px.x()) / 4.0, dy = (y - px.y()) / 2.2;
        auto& pixel = picture.at<uchar>(y, x);
        pixel = cv::saturate_cast<uchar>(pixel + 180 * std::exp(-0.5 * (dx * dx + dy * dy)));
      }
    }
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
