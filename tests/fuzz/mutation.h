#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace acuguide::fuzz {

using Bytes = std::vector<std::uint8_t>;

/// A few random changes: bits, bytes, numbers that programs trip over, parts cut out, doubled, inserted, the
/// end cut off. Most fall into the first kilobyte, where headers are.
Bytes mutated(const Bytes& original, std::mt19937_64& random);

}  // namespace acuguide::fuzz
