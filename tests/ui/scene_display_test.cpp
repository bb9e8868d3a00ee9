#include "core/error.h"
#include "ui/virtual_display.h"

#include <gtest/gtest.h>

#include <X11/Xlib.h>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <signal.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace acuguide::ui {
namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

/// Whether a display with a screen of this width answers to that name. Tests run side by side, and the number
/// of a display that has ended is soon another's: the width tells them apart.
bool reachable(const std::string& display, int width) {
  Display* connection = XOpenDisplay(display.c_str());
  if (connection == nullptr) return false;
  const bool ours = DisplayWidth(connection, 0) == width;
  XCloseDisplay(connection);
  return ours;
}

class VirtualDisplayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    try {
      const VirtualDisplay display("320x240x24");
    } catch (const Error& error) {
      if (std::string(error.what()).find("not installed") == std::string::npos) throw;
      GTEST_SKIP() << error.what();
    }
  }
};

TEST_F(VirtualDisplayTest, IsReachableWhileItLivesAndTheEnvironmentComesBack) {
  const auto before = variable("DISPLAY");
  std::string name;
  {
    const VirtualDisplay display("344x240x24");
    ASSERT_TRUE(variable("DISPLAY"));
    name = *variable("DISPLAY");
    EXPECT_TRUE(reachable(name, 344));
  }
  EXPECT_EQ(variable("DISPLAY"), before);
  EXPECT_FALSE(reachable(name, 344));
}

TEST_F(VirtualDisplayTest, SeveralStandSideBySide) {
  const VirtualDisplay first("320x240x24");
  const std::string one = *variable("DISPLAY");
  const VirtualDisplay second("320x240x24");
  EXPECT_NE(one, *variable("DISPLAY"));
  EXPECT_TRUE(reachable(one, 320));
}

TEST_F(VirtualDisplayTest, DiesWithAProgramThatIsKilled) {
  // A program of its own: forking this one, with the graphics driver's threads in it, would be asking for
  // trouble.
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, pipe[0]);
  posix_spawn_file_actions_addclose(&actions, pipe[1]);
  std::string program = ACUGUIDE_DISPLAY_VICTIM;
  char* arguments[] = {program.data(), nullptr};
  pid_t child = -1;
  ASSERT_EQ(::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environ), 0) << program;
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  std::string name;
  for (char character = 0; ::read(pipe[0], &character, 1) == 1 && character != '\n';) name += character;
  ASSERT_FALSE(name.empty());
  EXPECT_TRUE(reachable(name, 352));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  bool gone = false;
  for (int i = 0; i < 200 && !gone; ++i) {
    gone = !reachable(name, 352);
    if (!gone) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_TRUE(gone);
  ::close(pipe[0]);
}

TEST_F(VirtualDisplayTest, AScreenThatCannotBeIsRefused) {
  const auto before = variable("DISPLAY");
  EXPECT_THROW(VirtualDisplay("not a screen"), Error);
  EXPECT_EQ(variable("DISPLAY"), before);
}

TEST(VirtualDisplay, WithoutXvfbOneClearSentence) {
  const std::string path = variable("PATH").value_or("");
  ::setenv("PATH", "/nonexistent", 1);
  try {
    const VirtualDisplay display;
    ADD_FAILURE() << "started without a server";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "virtual display: Xvfb is not installed; install the package xvfb");
  }
  ::setenv("PATH", path.c_str(), 1);
}

}  // namespace
}  // namespace acuguide::ui
