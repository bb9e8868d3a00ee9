#pragma once

#include "acquisition/source_wrapper.h"
#include "core/stream_clock.h"

#include <memory>
#include <optional>
#include <string>

namespace acuguide::acquisition {

/// What every frame passes before the program believes what its source says of it (SourceCatalog::open() and
/// Feed put it round each source):
/// - time: a live source's stamps become a time line that increases at the pace of true time (StreamClock); a
///   recorded one's times stay as they are. Frame::epoch rises with each discontinuity: a clock that goes
///   back, a gap of more than a second, another image size, a jump in a recording.
/// - scale: a spacing that no ultrasound image has is taken away, with the reason (core/scale.h).
/// - poses: one that is not rigid is invalid, with the reason (core/pose.h).
class GatedSource : public SourceWrapper {
 public:
  explicit GatedSource(std::unique_ptr<FrameSource> source);

  std::optional<Frame> read() override;
  std::string remark() const override;

 private:
  void placeInTime(Frame& frame);
  /// When the frame came; of a pipeline that plays a file and waits for its reader, when it would have come
  /// to one that is quick enough. Stamps are judged against that.
  double arrivalOf(const Frame& frame);
  void admitPoses(Frame& frame);

  StreamClock clock_;
  double stamp_ = 0.0, arrival_ = 0.0, paced_ = 0.0;
  std::optional<FrameMoment> last_;
  std::int64_t sourceEpoch_ = 0, epoch_ = 0;
  std::string poseRemark_;
};

/// The source behind the gate; one that is behind it already stays as it is.
std::unique_ptr<FrameSource> gated(std::unique_ptr<FrameSource> source);

}  // namespace acuguide::acquisition
