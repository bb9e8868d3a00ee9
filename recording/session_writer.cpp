#include "recording/session_writer.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/limits.h"
#include "core/utf8_text.h"
#include "core/version.h"
#include "core/whole_file.h"

#include <chrono>
#include <cmath>
#include <ctime>
#include <exception>
#include <locale>
#include <sstream>
#include <sys/stat.h>
#include <system_error>

namespace acuguide::recording {
namespace {

std::string describe(const cv::Mat& picture) {
  return std::to_string(picture.cols) + "x" + std::to_string(picture.rows) +
         (picture.channels() == 1 ? " grey" : " colour");
}

void makeFolder(const std::filesystem::path& folder) {
  requireUtf8Name(folder, "a session");
  std::error_code problem;
  if (std::filesystem::exists(folder, problem) && !std::filesystem::is_empty(folder, problem))
    throw Error(folder.string(), "is there already", "record to a new folder; nothing is overwritten");
  std::filesystem::create_directories(folder, problem);
  if (problem)
    throw Error(folder.string(), "the folder cannot be made (" + problem.message() + ")",
                "record to a folder you may write to");
}

/// ISO 8601, to the second.
std::string utcNow() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string secondsText(double seconds) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << std::fixed << seconds;
  return text.str();
}

std::optional<std::uintmax_t> freeBytes(const std::filesystem::path& folder) {
  std::error_code problem;
  const std::filesystem::space_info space = std::filesystem::space(folder, problem);
  return problem ? std::nullopt : std::optional(space.available);
}

}  // namespace

SessionWriter::SessionWriter(std::filesystem::path folder, SessionWriterOptions options)
    : folder_(std::move(folder)), options_(std::move(options)) {
  makeFolder(folder_);
  requireSpace();
  freeAtStart_ = freeBytes(folder_).value_or(0);
  database_ = std::make_unique<SessionDatabase>(databaseOf(folder_));
  database_->setMeta("format", "acuguide.session/1");
  database_->setMeta("version", version);
  database_->setMeta("source", options_.source);
  database_->setMeta("started_utc", utcNow());
  database_->setMeta("started_s", secondsText(monotonicSeconds()));
  database_->setMeta("complete", "no");
  for (const auto& [key, value] : options_.options) database_->setMeta("option." + key, value);
  for (const RecordedCalibration& calibration : options_.calibrations)
    database_->addCalibration(calibration.file, calibration.kind, calibration.json);
  database_->commit();
  for (const std::filesystem::path& path : {folder_, databaseOf(folder_)}) places_[path] = identityOf(path);
}

SessionWriter::Identity SessionWriter::identityOf(const std::filesystem::path& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0) return {};
  return {state.st_dev, state.st_ino};
}

/// Files that are open can be written to when nobody will find them any more.
void SessionWriter::requirePlace() {
  for (const auto& [path, identity] : places_) {
    if (identityOf(path) == identity) continue;
    placeLost_ = true;
    throw Error(path.string(), "is gone: deleted, moved or unmounted while it was being recorded",
                "record to a new folder");
  }
}

void SessionWriter::requireSpace() const {
  const auto available = freeBytes(folder_);
  if (available && *available < options_.minimumFreeBytes)
    throw Error(folder_.string(), "the disk is full (" + std::to_string(*available >> 20) + " MiB left)",
                "free space and record to a new folder");
}

void SessionWriter::write(const navigation::GuidanceSnapshot& snapshot) {
  if (!snapshot.frame) return;
  const Frame& frame = *snapshot.frame;
  if (snapshot.frame != lastFrame_) {
    requireSpace();
    if (!video_) {
      openVideo(frame.pixels);
      const double aspect = frame.geometry.pixelAspect;
      if (aspect != 1.0) database_->setMeta("pixel_aspect", acquisition::numberText(aspect));
    }
    const acquisition::LosslessVideoWriter::Options& video = video_->options();
    if (frame.pixels.size() != video.size || (frame.pixels.channels() == 3) != video.colour)
      throw Error(folder_.string(), "the picture has changed to " + describe(frame.pixels),
                  "start a new recording");
    if (lastFrame_ && frame.geometry.pixelAspect != lastFrame_->geometry.pixelAspect)
      throw Error(folder_.string(), "the shape of the image's pixels has changed", "start a new recording");
    const std::int64_t time = videoTime(frame.time);
    video_->write(frame.pixels, time);
    database_->addFrame(frames_, snapshot, time);
    if (options_.analysis) database_->addAnalysis(frames_, snapshot);
    noteDiscontinuity(frame);
    lastVideoTime_ = time;
    lastFrame_ = snapshot.frame;
    ++frames_;
  }
  if (!options_.analysis) return;
  recordPlan(snapshot);
  for (const SessionEvent& event : watch_.process(snapshot))
    database_->addEvent(frames_ - 1, frame.arrival, event);
}

void SessionWriter::write(const SessionEvent& event, double at) {
  database_->addEvent(frames_ - 1, at, event);
}

