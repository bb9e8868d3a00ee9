#include "acquisition/dicom/dicom_source.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/clock.h"

#include <filesystem>
#include <fstream>
#include <string_view>

namespace acuguide::acquisition {

bool DicomSource::claims(const std::string& source) {
  if (source.find("://") != std::string::npos || std::filesystem::is_directory(source)) return false;
  const std::string ending = lowerCase(std::filesystem::path(source).extension().string());
  if (ending == ".dcm" || ending == ".dicom") return true;
  std::error_code failed;
  if (!std::filesystem::is_regular_file(source, failed)) return false;
  std::ifstream file(source, std::ios::binary);
  char magic[4] = {};
  return file.seekg(128) && file.read(magic, sizeof magic) && std::string_view(magic, sizeof magic) == "DICM";
}

DicomSource::DicomSource(const std::string& source) : file_(source) {
  const DicomDescription& is = file_.description();
  info_.name = source;
  info_.description = "DICOM " + std::to_string(is.format.width) + "x" + std::to_string(is.format.height) +
                      ", " + std::to_string(is.frames) + (is.frames == 1 ? " frame, " : " frames, ") +
                      is.transferSyntax;
  info_.frameCount = is.frames;
  info_.seekable = true;
  if (is.times.size() > 1)
    info_.nominalFramesPerSecond = static_cast<double>(is.times.size() - 1) / is.times.back();
}

std::optional<Frame> DicomSource::read() {
  const DicomDescription& is = file_.description();
  if (next_ >= is.frames) return std::nullopt;
  const double start = monotonicSeconds();
  Frame frame;
  frame.pixels = file_.picture(next_);
  frame.index = next_;
  frame.time = is.times.empty() ? static_cast<double>(next_) / kAssumedFramesPerSecond
                                : is.times[static_cast<std::size_t>(next_)];
  frame.geometry.spacingMm = is.scale.spacingMm;
  frame.geometry.pixelAspect = is.pixelAspect;
  // A file that states no region states no scale, which is no fault.
  if (!is.scale.spacingMm && !is.regions.empty()) frame.geometry.whyNoScale = is.scale.reason;
  frame.arrival = monotonicSeconds();
  frame.decodeSeconds = frame.arrival - start;
  ++next_;
  return frame;
}

void DicomSource::seek(std::int64_t index) {
  const std::int64_t frames = file_.description().frames;
  if (index < 0 || index >= frames)
    throw Error(info_.name, "has no frame " + std::to_string(index),
                "frames run from 0 to " + std::to_string(frames - 1));
  next_ = index;
}

}  // namespace acuguide::acquisition
