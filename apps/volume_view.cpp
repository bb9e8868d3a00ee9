#include "apps/desktop.h"
#include "apps/end_on_signal.h"
#include "apps/volume.h"
#include "apps/volume_surfaces.h"
#include "core/error.h"
#include "ui/windows/volume_window.h"
#include "volume/segment_file.h"
#include "volume/volume_file.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;
namespace palette = rendering::palette;

struct Arguments {
  std::string file;
  OffscreenArguments offscreen;
};

/// Of a surface that no segmentation names: 3D Slicer's colours, by what volume --surfaces names it.
palette::Colour colourOf(const std::string& name) {
  if (name.starts_with("bone")) return palette::colour(0xF1D691);
  if (name.starts_with("fascia")) return palette::colour(0xDEC665);
  if (name.starts_with("vessel")) return palette::colour(0xD8654F);
  if (name.starts_with("nerve")) return palette::colour(0xF4D631);
  return palette::colour(0x6FB8D2);
}

palette::Colour colourOf(const std::array<double, 3>& shares) {
  const auto level = [](double share) {
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0, 1.0)));
  };
  return {level(shares[0]), level(shares[1]), level(shares[2])};
}

bool sameGrid(const volume::VolumeGrid& a, const volume::VolumeGrid& b) {
  bool same = a.size == b.size;
  for (std::size_t i = 0; i < 3; ++i)
    same = same && std::abs(a.originMm[i] - b.originMm[i]) < 0.01 &&
           std::abs(a.spacingMm[i] - b.spacingMm[i]) < 1e-4;
  return same;
}

/// The volume with what lies beside it: STEM.seg.nrrd and STEM.NAME.stl.
ui::VolumeShown shownOf(const fs::path& file) {
  ui::VolumeShown shown{volume::readVolume(file), std::nullopt, {}};
  const fs::path labels = file.parent_path() / (volumeStem(file) + ".seg.nrrd");
  if (labels != file && fs::exists(labels)) {
    shown.labels = volume::readVolume(labels);
    if (!sameGrid(shown.labels->grid, shown.volume.grid))
      throw Error(labels.string(), "has another size or spacing than the volume",
                  "move it away or write it again");
    for (const auto& segment : volume::segmentsOf(*shown.labels))
      shown.structures.push_back(
          {segment.id, colourOf(segment.colour), segment.confidence, segment.label, {}});
  }
  for (auto& [name, mesh] : surfacesBeside(file)) {
    auto& all = shown.structures;
    const auto named =
        std::find_if(all.begin(), all.end(), [&name = name](const auto& one) { return one.id == name; });
    if (named != all.end()) {
      named->mesh = std::move(mesh);
    } else {
      all.push_back({name, colourOf(name), 0, 0, std::move(mesh)});
    }
  }
  return shown;
}

int view(const Arguments& arguments) {
  ui::VolumeShown shown = shownOf(arguments.file);
  const Desktop desktop(arguments.offscreen);
  ui::VolumeWindow window(std::move(shown),
                          QString::fromStdString(fs::path(arguments.file).filename().string()));
  window.resize(arguments.offscreen.width(), arguments.offscreen.height());
  window.show();
  if (!arguments.offscreen.offscreen) {
    const EndOnSignal endOnSignal(window);
    return QApplication::exec();
  }
  QApplication::processEvents();
  if (!arguments.offscreen.screenshot.empty()) {
    if (!window.saveScreenshot(QString::fromStdString(arguments.offscreen.screenshot)))
      throw Error(arguments.offscreen.screenshot, "cannot be written",
                  "check the folder and its permissions");
    std::cout << "picture of the window: " << arguments.offscreen.screenshot << "\n";
  }
  return 0;
}

}  // namespace

void addVolumeView(CLI::App& volume, Run& run) {
  auto* command =
      volume.add_subcommand("view", "A volume in three slices and a rendering, with what was found in it");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("FILE", arguments->file,
                   ".mha, .nrrd, .nii or .nii.gz; surfaces and segmentation beside it")
      ->required();
  arguments->offscreen.addWindowTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return view(*arguments); }; });
}

}  // namespace acuguide::apps
