#include "acquisition/pose_recording.h"

#include "acquisition/natural_order.h"
#include "acquisition/sequence/sequence_header.h"
#include "acquisition/sequence/sequence_source.h"
#include "acquisition/sequence/text_numbers.h"
#include "acquisition/text_table.h"
#include "core/error.h"
#include "core/pose_chain.h"

#include <algorithm>
#include <optional>

namespace acuguide::acquisition {
namespace {

namespace fs = std::filesystem;

constexpr const char* wanted = "give 16 numbers a matrix, row by row";

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::vector<std::string> poseNames(const std::vector<NamedPose>& poses) {
  std::vector<std::string> names;
  for (const NamedPose& pose : poses)
    if (std::find(names.begin(), names.end(), pose.name()) == names.end()) names.push_back(pose.name());
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// From and to of the pose that is meant, among all poses the recording speaks of.
std::pair<std::string, std::string> chosenPose(const std::vector<NamedPose>& all, const PoseRequest& request,
                                               const std::string& where) {
  if (all.empty()) throw Error(where, "holds no poses", "give a recording of a tracker");
  const auto frames = frameNames(all);
  if (!request.name.empty()) {
    if (const auto pose = splitPoseName(request.name, frames)) return *pose;
    throw Error(where, "has no pose " + request.name,
                "it has " + joined(poseNames(all)) + "; choose with --pose");
  }
  std::vector<std::string> tools;
  for (const NamedPose& pose : all)
    if (pose.from != "Reference" && !contains(tools, pose.from)) tools.push_back(pose.from);
  std::string tool = request.tool;
  if (!contains(tools, tool)) {
    if (tools.size() != 1)
      throw Error(where, "holds poses of several tools (" + joined(poseNames(all)) + ")",
                  "choose with --pose");
    tool = tools.front();
  }
  if (contains(frames, "Reference") && composePose(all, tool, "Reference").state != PoseState::Unknown)
    return {tool, "Reference"};
  const auto first =
      std::find_if(all.begin(), all.end(), [&](const auto& pose) { return pose.from == tool; });
  return {tool, first->to};
}

/// Moments of poses, one after another, become the poses of one tool.
class Collector {
 public:
  Collector(const std::vector<NamedPose>& all, const PoseRequest& request, const std::string& where)
      : pose_(chosenPose(all, request, where)) {
    recording_.name = pose_.first + "To" + pose_.second;
  }

  void add(double seconds, const std::vector<NamedPose>& poses, std::int64_t epoch = 0) {
    ++recording_.total;
    const ComposedPose pose = composePose(poses, pose_.first, pose_.second);
    if (pose.state == PoseState::Valid)
      recording_.poses.push_back({seconds, pose.matrix, epoch});
    else
      ++(pose.state == PoseState::Invalid ? recording_.invalid : recording_.missing);
  }
  void remark(const std::string& text) { recording_.remark = text; }
  PoseRecording take() { return std::move(recording_); }

 private:
  std::pair<std::string, std::string> pose_;
  PoseRecording recording_;
};

PoseRecording fromSequence(const fs::path& path, const PoseRequest& request) {
  const SequenceHeader header = readSequenceHeader(path);
  std::vector<NamedPose> all;
  for (const auto& [from, to] : header.transforms)
    all.push_back({from, to, Eigen::Matrix4d::Identity(), true});
  Collector collector(all, request, path.string());
  const SequenceTimes times = header.times();
  collector.remark(times.remark);
  for (std::size_t i = 0; i < header.frames.size(); ++i)
    collector.add(times.seconds[i], header.posesOf(std::int64_t(i)), times.epochs[i]);
  return collector.take();
}

PoseRecording fromSource(const fs::path& path, const PoseRequest& request, const SourceOpener& open) {
  const auto source = open(path.string());
  if (source->info().live) throw Error(path.string(), "is live", "record it first");
  std::vector<std::pair<double, std::vector<NamedPose>>> moments;
  std::vector<NamedPose> all;
  while (auto frame = source->read()) {
    for (const NamedPose& pose : frame->poses)
      if (!contains(poseNames(all), pose.name())) all.push_back(pose);
    moments.emplace_back(frame->time, std::move(frame->poses));
  }
  Collector collector(all, request, path.string());
  for (const auto& [seconds, poses] : moments) collector.add(seconds, poses);
  return collector.take();
}

/// Rows of numbers, however they are separated.
constexpr TextTableOptions kMatrices{.comments = true, .anySeparator = true};

std::vector<double> numbersOf(const TextTable& table, const TextTable::Row& row) {
  std::vector<double> numbers;
  for (std::size_t i = 0; i < row.cells.size(); ++i) numbers.push_back(table.number(row, i));
  return numbers;
}

Eigen::Matrix4d matrixOf(const double* values, std::size_t count) {
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
  for (std::size_t i = 0; i < count; ++i) matrix(Eigen::Index(i / 4), Eigen::Index(i % 4)) = values[i];
  return matrix;
}

void addMatrix(PoseRecording& recording, double seconds, const Eigen::Matrix4d& matrix) {
  ++recording.total;
  if (matrix.allFinite())
    recording.poses.push_back({seconds, matrix});
  else
    ++recording.invalid;
}

PoseRecording fromTable(const fs::path& path) {
  const TextTable table(path, kMatrices);
  PoseRecording recording;
  for (const TextTable::Row& row : table.rows()) {
    const std::vector<double> values = numbersOf(table, row);
    if (values.size() != 16 && values.size() != 17)
      throw Error(table.where(row), "holds " + std::to_string(values.size()) + " numbers", wanted);
    const bool timed = values.size() == 17;
    const double seconds = timed ? values.front() : double(recording.total);
    addMatrix(recording, seconds, matrixOf(values.data() + (timed ? 1 : 0), 16));
  }
  return recording;
}

PoseRecording fromFolder(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string ending = lowerCase(entry.path().extension().string());
    const bool hidden = entry.path().filename().string().front() == '.';
    if (entry.is_regular_file() && !hidden &&
        (ending == ".txt" || ending == ".csv" || ending == ".dat" || ending.empty()))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return naturalLess(a.filename().string(), b.filename().string());
  });
  PoseRecording recording;
  for (const fs::path& file : files) {
    const TextTable table(file, kMatrices);
    std::vector<double> values;
    for (const TextTable::Row& row : table.rows())
      for (const double value : numbersOf(table, row)) values.push_back(value);
    if (!table.heading().empty() || (values.size() != 16 && values.size() != 12))
      throw Error(file.string(), "is no 4x4 matrix",
                  wanted + std::string("; nothing else may lie in the folder"));
    addMatrix(recording, double(recording.total), matrixOf(values.data(), values.size()));
  }
  return recording;
}

bool isTable(const fs::path& path) {
  const std::string ending = lowerCase(path.extension().string());
  return ending == ".csv" || ending == ".txt" || ending == ".tsv" || ending == ".dat";
}

PoseRecording readAny(const fs::path& path, const PoseRequest& request, const SourceOpener& open) {
  if (SequenceSource::claims(path.string())) return fromSequence(path, request);
  if (fs::is_directory(path) && !fs::exists(path / "session.sqlite")) return fromFolder(path);
  if (isTable(path)) return fromTable(path);
  return fromSource(path, request, open);
}

}  // namespace

PoseRecording readPoseRecording(const fs::path& path, const PoseRequest& request, const SourceOpener& open) {
  if (!fs::exists(path)) throw Error(path.string(), "is not there", "check the path");
  PoseRecording recording = readAny(path, request, open);
  if (recording.total == 0) throw Error(path.string(), "holds no poses", wanted);
  if (recording.poses.empty()) {
    const std::string pose = recording.name.empty() ? "pose" : recording.name;
    throw Error(path.string(),
                recording.missing > recording.invalid
                    ? "none of its " + std::to_string(recording.total) + " frames mentions " + pose
                    : "every " + pose + " (" + std::to_string(recording.total) + ") is INVALID",
                "the tracker did not see the tool; record again with its marker in view");
  }
  if (recording.remark.empty()) {
    std::vector<double> stamps;
    for (const RecordedPose& pose : recording.poses) stamps.push_back(pose.seconds);
    recording.remark = sequenceTimes(stamps).remark;
  }
  return recording;
}

}  // namespace acuguide::acquisition
