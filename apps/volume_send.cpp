#include "apps/volume.h"
#include "core/error.h"
#include "interop/volume_sender.h"
#include "volume/volume_file.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string file, to, device;
};

int send(const Arguments& arguments) {
  const auto peer = acquisition::parseHostPort(arguments.to, "--to " + arguments.to);
  const std::filesystem::path file(arguments.file);
  std::string device = arguments.device;
  if (device.empty()) device = file.filename().string().substr(0, file.filename().string().find('.'));
  interop::sendVolume(volume::readVolume(file), device, peer);
  std::cout << "Sent " << arguments.file << " to " << peer.text() << " as " << device << "\n";
  return 0;
}

}  // namespace

void addVolumeSend(CLI::App& volume, Run& run) {
  auto* command =
      volume.add_subcommand("send", "Sends a volume over OpenIGTLink, whole, for example to 3D Slicer");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->file, ".mha, .nrrd, .nii or .nii.gz")->required();
  command->add_option("--to", arguments->to, "HOST:PORT where somebody listens")->required();
  command->add_option("--device", arguments->device, "name it gets there; default the file's");
  command->callback([&run, arguments] { run = [arguments] { return send(*arguments); }; });
}

}  // namespace acuguide::apps