void SessionWriter::openVideo(const cv::Mat& picture) {
  acquisition::LosslessVideoWriter::Options video;
  video.size = picture.size();
  video.colour = picture.channels() == 3;
  video.framesPerSecond = options_.framesPerSecond;
  video.threads = options_.videoThreads;
  video.diskClock = diskClock_;
  video_ = std::make_unique<acquisition::LosslessVideoWriter>(videoOf(folder_), video);
  places_[videoOf(folder_)] = identityOf(videoOf(folder_));
  database_->setMeta("picture", describe(picture));
  sync_ = std::make_unique<BackgroundSync>(videoOf(folder_), databaseOf(folder_));
}

/// The video's times must rise; where the source's do not (it was opened again), the video goes on without a
/// gap.
std::int64_t SessionWriter::videoTime(double seconds) {
  if (frames_ == 0) {
    videoOrigin_ = seconds;
    return 0;
  }
  const auto time = static_cast<std::int64_t>(std::llround((seconds - videoOrigin_) * 1e3));
  if (time > lastVideoTime_) return time;
  videoOrigin_ = seconds - static_cast<double>(lastVideoTime_ + 1) * 1e-3;
  return lastVideoTime_ + 1;
}

/// Before this frame time was broken off (core/stream_clock.h): what is measured of a session does not go
/// across. A gap alone says how long it was.
void SessionWriter::noteDiscontinuity(const Frame& frame) {
  const FrameMoment now(frame);
  if (lastMoment_ && !continues(*lastMoment_, now)) {
    const double step = now.time - lastMoment_->time;
    const bool gap = now.size == lastMoment_->size && step > limits::kLongestGapSeconds;
    database_->addEvent(
        frames_, frame.arrival,
        {"discontinuity", gap ? "gap of " + secondsText(step) + " s"
                              : std::string("the source's clock was set, or it began again")});
  }
  lastMoment_ = now;
}

void SessionWriter::recordPlan(const navigation::GuidanceSnapshot& snapshot) {
  if (snapshot.plan == plan_) return;
  plan_ = snapshot.plan;
  const double at = snapshot.frame->arrival;
  if (plan_) savePlan(at);
  if (plan_) database_->addEvent(frames_ - 1, at, {"target_set", describeTarget(*plan_)});
  database_->addEvent(frames_ - 1, at, {"plan", plan_ ? plan_->name : std::string()});
}

/// A plan that cannot be written as a file is no reason to lose the pictures.
void SessionWriter::savePlan(double at) {
  const std::filesystem::path file = folder_ / "plan.json";
  const std::string text = planning::planText(*plan_);
  try {
    planning::parsePlan(text, file.string());
    writeWholeFile(file, text, "the plan", WholeFile::Place::InOwnSession);
  } catch (const Error& error) {
    database_->addEvent(frames_ - 1, at, {"plan_not_saved", error.what()});
    return;
  }
  database_->addPlan(at, plan_->name, text);
}

/// Of what all of the disk has lost since the beginning: whoever else writes to it counts as well.
std::optional<double> SessionWriter::secondsLeft() const {
  constexpr double shortest = 2.0;
  const auto available = freeBytes(folder_);
  if (!available || seconds() < shortest || *available >= freeAtStart_) return std::nullopt;
  if (*available <= options_.minimumFreeBytes) return 0.0;
  const double perSecond = static_cast<double>(freeAtStart_ - *available) / seconds();
  return static_cast<double>(*available - options_.minimumFreeBytes) / perSecond;
}

/// The pictures since the last commit, all of them in the file, as one segment.
void SessionWriter::endSegment() {
  if (frames_ > committed_) database_->addSegment(committed_, frames_ - 1, video_->takeDigest());
}

void SessionWriter::commit() {
  requirePlace();
  if (sync_) sync_->check();
  if (video_) video_->flush();
  endSegment();
  const acquisition::DiskClock::Waiting waiting(diskClock_.get());
  database_->commit();
  committed_ = frames_;
}

void SessionWriter::finish() {
  requirePlace();
  sync_.reset();  // its connection would keep the log
  if (video_) video_->finish();
  endSegment();
  database_->setMeta("complete", "yes");
  video_.reset();
  database_->finish();
  committed_ = frames_;
}

void SessionWriter::abandon(const std::string& reason) noexcept {
  sync_.reset();
  // The video is closed even where its end cannot be written; its pictures are read without it.
  bool whole = true;
  try {
    if (video_) video_->finish();
  } catch (const std::exception&) {
    whole = false;
  }
  video_.reset();
  try {
    if (!database_) return;
    if (!whole || placeLost_) {  // rows that may be without their picture
      database_->rollback();
      frames_ = committed_;
    }
    if (placeLost_) return;  // the files' names may be another session's by now
    const double now = monotonicSeconds();
    database_->addEvent(frames_ - 1, now, {"recording_failed", reason});
    database_->addEvent(frames_ - 1, now, {"alarm_on", "recording_failed: " + reason});
    database_->finish();
    committed_ = frames_;
  } catch (const std::exception&) {
  }
}

}  // namespace acuguide::recording
