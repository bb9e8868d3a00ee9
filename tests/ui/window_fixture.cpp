#include "ui/window_fixture.h"

#include "core/clock.h"
#include "core/error.h"
#include "patience.h"
#include "simulation/simulated_source.h"
#include "ui/style/style.h"
#include "ui/virtual_display.h"
#include "ui/windows/safe_application.h"

#include <QApplication>
#include <QTest>
#include <QWindow>

#include <chrono>
#include <thread>

namespace acuguide::ui::test {

namespace {

constexpr std::int64_t kRecordedFrames = 60;

class FakeSource : public acquisition::FrameSource {
 public:
  FakeSource(const std::string& source, std::shared_ptr<FakeStream> stream) : stream_(std::move(stream)) {
    if (source == "fake:broken") throw Error(source, "is broken on purpose", "open another");
    info_.name = source;
    info_.live = source == "fake:live";
    info_.nominalFramesPerSecond = 30.0;
    if (!info_.live) {
      info_.frameCount = kRecordedFrames;
      info_.seekable = true;
    }
  }

  const acquisition::SourceInfo& info() const override { return info_; }

  std::optional<Frame> read() override {
    if (!info_.live && next_ >= kRecordedFrames) return std::nullopt;
    if (info_.live) std::this_thread::sleep_for(std::chrono::milliseconds(33));
    while (stream_->silent && !interrupted_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (interrupted_) return std::nullopt;
    Frame frame;
    frame.pixels = cv::Mat(240, 320, CV_8UC1);
    for (int y = 0; y < frame.pixels.rows; ++y) {
      frame.pixels.row(y) = cv::Scalar(40 + (y * 3 + static_cast<int>(next_)) % 120);
    }
    frame.index = next_++;
    frame.time = static_cast<double>(frame.index) / 30.0;
    frame.arrival = monotonicSeconds();
    const double spacing = stream_->spacingMm;
    if (spacing > 0) frame.geometry.spacingMm = Eigen::Vector2d(spacing, spacing);
    return frame;
  }

  void seek(std::int64_t index) override { next_ = index; }
  void interrupt() noexcept override { interrupted_ = true; }

 private:
  std::shared_ptr<FakeStream> stream_;
  acquisition::SourceInfo info_;
  std::int64_t next_ = 0;
  std::atomic<bool> interrupted_{false};
};

/// The simulator's limb as a capture card brings it: an image somewhere on a scanner's dark screen.
class ScreenSource : public acquisition::FrameSource {
 public:
  ScreenSource() : inside_("sim:st36_in_plane?seed=7&frames=9000") {
    info_.name = "fake:screen";
    info_.live = true;
    info_.nominalFramesPerSecond = 30.0;
  }

  const acquisition::SourceInfo& info() const override { return info_; }

  std::optional<Frame> read() override {
    std::this_thread::sleep_for(std::chrono::milliseconds(33));
    auto frame = inside_.read();
    if (!frame || interrupted_) return std::nullopt;
    cv::Mat screen(600, 960, CV_8UC1, cv::Scalar(0));
    const cv::Mat& image = frame->pixels;
    image.copyTo(screen(
        cv::Rect((screen.cols - image.cols) / 2, (screen.rows - image.rows) / 2, image.cols, image.rows)));
    frame->pixels = screen;
    frame->arrival = monotonicSeconds();
    return frame;
  }

  void interrupt() noexcept override { interrupted_ = true; }

 private:
  simulation::SimulatedSource inside_;
  acquisition::SourceInfo info_;
  std::atomic<bool> interrupted_{false};
};

/// The display and the application of this program; made with the first test that needs them, ended after the
/// last.
struct Desktop {
  VirtualDisplay display{"1920x1080x24"};
  int argc = 1;
  char name[14] = "windows_tests";
  char* argv[2] = {name, nullptr};
  SafeApplication application{argc, argv};

