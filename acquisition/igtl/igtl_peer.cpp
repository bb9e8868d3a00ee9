#include "acquisition/igtl/igtl_peer.h"

#include "core/clock.h"

#include <igtlQuaternionTrackingDataMessage.h>
#include <igtlTrackingDataMessage.h>
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

}  // namespace

IgtlPeer::IgtlPeer(HostPort address, std::vector<std::string> start)
    : connection_(std::move(address)), start_(std::move(start)), chunk_(kChunk) {}

void IgtlPeer::keepConnected(double now) {
  if (connection_.state() != TcpConnection::State::Closed || now < nextAttempt_) return;
  damaged_ += framer_.damaged();
  framer_ = {};
  clock_ = {};
  nextAttempt_ = now + kRetrySeconds;
  lastHeard_ = now;
  connection_.connect();
  if (connection_.state() == TcpConnection::State::Open) askToStart();
}

void IgtlPeer::askToStart() {
  for (const std::string& type : start_)
    connection_.send(type == "TDATA" ? packed<igtl::StartTrackingDataMessage>()
                                     : packed<igtl::StartQuaternionTrackingDataMessage>());
}

void IgtlPeer::serve(const std::function<void(Received&&)>& take) {
  if (connection_.state() == TcpConnection::State::Connecting) {
    connection_.finishConnecting();
    lastHeard_ = monotonicSeconds();
    if (connection_.state() == TcpConnection::State::Open) askToStart();
    return;
  }
  for (int i = 0; i < kChunksAtATime && connection_.state() == TcpConnection::State::Open; ++i) {
    const std::size_t got = connection_.receive(chunk_);
    if (got == 0) return;
    lastHeard_ = monotonicSeconds();
    framer_.append(std::span(chunk_).first(got));
    while (const auto message = framer_.next()) handle(*message, lastHeard_, take);
    if (got < chunk_.size()) return;
  }
}

void IgtlPeer::handle(const IgtlFramer::Message& message, double arrival,
                      const std::function<void(Received&&)>& take) {
  const double time = message.header.stamp ? clock_.toLocal(*message.header.stamp, arrival) : arrival;
  std::string reason;
  std::optional<IgtlContent> content = parseIgtlBody(message.header, message.body, reason);
  if (!content) {
    ++damaged_;
    lastComplaint_ = message.header.type + " " + message.header.device + " " + reason;
    return;
  }
  take({message.header, std::move(*content), time, arrival});
}

}  // namespace acuguide::acquisition
