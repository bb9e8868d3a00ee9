#include "apps/session_recording.h"

#include <cstdlib>
#include <ctime>
#include <exception>
#include <utility>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

std::string dateAndTime() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%d_%H%M%S", &local);
  return text;
}

/// `wanted`, or that name with a number behind it where there is a session already: nothing is overwritten.
fs::path unused(const fs::path& wanted) {
  fs::path path = wanted;
  for (int i = 2; fs::exists(path); ++i) path = wanted.string() + "_" + std::to_string(i);
  return path;
}

fs::path defaultFolder() {
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : ".") / "acuguide" / "sessions" / dateAndTime();
}

}  // namespace

void SessionRecording::into(const fs::path& folder) {
  std::lock_guard lock(mutex_);
  into_ = folder;
}

void SessionRecording::start() {
  std::lock_guard lock(mutex_);
  if (recorder_) return;
  // The folder the user named takes the first recording; a further one goes beside it.
  const fs::path path = !into_.empty()                         ? unused(into_)
                        : !folder_.empty() && current_.empty() ? folder_
                        : folder_.empty()                      ? unused(defaultFolder())
                                                               : unused(folder_);
  recording::RecorderOptions options;
  options.writer = record_;
  options.writer.source = source_();
  recorder_ = std::make_unique<recording::Recorder>(path, options);
  current_ = path;
  subject_.reset();
  partBecause_.clear();
}

void SessionRecording::stop() {
  std::unique_ptr<recording::Recorder> finishing;
  {
    std::lock_guard lock(mutex_);
    finishing = std::move(recorder_);
  }
  if (!finishing) return;
  const auto status = finishing->finish();
  std::lock_guard lock(mutex_);
  last_ = status;
}

void SessionRecording::offer(const std::shared_ptr<const navigation::GuidanceSnapshot>& snapshot) {
  std::lock_guard lock(mutex_);
  if (!recorder_ || !snapshot->frame) return;
  const cv::Mat& image = snapshot->frame->pixels;
  const Subject now{snapshot->stream.source.name, image.size(), image.channels(),
                    snapshot->frame->geometry.pixelAspect};
  if (!subject_) subject_ = now;
  if (now == *subject_)
    recorder_->offer(snapshot);
  else
    partBecause_ = now.source != subject_->source ? "another source: " + now.source
                   : now.size == subject_->size && now.channels == subject_->channels
                       ? "the shape of the image's pixels has changed"
                       : "the image has changed to " + std::to_string(now.size.width) + "x" +
                             std::to_string(now.size.height);
}

/// On the thread that may wait for the disk. Without a new part the recording has ended, with a word.
void SessionRecording::nextPart() {
  std::string because;
  fs::path before;
  {
    std::lock_guard lock(mutex_);
    if (partBecause_.empty()) return;
    because = std::exchange(partBecause_, {});
    before = current_;
  }
  stop();
  try {
    start();
    note({"part", because + ", after " + before.string()});
  } catch (const std::exception& error) {
    std::lock_guard lock(mutex_);
    last_.failed = true;
    last_.message = because + ", and no new part can be recorded: " + error.what();
  }
}

void SessionRecording::observe(const navigation::GuidanceSnapshot& snapshot) {
  nextPart();
  std::lock_guard lock(mutex_);
  for (recording::SessionEvent& event : watch_.process(snapshot))
    if (recorder_) recorder_->note(std::move(event));
}

void SessionRecording::note(recording::SessionEvent event) {
  std::lock_guard lock(mutex_);
  if (recorder_) recorder_->note(std::move(event));
}

std::optional<navigation::Alarm> SessionRecording::alarm() const {
  std::lock_guard lock(mutex_);
  return recorder_ ? recorder_->alarm() : std::nullopt;
}

bool SessionRecording::recording() const {
  std::lock_guard lock(mutex_);
  return recorder_ && !recorder_->status().failed;
}

recording::RecorderStatus SessionRecording::status() const {
  std::lock_guard lock(mutex_);
  return recorder_ ? recorder_->status() : last_;
}

fs::path SessionRecording::folder() const {
  std::lock_guard lock(mutex_);
  return current_;
}

}  // namespace acuguide::apps
