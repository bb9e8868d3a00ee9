#pragma once

#include "acquisition/source_catalog.h"
#include "acquisition/source_wrapper.h"

#include <deque>
#include <memory>

namespace acuguide::acquisition {

/// A source whose tracker's stamps differ from its pictures' (calibrate temporal): the poses a frame came
/// with are replaced by those of `lagSeconds` later, interpolated between the frames they came with (rotation
/// by the shortest way, translation straight). PLUS's sign: negative when tracker stamps are earlier than
/// image stamps of the same event; then the poses needed are past and nothing waits. With a positive lag
/// frames are held back until their poses have come, which on a live source delays the picture by so much.
///
/// A pose is valid only where both its neighbours are, and no more than `longestGap` apart; the first and
/// last frames of a recording may so lose theirs. Pictures and times stay as they were.
class PoseLagSource : public SourceWrapper {
 public:
  PoseLagSource(std::unique_ptr<FrameSource> source, double lagSeconds);

  std::optional<Frame> read() override;
  void seek(std::int64_t index) override;

  static constexpr double longestGap = 0.5;  ///< seconds

 private:
  struct Moment {
    double time = 0.0;
    std::vector<NamedPose> poses;
  };
  bool readAhead();
  void forgetBefore(double time);
  std::vector<NamedPose> posesAt(double time, const std::vector<NamedPose>& named) const;

  double lag_ = 0.0;
  std::deque<Moment> moments_;  ///< poses as they came, oldest first
  std::deque<Frame> waiting_;   ///< read, not yet handed out
  bool ended_ = false;
};

/// The same kinds of source, each with its poses moved by `lagSeconds`.
SourceCatalog withPoseLag(const SourceCatalog& catalog, double lagSeconds);

}  // namespace acuguide::acquisition
