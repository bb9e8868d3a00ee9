#include "outcomes/seal.h"

#include "core/error.h"
#include "core/input_file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acuguide::outcomes {
namespace {

constexpr std::uint8_t version = 1;
constexpr int nonceLength = 12, tagLength = 16;
constexpr std::size_t headLength = 1 + nonceLength;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const std::uint8_t* bytesOf(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// Failures of the library itself, which no input causes.
void require(int answer) {
  if (answer != 1) throw std::runtime_error("OpenSSL failed");
}

std::string hexOf(const std::uint8_t* bytes, std::size_t count) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

bool readHex(std::string_view text, std::array<std::uint8_t, 32>& bytes) {
  if (text.size() != 2 * bytes.size()) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char* at = text.data() + 2 * i;
    const auto [end, fault] = std::from_chars(at, at + 2, bytes[i], 16);
    if (fault != std::errc() || end != at + 2) return false;
  }
  return true;
}

}  // namespace

SealingKey SealingKey::read(const std::filesystem::path& file) {
  refuseSpecialFile(file);
  struct stat state {};
  std::ifstream stream(file);
  std::string text;
  if (stat(file.c_str(), &state) != 0 || !(stream >> text))
    throw Error(file.string(), "the key cannot be read", "make one with 'acuguide outcomes key --out FILE'");
  if ((state.st_mode & 077) != 0)
    throw Error(file.string(), "others can read the key", "take their rights away (chmod 600)");
  SealingKey key;
  if (!readHex(text, key.bytes_))
    throw Error(file.string(), "holds no key", "give the file that 'acuguide outcomes key' made");
  return key;
}

SealingKey SealingKey::make(const std::filesystem::path& file) {
  SealingKey key;
  require(RAND_bytes(key.bytes_.data(), static_cast<int>(key.bytes_.size())));
  const std::string text = hexOf(key.bytes_.data(), key.bytes_.size()) + "\n";
  const int target = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (target < 0)
    throw Error(file.string(), std::string("the key cannot be written (") + std::strerror(errno) + ")",
                "name a new file; a key is never overwritten");
  const bool whole = write(target, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (!(fsync(target) == 0 && whole)) {
    close(target);
    throw Error(file.string(), "the key could not be written whole", "free space on the disk and try again");
  }
  close(target);
  return key;
}

std::string SealingKey::id() const {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  require(EVP_Digest(bytes_.data(), bytes_.size(), digest.data(), nullptr, EVP_sha256(), nullptr));
  return hexOf(digest.data(), 8);
}

std::vector<std::uint8_t> sealed(std::string_view text, std::string_view place, const SealingKey& key) {
  std::vector<std::uint8_t> out(headLength + text.size() + tagLength);
  out[0] = version;
  require(RAND_bytes(out.data() + 1, nonceLength));
  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int length = 0;
  require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes_.data(), out.data() + 1));
  require(EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytesOf(place), static_cast<int>(place.size())));
  require(EVP_EncryptUpdate(cipher.get(), out.data() + headLength, &length, bytesOf(text),
                            static_cast<int>(text.size())));
  require(EVP_EncryptFinal_ex(cipher.get(), out.data() + headLength + length, &length));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tagLength,
                              out.data() + headLength + text.size()));
  return out;
}

std::string opened(const std::vector<std::uint8_t>& bytes, std::string_view place, const SealingKey& key,
                   const std::string& where) {
  const Error refused(where, "does not open with this key", "give the key it was sealed with");
  if (bytes.size() < headLength + tagLength || bytes[0] != version) throw refused;
  std::vector<std::uint8_t> text(bytes.size() - headLength - tagLength);
  std::array<std::uint8_t, tagLength> tag{};
  std::copy(bytes.end() - tagLength, bytes.end(), tag.begin());
  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int length = 0;
  require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes_.data(), bytes.data() + 1));
  require(EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytesOf(place), static_cast<int>(place.size())));
  std::uint8_t nothing = 0;
  require(EVP_DecryptUpdate(cipher.get(), text.empty() ? &nothing : text.data(), &length,
                            bytes.data() + headLength, static_cast<int>(text.size())));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tagLength, tag.data()));
  if (EVP_DecryptFinal_ex(cipher.get(), &nothing, &length) != 1) throw refused;
  return {text.begin(), text.end()};
}

}  // namespace acuguide::outcomes
