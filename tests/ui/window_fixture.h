#pragma once

#include "navigation/navigator.h"
#include "ui/windows/window_options.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QWidget>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::ui::test {

/// What a test makes the sources "fake:…" do.
struct FakeStream {
  std::atomic<bool> silent{false};  ///< no frame comes, read() blocks
  std::atomic<double> spacingMm{0.1};
};

/// "fake:live" gives 320x240 pictures at 30 a second; "fake:recording" is a recording of 60 of them,
/// seekable; "fake:screen" is live: a screen of 960x600 with the simulated image of a limb in it, black
/// beside it; "fake:broken" cannot be opened.
acquisition::SourceCatalog fakeSources(const std::shared_ptr<FakeStream>& stream);

/// Runs the event loop until the condition holds; false when it does not within ten seconds.
bool waitFor(const std::function<bool()>& condition);

/// Shows a window and makes it the one that keys go to; false when that does not happen.
bool showActive(QWidget& window);

/// A click or a key that comes from the window system, to the window that holds `widget`: what lies there, or
/// has the keys, gets it. `at`: in the widget; none: its middle.
void clickOn(QWidget& widget, std::optional<QPoint> at = std::nullopt);
void pressKey(QWidget& widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {});

/// A window's text by object name; fails the test when there is no such label.
QString textOf(const QWidget& window, const char* name);

/// The test program's QApplication, on a display of its own. Skips where there is no Xvfb.
class WindowTest : public ::testing::Test {
 protected:
  void SetUp() override;

  WindowOptions options(const std::string& source = {}) const;

  std::shared_ptr<FakeStream> stream_ = std::make_shared<FakeStream>();
  QTemporaryDir folder_;
};

/// A snapshot as the navigator would give it, with a needle on its way; tests change what they are about.
navigation::GuidanceSnapshot guidedSnapshot();

}  // namespace acuguide::ui::test
