#include "core/utf8_text.h"

#include "core/error.h"

#include <cstdint>

namespace acuguide {
namespace {

/// Bytes of the character that `text` begins with; 0 when it is no UTF-8 (RFC 3629).
std::size_t characterLength(std::string_view text) {
  const auto at = [&text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = at(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((at(i) & 0xc0) != 0x80) return 0;
  // Written too long, half of a UTF-16 pair, beyond Unicode.
  const bool wrong = (first == 0xe0 && at(1) < 0xa0) || (first == 0xed && at(1) > 0x9f) ||
                     (first == 0xf0 && at(1) < 0x90) || (first == 0xf4 && at(1) > 0x8f);
  return wrong ? 0 : length;
}

}  // namespace

bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = characterLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string utf8Text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = characterLength(text);
    if (length == 0) result += "\xEF\xBF\xBD";
    result += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

void requireUtf8Name(const std::filesystem::path& path, const std::string& what) {
  if (isUtf8(path.string())) return;
  throw Error(utf8Text(path.string()), "the name is not UTF-8, and " + what + " needs one that is",
              "rename the file or folder (convmv does it for many), or choose another place");
}

}  // namespace acuguide
