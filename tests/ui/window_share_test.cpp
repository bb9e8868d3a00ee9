// How much of a real window is tissue, counted in the pixels that the window system has.
#include "acquisition/source_catalog.h"
#include "core/clock.h"
#include "simulation/simulated_source.h"
#include "ui/picture_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/fit_label.h"
#include "ui/widgets/share_splitter.h"
#include "ui/window_fixture.h"
#include "ui/windows/guide_window.h"

#include <QScreen>
#include <QTest>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <vector>

namespace acuguide::ui {
namespace {

using test::waitFor;

constexpr const char* kScreens = ACUGUIDE_SOURCE_DIR "/../shared/data";

/// More red than blue, which nothing of the window is: what a pixel of the source is known by on the screen.
cv::Mat tinted(const cv::Mat& grey) {
  cv::Mat light, bgr;
  grey.convertTo(light, CV_8U, 0.75, 40);
  cv::merge(std::vector<cv::Mat>{light - 36, light, light}, bgr);
  return bgr;
}

/// "4:3": a scanner's wide screen with the simulated limb in it, 640 x 480; "sim": the simulator as it comes;
/// else a still screen from a file. Live, 30 a second.
class TintedSource : public acquisition::FrameSource {
 public:
  explicit TintedSource(const std::string& what)
      : what_(what), inside_("sim:st36_in_plane?seed=7&frames=9000") {
    info_.name = "tinted:" + what;
    info_.live = true;
    info_.nominalFramesPerSecond = 30.0;
    if (what != "4:3" && what != "sim") still_ = cv::imread(what, cv::IMREAD_GRAYSCALE);
  }

  const acquisition::SourceInfo& info() const override { return info_; }

  std::optional<Frame> read() override {
    std::this_thread::sleep_for(std::chrono::milliseconds(33));
    auto frame = inside_.read();
    if (!frame || interrupted_) return std::nullopt;
    cv::Mat grey = frame->pixels;
    if (what_ == "4:3") {
      grey = cv::Mat(600, 1067, CV_8UC1, cv::Scalar(0));
      cv::resize(frame->pixels(cv::Rect(16, 16, frame->pixels.cols - 32, frame->pixels.rows - 32)),
                 grey(cv::Rect(200, 60, 640, 480)), {640, 480});
    } else if (what_ != "sim") {
      grey = still_.clone();
      grey.at<std::uint8_t>(0, 0) = static_cast<std::uint8_t>(frame->index % 256);  // no frozen scanner
    }
    if (what_ != "sim") frame->geometry.spacingMm = Eigen::Vector2d(0.08, 0.08);
    frame->pixels = tinted(grey);
    frame->arrival = monotonicSeconds();
    return frame;
  }

  void interrupt() noexcept override { interrupted_ = true; }

 private:
  std::string what_;
  simulation::SimulatedSource inside_;
  cv::Mat still_;
  acquisition::SourceInfo info_;
  std::atomic<bool> interrupted_{false};
};

/// Tissue on the screen: its pixels, and the rectangle round them.
struct Tissue {
  int pixels = 0;
  QRect bounds;

