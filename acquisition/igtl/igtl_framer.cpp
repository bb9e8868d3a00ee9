#include "acquisition/igtl/igtl_framer.h"

#include <algorithm>

namespace acuguide::acquisition {

void IgtlFramer::append(std::span<const std::uint8_t> bytes) {
  if (begin_ > 0) {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
    searchEnd_ -= std::min(searchEnd_, begin_);
    begin_ = 0;
  }
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

/// One byte further, and on to the next place where a header could start: version 1 or 2, then a capital.
void IgtlFramer::passOver() {
  if (!inGarbage_) ++damaged_;
  inGarbage_ = true;
  const auto couldStart = [this](std::size_t at) {
    if (buffer_[at] != 0) return false;
    if (at + 1 >= buffer_.size()) return true;
    if (buffer_[at + 1] != 1 && buffer_[at + 1] != 2) return false;
    return at + 2 >= buffer_.size() || (buffer_[at + 2] >= 'A' && buffer_[at + 2] <= 'Z');
  };
  do {
    ++begin_;
  } while (begin_ < buffer_.size() && !couldStart(begin_));
}

// What claimed to be one message may be half of one with the next behind it.
void IgtlFramer::searchWithin(std::size_t messageSize) {
  if (begin_ >= searchEnd_) {
    searchEnd_ = begin_ + messageSize;
    searchBudget_ = 4 * messageSize;
  } else if (searchBudget_ <= messageSize) {
    begin_ = std::min(searchEnd_, buffer_.size());
    return;
  } else {
    searchBudget_ -= messageSize;
  }
  passOver();
}

std::optional<IgtlFramer::Message> IgtlFramer::next() {
  while (buffered() >= IgtlHeader::kSize) {
    const std::optional<IgtlHeader> header = parseIgtlHeader(rest());
    const auto arrived = rest().subspan(IgtlHeader::kSize);
    if (!header) {
      if (const int version = unreadIgtlVersion(rest()); version > 0) unreadVersion_ = version;
      passOver();
      continue;
    }
    const auto body = arrived.first(std::min<std::uint64_t>(arrived.size(), header->bodySize));
    if (!igtlSizeIsPlausible(*header, body)) {
      inGarbage_ = false;
      passOver();
      continue;
    }
    if (body.size() < header->bodySize) return std::nullopt;
    const std::size_t whole = IgtlHeader::kSize + body.size();
    if (igtlCrc(body) != header->crc) {
      inGarbage_ = false;  // a message of its own, not a part of the garbage before it
      searchWithin(whole);
      continue;
    }
    begin_ += whole;
    inGarbage_ = false;
    ++messages_;
    return Message{*header, body};
  }
  return std::nullopt;
}

}  // namespace acuguide::acquisition
