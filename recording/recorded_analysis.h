#pragma once

#include "navigation/guidance_snapshot.h"

#include <filesystem>
#include <memory>

namespace acuguide::recording {

/// What was seen and said of each frame when a session was recorded: for replay, and for clips with the
/// overlays that the practitioner had. Belongs to the thread that made it.
class RecordedAnalysis {
 public:
  /// Throws Error when it is no session.
  explicit RecordedAnalysis(const std::filesystem::path& folder);
  ~RecordedAnalysis();

  /// False for a session recorded without analysis: there is nothing to show.
  bool any() const;

  /// The recorded analysis of `frame` (by its index in the session), as a snapshot of that moment, with the
  /// corridor and the danger zones where they were drawn. The hints are made again by today's rule. A session
  /// of before outlines were recorded shows those of the plan, and none where the target had gone with its
  /// tissue. Never throws; of a frame not in the session nothing is known.
  navigation::GuidanceSnapshot at(std::shared_ptr<const Frame> frame);

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace acuguide::recording