  double shareOf(QSize window) const {
    return static_cast<double>(pixels) / (static_cast<double>(window.width()) * window.height());
  }
};

Tissue tissueOf(QWidget& window) {
  const QImage shot =
      window.screen()->grabWindow(window.winId()).toImage().convertToFormat(QImage::Format_RGB32);
  Tissue tissue;
  QList<int> rows(shot.height(), 0), columns(shot.width(), 0);
  for (int y = 0; y < shot.height(); ++y) {
    const auto* line = reinterpret_cast<const QRgb*>(shot.constScanLine(y));
    for (int x = 0; x < shot.width(); ++x)
      if (qRed(line[x]) > qBlue(line[x]) + 24 && std::abs(qRed(line[x]) - qGreen(line[x])) < 6) {
        ++tissue.pixels;
        ++rows[y];
        ++columns[x];
      }
  }
  // A line of writing in that colour is no edge of the image.
  const auto ends = [](const QList<int>& counts, int least) {
    int first = 0, last = static_cast<int>(counts.size()) - 1;
    while (first < last && counts[first] < least) ++first;
    while (last > first && counts[last] < least) --last;
    return std::pair(first, last);
  };
  const auto [top, bottom] = ends(rows, shot.width() / 4);
  const auto [left, right] = ends(columns, shot.height() / 4);
  tissue.bounds = QRect(QPoint(left, top), QPoint(right, bottom));
  return tissue;
}

class WindowShare : public test::WindowTest {
 protected:
  void open(const std::string& what, QSize size) {
    window_.reset();
    navigator_.reset();
    auto chosen = options("tinted:" + what);
    chosen.sources.catalog.add({"tinted:WHAT", "pictures that are known by their colour",
                                [](const std::string& source) { return source.starts_with("tinted:"); },
                                [](const std::string& source) -> std::unique_ptr<acquisition::FrameSource> {
                                  return std::make_unique<TintedSource>(source.substr(7));
                                }});
    chosen.remember = false;
    navigator_ = std::make_unique<navigation::Navigator>(chosen.sources.catalog);
    window_ = std::make_unique<GuideWindow>(*navigator_, std::move(chosen));
    window_->move(0, 0);
    window_->resize(size);
    ASSERT_TRUE(test::showActive(*window_));
    ASSERT_EQ(window_->size(), size);
    test::pressKey(*window_, Qt::Key_O);
    test::pressKey(*window_, Qt::Key_O);  // no overlays: they would cover tissue
    ASSERT_TRUE(waitFor([this] {
      const auto shown = navigator_->snapshot();
      return shown->frame && shown->analysis->region.bounds.width > 100 &&
             window_->displayTimes().frames() > 5;
    }));
    QTest::qWait(100);
  }
  Tissue tissue() { return tissueOf(*window_); }
  template <class Widget>
  Widget& part(const char* name) {
    auto* found = window_->findChild<Widget*>(QString::fromLatin1(name));
    EXPECT_NE(found, nullptr) << name;
    return *found;
  }
  /// The height, or the width that the panel leaves, is filled to nine tenths.
  void expectFilled(const std::string& what, QSize size) {
    SCOPED_TRACE(what + " at " + std::to_string(size.width()) + "x" + std::to_string(size.height()));
    ASSERT_NO_FATAL_FAILURE(open(what, size));
    const Tissue seen = tissue();
    const int freeWidth = part<PictureView>("picture").width();
    const double high = seen.bounds.height() / static_cast<double>(size.height());
    const double wide = seen.bounds.width() / static_cast<double>(freeWidth);
    std::printf("%-60s %4dx%-4d tissue %4.1f %%, %2.0f %% of the height, %3.0f %% of the free width\n",
                what.substr(what.size() > 60 ? what.size() - 60 : 0).c_str(), size.width(), size.height(),
                100 * seen.shareOf(size), 100 * high, 100 * wide);
    EXPECT_TRUE(high >= 0.9 || wide >= 0.9);
    EXPECT_GT(seen.pixels, 0.98 * seen.bounds.width() * seen.bounds.height()) << "nothing lies on the tissue";
    const cv::Rect region = navigator_->snapshot()->analysis->region.bounds;
    EXPECT_NEAR(seen.bounds.width() / static_cast<double>(seen.bounds.height()),
                region.width / static_cast<double>(region.height), 0.03)
        << "the imaging region, not the screen round it";
  }

