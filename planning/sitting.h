#pragma once

#include "planning/plan.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::planning {

/// One point of a sitting.
struct SittingPoint {
  Plan plan;
  bool done = false;
  /// Recorded insertions, in their order: folders beside the sitting's file.
  std::vector<std::string> insertions;
};

/// One patient's visit: several points one after the other, one folder for all that comes of it.
struct Sitting {
  std::string patientCode;               ///< a code, never a name
  std::optional<BodySide> affectedSide;  ///< of this patient; none: not known, or both
  std::string startedUtc;                ///< "2026-12-01T16:40:00Z"
  std::vector<SittingPoint> points;      ///< at least one, at most Atlas::mostPointsASession
  std::size_t current = 0;               ///< the point in hand

  const SittingPoint& now() const { return points.at(current); }
};

/// The name of the sitting's file in its folder.
inline constexpr const char* sittingFile = "sitting.json";

/// "acuguide.sitting/1" (docs/schemas/sitting.schema.json). Throws Error with the file, the key's path and
/// the reason: as readPlan for its plans, more points than a session may have, another patient's plan.
Sitting readSitting(const std::filesystem::path& file);
/// Writes it so that readSitting gives the same. Throws Error; a file already there stays whole then.
void writeSitting(const Sitting& sitting, const std::filesystem::path& file);

/// "ST36_left_2": a folder for the next insertion at the point in hand.
std::string nextInsertion(const Sitting& sitting);

/// The next plan of the same patient on the same day: what was answered for `before` holds, but for what is
/// asked of the site itself (infection, implant).
Checklist carriedOver(const Checklist& before);

struct PastSitting {
  std::filesystem::path folder;
  Sitting sitting;
};
/// The sittings in the folders of `sessions`, newest first, at most `most`. What cannot be read is left out.
std::vector<PastSitting> pastSittings(const std::filesystem::path& sessions, std::size_t most = 200);

}  // namespace acuguide::planning
