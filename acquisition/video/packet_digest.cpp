#include "acquisition/video/packet_digest.h"

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/sha.h>
}

#include <array>
#include <new>

namespace acuguide::acquisition {
namespace {

constexpr int bits = 256;

}  // namespace

void PacketDigest::Free::operator()(AVSHA* context) const { av_free(context); }

PacketDigest::PacketDigest() : context_(av_sha_alloc()) {
  if (!context_) throw std::bad_alloc();
  av_sha_init(context_.get(), bits);
}

PacketDigest::~PacketDigest() = default;

void PacketDigest::add(std::span<const std::uint8_t> packet) {
  av_sha_update(context_.get(), packet.data(), packet.size());
}

std::string PacketDigest::take() {
  std::array<std::uint8_t, bits / 8> digest{};
  av_sha_final(context_.get(), digest.data());
  av_sha_init(context_.get(), bits);
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace acuguide::acquisition
