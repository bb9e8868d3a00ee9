#include "apps/program.h"

#include <gtest/gtest.h>

#include <fstream>

namespace acuguide::test {
namespace {

/// Runs a window of the program under an environment, NAME=VALUE or -u NAME each; its exit code and all it
/// says.
std::pair<int, std::string> windowUnder(const std::vector<std::string>& environment,
                                        const std::vector<std::string>& window) {
  const Folder folder;
  std::vector<std::string> arguments = environment;
  arguments.push_back(ACUGUIDE_BINARY_DIR "/acuguide");
  arguments.insert(arguments.end(), window.begin(), window.end());
  Running program("/usr/bin/env", arguments, folder / "said");
  const int code = program.wait(30);
  return {code, program.output()};
}

TEST(Desktop, ADisplayThatDoesNotWorkIsSaidInOneSentence) {
  const Folder folder;
  const std::string volume = (folder / "leg.mha").string();
  std::ofstream(volume) << "ObjectType = Image\nNDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\n"
                           "ElementDataFile = LOCAL\n12345678";
  const std::vector<std::vector<std::string>> windows = {{"volume", "view", volume},
                                                         {"guide", "sim:st36_in_plane"},
                                                         {"bench", (folder / "calibrations").string()},
                                                         {"practice", "--out", (folder / "session").string()},
                                                         {"replay", "sim:st36_in_plane"},
                                                         {"plan", "edit"}};
  for (const auto& window : windows) {
    const auto [code, said] =
        windowUnder({"-u", "WAYLAND_DISPLAY", "-u", "QT_QPA_PLATFORM", "DISPLAY=:9977"}, window);
    EXPECT_EQ(code, 2) << window[0] << ": " << said;
    EXPECT_EQ(said,
              "acuguide: display: no window can be opened on DISPLAY=:9977; start it from a desktop, or add "
              "--offscreen --screenshot FILE.png\n")
        << window[0];
  }
}

TEST(Desktop, AWaylandDisplayThatIsNotThereIsSaidToo) {
  for (const char* given :
       {"WAYLAND_DISPLAY=wayland-9977", "QT_QPA_PLATFORM=wayland", "QT_QPA_PLATFORM=none"}) {
    const auto [code, said] =
        windowUnder({"-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "-u", "QT_QPA_PLATFORM", given},
                    {"guide", "sim:no_needle"});
    EXPECT_EQ(code, 2) << given << ": " << said;
    EXPECT_NE(said.find(std::string("no window can be opened on ") + given), std::string::npos) << said;
  }
  const auto [code, said] =
      windowUnder({"-u", "WAYLAND_DISPLAY", "-u", "QT_QPA_PLATFORM", "DISPLAY="}, {"guide", "sim:no_needle"});
  EXPECT_EQ(code, 2);
  EXPECT_NE(said.find("there is none to open a window on"), std::string::npos) << said;
}

}  // namespace
}  // namespace acuguide::test
