#include "ui/windows/session_review.h"

#include "recording/session_source.h"
#include "recording/session_writer.h"

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr double kExpertPercent = 75.0;

QImage imageOf(const cv::Mat& picture) {
  const auto step = static_cast<qsizetype>(picture.step);
  const auto format = picture.channels() == 1 ? QImage::Format_Grayscale8 : QImage::Format_BGR888;
  return QImage(picture.data, picture.cols, picture.rows, step, format).copy();
}

/// The frame in which the blade was deepest; else the middle of the insertion.
std::int64_t deepestFrame(const recording::SessionRecord& record, const assessment::Insertion& insertion) {
  std::int64_t deepest = (insertion.firstFrame + insertion.lastFrame) / 2;
  double most = -1.0;
  for (std::int64_t i = insertion.firstFrame; i <= insertion.lastFrame; ++i) {
    const recording::FrameRecord& frame = record.frames[static_cast<std::size_t>(i)];
    const bool seen = frame.needle == tracking::NeedleState::Observed;
    if (!seen || !frame.guidance || !frame.guidance->tipDepthMm || *frame.guidance->tipDepthMm <= most)
      continue;
    most = *frame.guidance->tipDepthMm;
    deepest = i;
  }
  return deepest;
}

std::vector<InsertionEntry> entriesOf(const SessionReview& review, const std::string& source) {
  std::vector<InsertionEntry> entries;
  if (review.metrics.insertions.empty()) return entries;
  recording::SessionSource pictures(source, source);
  for (const assessment::InsertionMetrics& one : review.metrics.insertions) {
    pictures.seek(std::min(deepestFrame(review.record, one.insertion), *pictures.info().frameCount - 1));
    const auto frame = pictures.read();
    entries.push_back({one.number, one.start, one.end, frame ? imageOf(frame->pixels) : QImage()});
  }
  return entries;
}

}  // namespace

double SessionReview::secondsOf(std::int64_t frame) const {
  if (record.frames.empty()) return 0.0;
  const auto last = static_cast<std::int64_t>(record.frames.size()) - 1;
  const auto& row = record.frames[static_cast<std::size_t>(std::clamp<std::int64_t>(frame, 0, last))];
  return static_cast<double>(row.videoMs - record.frames.front().videoMs) * 1e-3;
}

std::int64_t SessionReview::frameAt(double seconds) const {
  if (record.frames.empty()) return 0;
  const double ms = static_cast<double>(record.frames.front().videoMs) + seconds * 1e3 + 0.5;
  const auto after = std::upper_bound(record.frames.begin(), record.frames.end(), ms,
                                      [](double wanted, const recording::FrameRecord& row) {
                                        return wanted < static_cast<double>(row.videoMs);
                                      });
  return std::max<std::int64_t>(0, (after - record.frames.begin()) - 1);
}

std::optional<std::int64_t> SessionReview::skinContact() const {
  if (metrics.insertions.empty()) return std::nullopt;
  return metrics.insertions.front().insertion.firstFrame;
}

std::vector<TimelineMark> marksOf(const recording::SessionRecord& record) {
  std::vector<TimelineMark> marks;
  for (const recording::EventRecord& event : record.events) {
    if (!event.frame) continue;
    const auto kind = event.kind == "bookmark"         ? std::optional(TimelineMark::Kind::Bookmark)
                      : event.kind == "note"           ? std::optional(TimelineMark::Kind::Note)
                      : event.kind == "alarm_on"       ? std::optional(TimelineMark::Kind::Alarm)
                      : event.kind == "snapshot"       ? std::optional(TimelineMark::Kind::Event)
                      : event.kind == "target_set"     ? std::optional(TimelineMark::Kind::Event)
                      : event.kind == "frames_dropped" ? std::optional(TimelineMark::Kind::Alarm)
                                                       : std::nullopt;
    if (!kind) continue;
    const std::string text = event.kind + (event.detail.empty() ? "" : ": " + event.detail);
    marks.push_back({*event.frame, *kind, QString::fromStdString(text)});
  }
  return marks;
}

std::optional<SessionReview> reviewSession(const std::string& source,
                                           const std::vector<std::filesystem::path>& experts) {
  std::error_code ignored;
  if (!std::filesystem::exists(recording::databaseOf(source), ignored)) return std::nullopt;
  SessionReview review;
  review.record = recording::readSessionRecord(source);
  review.metrics = assessment::measureSession(review.record);
  review.marks = marksOf(review.record);
  review.entries = entriesOf(review, source);
  if (!experts.empty()) {
    std::vector<assessment::SessionMetrics> measured;
    for (const std::filesystem::path& path : experts) measured.push_back(assessment::measureSession(path));
    review.experts.emplace(measured, kExpertPercent);
  }
  return review;
}

}  // namespace acuguide::ui
