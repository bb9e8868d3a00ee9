#include "acquisition/igtl/igtl_peer.h"

#include "core/clock.h"
#include "core/utf8_text.h"

#include <igtlQuaternionTrackingDataMessage.h>
#include <igtlTrackingDataMessage.h>
#include <string_view>
#include <utility>

namespace acuguide::acquisition {
namespace {

constexpr std::size_t kChunk = 256u << 10;
constexpr int kChunksAtATime = 16;
constexpr double kRetrySeconds = 1.0;

template <class Message>
std::vector<std::uint8_t> packed() {
  auto message = Message::New();
  message->SetDeviceName("acuguide");
  message->SetResolution(20);  // ms
  message->SetCoordinateName("");
  message->Pack();
  const auto* bytes = static_cast<const std::uint8_t*>(message->GetPackPointer());
  return {bytes, bytes + message->GetPackSize()};
}

void append(std::vector<std::uint8_t>& bytes, std::uint64_t value, int count) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

void append(std::vector<std::uint8_t>& bytes, std::string_view text, std::size_t width) {
  bytes.insert(bytes.end(), text.begin(), text.end());
  bytes.insert(bytes.end(), width - text.size(), 0);
}

/// STATUS "OK" of header version 2, which the library (version 1) cannot pack.
std::vector<std::uint8_t> statusOfVersionTwo() {
  constexpr std::uint64_t kExtendedHeader = 12, kNoMetadata = 2, kOk = 1;
  std::vector<std::uint8_t> body;
  append(body, kExtendedHeader, 2);
  append(body, kNoMetadata, 2);  // bytes of the metadata's header, which holds a count
  append(body, 0, 4);            // bytes of the metadata
  append(body, 0, 4);            // number of the message
  append(body, kOk, 2);
  append(body, 0, 8);    // subcode
  append(body, "", 20);  // name of the error
  append(body, "", 1);   // sentence
  append(body, 0, 2);    // entries of metadata
  std::vector<std::uint8_t> message;
  append(message, 2, 2);
  append(message, "STATUS", 12);
  append(message, "acuguide", 20);
  append(message, 0, 8);  // no time stamp
  append(message, body.size(), 8);
  append(message, igtlCrc(body), 8);
  message.insert(message.end(), body.begin(), body.end());
  return message;
}

}  // namespace

IgtlPeer::IgtlPeer(HostPort address, std::vector<std::string> start)
    : connection_(std::move(address)), start_(std::move(start)), chunk_(kChunk) {}

void IgtlPeer::keepConnected(double now) {
  if (connection_.state() != TcpConnection::State::Closed || now < nextAttempt_) return;
  damaged_ += framer_.damaged();
  framer_ = {};
  clock_ = {};
  heard_ = 0;
  nextAttempt_ = now + kRetrySeconds;
  lastHeard_ = now;
  connection_.connect();
  if (connection_.state() == TcpConnection::State::Open) greet();
}

/// Servers such as PLUS and 3D Slicer keep to header version 1, in which a pose bears no status, until a
/// client has sent a message of version 2.
void IgtlPeer::greet() {
  connection_.send(statusOfVersionTwo());
  for (const std::string& type : start_)
    connection_.send(type == "TDATA" ? packed<igtl::StartTrackingDataMessage>()
                                     : packed<igtl::StartQuaternionTrackingDataMessage>());
}

void IgtlPeer::serve(const std::function<void(Received&&)>& take) {
  if (connection_.state() == TcpConnection::State::Connecting) {
    connection_.finishConnecting();
    lastHeard_ = monotonicSeconds();
    if (connection_.state() == TcpConnection::State::Open) greet();
    return;
  }
  for (int i = 0; i < kChunksAtATime && connection_.state() == TcpConnection::State::Open; ++i) {
    const std::size_t got = connection_.receive(chunk_);
    if (got == 0) return;
    lastHeard_ = monotonicSeconds();
    if (heard_ == 0) firstHeard_ = lastHeard_;
    heard_ += static_cast<std::int64_t>(got);
    framer_.append(std::span(chunk_).first(got));
    while (const auto message = framer_.next()) handle(*message, lastHeard_, take);
    if (got < chunk_.size()) return;
  }
}

std::string IgtlPeer::misunderstood() const {
  constexpr double kPatience = 1.0;
  // A first message that takes its time is no garbage: nothing of it is passed over.
  if (heard_ == 0 || framer_.messages() > 0 || framer_.damaged() == 0) return {};
  if (const int version = framer_.unreadVersion(); version > 0)
    return "sends messages of header version " + std::to_string(version) + ", and versions 1 and 2 are read";
  const bool over = connection_.state() == TcpConnection::State::Closed;
  const bool enough = heard_ >= static_cast<std::int64_t>(IgtlHeader::kSize);
  if (!over && !(enough && monotonicSeconds() - firstHeard_ > kPatience)) return {};
  return "is not an OpenIGTLink server: what it sends are no such messages";
}

void IgtlPeer::handle(const IgtlFramer::Message& message, double arrival,
                      const std::function<void(Received&&)>& take) {
  const double time =
      message.header.stamp ? clock_.toLocal(*message.header.stamp, arrival, message.header.device) : arrival;
  std::string reason;
  std::optional<IgtlContent> content = parseIgtlBody(message.header, message.body, reason);
  if (!content) {
    ++damaged_;
    lastComplaint_ = message.header.type + " " + utf8Text(message.header.device) + " " + reason;
    lastUseless_ = message.header;
    return;
  }
  take({message.header, std::move(*content), time, arrival});
}

}  // namespace acuguide::acquisition
