#include "apps/sweep_reader.h"

#include "apps/sources.h"
#include "core/error.h"

#include <filesystem>
#include <utility>

namespace acuguide::apps {

calibration::SweepReader sweepReader() {
  return [](const std::string& file, const calibration::Watch& watch) {
    const auto source = allSources().open(file);
    if (source->info().live) throw Error(file, "is a live source", "record it first (acuguide record)");
    calibration::Sweep sweep{std::filesystem::path(file).filename().string(), {}};
    while (auto frame = source->read()) {
      sweep.frames.push_back(std::move(*frame));
      watch.checkpoint();
    }
    return sweep;
  };
}

}  // namespace acuguide::apps
