#include "ui/virtual_display.h"

#include "core/error.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <optional>
#include <poll.h>
#include <signal.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace acuguide::ui {
namespace {

constexpr int kStartTimeoutMs = 15000;  // a loaded machine; usually it takes a tenth of a second

std::string findServer() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "/usr/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path candidate = std::filesystem::path(folder.empty() ? "." : folder) / "Xvfb";
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  throw Error("virtual display", "Xvfb is not installed", "install the package xvfb");
}

/// The server writes its display number and a line end when it is ready.
std::optional<std::string> readDisplayNumber(int descriptor) {
  std::string number;
  pollfd waiting{descriptor, POLLIN, 0};
  while (true) {
    const int ready = ::poll(&waiting, 1, kStartTimeoutMs);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    char character = 0;
    const ssize_t got = ::read(descriptor, &character, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    if (character == '\n') return number.empty() ? std::nullopt : std::optional(number);
    number += character;
  }
}

/// Runs in the child: only what is allowed between fork and exec.
[[noreturn]] void becomeServer(const char* program, char* const* arguments, int numberPipe, pid_t parent) {
  // Dies with us, also when we are killed. If we are gone already, no signal will come.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::setpgid(0, 0);  // an interrupt on the terminal must not end the display before the windows on it
  const int nothing = ::open("/dev/null", O_RDWR);
  if (nothing >= 0) {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
  }
  ::fcntl(numberPipe, F_SETFD, 0);
  ::execv(program, arguments);
  ::_exit(127);
}

}  // namespace

struct VirtualDisplay::Server {
  pid_t pid = -1;
  std::map<std::string, std::optional<std::string>> before;  // the environment as it was

  ~Server() {
    if (pid > 0) {
      ::kill(pid, SIGTERM);
      while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
    for (const auto& [name, value] : before) {
      if (value) {
        ::setenv(name.c_str(), value->c_str(), 1);
      } else {
        ::unsetenv(name.c_str());
      }
    }
  }

  void setEnvironment(const std::string& name, const std::optional<std::string>& value) {
    const char* old = std::getenv(name.c_str());
    before.try_emplace(name, old != nullptr ? std::optional<std::string>(old) : std::nullopt);
    if (value) {
      ::setenv(name.c_str(), value->c_str(), 1);
    } else {
      ::unsetenv(name.c_str());
    }
  }

  std::optional<std::string> start(const std::string& program, const std::string& screen) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return std::nullopt;
    std::vector<std::string> words{program,     "-displayfd", std::to_string(pipe[1]),
                                   "-screen",   "0",          screen,
                                   "-nolisten", "tcp",        "-noreset",
                                   "-dpi",      "96",         "+extension",
                                   "GLX"};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t parent = ::getpid();
    pid = ::fork();
    if (pid == 0) becomeServer(program.c_str(), arguments.data(), pipe[1], parent);
    ::close(pipe[1]);
    std::optional<std::string> number;
    if (pid > 0) number = readDisplayNumber(pipe[0]);
    ::close(pipe[0]);
    return number;
  }
};

VirtualDisplay::VirtualDisplay(const std::string& screen) : server_(std::make_unique<Server>()) {
  const std::string program = findServer();
  // The server rasters for its clients too.
  server_->setEnvironment("LIBGL_ALWAYS_SOFTWARE", "1");
  const std::optional<std::string> number = server_->start(program, screen);
  if (!number) {
    throw Error("virtual display", program + " did not start with a screen of " + screen,
                "run \"Xvfb :99 -screen 0 " + screen + "\" by hand to see why");
  }
  server_->setEnvironment("DISPLAY", ":" + *number);
  server_->setEnvironment("XAUTHORITY", std::nullopt);
  server_->setEnvironment("WAYLAND_DISPLAY", std::nullopt);
  server_->setEnvironment("QT_QPA_PLATFORM", "xcb");
}

VirtualDisplay::~VirtualDisplay() = default;

}  // namespace acuguide::ui