  std::unique_ptr<navigation::Navigator> navigator_;
  std::unique_ptr<GuideWindow> window_;
};

TEST_F(WindowShare, MostOfTheWindowIsTissue) {
  const std::pair<QSize, double> sizes[] = {
      {{1920, 1080}, 0.60}, {{1280, 720}, 0.55}, {{1024, 768}, 0.45}, {{800, 1000}, 0.45}};
  for (const auto& [size, least] : sizes) {
    SCOPED_TRACE(size.width());
    ASSERT_NO_FATAL_FAILURE(open("4:3", size));
    const double share = tissue().shareOf(size);
    std::printf("4:3 at %dx%d: tissue %.1f %% of the window\n", size.width(), size.height(), 100 * share);
    EXPECT_GE(share, least);
  }
}

TEST_F(WindowShare, OtherShapesFillTheHeightOrTheFreeWidth) {
  for (const QSize size : {QSize(1920, 1080), QSize(1280, 720), QSize(1024, 768)}) expectFilled("sim", size);
}

TEST_F(WindowShare, ScannersScreensAreCutToTheirImage) {
  const std::filesystem::path data(kScreens);
  int seen = 0;
  for (const char* folder : {"seen/screen_linear/images", "planes/images/dataset2/range-of-motion"}) {
    if (!std::filesystem::exists(data / folder)) continue;
    std::vector<std::filesystem::path> files(std::filesystem::directory_iterator(data / folder), {});
    std::sort(files.begin(), files.end());
    if (files.empty()) continue;
    expectFilled(files.front().string(), {1920, 1080});
    expectFilled(files.back().string(), {1280, 720});
    ++seen;
  }
  if (seen == 0) GTEST_SKIP() << "no scanners' screens in " << data;
}

TEST_F(WindowShare, TheWholeScreenIsAKeyAway) {
  ASSERT_NO_FATAL_FAILURE(open("4:3", {1280, 720}));
  test::pressKey(*window_, Qt::Key_W);
  ASSERT_TRUE(waitFor([this] {
    const QRect all = tissue().bounds;
    return std::abs(all.width() / static_cast<double>(all.height()) - 1067.0 / 600) < 0.03;
  }));
  test::pressKey(*window_, Qt::Key_W);
  EXPECT_TRUE(waitFor([this] { return tissue().shareOf({1280, 720}) > 0.55; }));
}

TEST_F(WindowShare, ThePictureAloneSaysWhatThePanelSaid) {
  ASSERT_NO_FATAL_FAILURE(open("4:3", {1280, 720}));
  const double before = tissue().shareOf({1280, 720});
  const QString state = test::textOf(*window_, "readoutState");
  test::pressKey(*window_, Qt::Key_F);
  EXPECT_FALSE(part<QWidget>("readoutPanel").isVisible());
  ASSERT_TRUE(waitFor([&] { return tissue().shareOf({1280, 720}) > before + 0.01; }));
  auto& picture = part<PictureView>("picture");
  EXPECT_EQ(picture.caption().state, state.toStdString());
  EXPECT_FALSE(picture.caption().state.empty());
  window_->say(QStringLiteral("a message"));
  EXPECT_TRUE(part<QWidget>("notice").isVisible()) << "messages are shown there too";
  EXPECT_TRUE(part<QWidget>("statusStrip").isVisible()) << "and alarms";
  test::pressKey(*window_, Qt::Key_F);
  EXPECT_TRUE(part<QWidget>("readoutPanel").isVisible());
  EXPECT_TRUE(picture.caption().empty());
}

TEST_F(WindowShare, ThePanelKeepsItsShareOfTheWindow) {
  ASSERT_NO_FATAL_FAILURE(open("4:3", {1280, 720}));
  auto& splitter = part<ShareSplitter>("panelSplitter");
  const auto share = [&] { return splitter.sizes().at(1) / static_cast<double>(splitter.width()); };
  EXPECT_NEAR(share(), 0.22, 0.01);
  QWidget* handle = splitter.handle(1);
  QWindow* native = window_->windowHandle();
  const QPoint at = handle->mapTo(window_.get(), handle->rect().center());
  QTest::mousePress(native, Qt::LeftButton, {}, at);
  QTest::mouseMove(native, at - QPoint(60, 0));
  QTest::mouseMove(native, at - QPoint(120, 0));
  QTest::mouseRelease(native, Qt::LeftButton, {}, at - QPoint(120, 0));
  const double placed = share();
  EXPECT_NEAR(placed, 0.22 + 120.0 / 1280, 0.02);
  window_->resize(1600, 900);
  EXPECT_TRUE(waitFor([&] { return splitter.width() > 1500; }));
  EXPECT_NEAR(share(), placed, 0.01);
}

TEST_F(WindowShare, TypeGrowsWithTheWindow) {
  for (const QSize size : {QSize(1280, 720), QSize(1920, 1080), QSize(800, 1000)}) {
    SCOPED_TRACE(size.height());
    ASSERT_NO_FATAL_FAILURE(open("4:3", size));
    const int least = static_cast<int>(0.025 * size.height());
    for (const char* name : {"readoutState", "readoutDistance", "readoutOrder", "readoutReason", "dangerName",
                             "dangerDistance", "step1"})
      EXPECT_GE(part<FitLabel>(name).textPixels(), least) << name;
    window_->say(QStringLiteral("a message"));
    for (const char* name : {"notice", "alarmText"}) {
      auto& label = part<ElidedLabel>(name);
      label.ensurePolished();
      EXPECT_GE(label.fontInfo().pixelSize(), least) << name;
    }
  }
}

}  // namespace
}  // namespace acuguide::ui
