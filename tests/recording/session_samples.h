#pragma once

#include "navigation/guidance_snapshot.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace acuguide::recording::samples {

/// A folder of its own for a test, removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// A picture that is another one for every index: a textured ground with a moving bright bar.
cv::Mat picture(std::int64_t index, cv::Size size = {96, 64}, bool colour = false);

/// Time of frame `index`: 30 frames a second with the jitter of a real grabber.
double timeOf(std::int64_t index);

/// Frame `index` with a picture, its time, a scale and two poses (the second invalid on every third frame).
std::shared_ptr<const Frame> frame(std::int64_t index, bool colour = false);

/// The frame with an observed needle, two planes and fibres.
std::shared_ptr<navigation::GuidanceSnapshot> snapshot(std::int64_t index, bool colour = false);

/// A guidance with everything known.
guidance::Guidance guidance();

bool samePixels(const cv::Mat& a, const cv::Mat& b);

/// The file's lines.
std::vector<std::string> linesOf(const std::filesystem::path& file);

}  // namespace acuguide::recording::samples
