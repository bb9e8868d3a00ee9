#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

namespace acuguide::recording {

/// One compressed picture of a session's video.
struct VideoPacket {
  std::int64_t milliseconds = 0;
  std::span<const std::uint8_t> data;
};

/// Calls `take` for every compressed picture, in order, as far as the file can be read; nothing is decoded.
/// Throws Error when it is no such video at all.
void readVideoPackets(const std::filesystem::path& video,
                      const std::function<void(const VideoPacket&)>& take);

/// Writes the pictures up to `lastMilliseconds`, as they are compressed, into a new complete file (with its
/// index and duration). Throws Error.
void completeVideo(const std::filesystem::path& video, const std::filesystem::path& completed,
                   std::int64_t lastMilliseconds);

}  // namespace acuguide::recording
