#include "recording/session_source.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/clock.h"
#include "core/error.h"
#include "database/foreign_file.h"
#include "recording/lossless_video_reader.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <QtCore/QString>
#include <QtCore/QVariant>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::recording {
namespace {

struct FrameRow {
  std::int64_t videoMilliseconds = 0;
  double time = 0.0;
  std::int64_t epoch = 0;
  std::optional<Eigen::Vector2d> spacingMm;
  std::size_t firstPose = 0, poses = 0;
};

struct PoseRow {
  Eigen::Matrix4d matrix;
  std::uint32_t name = 0;  ///< index in the names
  bool valid = false;
};

/// What the database says of every frame. Some 60 bytes a frame and 140 a pose: 10 MB for half an hour.
struct Tables {
  std::vector<FrameRow> frames;
  std::vector<PoseRow> poses;
  std::vector<std::pair<std::string, std::string>> poseNames;
  std::map<std::int64_t, std::string> images;
  double pixelAspect = 1.0;
};

std::string textOf(const QVariant& value) { return value.toString().toStdString(); }

void readFrames(database::SqlConnection& connection, Tables& tables) {
  QSqlQuery rows =
      connection.run("SELECT id,video_ms,time_s,spacing_x_mm,spacing_y_mm,image FROM frame ORDER BY id");
  while (rows.next()) {
    const auto id = static_cast<std::int64_t>(tables.frames.size());
    if (rows.value(0).toLongLong() != id)
      throw Error(connection.path(), "frame " + std::to_string(id) + " is missing",
                  "restore the file from a copy");
    FrameRow frame;
    frame.videoMilliseconds = rows.value(1).toLongLong();
    frame.time = rows.value(2).toDouble();
    if (!rows.isNull(3) && !rows.isNull(4))
      frame.spacingMm = Eigen::Vector2d(rows.value(3).toDouble(), rows.value(4).toDouble());
    if (!rows.isNull(5)) tables.images[id] = textOf(rows.value(5));
    tables.frames.push_back(frame);
  }
}

/// Of sessions since the recorder keeps it; pixels of older ones are taken as square.
void readPixelAspect(database::SqlConnection& connection, Tables& tables) {
  QSqlQuery rows = connection.run("SELECT value FROM meta WHERE key = 'pixel_aspect'");
  if (rows.next()) tables.pixelAspect = acquisition::numberIn(textOf(rows.value(0))).value_or(1.0);
}

/// Where the recorder found that time was broken off.
void readEpochs(database::SqlConnection& connection, Tables& tables) {
  QSqlQuery rows =
      connection.run("SELECT DISTINCT frame FROM event WHERE kind = 'discontinuity' ORDER BY frame");
  std::vector<std::int64_t> breaks;
  while (rows.next()) breaks.push_back(rows.value(0).toLongLong());
  auto next = breaks.begin();
  std::int64_t epoch = 0;
  for (std::size_t i = 0; i < tables.frames.size(); ++i) {
    for (; next != breaks.end() && *next <= static_cast<std::int64_t>(i); ++next) ++epoch;
    tables.frames[i].epoch = epoch;
  }
}

void readPoses(database::SqlConnection& connection, Tables& tables) {
  std::map<std::pair<std::string, std::string>, std::uint32_t> known;
  QSqlQuery rows = connection.run(
      "SELECT frame,from_frame,to_frame,valid,m00,m01,m02,m03,m10,m11,m12,m13,m20,m21,m22,m23,m30,m31,m32,m33"
      " FROM pose ORDER BY frame,position");
  while (rows.next()) {
    const auto frame = static_cast<std::size_t>(rows.value(0).toLongLong());
    if (frame >= tables.frames.size())
      throw Error(connection.path(), "a pose belongs to no frame", "restore the file from a copy");
    const std::pair name(textOf(rows.value(1)), textOf(rows.value(2)));
    const auto [entry, isNew] = known.try_emplace(name, static_cast<std::uint32_t>(known.size()));
    if (isNew) tables.poseNames.push_back(name);
    PoseRow pose;
    pose.name = entry->second;
    pose.valid = rows.value(3).toBool();
    for (int i = 0; i < 16; ++i) pose.matrix(i / 4, i % 4) = rows.value(4 + i).toDouble();
    if (tables.frames[frame].poses++ == 0) tables.frames[frame].firstPose = tables.poses.size();
    tables.poses.push_back(pose);
  }
}

Tables readTables(const std::filesystem::path& folder) {
  database::SqlConnection connection(databaseOf(folder), database::SqlConnection::Access::ReadOnly);
  const database::ForeignFile file(connection);
  readableSessionSchema(connection);
  Tables tables;
  readPixelAspect(connection, tables);
  readFrames(connection, tables);
  readEpochs(connection, tables);
  readPoses(connection, tables);
  file.requireUnhindered();
  if (tables.frames.empty()) throw Error(folder.string(), "the session holds no frame", "record a new one");
  return tables;
}

}  // namespace

