#include "acquisition/pose_lag.h"

#include "core/pose.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace acuguide::acquisition {
namespace {

const NamedPose* find(const std::vector<NamedPose>& poses, const NamedPose& like) {
  const auto found = std::find_if(poses.begin(), poses.end(), [&like](const NamedPose& pose) {
    return pose.from == like.from && pose.to == like.to;
  });
  return found == poses.end() ? nullptr : &*found;
}

}  // namespace

PoseLagSource::PoseLagSource(std::unique_ptr<FrameSource> source, double lagSeconds)
    : SourceWrapper(std::move(source)), lag_(lagSeconds) {}

bool PoseLagSource::readAhead() {
  auto frame = ended_ ? std::nullopt : source().read();
  if (!frame) {
    ended_ = true;
    return false;
  }
  // A clock that was set back begins anew: what came before says nothing about now.
  if (!moments_.empty() && frame->time < moments_.back().time) moments_.clear();
  moments_.push_back({frame->time, frame->poses});
  waiting_.push_back(std::move(*frame));
  return true;
}

void PoseLagSource::forgetBefore(double time) {
  while (moments_.size() > 2 && moments_[1].time < time) moments_.pop_front();
}

std::vector<NamedPose> PoseLagSource::posesAt(double time, const std::vector<NamedPose>& named) const {
  std::vector<NamedPose> poses = named;
  for (NamedPose& pose : poses) pose.valid = false;
  const auto after = std::lower_bound(moments_.begin(), moments_.end(), time,
                                      [](const Moment& moment, double at) { return moment.time < at; });
  if (after == moments_.end() || (after == moments_.begin() && after->time > time)) return poses;
  const auto before = after->time > time ? std::prev(after) : after;
  const double step = after->time - before->time;
  if (step > longestGap) return poses;
  const double share = step > 0.0 ? (time - before->time) / step : 0.0;
  for (NamedPose& pose : poses) {
    const NamedPose* a = find(before->poses, pose);
    const NamedPose* b = find(after->poses, pose);
    if (!a || !b || !a->valid || !b->valid) continue;
    pose.matrix = poseBetween(a->matrix, b->matrix, share);
    pose.valid = true;
  }
  return poses;
}

std::optional<Frame> PoseLagSource::read() {
  if (waiting_.empty() && !readAhead()) return std::nullopt;
  // Only frames with poses wait for later ones.
  while (!waiting_.front().poses.empty() && moments_.back().time < waiting_.front().time + lag_ &&
         readAhead()) {
  }
  Frame frame = std::move(waiting_.front());
  waiting_.pop_front();
  if (!frame.poses.empty()) frame.poses = posesAt(frame.time + lag_, frame.poses);
  forgetBefore(frame.time + std::min(lag_, 0.0) - longestGap);
  return frame;
}

void PoseLagSource::seek(std::int64_t index) {
  waiting_.clear();
  moments_.clear();
  ended_ = false;
  // Past poses are needed as well: begin as many frames earlier as cover the lag.
  const double rate = info().nominalFramesPerSecond.value_or(30.0);
  const auto earlier = lag_ < 0.0 ? std::int64_t(std::ceil(-lag_ * rate)) + 1 : 0;
  source().seek(std::max<std::int64_t>(0, index - earlier));
  while (waiting_.empty() || waiting_.back().index < index)
    if (!readAhead()) break;
  while (waiting_.size() > 1) waiting_.pop_front();
  if (!waiting_.empty() && waiting_.front().index < index) waiting_.clear();
}

SourceCatalog withPoseLag(const SourceCatalog& catalog, double lagSeconds) {
  return catalog.wrapped([lagSeconds](std::unique_ptr<FrameSource> source) {
    return std::make_unique<PoseLagSource>(std::move(source), lagSeconds);
  });
}

}  // namespace acuguide::acquisition
