#pragma once

#include "planning/plan.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::planning {

/// A needle-knife to plan with, and where its numbers come from. Lengths in mm; `lengthMm` is what can go in,
/// from the tip to the handle.
struct LibraryInstrument {
  Instrument instrument;
  std::string source;
  std::string note;
  bool general = false;  ///< from general knowledge, no source at hand
};

/// Instruments are data (planning/instruments/*.json, docs/schemas/instruments.schema.json), and a clinic
/// adds its own.
struct InstrumentLibrary {
  std::vector<LibraryInstrument> instruments;

  const LibraryInstrument* find(std::string_view name) const;
  /// Without sources and notes, in the library's order.
  std::vector<Instrument> all() const;
};

/// What is compiled in.
const InstrumentLibrary& builtInInstruments();

/// Adds every *.json of a folder, by name. Throws Error with the file, the key and the reason: not there, no
/// such file in it, wrong unit, a name that is taken.
InstrumentLibrary withFolder(InstrumentLibrary library, const std::filesystem::path& folder);

/// Adds the instruments of one text; `where` names it in errors.
void addInstruments(std::string_view text, const std::string& where, InstrumentLibrary& library);

/// How much of a blade stays outside the skin to be held, mm [general knowledge].
inline constexpr double handleRoomMm = 10.0;

/// The instrument for a path of this length through tissue: of those that reach (with `handleRoomMm` left),
/// first the ones whose blade is as wide as `wanted`'s (adverse events rise with it), then the shortest. Null
/// when none reaches.
const Instrument* chooseInstrument(const std::vector<Instrument>& instruments, const Instrument& wanted,
                                   double pathMm);

}  // namespace acuguide::planning
