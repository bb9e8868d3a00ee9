#pragma once

#include "acquisition/sequence/sequence_header.h"

#include <istream>
#include <string>
#include <string_view>

namespace acuguide::acquisition {

/// Takes a header field that both formats share: PLUS's fields of one frame
/// ("Seq_Frame0012_ProbeToTrackerTransform",
/// "...Status", "..._Timestamp", "..._ImageStatus"), UltrasoundImageOrientation, UltrasoundImageType. False
/// when the key is none of them. Throws Error when its value is malformed.
bool takeSequenceField(std::string_view key, std::string_view value, SequenceHeader& header);

/// The next line of a text header without its line break, at most `longest` bytes; false at the end of the
/// file. Throws Error when the line is longer, which tells a binary file from a header without reading all of
/// it.
bool readHeaderLine(std::istream& in, std::string& line, const std::filesystem::path& file);

/// "Tool" and "Tracker" of "ToolToTracker"; nullopt when the name is not of that form.
std::optional<std::pair<std::string, std::string>> splitTransformName(std::string_view name);

/// Spacing that means anything: finite, positive and not PLUS's "1 1", which stands for unknown.
std::optional<Eigen::Vector2d> knownSpacing(double x, double y);

}  // namespace acuguide::acquisition
