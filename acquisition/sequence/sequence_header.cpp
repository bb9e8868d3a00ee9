#include "acquisition/sequence/sequence_header.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace acuguide::acquisition {
namespace fs = std::filesystem;
namespace {

constexpr int kLargestSide = 16384;
constexpr std::int64_t kLargestPicture = 64LL << 20;  // pixels
constexpr std::int64_t kMostFrames = 1LL << 32;

void checkSizes(const SequenceHeader& header) {
  const std::string where = header.file.string();
  const bool oneSided = (header.width == 0) != (header.height == 0);
  if (header.frameCount < 0 || header.frameCount > kMostFrames || oneSided || header.width < 0 ||
      header.height < 0 || header.width > kLargestSide || header.height > kLargestSide ||
      std::int64_t{header.width} * header.height > kLargestPicture) {
    throw Error(where,
                "states pictures of " + std::to_string(header.width) + " x " + std::to_string(header.height) +
                    ", " + std::to_string(header.frameCount) + " of them, which no ultrasound recording has",
                "check the sizes in its header");
  }
}

}  // namespace

std::int64_t SequenceHeader::bytesPerFrame() const {
  const std::int64_t bytesPerValue = pixelType == PixelType::UInt8 ? 1 : 2;
  return std::int64_t{width} * height * channels * bytesPerValue;
}

std::vector<NamedPose> SequenceHeader::posesOf(std::int64_t frame) const {
  std::vector<NamedPose> named;
  if (frame < 0 || frame >= static_cast<std::int64_t>(frames.size())) return named;
  for (const SequencePose& pose : frames[static_cast<std::size_t>(frame)].poses) {
    const auto& [from, to] = transforms[pose.transform];
    named.push_back({from, to, pose.matrix, pose.valid && pose.matrix.allFinite()});
  }
  return named;
}

std::optional<double> SequenceHeader::medianFrameSeconds() const {
  std::vector<double> steps;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    const double step = frames[i].timestamp - frames[i - 1].timestamp;
    if (std::isfinite(step) && step > 0.0) steps.push_back(step);
  }
  if (steps.empty()) return std::nullopt;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

std::vector<double> SequenceHeader::increasingTimes() const {
  const double period = medianFrameSeconds().value_or(1.0 / kAssumedFramesPerSecond);
  std::vector<double> times;
  times.reserve(frames.size());
  double shift = 0.0;
  for (const SequenceFrame& frame : frames) {
    const double stamp = frame.timestamp + shift;
    if (times.empty()) {
      times.push_back(std::isfinite(stamp) ? stamp : 0.0);
      continue;
    }
    const double last = times.back();
    double time = stamp;
    if (!std::isfinite(stamp)) {
      time = last + period;
    } else if (stamp < last - 1.0) {
      shift += last + period - stamp;
      time = last + period;
    } else if (stamp <= last) {
      time = last + 1e-6;
    }
    times.push_back(time);
  }
  return times;
}

SequenceHeader readSequenceHeader(const fs::path& file) {
  if (!fs::exists(file)) throw Error(file.string(), "there is no such file", "check the path");
  const bool nrrd = lowerCase(file.extension().string()) == ".nrrd";
  SequenceHeader header = nrrd ? readNrrdHeader(file) : readMetaImageHeader(file);
  checkSizes(header);
  if (static_cast<std::int64_t>(header.frames.size()) > header.frameCount) {
    throw Error(file.string(),
                "describes " + std::to_string(header.frames.size()) + " frames but states " +
                    std::to_string(header.frameCount),
                "export it again");
  }
  return header;
}

}  // namespace acuguide::acquisition
