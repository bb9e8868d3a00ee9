#pragma once

#include "acquisition/igtl/igtl_message.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace acuguide::acquisition {

/// Cuts a stream of bytes into OpenIGTLink messages whose CRC is right, whatever the bytes are: garbage,
/// wrong CRC, headers that claim 4 GB, messages that break off half way. What cannot be a message is passed
/// over and counted, and the next real message is found again even when it lies within what a lying header
/// claimed.
///
/// Memory: what has arrived of one message, 64 MiB at the very most, never what a header merely claims.
/// Time: linear in the bytes given (a message that fails its CRC is searched for others at most four times
/// its own length).
class IgtlFramer {
 public:
  struct Message {
    IgtlHeader header;
    std::span<const std::uint8_t> body;  ///< until the next call of append() or next()
  };

  void append(std::span<const std::uint8_t> bytes);

  /// nullopt: more bytes are needed.
  std::optional<Message> next();

  /// Runs of bytes that were no message, wrong CRCs and impossible sizes so far.
  std::int64_t damaged() const { return damaged_; }
  std::int64_t messages() const { return messages_; }  ///< found so far
  /// The header version of messages that were passed over because of it; 0 when there was none.
  int unreadVersion() const { return unreadVersion_; }
  std::size_t buffered() const { return buffer_.size() - begin_; }

 private:
  std::span<const std::uint8_t> rest() const { return std::span(buffer_).subspan(begin_); }
  void passOver();
  void searchWithin(std::size_t messageSize);

  std::vector<std::uint8_t> buffer_;
  std::size_t begin_ = 0;
  bool inGarbage_ = false;
  std::int64_t damaged_ = 0, messages_ = 0;
  int unreadVersion_ = 0;
  // Of a message that failed its CRC: the search within it ends there, or when this many bytes were summed.
  std::size_t searchEnd_ = 0;
  std::uint64_t searchBudget_ = 0;
};

}  // namespace acuguide::acquisition
