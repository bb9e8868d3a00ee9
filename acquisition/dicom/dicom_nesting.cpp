#include "acquisition/dicom/dicom_nesting.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::acquisition {
namespace {

constexpr std::uint32_t undefined = 0xffffffffU;
constexpr std::uint16_t delimiters = 0xfffe;  // group of item, end of item, end of sequence

enum class Followed { Shallow, Deep, Lost };

/// Follows the heads of the elements of a file.
class Walk {
 public:
  explicit Walk(std::ifstream& file) : file_(file) {
    file_.seekg(0, std::ios::end);
    size_ = static_cast<std::uint64_t>(file_.tellg());
  }

  Followed run() {
    if (!start()) return Followed::Lost;
    while (at_ + 8 <= size_) {
      while (!open_.empty() && open_.back().end <= at_) open_.pop_back();
      if (!step()) return Followed::Lost;
      if (std::ranges::count(open_, true, &Open::sequence) > mostDicomNesting) return Followed::Deep;
    }
    return Followed::Shallow;
  }

 private:
  /// A sequence or one of its items that has not ended.
  struct Open {
    bool sequence = false;
    std::uint64_t end = 0;  ///< the largest number: an end mark of its own
  };

  bool read(std::uint64_t at, void* to, std::size_t count) {
    file_.clear();
    return at + count <= size_ && file_.seekg(static_cast<std::streamoff>(at)) &&
           file_.read(static_cast<char*>(to), static_cast<std::streamsize>(count));
  }
  std::uint16_t word(const std::uint8_t* bytes) const {
    return static_cast<std::uint16_t>(big_ ? bytes[0] << 8 | bytes[1] : bytes[1] << 8 | bytes[0]);
  }
  std::uint32_t longWord(const std::uint8_t* bytes) const {
    const std::uint32_t first = word(bytes), second = word(bytes + 2);
    return big_ ? first << 16 | second : second << 16 | first;
  }

  /// To the data set, past the file's own head (always explicit, little endian), which names its encoding.
  bool start() {
    std::array<char, 4> magic{};
    const bool hasHead = read(128, magic.data(), magic.size()) && std::string_view(magic.data(), 4) == "DICM";
    at_ = hasHead ? 132 : 0;
    std::string syntax;
    for (std::array<std::uint8_t, 8> head{}; read(at_, head.data(), head.size()) && word(head.data()) == 2;) {
      const std::optional<Element> element = elementAt(head);
      if (!element || element->length == undefined) return false;
      if (word(head.data() + 2) == 0x0010 && element->length < 100) {
        syntax.resize(element->length);
        if (!read(element->content, syntax.data(), syntax.size())) return false;
        syntax = syntax.c_str();
      }
      at_ = element->content + element->length;
    }
    big_ = syntax == UID_BigEndianExplicitTransferSyntax;
    std::array<std::uint8_t, 8> first{};
    if (!read(at_, first.data(), first.size())) return false;
    // As DCMTK: what the first element looks like counts, not what the head says.
    explicit_ = isVr(first.data() + 4);
    if (syntax.empty() && word(first.data()) > 0x00ff && word(first.data()) % 256 == 0) big_ = true;
    return true;
  }

  static bool isVr(const std::uint8_t* bytes) {
    return std::isupper(bytes[0]) != 0 && std::isupper(bytes[1]) != 0;
  }

  struct Element {
    std::uint64_t content = 0;
    std::uint32_t length = 0;
    std::string vr;  ///< empty where it is not written
  };

  std::optional<Element> elementAt(const std::array<std::uint8_t, 8>& head) {
    if (!explicit_ || !isVr(head.data() + 4)) return Element{at_ + 8, longWord(head.data() + 4), ""};
    const std::string vr(reinterpret_cast<const char*>(head.data()) + 4, 2);
    static constexpr std::array<std::string_view, 18> shortOnes = {"AE", "AS", "AT", "CS", "DA", "DS",
                                                                   "DT", "FL", "FD", "IS", "LO", "LT",
                                                                   "PN", "SH", "SL", "SS", "ST", "TM"};
    if (std::ranges::find(shortOnes, vr) != shortOnes.end() || vr == "UI" || vr == "UL" || vr == "US")
      return Element{at_ + 8, word(head.data() + 6), vr};
    std::array<std::uint8_t, 4> length{};
    if (!read(at_ + 8, length.data(), length.size())) return std::nullopt;
    return Element{at_ + 12, longWord(length.data()), vr};
  }