  Desktop() { applyStyle(application); }
};

/// Never ended: Qt's end unloads graphics libraries whose own leaks could then no longer be told from ours.
/// The display goes with the program.
Desktop* desktop = nullptr;

/// False where there is no Xvfb.
bool haveDesktop() {
  if (desktop != nullptr) return true;
  try {
    desktop = new Desktop;
  } catch (const Error&) {
    return false;
  }
  return true;
}

}  // namespace

acquisition::SourceCatalog fakeSources(const std::shared_ptr<FakeStream>& stream) {
  acquisition::SourceCatalog catalog;
  catalog.add({"fake:NAME", "pictures made by the test",
               [](const std::string& source) { return source.starts_with("fake:"); },
               [stream](const std::string& source) -> std::unique_ptr<acquisition::FrameSource> {
                 if (source == "fake:screen") return std::make_unique<ScreenSource>();
                 return std::make_unique<FakeSource>(source, stream);
               }});
  return catalog;
}

bool waitFor(const std::function<bool()>& condition) {
  return QTest::qWaitFor(condition, 10'000 * acuguide::test::patience);
}

bool showActive(QWidget& window) {
  window.show();
  if (!QTest::qWaitForWindowExposed(&window)) return false;
  window.activateWindow();
  // qWaitForWindowActive takes a window for active while one that belongs to it is.
  return waitFor([&window] { return QApplication::activeWindow() == &window; });
}

void clickOn(QWidget& widget, std::optional<QPoint> at) {
  QWidget* window = widget.window();
  QTest::mouseClick(window->windowHandle(), Qt::LeftButton, {},
                    widget.mapTo(window, at.value_or(widget.rect().center())));
}

void pressKey(QWidget& widget, Qt::Key key, Qt::KeyboardModifiers modifiers) {
  QTest::keyClick(widget.window()->windowHandle(), key, modifiers);
}

QString textOf(const QWidget& window, const char* name) {
  const auto* label = window.findChild<QLabel*>(QString::fromLatin1(name));
  EXPECT_NE(label, nullptr) << name;
  return label != nullptr ? label->text() : QString();
}

void WindowTest::SetUp() {
  if (!haveDesktop()) GTEST_SKIP() << "Xvfb is not installed: windows are not tested here";
}

WindowOptions WindowTest::options(const std::string& source) const {
  WindowOptions made;
  made.source = source;
  made.sources.catalog = fakeSources(stream_);
  made.sources.scenarios = {{"fake:recording", "A recording made by the test"}};
  made.sources.listDevices = [] { return std::vector<acquisition::CaptureDevice>{}; };
  made.snapshotFolder = folder_.filePath(QStringLiteral("snapshots")).toStdString();
  made.sessionsFolder = folder_.filePath(QStringLiteral("sessions")).toStdString();
  made.settingsFile = folder_.filePath(QStringLiteral("settings.ini")).toStdString();
  made.sound = false;
  return made;
}

navigation::GuidanceSnapshot guidedSnapshot() {
  navigation::GuidanceSnapshot snapshot;
  auto frame = std::make_shared<Frame>();
  frame->pixels = cv::Mat(240, 320, CV_8UC1, cv::Scalar(60));
  frame->arrival = monotonicSeconds();
  frame->geometry.spacingMm = Eigen::Vector2d(0.1, 0.1);
  snapshot.frame = frame;
  snapshot.sequence = 1;
  snapshot.picture = navigation::PictureState::Live;
  snapshot.stream.connection = acquisition::Connection::Running;
  snapshot.stream.source.name = "fake:live";
  snapshot.needle.state = tracking::NeedleState::Observed;
  snapshot.needle.confidence = 0.9;
  snapshot.needle.tailPx = {20, 40};
  snapshot.needle.tipPx = {120, 100};

  auto plan = std::make_shared<planning::Plan>();
  plan->name = "ST36";
  plan->acupoint = "ST36";
  plan->target = planning::TargetAtDepth{{0.0, 14.0}};
  planning::DangerZone nerve;
  nerve.name = "deep peroneal nerve";
  nerve.automatic = true;
  plan->dangers.push_back(nerve);
  snapshot.plan = plan;

  guidance::Guidance guidance;
  guidance.state = guidance::GuidanceState::OffCourse;
  guidance.reason = guidance::GuidanceReason::Lateral;
  guidance.target = guidance::TargetInPicture{{200, 140}, 14.0, "depth"};
  guidance.tipToTarget = ImageLength{124.0, 12.4};
  guidance.tipDepth = ImageLength{100.0, 10.0};
  guidance.hints = {{guidance::Hint::Steeper, radians(4.0), std::nullopt},
                    {guidance::Hint::MoveLeft, 12.0, 1.2}};
  guidance::DangerInPicture danger;
  danger.name = nerve.name;
  danger.distance = {61.0, 6.1};
  guidance.nearestDanger = danger;
  snapshot.guidance = guidance;
  return snapshot;
}

}  // namespace acuguide::ui::test
