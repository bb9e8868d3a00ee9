#include "acquisition/sequence/sequence_header.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"
#include "core/input_file.h"

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

/// Median of the increasing steps; nullopt when there are none.
std::optional<double> medianStep(const std::vector<double>& stamps) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    const double step = stamps[i] - stamps[i - 1];
    if (std::isfinite(step) && step > 0.0) steps.push_back(step);
  }
  if (steps.empty()) return std::nullopt;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

/// Why stamps with this median step are not seconds; empty when they may be.
std::string faultOfStep(double step) {
  constexpr double kLongest = 5.0, kShortest = 5e-4;  // no ultrasound is so slow, or so fast
  if (step >= kShortest && step <= kLongest) return {};
  return "the time stamps are " + numberText(step) + " s apart, which are not seconds";
}

/// The first frame after `from` whose stamp is later than `last`, where no more than three before it lie
/// further back than the rest; else the number of stamps.
std::size_t nextLater(const std::vector<double>& stamps, std::size_t from, double last) {
  constexpr int kOutOfOrder = 3;
  int back = 0;
  for (std::size_t i = from; i < stamps.size(); ++i) {
    if (stamps[i] > last) return i;
    if (!(stamps[i] == stamps[from] && stamps[from] >= last) && ++back > kOutOfOrder) break;
  }
  return stamps.size();
}

}  // namespace

std::int64_t SequenceHeader::bytesPerFrame() const {
  return std::int64_t{width} * height * channels * bytesPerValue();
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
  std::vector<double> stamps;
  for (const SequenceFrame& frame : frames) stamps.push_back(frame.timestamp);
  const std::optional<double> step = medianStep(stamps);
  return step && !faultOfStep(*step).empty() ? std::nullopt : step;
}

SequenceTimes SequenceHeader::times() const {
  std::vector<double> stamps;
  for (const SequenceFrame& frame : frames) stamps.push_back(frame.timestamp);
  return sequenceTimes(stamps);
}

SequenceTimes sequenceTimes(const std::vector<double>& stamps) {
  SequenceTimes times;
  const double assumed = 1.0 / kAssumedFramesPerSecond;
  const std::optional<double> median = medianStep(stamps);
  const auto finite = std::ranges::count_if(stamps, [](double stamp) { return std::isfinite(stamp); });
  std::string fault;
  if (median) fault = faultOfStep(*median);
  if (!median && finite > 1) fault = "the time stamps stand still";
  if (!fault.empty())
    times.remark = fault + "; taken as " + numberText(kAssumedFramesPerSecond) + " frames a second";
  if (!fault.empty()) {
    for (std::size_t i = 0; i < stamps.size(); ++i) times.seconds.push_back(static_cast<double>(i) * assumed);
    times.epochs.assign(stamps.size(), 0);
    return times;
  }
  const double period = median.value_or(assumed);
  double shift = 0.0;
  std::int64_t epoch = 0;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const double stamp = stamps[i] + shift;
    if (times.seconds.empty()) {
      times.seconds.push_back(std::isfinite(stamp) ? stamp : 0.0);
      times.epochs.push_back(epoch);
      continue;
    }
    const double last = times.seconds.back();
    if (std::isfinite(stamp) && stamp <= last) {
      if (const std::size_t later = nextLater(stamps, i, last - shift); later < stamps.size()) {
        const double step = (stamps[later] + shift - last) / static_cast<double>(later - i + 1);
        for (; i < later; ++i) {
          times.seconds.push_back(times.seconds.back() + step);
          times.epochs.push_back(epoch);
        }
        --i;
        continue;
      }
      if (stamp < last) ++epoch;
      shift += last + period - stamp;
    }
    times.seconds.push_back(std::isfinite(stamp) && stamp > last ? stamp : last + period);
    times.epochs.push_back(epoch);
  }
  return times;
}

SequenceHeader readSequenceHeader(const fs::path& file) {
  requireInputFile(file);
  const std::string ending = lowerCase(file.extension().string());
  const bool nrrd = ending == ".nrrd" || ending == ".nhdr";
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
