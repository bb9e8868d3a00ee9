#pragma once

#include <filesystem>
#include <optional>

namespace acuguide::acquisition {

/// True when a video file ends before its container does: the sizes that Matroska (and WebM), MP4 (and MOV,
/// 3GP), AVI and Ogg state reach beyond the end of the file. What FFmpeg reads of such a file ends like a
/// whole one. Lengths in seconds do not tell: the last image may stay, the sound may be longer, many are
/// estimates. False for containers that state no size (MPEG streams, recordings that were killed), and when
/// the file cannot be read.
bool isContainerCutShort(const std::filesystem::path& file);

/// Presentation time of the last image of the best video stream, seconds from the stream's start, by reading
/// the container without decoding (as long as reading the file takes); nullopt when there is none.
std::optional<double> lastPacketSeconds(const std::filesystem::path& file);

/// True when the best video stream says that it is interlaced: each image holds fields of two moments.
bool isInterlaced(const std::filesystem::path& file);

}  // namespace acuguide::acquisition
