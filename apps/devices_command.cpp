#include "acquisition/video/capture_devices.h"
#include "apps/command.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace acuguide::apps {
namespace {

void print(const acquisition::CaptureFormat& format) {
  std::cout << "  " << format.fourcc << "  " << format.width << "x" << format.height;
  for (std::size_t i = 0; i < format.framesPerSecond.size(); ++i)
    std::cout << (i == 0 ? "  at " : ", ") << format.framesPerSecond[i];
  std::cout << (format.framesPerSecond.empty() ? "\n" : " frames per second\n");
}

int listDevices() {
  const auto devices = acquisition::listCaptureDevices();
  if (devices.empty()) {
    std::cout
        << "No video capture device is present (looked for /dev/video*). Connect the capture card or grabber "
           "and its driver, or use a file, gst:PIPELINE or sim:SCENARIO.\n";
    return 0;
  }
  for (const auto& device : devices) {
    std::cout << "device:" << device.path << "  " << device.name << "\n";
    for (const auto& format : device.formats) print(format);
  }
  return 0;
}

}  // namespace

void addDevicesCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("devices", "Lists video capture devices with their formats");
  command->callback([&run] { run = listDevices; });
}

}  // namespace acuguide::apps
