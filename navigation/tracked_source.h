#pragma once

#include "acquisition/source_catalog.h"
#include "acquisition/source_wrapper.h"

#include <memory>
#include <string>

namespace acuguide::navigation {

/// A live source of pictures whose poses come from elsewhere: another source (camera:, igtl://) is read on a
/// thread of its own, and each frame gets every pose it brought, at the moment the frame arrived
/// (acquisition/pose_history.h: interpolated, not valid beyond 0.1 s). What lies between the two arrivals, a
/// temporal calibration finds (calibrate temporal) and pose_lag.h takes out.
///
/// A tracker that goes away takes only its poses with it and is opened again every second; the pictures go
/// on. Of a recorded source the poses are its own: the tracker is refused.
class TrackedSource : public acquisition::SourceWrapper {
 public:
  /// `openTracker` is called here, so that what is wrong with it is said at once, and again on its thread.
  /// Throws what it throws; Error when `pictures` is recorded.
  TrackedSource(std::unique_ptr<acquisition::FrameSource> pictures, std::string tracker,
                acquisition::SourceOpener openTracker);
  ~TrackedSource() override;

  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;

 private:
  struct Listener;

  acquisition::SourceInfo info_;
  std::shared_ptr<Listener> listener_;
};

/// The same kinds of source, their pictures with the poses of the source `tracker`, which `open` opens.
acquisition::SourceCatalog withTracker(const acquisition::SourceCatalog& catalog, const std::string& tracker,
                                       const acquisition::SourceOpener& open);

}  // namespace acuguide::navigation
