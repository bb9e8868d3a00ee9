#include "benchmarks/benchmark_frames.h"

#include "acquisition/source_catalog.h"
#include "simulation/simulated_source.h"

#include <opencv2/imgproc.hpp>

#include <filesystem>
#include <optional>

namespace acuguide::benchmarks {

namespace {

FrameSet readAll(const std::string& name, const std::string& source) {
  FrameSet set{name, {}};
  const auto opened = acquisition::standardSources().open(source);
  while (std::optional<Frame> frame = opened->read())
    set.frames.push_back(std::make_shared<const Frame>(std::move(*frame)));
  return set;
}

}  // namespace

FrameSet simulatedFrames() {
  FrameSet set{"simulator", {}};
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=1");
  source->seek(120);
  for (int i = 0; i < 30; ++i) set.frames.push_back(std::make_shared<const Frame>(*source->read()));
  return set;
}

FrameSet resized(const FrameSet& set, cv::Size size) {
  FrameSet result{set.name, {}};
  for (const auto& original : set.frames) {
    Frame frame = *original;
    const bool smaller = size.area() < original->pixels.size().area();
    cv::Mat pixels;
    cv::resize(original->pixels, pixels, size, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_CUBIC);
    if (frame.geometry.spacingMm) {
      frame.geometry.spacingMm->x() *= static_cast<double>(frame.pixels.cols) / size.width;
      frame.geometry.spacingMm->y() *= static_cast<double>(frame.pixels.rows) / size.height;
    }
    frame.pixels = pixels;
    result.frames.push_back(std::make_shared<const Frame>(std::move(frame)));
  }
  return result;
}

std::vector<FrameSet> frameSets(const std::string& sampleData, const std::string& data) {
  std::vector<FrameSet> sets = {simulatedFrames(),
                                readAll("sample_data", sampleData + "/st36_in_plane.igs.mha")};
  const std::pair<const char*, const char*> real[] = {{"needle_in_vitro", "/needle/invitro/images"},
                                                      {"needle_in_tissue", "/needle/tissue/images"},
                                                      {"muscle", "/planes/images/dataset1/S1"}};
  for (const auto& [name, folder] : real)
    if (std::filesystem::is_directory(data + folder)) sets.push_back(readAll(name, data + folder));
  return sets;
}

}  // namespace acuguide::benchmarks
