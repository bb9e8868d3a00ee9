#pragma once

#include <memory>
#include <string>

namespace acuguide::ui {

/// A display of our own (a private Xvfb with the software rasteriser), for everything that runs
/// `--offscreen`: started on construction, DISPLAY set, ended on destruction (also when this process is
/// killed). Throws Error when Xvfb is not installed or does not start. Construct before the QApplication.
class VirtualDisplay {
 public:
  explicit VirtualDisplay(const std::string& screen = "1920x1080x24");
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

}  // namespace acuguide::ui
