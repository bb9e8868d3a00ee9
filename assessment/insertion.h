#pragma once

#include "assessment/needle_path.h"
#include "recording/session_record.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace acuguide::assessment {

/// How an insertion ended.
enum class InsertionEnd {
  Withdrawn,     ///< the tip came back to the skin
  RecordingEnd,  ///< the recording ended with the blade inside
  Lost           ///< it was not seen any more, from deep inside
};
/// "withdrawn", "recording_end", "lost".
std::string_view nameOf(InsertionEnd end);

/// One insertion, from the first frame in which the blade is in the tissue to the last.
struct Insertion {
  std::int64_t firstFrame = 0, lastFrame = 0;
  InsertionEnd end = InsertionEnd::Withdrawn;
};

struct InsertionOptions {
  double bridgeSeconds = 2.0;       ///< unseen for so long, it is still the same insertion
  double bridgeDeepSeconds = 10.0;  ///< the same, where it was deep inside before and after
  double deepMm = 5.0;              ///< the tip below the skin is deep inside
  double minimumSeconds = 0.5;      ///< seen for less in all, it was none
  int minimumSightings = 5;         ///< seen in fewer frames, it was none
  double withdrawnShare = 0.5;      ///< last seen at less than this share of its greatest depth: withdrawn
  double outsideSeconds = 1.0;      ///< poses: outside the tissue for longer ends the insertion
};

/// From what was seen in the pictures: a needle in the picture is in the tissue, since ultrasound shows
/// nothing else. `depthMm`: of the tip below the skin, one a frame, NaN where it is not seen or there is no
/// scale.
std::vector<Insertion> insertionsInPictures(const recording::SessionRecord& record,
                                            const std::vector<double>& depthMm,
                                            const InsertionOptions& options = {});

/// From tracked needle poses whose tissue is known: from the last sample before the tip went in, so that the
/// step into the tissue counts as in Perk Tutor, to the last inside.
std::vector<Insertion> insertionsOfPath(const NeedlePath& path, const InsertionOptions& options = {});

}  // namespace acuguide::assessment