struct SessionSource::Content {
  std::filesystem::path folder;
  Tables tables;
  LosslessVideoReader video;
  acquisition::SourceInfo info;
  std::int64_t next = 0;

  Content(const std::filesystem::path& where, std::string name)
      : folder(where), tables(readTables(where)), video(videoOf(where)) {
    dropRowsWithoutPicture();
    const auto frames = static_cast<std::int64_t>(tables.frames.size());
    info.name = std::move(name);
    info.description = "recorded session, " + std::to_string(frames) + " frames " +
                       std::to_string(video.size().width) + "x" + std::to_string(video.size().height);
    info.frameCount = frames;
    info.seekable = true;
    const double seconds = static_cast<double>(tables.frames.back().videoMilliseconds) * 1e-3;
    if (frames > 1) info.nominalFramesPerSecond = static_cast<double>(frames - 1) / seconds;
  }

  /// After a power cut the last rows may be without their picture.
  void dropRowsWithoutPicture() {
    while (!tables.frames.empty() && !video.has(tables.frames.back().videoMilliseconds))
      tables.frames.pop_back();
    if (tables.frames.empty())
      throw Error(videoOf(folder).string(), "holds none of the session's pictures",
                  "restore the file from a copy");
  }

  Frame frameAt(std::int64_t index) {
    const double start = monotonicSeconds();
    const FrameRow& row = tables.frames[static_cast<std::size_t>(index)];
    std::optional<cv::Mat> picture = video.pictureAt(row.videoMilliseconds);
    if (!picture)
      throw Error(videoOf(folder).string(), "frame " + std::to_string(index) + " is missing",
                  "restore the file from a copy");
    Frame frame;
    frame.pixels = std::move(*picture);
    frame.index = index;
    frame.time = row.time;
    frame.epoch = row.epoch;
    frame.geometry.spacingMm = row.spacingMm;
    frame.geometry.pixelAspect = tables.pixelAspect;
    for (std::size_t i = row.firstPose; i < row.firstPose + row.poses; ++i) {
      const PoseRow& pose = tables.poses[i];
      const auto& [from, to] = tables.poseNames[pose.name];
      frame.poses.push_back({from, to, pose.matrix, pose.valid});
    }
    if (const auto image = tables.images.find(index); image != tables.images.end())
      frame.name = image->second;
    frame.arrival = monotonicSeconds();
    frame.decodeSeconds = frame.arrival - start;
    return frame;
  }
};

SessionSource::SessionSource(const std::filesystem::path& folder, std::string name)
    : content_(std::make_unique<Content>(folder, std::move(name))) {}

SessionSource::~SessionSource() = default;

const acquisition::SourceInfo& SessionSource::info() const { return content_->info; }

std::optional<Frame> SessionSource::read() {
  if (content_->next >= *content_->info.frameCount) return std::nullopt;
  return content_->frameAt(content_->next++);
}

void SessionSource::seek(std::int64_t index) {
  if (index < 0 || index >= *content_->info.frameCount)
    throw Error(content_->info.name, "has no frame " + std::to_string(index),
                "choose one from 0 to " + std::to_string(*content_->info.frameCount - 1));
  content_->next = index;
}

acquisition::SourceCatalog::Kind sessionKind() {
  return {"SESSION", "a folder recorded by 'acuguide record'",
          [](const std::string& source) {
            std::error_code ignored;
            return std::filesystem::exists(databaseOf(source), ignored);
          },
          [](const std::string& source) { return std::make_unique<SessionSource>(source, source); }};
}

}  // namespace acuguide::recording
