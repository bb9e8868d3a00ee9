#include "fuzz/mutation.h"

#include <algorithm>
#include <array>

namespace acuguide::fuzz {
namespace {

constexpr std::array<std::uint32_t, 10> kTroublesome = {
    0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe};

std::size_t below(std::size_t limit, std::mt19937_64& random) { return limit == 0 ? 0 : random() % limit; }

std::size_t somewhere(const Bytes& bytes, std::mt19937_64& random) {
  const std::size_t header = std::min<std::size_t>(bytes.size(), 1200);
  return random() % 4 != 0 ? below(header, random) : below(bytes.size(), random);
}

void writeNumber(Bytes& bytes, std::size_t at, std::mt19937_64& random) {
  const std::uint32_t number = kTroublesome[below(kTroublesome.size(), random)];
  const std::size_t size = std::array<std::size_t, 3>{1, 2, 4}[below(3, random)];
  const bool bigEndian = random() % 2 == 0;
  for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i)
    bytes[at + i] = static_cast<std::uint8_t>(number >> (8 * (bigEndian ? size - 1 - i : i)));
}

void changeOnce(Bytes& bytes, std::mt19937_64& random) {
  if (bytes.empty()) return;
  const std::size_t at = somewhere(bytes, random);
  const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
  const auto length = static_cast<std::ptrdiff_t>(std::min(1 + below(64, random), bytes.size() - at));
  switch (random() % 8) {
    case 0:
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1u << (random() % 8)));
      break;
    case 1:
      bytes[at] = static_cast<std::uint8_t>(random());
      break;
    case 2:
    case 3:
    case 4:
      writeNumber(bytes, at, random);
      break;
    case 5:
      bytes.erase(from, from + length);
      break;
    case 6: {
      const Bytes part(from, from + length);
      bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(somewhere(bytes, random)), part.begin(),
                   part.end());
      break;
    }
    default:
      if (random() % 4 == 0) bytes.resize(at);
      break;
  }
}

}  // namespace

Bytes mutated(const Bytes& original, std::mt19937_64& random) {
  Bytes bytes = original;
  const std::size_t changes = 1 + below(6, random);
  for (std::size_t i = 0; i < changes; ++i) changeOnce(bytes, random);
  return bytes;
}

}  // namespace acuguide::fuzz
