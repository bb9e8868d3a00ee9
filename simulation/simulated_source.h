#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/source_catalog.h"
#include "simulation/simulator.h"

#include <string>

namespace acuguide::simulation {

/// A scenario as a recorded, seekable source: frames wait to be read and are the same however they are
/// reached.
class SimulatedSource : public acquisition::FrameSource {
 public:
  /// `sim:SCENARIO?seed=N&frames=N&fps=F`, all options optional; throws Error.
  explicit SimulatedSource(const std::string& source);

  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;
  void seek(std::int64_t index) override;

 private:
  acquisition::SourceInfo info_;
  Simulator simulator_;
  std::int64_t next_ = 0;
};

/// For the catalogue of sources: claims texts that begin with "sim:".
acquisition::SourceCatalog::Kind simulatorKind();

}  // namespace acuguide::simulation
