#include "apps/desktop.h"

#include "core/error.h"
#include "core/version.h"
#include "ui/style/language.h"
#include "ui/style/style.h"
#include "ui/windows/safe_application.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>

namespace acuguide::apps {
namespace {

constexpr const char* kRemedy = "start it from a desktop, or add --offscreen --screenshot FILE.png";

bool given(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool displayPresent() { return given("DISPLAY") || given("WAYLAND_DISPLAY") || given("QT_QPA_PLATFORM"); }

/// "DISPLAY=:9", as it was given.
std::string displayGiven() {
  std::string text;
  for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
    if (!given(variable)) continue;
    if (!text.empty()) text += ", ";
    text += std::string(variable) + "=" + std::getenv(variable);
  }
  return text;
}

/// Qt ends the program by abort() where it finds no display that works; what it says before is for
/// programmers. While this is alive it is one sentence and exit code 2 instead, and there is no way but to
/// end here: Qt does not come back from a fatal message.
class DisplayFailure {
 public:
  DisplayFailure() : before_(qInstallMessageHandler(say)) {}
  ~DisplayFailure() { qInstallMessageHandler(before_); }
  DisplayFailure(const DisplayFailure&) = delete;
  DisplayFailure& operator=(const DisplayFailure&) = delete;

 private:
  static void say(QtMsgType type, const QMessageLogContext&, const QString&) {
    if (type != QtFatalMsg) return;  // warnings on the way there
    const Error error("display", "no window can be opened on " + displayGiven(), kRemedy);
    std::fprintf(stderr, "acuguide: %s\n", error.what());
    std::_Exit(2);
  }

  QtMessageHandler before_;
};

/// Qt wants a private folder for sockets and says so on stderr when the session gave none (a container, a
/// service).
void provideRuntimeFolder() {
  if (std::getenv("XDG_RUNTIME_DIR") != nullptr) return;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("acuguide-runtime-" + std::to_string(getuid()));
  std::error_code failed;
  std::filesystem::create_directory(folder, failed);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
  if (!failed) setenv("XDG_RUNTIME_DIR", folder.c_str(), 0);
}

std::unique_ptr<QApplication> makeApplication() {
  provideRuntimeFolder();
  static int argc = 1;
  static char name[] = "acuguide";
  static char* argv[] = {name, nullptr};
  std::unique_ptr<QApplication> application;
  {
    const DisplayFailure failure;
    application = std::make_unique<ui::SafeApplication>(argc, argv);
  }
  QApplication::setApplicationName("acuguide");
  QApplication::setOrganizationName("acuguide");
  QApplication::setApplicationVersion(version);
  ui::applyLanguage(*application);
  ui::applyStyle(*application);
  return application;
}

}  // namespace

Desktop::Desktop(const OffscreenArguments& offscreen) {
  if (offscreen.offscreen) {
    const std::string screen =
        std::to_string(offscreen.width()) + "x" + std::to_string(offscreen.height()) + "x24";
    display_.emplace(screen);
  } else if (!displayPresent()) {
    throw Error("display", "there is none to open a window on", kRemedy);
  }
  application_ = makeApplication();
}

}  // namespace acuguide::apps
