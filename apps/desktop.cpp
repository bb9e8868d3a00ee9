#include "apps/desktop.h"

#include "core/error.h"
#include "core/version.h"
#include "ui/style/language.h"
#include "ui/style/style.h"
#include "ui/windows/safe_application.h"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>

namespace acuguide::apps {
namespace {

bool displayPresent() {
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr ||
         std::getenv("QT_QPA_PLATFORM") != nullptr;
}

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
  auto application = std::make_unique<ui::SafeApplication>(argc, argv);
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
    throw Error("display", "there is none to open a window on",
                "start it from a desktop, or add --offscreen --screenshot FILE.png");
  }
  application_ = makeApplication();
}

}  // namespace acuguide::apps
