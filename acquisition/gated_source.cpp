#include "acquisition/gated_source.h"

#include "core/limits.h"
#include "core/pose.h"
#include "core/scale.h"

#include <utility>

namespace acuguide::acquisition {

GatedSource::GatedSource(std::unique_ptr<FrameSource> source) : SourceWrapper(std::move(source)) {}

double GatedSource::arrivalOf(const Frame& frame) {
  const double step = frame.time - std::exchange(stamp_, frame.time);
  const double waited = frame.arrival - std::exchange(arrival_, frame.arrival);
  const bool follows = step > 0.0 && step <= limits::kLongestGapSeconds;
  return paced_ += info().finite && follows ? step : waited;
}

std::optional<Frame> GatedSource::read() {
  std::optional<Frame> frame = source().read();
  if (!frame) return frame;
  placeInTime(*frame);
  admitScale(frame->geometry, frame->pixels.size(), "the source");
  admitPoses(*frame);
  return frame;
}

void GatedSource::placeInTime(Frame& frame) {
  std::int64_t stated = frame.epoch;
  if (info().live) {
    const StreamClock::Moment moment = clock_.place(frame.time, arrivalOf(frame));
    frame.time = moment.time;
    stated += moment.epoch;
  }
  const bool broken = stated != std::exchange(sourceEpoch_, stated);
  frame.epoch = epoch_;
  const FrameMoment now(frame);
  if (last_ && (broken || !continues(*last_, now))) frame.epoch = ++epoch_;
  last_.emplace(frame);
}

void GatedSource::admitPoses(Frame& frame) {
  poseRemark_.clear();
  for (NamedPose& pose : frame.poses) {
    admitPose(pose);
    if (!pose.valid && !pose.fault.empty() && poseRemark_.empty())
      poseRemark_ = pose.name() + " is not used: it " + pose.fault;
  }
}

std::string GatedSource::remark() const {
  std::string text = SourceWrapper::remark();
  const auto add = [&text](const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : "; ") + more;
  };
  if (!clock_.usable()) add("the sender's clock cannot be used, the times are those of arrival");
  add(poseRemark_);
  return text;
}

std::unique_ptr<FrameSource> gated(std::unique_ptr<FrameSource> source) {
  if (!source || dynamic_cast<GatedSource*>(source.get()) != nullptr) return source;
  return std::make_unique<GatedSource>(std::move(source));
}

}  // namespace acuguide::acquisition
