#include "acquisition/dicom/dicom_palette.h"

namespace acuguide::acquisition {
namespace {

enum Opcode : std::uint16_t { kDiscrete = 0, kLinear = 1, kIndirect = 2 };

/// Writes segments out one after the other; false as soon as one makes no sense.
class Expansion {
 public:
  Expansion(std::span<const std::uint16_t> words, std::size_t entries) : words_(words), entries_(entries) {}

  bool all() {
    std::size_t at = 0;
    while (at < words_.size() && table_.size() < entries_)
      if (!segment(at, true)) return false;
    return table_.size() == entries_;
  }
  std::vector<std::uint16_t> take() { return std::move(table_); }

 private:
  bool segment(std::size_t& at, bool mayPoint) {
    if (at + 2 >= words_.size()) return false;
    const std::uint16_t opcode = words_[at], length = words_[at + 1];
    at += 2;
    if (opcode == kIndirect) return mayPoint && indirect(at, length);
    if (table_.size() + length > entries_) return false;
    return opcode == kDiscrete ? discrete(at, length) : opcode == kLinear && linear(at, length);
  }

  bool discrete(std::size_t& at, std::size_t length) {
    if (at + length > words_.size()) return false;
    for (std::size_t i = 0; i < length; ++i) table_.push_back(words_[at + i]);
    at += length;
    return true;
  }

  /// From the last entry, exclusive, to the stated one.
  bool linear(std::size_t& at, int length) {
    if (table_.empty() || at >= words_.size()) return false;
    const int from = table_.back(), to = words_[at++];
    for (int i = 1; i <= length; ++i)
      table_.push_back(
          static_cast<std::uint16_t>(from + ((to - from) * static_cast<std::int64_t>(i)) / length));
    return true;
  }

  /// `count` earlier segments again, which must not point themselves.
  bool indirect(std::size_t& at, int count) {
    if (at + 2 > words_.size()) return false;
    std::size_t from = (static_cast<std::size_t>(words_[at + 1]) << 16 | words_[at]) / 2;
    at += 2;
    for (int i = 0; i < count; ++i)
      if (!segment(from, false)) return false;
    return true;
  }

  std::span<const std::uint16_t> words_;
  std::size_t entries_;
  std::vector<std::uint16_t> table_;
};

}  // namespace

std::optional<std::vector<std::uint16_t>> expandedPalette(std::span<const std::uint16_t> segments,
                                                          std::size_t entries) {
  if (entries == 0 || entries > 65536) return std::nullopt;
  Expansion expansion(segments, entries);
  if (!expansion.all()) return std::nullopt;
  return expansion.take();
}

}  // namespace acuguide::acquisition
