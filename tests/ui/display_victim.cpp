// Opens a display, writes its name and waits to be killed: scene_display_test.cpp looks at what is left
// behind.

#include "ui/virtual_display.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

int main() {
  const acuguide::ui::VirtualDisplay display("352x240x24");
  std::printf("%s\n", std::getenv("DISPLAY"));
  std::fflush(stdout);
  while (true) ::pause();
}