  bool beginsWithItem(std::uint64_t at, std::uint64_t length) {
    std::array<std::uint8_t, 4> tag{};
    return length >= 8 && read(at, tag.data(), tag.size()) && word(tag.data()) == delimiters &&
           word(tag.data() + 2) == 0xe000;
  }

  std::uint64_t endOf(std::uint64_t content, std::uint32_t length) const {
    return length == undefined ? std::numeric_limits<std::uint64_t>::max() : content + length;
  }

  /// Over one element, or into it. False: what is there is no element.
  bool step() {
    std::array<std::uint8_t, 8> head{};
    if (!read(at_, head.data(), head.size())) return false;
    const std::uint16_t group = word(head.data()), number = word(head.data() + 2);
    if (group == delimiters) return mark(number, longWord(head.data() + 4));
    const std::optional<Element> element = elementAt(head);
    if (!element) return false;
    at_ = element->content;
    if (group == 0x7fe0 && element->length == undefined) return skipFragments();
    const bool sequence =
        element->vr == "SQ" || element->length == undefined ||
        (element->vr.empty() && DcmTag(group, number).getEVR() == EVR_SQ) ||
        ((element->vr.empty() || element->vr == "UN") && beginsWithItem(at_, element->length));
    if (sequence)
      open_.push_back({true, endOf(at_, element->length)});
    else
      at_ += element->length;
    return at_ <= size_;
  }

  bool mark(std::uint16_t number, std::uint32_t length) {
    at_ += 8;
    if (number == 0xe000) {
      if (open_.empty() || !open_.back().sequence) return false;
      open_.push_back({false, endOf(at_, length)});
      return true;
    }
    if ((number != 0xe00d && number != 0xe0dd) || open_.empty()) return false;
    if (open_.back().sequence != (number == 0xe0dd)) open_.pop_back();
    if (open_.empty()) return false;
    open_.pop_back();
    return true;
  }

  /// Compressed images: one fragment after the other, until the mark of the end.
  bool skipFragments() {
    for (std::array<std::uint8_t, 8> head{}; read(at_, head.data(), head.size());) {
      const std::uint32_t length = longWord(head.data() + 4);
      at_ += 8;
      if (word(head.data()) != delimiters) return false;
      if (word(head.data() + 2) == 0xe0dd) return true;
      if (length == undefined) return false;
      at_ += length;
    }
    return true;  // cut short: what is there was flat
  }

  std::ifstream& file_;
  std::uint64_t size_ = 0, at_ = 0;
  bool explicit_ = true, big_ = false;
  std::vector<Open> open_;
};

/// Whether a file holds more marks of items than may lie in each other, in either byte order.
bool hasManyItems(std::ifstream& file) {
  file.clear();
  file.seekg(0);
  std::vector<char> block(1U << 20);
  std::uint32_t last = 0;
  for (int items = 0; file;) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    for (std::streamsize i = 0; i < file.gcount(); ++i) {
      last = last << 8 | static_cast<std::uint8_t>(block[static_cast<std::size_t>(i)]);
      if ((last == 0xfeff00e0U || last == 0xfffee000U) && ++items > mostDicomNesting) return true;
    }
  }
  return false;
}

}  // namespace

void requireShallowDicom(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return;  // whoever opens it says so
  const Followed followed = Walk(file).run();
  if (followed == Followed::Shallow || (followed == Followed::Lost && !hasManyItems(file))) return;
  throw Error(path.string(),
              followed == Followed::Deep
                  ? "its sequences lie more than " + std::to_string(mostDicomNesting) + " deep in each other"
                  : "is damaged: its sequences cannot be followed",
              "export it again; no ultrasound image needs that");
}

}  // namespace acuguide::acquisition
