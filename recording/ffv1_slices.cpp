#include "recording/ffv1_slices.h"

extern "C" {
#include <libavutil/crc.h>
}

namespace acuguide::recording {

bool sliceChecksumsHold(std::span<const std::uint8_t> packet) {
  // Each slice ends with its length (3 bytes), a status byte and a checksum under which all of it sums to 0.
  constexpr std::size_t trailer = 8;
  const AVCRC* table = av_crc_get_table(AV_CRC_32_IEEE);
  std::size_t end = packet.size();
  while (end > 0) {
    if (end < trailer) return false;
    const std::uint8_t* length = packet.data() + end - trailer;
    const std::size_t slice =
        (std::size_t{length[0]} << 16 | std::size_t{length[1]} << 8 | length[2]) + trailer;
    if (slice > end) return false;
    end -= slice;
    if (av_crc(table, 0, packet.data() + end, slice) != 0) return false;
  }
  return !packet.empty();
}

}  // namespace acuguide::recording
