#include "acquisition/sequence/sequence_fields.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace acuguide::acquisition {
namespace {

constexpr std::string_view kFramePrefix = "Seq_Frame";
// Index values of 3D Slicer's sequences stand in one line, some 20 bytes a frame.
constexpr std::size_t kLongestLine = 4 << 20;

[[noreturn]] void refuse(const SequenceHeader& header, std::string_view key, const std::string& reason) {
  throw Error(header.file.string(), std::string(key) + " " + reason,
              "correct the header or export the file again");
}

/// Fields of a frame far beyond those seen so far are a damaged header, and must not make us allocate. Sorted
/// headers do jump, from frame 1000 to 10000.
SequenceFrame& frameAt(SequenceHeader& header, std::string_view key, std::int64_t number) {
  constexpr std::int64_t kMostFrames = 4'000'000;  // a day and a half at 30 frames a second
  const std::int64_t farthest = 10 * static_cast<std::int64_t>(header.frames.size()) + 16;
  if (number < 0 || number > farthest || number >= kMostFrames) {
    refuse(header, key, "belongs to a frame that cannot exist");
  }
  const auto index = static_cast<std::size_t>(number);
  if (index >= header.frames.size()) header.frames.resize(index + 1);
  return header.frames[index];
}

std::uint32_t transformIndex(SequenceHeader& header, const std::pair<std::string, std::string>& name) {
  const auto found = std::ranges::find(header.transforms, name);
  const auto index = static_cast<std::uint32_t>(found - header.transforms.begin());
  if (found == header.transforms.end()) header.transforms.push_back(name);
  return index;
}

/// The pose's entry in the frame, made when it is not there: its matrix and its status come in either order.
SequencePose& poseIn(SequenceFrame& frame, std::uint32_t transform) {
  const auto found = std::ranges::find(frame.poses, transform, &SequencePose::transform);
  if (found != frame.poses.end()) return *found;
  frame.poses.push_back({.transform = transform, .matrix = Eigen::Matrix4d::Constant(std::nan(""))});
  return frame.poses.back();
}

void takePose(SequenceHeader& header, SequenceFrame& frame, std::string_view key, std::string_view name,
              std::string_view value) {
  const auto names = splitTransformName(name);
  if (!names) return;  // some other field that happens to end in "Transform"
  const std::optional<std::vector<double>> numbers = numbersIn(value);
  if (!numbers || numbers->size() != 16) refuse(header, key, "does not hold the 16 numbers of a transform");
  SequencePose& pose = poseIn(frame, transformIndex(header, *names));
  pose.matrix = Eigen::Map<const Eigen::Matrix<double, 4, 4, Eigen::RowMajor>>(numbers->data());
}

void takeFrameField(SequenceHeader& header, std::string_view key, std::string_view value) {
  std::string_view rest = key.substr(kFramePrefix.size());
  const std::size_t underscore = rest.find('_');
  const std::optional<std::int64_t> number = wholeNumberIn(rest.substr(0, underscore));
  if (underscore == std::string_view::npos || !number) refuse(header, key, "names no frame");
  std::string_view field = rest.substr(underscore + 1);
  SequenceFrame& frame = frameAt(header, key, *number);
  if (field == "Timestamp") {
    const std::optional<double> time = numberIn(value);
    if (!time) refuse(header, key, "is '" + std::string(value) + "', not a time in seconds");
    frame.timestamp = *time;
  } else if (field == "ImageStatus") {
    frame.imageValid = value != "INVALID";
  } else if (field.ends_with("Transform")) {
    takePose(header, frame, key, field.substr(0, field.size() - 9), value);
  } else if (field.ends_with("TransformStatus")) {
    if (const auto names = splitTransformName(field.substr(0, field.size() - 15))) {
      poseIn(frame, transformIndex(header, *names)).valid = value == "OK";
    }
  }
}

}  // namespace

bool takeSequenceField(std::string_view key, std::string_view value, SequenceHeader& header) {
  if (key.starts_with(kFramePrefix)) {
    takeFrameField(header, key, value);
    return true;
  }
  if (key == "UltrasoundImageOrientation") {
    const std::optional<ImageOrientation> orientation = parseImageOrientation(value);
    if (!orientation)
      refuse(header, key, "is '" + std::string(value) + "', not an orientation such as MF or UFA");
    header.orientation = *orientation;
    return true;
  }
  if (key == "UltrasoundImageType") {
    header.imageType = value;
    return true;
  }
  return false;
}

bool readHeaderLine(std::istream& in, std::string& line, const std::filesystem::path& file) {
  line.clear();
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    if (c == '\n') {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return true;
    }
    if (line.size() >= kLongestLine) {
      throw Error(file.string(), "is not a MetaImage or NRRD file",
                  "check that its name ends the way its content does");
    }
    line += static_cast<char>(c);
  }
  return !line.empty();
}

std::optional<std::pair<std::string, std::string>> splitTransformName(std::string_view name) {
  for (std::size_t at = name.find("To", 1); at != std::string_view::npos; at = name.find("To", at + 1)) {
    const std::string_view to = name.substr(at + 2);
    if (!to.empty() && to.front() >= 'A' && to.front() <= 'Z') {
      return std::pair{std::string(name.substr(0, at)), std::string(to)};
    }
  }
  return std::nullopt;
}

std::optional<Eigen::Vector2d> knownSpacing(double x, double y) {
  if (!std::isfinite(x) || !std::isfinite(y) || x <= 0.0 || y <= 0.0) return std::nullopt;
  if (x == 1.0 && y == 1.0) return std::nullopt;
  return Eigen::Vector2d(x, y);
}

}  // namespace acuguide::acquisition
