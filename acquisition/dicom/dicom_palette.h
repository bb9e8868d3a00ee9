#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace acuguide::acquisition {

/// A segmented palette table of 16-bit entries (DICOM PS3.3, C.7.9.2) written out: discrete, linear and
/// indirect segments. nullopt unless it comes to exactly `entries` (at most 65536).
std::optional<std::vector<std::uint16_t>> expandedPalette(std::span<const std::uint16_t> segments,
                                                          std::size_t entries);

}  // namespace acuguide::acquisition
