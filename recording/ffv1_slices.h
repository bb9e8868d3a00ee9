#pragma once

#include <cstdint>
#include <span>

namespace acuguide::recording {

/// Do the checksums of the slices of a picture coded by FFV1 version 3 hold (RFC 9043, 4.9)? The decoder
/// itself only logs a mismatch and patches the picture with the one before.
bool sliceChecksumsHold(std::span<const std::uint8_t> packet);

}  // namespace acuguide::recording
