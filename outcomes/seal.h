#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::outcomes {

/// A secret that names and notes are sealed with: 32 random bytes in a file of their own (64 hexadecimal
/// digits), which belongs on another disk than the database.
class SealingKey {
 public:
  /// Throws Error: not there, not such a key, or readable by others than its owner.
  static SealingKey read(const std::filesystem::path& file);
  /// Makes a new one; the file is its owner's alone. Throws Error when the file is there already.
  static SealingKey make(const std::filesystem::path& file);

  /// The first 8 bytes of its SHA-256, hexadecimal: tells which key, and gives nothing of it away.
  std::string id() const;

 private:
  friend std::vector<std::uint8_t> sealed(std::string_view, std::string_view, const SealingKey&);
  friend std::string opened(const std::vector<std::uint8_t>&, std::string_view, const SealingKey&,
                            const std::string&);
  std::array<std::uint8_t, 32> bytes_{};
};

/// AES-256-GCM (NIST SP 800-38D) by OpenSSL: version byte 1, a random nonce of 12 bytes, the text, a tag of
/// 16. `place` is bound into the tag: sealed text that is put in another place does not open.
std::vector<std::uint8_t> sealed(std::string_view text, std::string_view place, const SealingKey& key);
/// Throws Error, naming `where`, when it was changed, moved, or sealed with another key.
std::string opened(const std::vector<std::uint8_t>& bytes, std::string_view place, const SealingKey& key,
                   const std::string& where);

}  // namespace acuguide::outcomes
